// The live preview of a report: takes in the states of the server and ties the parts of the page together.

import { keptFraction, pushPage, readAddress, replacePage } from "./address.js";
import { createCard } from "./card.js";
import { refreshComparison, showComparison } from "./comparison.js";
import { connect } from "./connection.js";
import { createContents, titleOf } from "./contents.js";
import { byId, count, setText } from "./dom.js";
import { listenToKeys, stepWithin } from "./keys.js";
import { showMessages } from "./messages.js";
import { createPanel } from "./panel.js";
import { copy } from "./places.js";
import { prefer, preferences } from "./preferences.js";
import { createSheets } from "./sheets.js";
import { announce, countErrors, sentencesFor } from "./status.js";
import { afterEdit, makeFinal, offerFinal, showSteps } from "./steps.js";

const ZOOMS = [0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];
const narrowScreen = matchMedia("(max-width: 62rem)");

let state = null;
let isLost = false;
let opener = null;

const sheets = createSheets(byId("sheets"), byId("stack"), { onPage: showPage, onScale: showScale });
const contents = createContents(byId("nav"));
const panel = createPanel({ setOpen: setPanel, onComparison: showComparison });
const card = createCard(byId("panel-card"), closeCard);

// --- A state comes in ---

async function takeState(next) {
  const before = state;
  state = next;
  const renewed = before !== null && before.session === next.session && before.version !== next.version;
  const changes = renewed ? next.changed.filter(({ page }) => page <= next.pages.length) : [];
  showAround(before);
  const painted = sheets.update(next, describePage);
  contents.update(next);
  if (next.pages.length > 0) {
    if (before === null || before.pages.length === 0) goToAddress();
    contents.mark(sheets.current() + 1);
  }
  if (preferences.follow) sheets.follow(changes);
  if (renewed) afterEdit(changes.length > 0);
  if (renewed) tell(sentencesFor(before, { ...next, changed: changes }));
  card.refresh();
  refreshComparison();
  await painted;
  if (state !== next) return;
  document.documentElement.dataset.version = next.version;
  sheets.light(changes);
}

function describePage(index) {
  const number = index + 1;
  return {
    number,
    page: state.pages[index],
    title: titleOf(state, number),
    // The version of a server that started again may be an old number.
    stamp: `${state.session}-${state.version}`,
    messages: state.messages.filter(({ page, top }) => page === number && top !== null && top !== undefined),
  };
}

function showAround(before) {
  const { title, messages, pages } = state;
  const errors = countErrors(state);
  setText(byId("title"), title);
  document.title = `${errors > 0 ? `(${count(errors, "fout", "fouten")}) ` : ""}${title} – voorbeeld`;
  setText(byId("toggle-panel"), countMessages(errors, messages.length - errors));
  byId("toggle-panel").classList.toggle("has-errors", errors > 0);
  setText(byId("page-total"), `van ${pages.length}`);
  byId("messages-none").hidden = messages.length > 0;
  showMessages(byId("messages"), messages);
  showSteps(state);
  showBanner();
  showEmpty();
  if (state.stale && pages.length === 0 && before === null) panel.open("messages");
}

function countMessages(errors, warnings) {
  const parts = [
    errors > 0 && count(errors, "fout", "fouten"),
    warnings > 0 && count(warnings, "waarschuwing", "waarschuwingen"),
  ];
  return parts.filter(Boolean).join(", ") || "Geen meldingen";
}

function showBanner() {
  const sentences = [
    isLost && "Geen verbinding met het voorbeeld: loopt het nog? Wat u nu bewaart, ziet u hier pas als het er weer is.",
    state?.stale && state.pages.length > 0 && "Er zijn fouten. U ziet de laatste goede versie.",
  ];
  const text = sentences.filter(Boolean).join(" ");
  byId("banner").hidden = text === "";
  setText(byId("banner"), text);
  // The banner took room from the column of thumbnails.
  contents.showMarked();
}

function showEmpty() {
  byId("empty").hidden = state.pages.length > 0;
  setText(byId("empty"), state.stale
    ? "Er is nog geen goede versie. Herstel eerst de fouten hiernaast."
    : "Het verslag wordt gezet…");
}

function tell(sentences) {
  if (sentences !== "") announce(sentences);
}

function showStatus(connected) {
  const indicator = byId("connection");
  const next = connected ? "connected" : "lost";
  const past = indicator.dataset.state;
  if (past === next) return;
  indicator.dataset.state = next;
  setText(indicator, connected ? "Verbonden" : "Verbinding verbroken – probeert opnieuw");
  isLost = !connected;
  offerFinal(connected);
  showBanner();
  if (past !== "waiting" || !connected) announce(connected ? "Opnieuw verbonden." : "De verbinding is verbroken.");
}

// --- Pages and places ---

function showPage(index, fraction) {
  const number = index + 1;
  if (document.activeElement !== byId("page")) byId("page").value = number;
  byId("previous").setAttribute("aria-disabled", String(index === 0));
  byId("next").setAttribute("aria-disabled", String(number === sheets.total()));
  contents.mark(number);
  replacePage(number, fraction);
}

function showScale(zoom) {
  setText(byId("zoom"), `${Math.round(zoom * 100)}%`);
  byId("fit").setAttribute("aria-pressed", String(preferences.fit));
  byId("two-up").setAttribute("aria-pressed", String(preferences.twoUp));
}

/** Moves to a page; the focus goes along when it was on a page. */
function visit(move) {
  const within = byId("stack").contains(document.activeElement);
  move();
  if (within) sheets.sheet(sheets.current()).element.focus({ preventScroll: true });
}

function goToPage(number) {
  const total = sheets.total();
  if (total === 0) return;
  if (number < 1 || number > total) announce(`Blad ${number} bestaat niet; dit verslag telt ${total} bladen.`);
  visit(() => sheets.goTo(number - 1));
}

function goToAddress() {
  const target = readAddress();
  if (target?.page) {
    const fraction = keptFraction();
    if (fraction === null || target.page > sheets.total()) goToPage(target.page);
    else sheets.goTo(target.page - 1, fraction);
  } else if (target?.file) {
    goToLine(target);
  } else if (location.hash !== "" && location.hash !== "#sheets") {
    announce(`Het adres «${location.hash}» is niet bekend. Gebruik #pagina=12 of #regel=bestand.yaml:12.`);
  }
}

async function goToLine({ file, line }) {
  const found = await askLine(file, line);
  if (!found.page) {
    announce(found.message);
    return;
  }
  const index = found.page - 1;
  const sheet = sheets.sheet(index);
  if (!sheet) return;
  sheets.goTo(index);
  if (found.boxes.length > 0) sheets.centre(index, found.boxes[0]);
  sheet.light(found.boxes);
  announce(`${file}, regel ${line} staat op blad ${found.page}.`);
  await sheet.loadNodes();
  const node = found.id && sheet.element.querySelector(`[data-id="${CSS.escape(found.id)}"]`);
  (node || sheet.element).focus({ preventScroll: true });
}

async function askLine(file, line) {
  try {
    const response = await fetch(`/line?file=${encodeURIComponent(file)}&line=${line}`);
    return await response.json();
  } catch {
    return { message: `De plaats van ${file}, regel ${line} kon niet opgezocht worden.` };
  }
}

// --- Zoom and view ---

function setView(choices) {
  prefer(choices);
  sheets.relayout();
}

function zoomBy(step) {
  const zoom = sheets.zoom();
  const next = step > 0 ? ZOOMS.find((each) => each > zoom * 1.01) : ZOOMS.findLast((each) => each < zoom * 0.99);
  if (!next) return;
  setView({ zoom: next, fit: false });
  announce(`Weergave op ${Math.round(next * 100)}%.`);
}

const fitWidth = () => setView({ fit: true });
const toggleTwoUp = () => setView({ twoUp: !preferences.twoUp });

function setColumn(id, open) {
  byId(id).hidden = !open;
  byId(`toggle-${id}`).setAttribute("aria-expanded", String(open));
}

/** On a narrow screen the columns lie over the pages; what is opened there is no lasting choice. */
function setPanel(open) {
  if (!narrowScreen.matches) prefer({ panel: open });
  setColumn("panel", open);
  if (open && narrowScreen.matches) setColumn("nav", false);
}

function setNav(open) {
  if (!narrowScreen.matches) prefer({ nav: open });
  setColumn("nav", open);
  if (open && narrowScreen.matches) setColumn("panel", false);
  contents.showMarked();
}

function showColumns() {
  setColumn("nav", preferences.nav && !narrowScreen.matches);
  setColumn("panel", preferences.panel && !narrowScreen.matches);
}

function setNarrow(narrow) {
  prefer({ narrow });
  byId("nav").classList.toggle("narrow", narrow);
  byId("narrow").setAttribute("aria-pressed", String(narrow));
  contents.showMarked();
}

// --- Messages and the card ---

function openMessages() {
  panel.open("messages");
  (byId("messages").firstElementChild ?? byId("panel-messages")).focus();
}

function openMessage(key) {
  panel.open("messages");
  const item = [...byId("messages").children].find((each) => each.dataset.key === key);
  item?.scrollIntoView({ block: "nearest" });
  item?.focus({ preventScroll: true });
}

async function openNode(button) {
  opener = button;
  byId("stack").querySelector(".node.open")?.classList.remove("open");
  button.classList.add("open");
  await card.show(button.dataset.id);
  panel.offerCard(true);
  panel.open("card");
  byId("panel-card").focus();
}

function closeCard() {
  card.close();
  panel.offerCard(false);
  if (narrowScreen.matches) setPanel(false);
  opener?.classList.remove("open");
  const back = opener?.isConnected ? opener : sheets.sheet(sheets.current())?.element;
  back?.focus({ preventScroll: true });
  opener = null;
}

/** One thing a time: the card, then a column over the pages, then out of the page's passages. */
function escape() {
  const sheet = document.activeElement.closest(".sheet");
  const column = ["nav", "panel"].find((id) => !byId(id).hidden);
  if (card.isOpen()) {
    closeCard();
  } else if (narrowScreen.matches && column) {
    setColumn(column, false);
    byId(`toggle-${column}`).focus();
  } else if (sheet) {
    sheet.focus({ preventScroll: true });
  } else {
    return false;
  }
  return true;
}

// --- Clicks and keys ---

function onClick(event) {
  const target = event.target;
  const copied = target.closest("[data-copy]");
  const link = target.closest("a[data-page]");
  const mark = target.closest(".mark");
  const node = target.closest(".node");
  if (copied) copy(copied.dataset.copy);
  else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) followLink(event, link);
  else if (mark) openMessage(mark.dataset.message);
  else if (node) openNode(node);
}

function followLink(event, { dataset: { page, top } }) {
  event.preventDefault();
  pushPage(page);
  goToPage(Number(page));
  if (narrowScreen.matches) {
    showColumns();
    sheets.sheet(sheets.current()).element.focus({ preventScroll: true });
  }
  if (top === undefined) return;
  sheets.centre(page - 1, [0, Number(top), 1, 0]);
}

/** Tab brings a page in from its top; the browser alone would show its middle. */
function onSheetFocus({ target, relatedTarget }) {
  if (!target.matches(".sheet:focus-visible") || target.contains(relatedTarget)) return;
  const index = target.dataset.page - 1;
  if (index !== sheets.current()) sheets.goTo(index);
}

async function onSheetKey(event) {
  const sheet = event.target.closest(".sheet");
  if (!sheet || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target === sheet && event.key === "Enter") await sheets.sheet(sheet.dataset.page - 1).loadNodes();
  const control = stepWithin(sheet, event.key);
  if (!control) return;
  event.preventDefault();
  control.focus();
}

function onPageBox(event) {
  if (event.key !== "Enter") return;
  const number = Number.parseInt(event.target.value, 10);
  if (Number.isNaN(number)) announce("Typ het nummer van een blad.");
  else goToPage(number);
  byId("page").value = sheets.current() + 1;
}

function toggleFinal() {
  panel.open("steps");
  makeFinal();
}

const clicks = {
  "toggle-nav": () => setNav(byId("nav").hidden),
  "toggle-panel": openMessages,
  narrow: () => setNarrow(!preferences.narrow),
  previous: () => sheets.turn(-1),
  next: () => sheets.turn(1),
  "zoom-in": () => zoomBy(1),
  "zoom-out": () => zoomBy(-1),
  fit: () => setView(preferences.fit ? { fit: false, zoom: sheets.zoom() } : { fit: true }),
  "two-up": toggleTwoUp,
  "help-open": () => byId("help").showModal(),
  "help-close": () => byId("help").close(),
};

function listen() {
  for (const [id, action] of Object.entries(clicks)) byId(id).addEventListener("click", action);
  document.querySelectorAll(".make-final").forEach((button) => button.addEventListener("click", toggleFinal));
  document.addEventListener("click", onClick);
  document.querySelector(".skip").addEventListener("click", skipToSheets);
  byId("stack").addEventListener("focusin", onSheetFocus);
  byId("stack").addEventListener("keydown", onSheetKey);
  byId("page").addEventListener("keydown", onPageBox);
  byId("page").addEventListener("blur", () => { byId("page").value = sheets.current() + 1; });
  byId("follow").addEventListener("change", ({ target }) => prefer({ follow: target.checked }));
  byId("shortcuts").addEventListener("change", ({ target }) => prefer({ shortcuts: target.checked }));
  narrowScreen.addEventListener("change", showColumns);
  addEventListener("hashchange", goToAddress);
  listenToKeys({
    escape,
    previous: () => visit(() => sheets.turn(-1)),
    next: () => visit(() => sheets.turn(1)),
    first: () => visit(() => sheets.goTo(0)),
    last: () => visit(() => sheets.goTo(sheets.total() - 1)),
    larger: () => zoomBy(1),
    smaller: () => zoomBy(-1),
    fit: fitWidth,
    twoUp: toggleTwoUp,
    messages: openMessages,
    goto: () => byId("page").select(),
    help: () => byId("help").showModal(),
  });
}

/** The address keeps naming the page, so the link itself is not followed. */
function skipToSheets(event) {
  event.preventDefault();
  (sheets.sheet(sheets.current())?.element ?? byId("sheets")).focus({ preventScroll: true });
}

byId("follow").checked = preferences.follow;
byId("shortcuts").checked = preferences.shortcuts;
showColumns();
setNarrow(preferences.narrow);
listen();
connect({ onState: takeState, onStatus: showStatus });
