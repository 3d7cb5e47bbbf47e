// A place in a file, and what one can do with it: copy it, open it in the editor, see it on its page.

import { fileName, make } from "./dom.js";
import { announce } from "./status.js";

/** The line itself, without its indent, with what is meant underlined. */
export function sourceLine(text, mark = null) {
  if (!text) return null;
  const line = text.trimStart();
  const indent = text.length - line.length;
  const moved = mark && [Math.max(mark[0] - indent, 0), mark[1]];
  return make("pre", { class: "source" }, make("code", {}, marked(line, moved)));
}

function marked(text, mark) {
  if (!mark) return text;
  const letters = [...text];
  const from = mark[0];
  const to = from + Math.max(mark[1], 1);
  const slice = (start, end) => letters.slice(start, end).join("");
  const meant = slice(from, to);
  return [slice(0, from), meant && make("mark", {}, meant), slice(to)].filter(Boolean);
}

function placeName({ file, line }) {
  return line ? `${fileName(file)}, regel ${line}` : fileName(file);
}

/** The name of the place and its actions; nothing when there is no file. */
export function placeActions(place) {
  if (!place.file && !place.page) return null;
  return make("div", { class: "place" },
    place.file && make("span", { class: "place-name", title: place.file }, placeName(place)),
    make("span", { class: "actions" }, copyButton(place), editorLink(place), pageLink(place)));
}

function copyButton({ file, line }) {
  if (!file) return null;
  const place = line ? `${file}:${line}` : file;
  const label = `Kopieer plaats ${place}`;
  return make("button", { type: "button", class: "link", "data-copy": place, "aria-label": label }, "Kopieer plaats");
}

export function editorLink(place, text = "Open in VS Code") {
  if (!place.editor?.startsWith("vscode://")) return null;
  return make("a", { href: place.editor, "aria-label": `${text}: ${placeName(place)}` }, text);
}

function pageLink({ page, top }) {
  if (!page) return null;
  return make("a", { href: `#pagina=${page}`, "data-page": page, "data-top": top }, `Toon op blad ${page}`);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    announce(`«${text}» is gekopieerd.`);
  } catch {
    announce(`Kopiëren lukte niet. De plaats is ${text}.`);
  }
}
