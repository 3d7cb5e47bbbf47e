// What stands between the draft and the final report, and the button that makes it.

import { asSentence, byId, count, make, reconcile, redraw, setText } from "./dom.js";
import { showMessages } from "./messages.js";
import { placeActions } from "./places.js";
import { announce } from "./status.js";

const OUTDATED = "Daarna is er nog iets gewijzigd; dat staat niet in deze pdf. Maak ze opnieuw.";

export function showSteps({ steps: groups, left_out: leftOut }) {
  const total = groups.reduce((sum, { steps }) => sum + steps.length, 0);
  const title = total === 0
    ? "Klaar voor het definitieve verslag."
    : `Nog ${count(total, "stap", "stappen")} tot het definitieve verslag`;
  setText(byId("steps-title"), title);
  showLeftOut(leftOut);
  const create = () => make("section", { class: "step-group" });
  const update = (section, group) => redraw(section, group, drawGroup);
  reconcile(byId("steps"), groups, (group) => group.title, create, update);
}

function showLeftOut(total) {
  const what = count(total, "grafiek of tabel valt", "grafieken of tabellen vallen");
  byId("left-out").hidden = total === 0;
  setText(byId("left-out"), `${what} weg uit het definitieve verslag, want er zijn te weinig cijfers voor. `
    + "In het concept staat er «cijfer volgt».");
}

function drawGroup({ title, page, steps }) {
  const heading = page ? make("a", { href: `#pagina=${page}`, "data-page": page }, title) : title;
  return [make("h3", {}, heading), make("ol", {}, steps.map(drawStep))];
}

function drawStep(step) {
  return make("li", {},
    make("p", { class: "step-text" }, asSentence(step.text)),
    step.help && make("p", { class: "message-help" }, step.help),
    placeActions(step));
}

/** After an edit a refusal is out of date; a report that was made stays made, but is of before. */
export function afterEdit(pagesChanged) {
  const box = byId("final-result");
  if (!box.classList.contains("made")) box.hidden = true;
  else if (pagesChanged && !box.querySelector(".outdated")) box.append(make("p", { class: "outdated" }, OUTDATED));
}

let busy = false;
let reachable = true;

export async function makeFinal() {
  if (!reachable) announce("Er is geen verbinding met het voorbeeld; het definitieve verslag kan nu niet gemaakt worden.");
  if (busy || !reachable) return;
  busy = true;
  showButtons();
  const result = await askForFinal();
  busy = false;
  showButtons();
  showResult(result);
}

/** Without a connection nothing can be made. */
export function offerFinal(connected) {
  reachable = connected;
  showButtons();
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
function showButtons() {
  for (const button of document.querySelectorAll(".make-final")) {
    button.setAttribute("aria-disabled", String(busy || !reachable));
    setText(button, busy ? "Bezig…" : "Maak definitieve pdf");
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
  const refused = messages.length > 0;
  const title = refused ? "Het definitieve verslag kan nog niet gemaakt worden." : "Het definitieve verslag is niet gemaakt.";
  return [make("p", {}, make("strong", {}, title)), refused ? list : nothing];
}
