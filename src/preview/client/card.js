// The card of what was clicked: where it stands, and for a number where it comes from.

import { fetchJson } from "./connection.js";
import { make, redraw } from "./dom.js";
import { KINDS } from "./nodes.js";
import { editorLink, placeActions, sourceLine } from "./places.js";

const NO_ANSWER = "De gegevens van deze passage konden niet opgehaald worden.";
const GONE = "Deze passage staat niet meer in het verslag.";

export function createCard(body, onClose) {
  let open = null;
  let shown = null;

  /** Fetches the card anew; after an edit the same passage may stand on another line, or be gone. */
  async function refresh() {
    if (open === null) return;
    const id = open;
    const node = await fetchJson(`/node?id=${encodeURIComponent(id)}`).catch(() => undefined);
    if (id !== open) return;
    // Without an answer a card that is there stays as it was; a later state tells more.
    if (node !== undefined) redraw(body, [id, node], () => drawCard(node));
    else if (id !== shown) redraw(body, [id], () => make("p", { class: "none" }, NO_ANSWER));
    shown = id;
  }

  function drawCard(node) {
    const close = make("button", { type: "button", class: "link card-close" }, "Sluit");
    close.addEventListener("click", onClose);
    if (node === null) return [make("p", { class: "none" }, GONE), close];
    return [
      make("div", { class: "card-head" }, make("h2", {}, KINDS[node.kind] ?? node.kind), close),
      placeActions(node),
      sourceLine(node.text),
      drawFigures(node.figures),
    ];
  }

  function show(id) {
    open = id;
    return refresh();
  }

  return { show, refresh, close: () => { open = null; }, isOpen: () => open !== null };
}

function drawFigures(figures) {
  if (figures.length === 1) return drawFigure(figures[0]);
  // One definition for all the values it holds for.
  const groups = Map.groupBy(figures, ({ title, unit, definition }) => JSON.stringify([title, unit, definition]));
  return [...groups.values()].map((group) => (group.length === 1 ? drawFigure(group[0]) : drawTable(group)));
}

function drawFigure(figure) {
  return make("section", { class: "figure-card" },
    make("h3", {}, figure.title),
    make("p", { class: "value" },
      make("strong", {}, figure.as_printed), letters(figure.marks), unitOf(figure)),
    figure.before && make("p", { class: "before" }, `In ${figure.before.period} was dit ${figure.before.as_printed}`,
      letters(figure.before.marks)),
    figure.definition && make("p", { class: "definition" }, figure.definition),
    facts(figure),
    markLegend([figure, figure.before]),
    drawSources(figure.sources),
    drawRows(figure.rows));
}

/** A percentage says its unit itself. */
const unitOf = ({ as_printed: printed, unit }) => (printed.endsWith(unit) ? "" : ` ${unit}`);

function facts({ name, period, base_period: base, breakdown }) {
  const entries = [
    ["Periode", base ? `${period}, tegenover ${base}` : period],
    ["Uitsplitsing", breakdownText(breakdown)],
    ["Naam", name],
  ].filter(([, value]) => value);
  return make("dl", { class: "facts" },
    entries.map(([term, value]) => make("div", {}, make("dt", {}, term), make("dd", {}, value))));
}

const breakdownText = (breakdown) => breakdown.map(([name, value]) => `${name}: ${value}`).join(", ");

function letters(marks) {
  return marks.map(({ letter, name }) => make("abbr", { class: "letter", title: name }, `[${letter}]`));
}

function markLegend(figures) {
  const marks = new Map(figures.flatMap((figure) => figure?.marks ?? []).map(({ letter, name }) => [letter, name]));
  if (marks.size === 0) return null;
  return make("ul", { class: "legend", "aria-label": "Tekens" },
    [...marks].map(([letter, name]) => make("li", {}, make("span", { class: "letter" }, `[${letter}]`), ` ${name}`)));
}

function drawSources(sources) {
  if (sources.length === 0) return null;
  return [
    make("h4", {}, sources.length === 1 ? "Bron" : "Bronnen"),
    make("ul", { class: "plain" }, sources.map(({ key, title }) => make("li", {}, title, " ", make("code", {}, key)))),
  ];
}

function drawRows(rows) {
  if (rows.length === 0) return null;
  return [
    make("h4", {}, rows.length === 1 ? "Rij in de gegevens" : "Rijen in de gegevens"),
    make("ul", { class: "plain rows" }, rows.map((row) => make("li", {}, placeActions(row), sourceLine(row.text)))),
  ];
}

const COLUMNS = ["Periode", "Uitsplitsing", "Waarde", "Rij"];

function drawTable(group) {
  const [{ title, unit, definition }] = group;
  const sources = new Map(group.flatMap((figure) => figure.sources).map((source) => [source.key, source]));
  const head = make("thead", {}, make("tr", {}, COLUMNS.map((name) => make("th", { scope: "col" }, name))));
  const rows = make("tbody", {}, group.map(drawTableRow));
  return make("section", { class: "figure-card" },
    make("h3", {}, unit ? `${title} (${unit})` : title),
    definition && make("p", { class: "definition" }, definition),
    make("div", { class: "table-box", role: "region", tabindex: "0", "aria-label": `Waarden: ${title}` },
      make("table", {}, head, rows)),
    markLegend(group),
    drawSources([...sources.values()]));
}

function drawTableRow({ period, base_period: base, breakdown, as_printed: value, marks, rows }) {
  return make("tr", {},
    make("td", {}, base ? `${period} (${base})` : period),
    make("td", {}, breakdownText(breakdown) || "alle"),
    make("td", { class: "number" }, value, letters(marks)),
    make("td", {}, rows.map((row) => make("span", { class: "row-link", title: row.text },
      editorLink(row, `regel ${row.line}`) ?? `regel ${row.line}`, " "))));
}
