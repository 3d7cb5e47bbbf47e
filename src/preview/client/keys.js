// The keys. A key with ctrl, alt or meta is the browser's; a key in a field is the field's.

import { preferences } from "./preferences.js";

const isField = (target) => target.matches("input:not([type=checkbox]), textarea, select");

/** Keys that move through the pages, unless the focus is in a column that scrolls by itself. */
const MOVES = {
  ArrowLeft: "previous", ArrowRight: "next", PageUp: "previous", PageDown: "next", Home: "first", End: "last",
};
/** Keys that a reader may switch off, because speech input types letters. */
const LETTERS = {
  "+": "larger", "=": "larger", "-": "smaller", 0: "fit", 2: "twoUp", m: "messages", g: "goto", "?": "help",
};

export function listenToKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (isField(event.target) || event.target.closest("dialog")) return;
    const action = actionFor(event);
    if (!action || actions[action]() === false) return;
    event.preventDefault();
  });
}

function actionFor({ key, target }) {
  if (key === "Escape") return "escape";
  if (!target.closest("nav, aside") && MOVES[key]) return MOVES[key];
  return preferences.shortcuts ? LETTERS[key] : undefined;
}

/** On a page: Enter goes in, up and down go along what stands there. Returns the control to go to. */
export function stepWithin(sheet, key) {
  const controls = [...sheet.querySelectorAll(".mark, .node")];
  const index = controls.indexOf(document.activeElement);
  if (index < 0) return key === "Enter" ? controls[0] : undefined;
  if (key === "ArrowDown") return controls[Math.min(index + 1, controls.length - 1)];
  if (key === "ArrowUp") return controls[Math.max(index - 1, 0)];
  return undefined;
}
