// One sentence at the foot of the page, read aloud by a screen reader: what just happened.

import { byId } from "./dom.js";

export function announce(sentence) {
  const status = byId("status");
  // The same sentence again is news too: emptied first, it is read again.
  status.textContent = "";
  requestAnimationFrame(() => {
    status.textContent = sentence;
  });
}

/** What a new state means for the reader, as sentences; empty when there is nothing to tell. */
export function sentencesFor(before, after) {
  const sentences = [errorSentence(before, after), phaseSentence(before, after), changeSentence(after), lengthSentence(before, after)];
  return sentences.filter(Boolean).join(" ");
}

export const countErrors = ({ messages }) => messages.filter(({ severity }) => severity === "fout").length;

function errorSentence(before, after) {
  const [past, now] = [countErrors(before), countErrors(after)];
  if (now === 0) return past > 0 ? "Alle fouten zijn hersteld." : "";
  if (now === past && before.stale === after.stale) return "";
  const errors = now === 1 ? "1 fout" : `${now} fouten`;
  return after.stale && after.pages.length > 0 ? `${errors}, u ziet de laatste goede versie.` : `${errors}.`;
}

/** A phase is on no page, and so would change in silence. */
function phaseSentence(before, after) {
  const past = new Map(before.chapters.map(({ file, phase }) => [file, phase]));
  const changed = after.chapters.filter(({ file, phase }) => phase && past.has(file) && past.get(file) !== phase);
  return changed.map(({ number, phase }) => `Hoofdstuk ${number} is nu ${phase}.`).join(" ");
}

function changeSentence({ changed, pages }) {
  const numbers = [...new Set(changed.map(({ page }) => page))].sort((one, other) => one - other);
  if (numbers.length === 0) return "";
  if (numbers.length === pages.length && numbers.length > 1) return "Alle bladen zijn bijgewerkt.";
  if (numbers.length === 1) return `Blad ${numbers[0]} is bijgewerkt.`;
  if (numbers.length > 5) return `${numbers.length} bladen zijn bijgewerkt.`;
  return `Bladen ${numbers.slice(0, -1).join(", ")} en ${numbers.at(-1)} zijn bijgewerkt.`;
}

function lengthSentence(before, after) {
  const total = after.pages.length;
  if (before.pages.length === total || before.pages.length === 0 || total === 0) return "";
  return `Het verslag telt nu ${total === 1 ? "1 blad" : `${total} bladen`}.`;
}
