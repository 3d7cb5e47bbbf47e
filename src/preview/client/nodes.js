// What stands on a page, as real buttons over its picture: to click, to reach with the keyboard, to be read aloud.

import { make, placeOnBox, reconcile, redraw } from "./dom.js";

export const KINDS = {
  title: "Titel", paragraph: "Alinea", list: "Lijst", item: "Punt", figure: "Getal", chart: "Grafiek", table: "Tabel",
  tile: "Kerncijfer", tiles: "Kerncijfers", quote: "Citaat", callout: "Kader", picture: "Beeld", ranking: "Ranglijst",
  columns: "Kolommen", cover: "Omslag",
};

/** Shows these nodes in their layer; a node that was there keeps its button, and so the focus. */
export function showNodes(layer, nodes) {
  const placed = nodes.filter(({ boxes }) => boxes.length > 0);
  const ranks = rankBySize(placed);
  const create = ({ id }) => make("button", { type: "button", class: "node", tabindex: "-1", "data-id": id });
  reconcile(layer, placed, ({ id }) => id, create, (button, node) => {
    button.setAttribute("aria-label", `${KINDS[node.kind] ?? node.kind}: ${node.label}`);
    const outer = around(node.boxes);
    placeOnBox(button, outer);
    redraw(button, [node.boxes, ranks.get(node)], () => node.boxes.map((box) => part(box, outer, ranks.get(node))));
  });
}

/** The smallest lies on top: a number before its paragraph, a title before its part. */
function rankBySize(nodes) {
  const area = ({ boxes }) => Math.min(...boxes.map(([, , width, height]) => width * height));
  const sorted = [...nodes].sort((one, other) => area(other) - area(one));
  return new Map(sorted.map((node, index) => [node, index + 1]));
}

function part([x, y, width, height], [left, top, wide, high], rank) {
  const span = make("span");
  placeOnBox(span, [(x - left) / wide, (y - top) / high, width / wide, height / high]);
  span.style.zIndex = rank;
  return span;
}

function around(boxes) {
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  const right = Math.max(...boxes.map(([x, , width]) => x + width));
  const bottom = Math.max(...boxes.map(([, y, , height]) => y + height));
  return [left, top, right - left, bottom - top];
}
