// The list of messages: equal ones come together in one item with all their places.

import { asSentence, icon, make, reconcile, redraw } from "./dom.js";
import { placeActions, sourceLine } from "./places.js";

export const SEVERITIES = { fout: "Fout", waarschuwing: "Waarschuwing" };

/** Of the places of one message; more would hide the next message. */
const MOST_SHOWN = 3;

export const messageKey = ({ severity, code, message, help }) => JSON.stringify([severity, code, message, help]);

export function showMessages(list, messages) {
  const update = (item, group) => redraw(item, group, drawMessage);
  reconcile(list, groupEqual(messages), ({ key }) => key, createItem, update);
}

const createItem = () => make("li", { class: "message", tabindex: "-1" });

function groupEqual(messages) {
  const groups = Map.groupBy(messages, messageKey);
  const all = [...groups].map(([key, places]) => ({ key, ...places[0], places }));
  const isWarning = ({ severity }) => Number(severity !== "fout");
  return all.sort((one, other) => isWarning(one) - isWarning(other));
}

function drawMessage({ severity, code, message, help, places }) {
  return [
    make("p", { class: `message-head ${severity}` }, icon(severity), make("strong", {}, SEVERITIES[severity]),
      make("code", {}, code)),
    make("p", { class: "message-text" }, asSentence(message)),
    places.length === 1 ? drawPlace(places[0]) : drawPlaces(places),
    help && make("p", { class: "message-help" }, help),
  ];
}

const drawPlace = (place) => [sourceLine(place.text, place.mark), placeActions(place)];

function drawPlaces(places) {
  const [first, rest] = places.length > MOST_SHOWN + 1
    ? [places.slice(0, MOST_SHOWN), places.slice(MOST_SHOWN)]
    : [places, []];
  return [
    make("p", { class: "message-count" }, `Op ${places.length} plaatsen:`),
    drawList(first),
    rest.length > 0 && make("details", {}, make("summary", {}, `Nog ${rest.length} andere`), drawList(rest)),
  ];
}

const drawList = (places) =>
  make("ul", { class: "message-places" }, places.map((place) => make("li", {}, drawPlace(place))));
