// Small helpers to build and update the page. Text always goes in as text: nothing here parses HTML.

const SVG = "http://www.w3.org/2000/svg";

const SHAPES = {
  fout: "M5 1h6l4 4v6l-4 4H5l-4-4V5zM8 4v5M8 11v1.5",
  waarschuwing: "M8 1.5 15.2 14.5H.8zM8 6v4M8 11.5v1.5",
  concept: "M8 2a6 6 0 1 0 .01 0z",
  nagelezen: "M8 2a6 6 0 1 0 .01 0zM8 2v12",
  goedgekeurd: "M2.5 8.5l3.5 4 7.5-9",
};

export const byId = (id) => document.getElementById(id);

/** Makes an element; `null`, `undefined` and `false` among the attributes and children are left out. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...present(children));
  return node;
}

/** Children that are there: lists are flattened, empty values dropped. */
function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** A drawn sign; the word beside it says the same, so it is hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** Writes only what differs, so that a screen reader and a selection are left in peace. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Brings the children of `parent` in line with `items` and leaves every child that stays in its place:
 * moving an element would cost it the focus.
 */
export function reconcile(parent, items, keyOf, create, update) {
  const hadFocus = parent.contains(document.activeElement);
  const keys = uniqueKeys(items.map(keyOf));
  const wanted = new Set(keys);
  const kept = new Map();
  for (const child of [...parent.children]) {
    if (wanted.has(child.dataset.key)) kept.set(child.dataset.key, child);
    else child.remove();
  }
  let place = parent.firstElementChild;
  items.forEach((item, index) => {
    const node = kept.get(keys[index]) ?? create(item);
    node.dataset.key = keys[index];
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
    update(node, item, index);
  });
  const lostFocus = hadFocus && !parent.contains(document.activeElement);
  if (lostFocus) parent.closest("[tabindex]")?.focus({ preventScroll: true });
}

const drawnFrom = new WeakMap();

/** Draws `node` anew, only when its data differ; the focus stays on the same control within it. */
export function redraw(node, data, build) {
  const text = JSON.stringify(data);
  if (drawnFrom.get(node) === text) return;
  drawnFrom.set(node, text);
  const focused = controlsOf(node).indexOf(document.activeElement);
  const wasOpen = node.querySelector("details")?.open;
  node.replaceChildren(...present([build(data)]));
  if (wasOpen) node.querySelector("details")?.setAttribute("open", "");
  if (focused >= 0) (controlsOf(node)[focused] ?? node.closest("[tabindex]"))?.focus({ preventScroll: true });
}

const controlsOf = (node) => [...node.querySelectorAll("a, button, summary")];

function uniqueKeys(keys) {
  const seen = new Map();
  return keys.map((key) => {
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key} (${count})`;
  });
}

/** Puts an element on a box given as fractions `[x, y, width, height]` of what it stands in. */
export function placeOnBox(node, [x, y, width, height]) {
  node.style.left = percent(x);
  node.style.top = percent(y);
  node.style.width = percent(width);
  node.style.height = percent(height);
}

const percent = (fraction) => `${fraction * 100}%`;

/** What follows its place on a terminal is a sentence of its own here; a name or a path keeps its small letter. */
export const asSentence = (text) =>
  (/^\p{Ll}+[ ,]/u.test(text) ? text[0].toUpperCase() + text.slice(1) : text);

/** «1 fout», «3 fouten». */
export const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

export const fileName = (path) => path.slice(path.lastIndexOf("/") + 1);
