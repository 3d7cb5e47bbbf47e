// One page of the report: its picture, what stands on it, the marks in its margin, and the light on what changed.

import { fetchJson } from "./connection.js";
import { icon, make, placeOnBox, reconcile } from "./dom.js";
import { messageKey, SEVERITIES } from "./messages.js";
import { showNodes } from "./nodes.js";
import { createPicture, scaleFor } from "./picture.js";

const GLOW_TIME = 2500;
/** Of a mark in the margin, as a fraction of a page; about. */
const MARK_HEIGHT = 0.03;

export function createSheet() {
  const frame = make("div", { class: "picture" });
  const glows = make("div", { class: "glows", "aria-hidden": "true" });
  const layer = make("div", { class: "nodes" });
  const marks = make("div", { class: "marks" });
  const element = make("article", { class: "sheet", tabindex: "0" }, frame, glows, marks, layer);
  const picture = createPicture(frame);
  let page = null;
  let stamp = null;
  let nodes = { stamp: null, ready: Promise.resolve() };

  function update(next) {
    page = next.page;
    stamp = next.stamp;
    element.dataset.page = next.number;
    element.setAttribute("aria-label", [`Blad ${next.number}`, next.title].filter(Boolean).join(", "));
    element.style.setProperty("--width", page.width);
    element.style.setProperty("--height", page.height);
    showMarks(marks, next.messages);
  }

  async function show(pixels, urgent) {
    const { hash } = page;
    const shown = await picture.show(hash, scaleFor(pixels), urgent);
    if (shown) element.dataset.hash = hash;
    return shown;
  }

  /** Nodes are asked for once for every version, and only of pages near the view. */
  function loadNodes() {
    if (nodes.stamp !== stamp) nodes = { stamp, ready: fillNodes(stamp) };
    return nodes.ready;
  }

  async function fillNodes(asked) {
    const found = await fetchJson(`/nodes/${element.dataset.page}`).catch(() => null);
    if (found && asked === stamp) showNodes(layer, found);
    else if (!found && nodes.stamp === asked) nodes.stamp = null;
  }

  /** Far from view the buttons are dropped, so that a long report stays light. */
  function dropNodes() {
    if (nodes.stamp === null || element.contains(document.activeElement) || layer.querySelector(".open")) return;
    nodes = { stamp: null, ready: Promise.resolve() };
    layer.replaceChildren();
  }

  function light(boxes) {
    const whole = boxes.length === 0;
    const lights = (whole ? [[0, 0, 1, 1]] : boxes).map((box) => {
      const glow = make("div", { class: whole ? "glow glow-page" : "glow" });
      placeOnBox(glow, box);
      return glow;
    });
    glows.append(...lights);
    setTimeout(() => lights.forEach((glow) => glow.remove()), GLOW_TIME);
  }

  return { element, update, show, loadNodes, dropNodes, light, near: false };
}

function showMarks(marks, messages) {
  const create = ({ severity }) => make("button", { type: "button", class: "mark", tabindex: "-1" }, icon(severity));
  const keyOf = (message) => `${messageKey(message)}\n${message.line}`;
  reconcile(marks, messages, keyOf, create, (mark, message, index) => {
    const text = `${SEVERITIES[message.severity]}: ${message.message}`;
    mark.dataset.message = messageKey(message);
    mark.title = text;
    mark.setAttribute("aria-label", text);
    mark.style.top = `${message.top * 100}%`;
    mark.style.setProperty("--beside", messages.slice(0, index).filter(({ top }) => overlaps(top, message.top)).length);
  });
}

const overlaps = (one, other) => Math.abs(one - other) < MARK_HEIGHT;
