// What stands between the draft and the final report, and the button that makes it.

import { byId, count, make, reconcile, redraw, setText } from "./dom.js";
import { showMessages } from "./messages.js";
import { placeActions } from "./places.js";
import { announce } from "./status.js";

export function showSteps(groups) {
  const total = groups.reduce((sum, { steps }) => sum + steps.length, 0);
  const title = total === 0
    ? "Klaar voor het definitieve verslag."
    : `Nog ${count(total, "stap", "stappen")} tot het definitieve verslag`;
  setText(byId("steps-title"), title);
  const create = () => make("section", { class: "step-group" });
  const update = (section, group) => redraw(section, group, drawGroup);
  reconcile(byId("steps"), groups, (group) => group.title, create, update);
}

function drawGroup({ title, page, steps }) {
  const heading = page ? make("a", { href: `#pagina=${page}`, "data-page": page }, title) : title;
  return [make("h3", {}, heading), make("ol", {}, steps.map(drawStep))];
}

function drawStep(step) {
  return make("li", {},
    make("p", { class: "step-text" }, step.text),
    step.help && make("p", { class: "message-help" }, step.help),
    placeActions(step));
}

/** After an edit a refusal is out of date; a report that was made stays made. */
export function dropRefusal() {
  const box = byId("final-result");
  if (!box.classList.contains("made")) box.hidden = true;
}

let busy = false;

export async function makeFinal() {
  if (busy) return;
  setBusy(true);
  const result = await askForFinal();
  setBusy(false);
  showResult(result);
}

async function askForFinal() {
  try {
    const response = await fetch("/final", { method: "POST", headers: { "x-jaarverslag": "final" } });
    return response.ok ? await response.json() : { made: false, messages: [] };
  } catch {
    return { made: false, messages: [] };
  }
}

/** Not `disabled`: a button that is switched off loses the focus of who pressed it. */
function setBusy(value) {
  busy = value;
  for (const button of document.querySelectorAll(".make-final")) {
    button.setAttribute("aria-disabled", String(value));
    setText(button, value ? "Bezig…" : "Maak definitieve pdf");
  }
}

function showResult({ made, files, messages }) {
  const box = byId("final-result");
  box.hidden = false;
  box.classList.toggle("made", made);
  box.replaceChildren(...(made ? drawMade(files) : drawRefused(messages)));
  announce(box.firstElementChild.textContent);
}

function drawMade(files) {
  return [
    make("p", {}, make("strong", {}, "Het definitieve verslag is gemaakt.")),
    make("p", {}, make("a", { href: "/final.pdf", target: "_blank", rel: "noopener" }, "Open de pdf")),
    make("ul", { class: "files" }, files.map((file) => make("li", {}, make("code", {}, file)))),
  ];
}

function drawRefused(messages) {
  const list = make("ul", { class: "messages" });
  showMessages(list, messages);
  const nothing = make("p", {}, "Er kwam geen antwoord. Kijk of het voorbeeld nog loopt en probeer het opnieuw.");
  const title = make("p", {}, make("strong", {}, "Het definitieve verslag kan nog niet gemaakt worden."));
  return [title, messages.length > 0 ? list : nothing];
}
