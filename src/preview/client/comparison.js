// The draft beside the last final report: what came, what went, and which figures differ.

import { byId, make } from "./dom.js";

const isShown = () => !byId("panel-comparison").hidden;

/** Asks anew what differs, and shows it when the answer is still of now. */
export async function showComparison() {
  const asked = Symbol("asked");
  latest = asked;
  const answer = await ask();
  if (latest === asked) byId("comparison").replaceChildren(...draw(answer));
}

let latest = null;

/** After a change, where somebody looks on. */
export function refreshComparison() {
  if (isShown()) showComparison();
}

async function ask() {
  try {
    const response = await fetch("/comparison");
    return response.ok ? await response.json() : { reason: "Er is nog geen goede versie om te vergelijken." };
  } catch {
    return { reason: "Er kwam geen antwoord. Kijk of het voorbeeld nog loopt." };
  }
}

function draw({ reason, figures, passages, gone, added, pages, elsewhere }) {
  if (reason) return [make("p", { class: "none" }, reason)];
  const parts = [drawFigures(figures), drawPassages(passages, new Map(pages)), drawSeries("Reeksen die er niet meer staan", gone),
    drawSeries("Reeksen die erbij kwamen", added)].flat();
  if (elsewhere) parts.push(make("p", {}, "Ook in de inhoud, de bijlage of de bronnenlijst veranderden woorden."));
  return parts.length > 0 ? parts : [make("p", { class: "none" }, "Elk cijfer en elke passage is gelijk.")];
}

function drawFigures(figures) {
  if (figures.length === 0) return [];
  const head = ["Cijfer", "Was", "Is nu", "Verschil"].map((name) => make("th", { scope: "col" }, name));
  const row = ({ name, old, new: now, difference }) => make("tr", {},
    make("th", { scope: "row" }, name), [old, now, difference].map((text) => make("td", {}, text)));
  return [
    make("h3", {}, `Andere waarde voor hetzelfde cijfer (${figures.length})`),
    make("table", { class: "figures" }, make("thead", {}, make("tr", {}, head)), make("tbody", {}, figures.map(row))),
  ];
}

function drawPassages(sections, pages) {
  return sections.flatMap(({ title, passages }) => [
    make("h3", {}, title),
    ...passages.map((passage) => drawPassage(passage, pages.get(passage.node))),
  ]);
}

/** `del` and `ins`, struck through and underlined: colour alone would not tell. */
function drawPassage({ runs }, page) {
  const words = runs.flatMap(({ kind, text }) => [{ gone: make("del", {}, text), new: make("ins", {}, text) }[kind] ?? text, " "]);
  const link = page && make("a", { href: `#pagina=${page}`, "data-page": page }, `blad ${page}`);
  return make("p", { class: "revised" }, ...words, link);
}

function drawSeries(title, series) {
  if (series.length === 0) return [];
  const item = ({ name, periods }) => make("li", {}, `${name}: ${periods.join(", ")}`);
  return [make("h3", {}, title), make("ul", {}, series.map(item))];
}
