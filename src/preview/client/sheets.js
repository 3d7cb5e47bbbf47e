// All pages under each other: their room, their scale, which one is being read, and what is near enough to be drawn.

import { followPages } from "./follow.js";
import { preferences } from "./preferences.js";
import { createSheet } from "./sheet.js";

const PADDING = 24;
const GAP = 16;
/** Pixels for a point at 100%, as on paper. */
const ACTUAL = 96 / 72;
/** The height in the view, as a fraction, where the reader is taken to read. */
const READING_LINE = 0.4;
const LEAST_IN_VIEW = 20;
const SETTLED = 120;
/** A scroll position comes back rounded to device pixels. */
const ROUNDING = 2;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** `onPage(index, fraction)` tells which page is read and how far down; `onScale(zoom)` how large it is. */
export function createSheets(scroller, stack, { onPage, onScale }) {
  let sheets = [];
  let state = null;
  let rooms = [];
  let pixels = ACTUAL;
  let laid = {};
  let current = 0;
  let pinned = null;
  let waiting = false;
  let settling = null;

  const readingLine = () => scroller.clientHeight * READING_LINE;
  const clampIndex = (index) => Math.max(0, Math.min(index, sheets.length - 1));

  // --- Room and scale ---

  function scaleToFit() {
    const columns = preferences.twoUp ? 2 : 1;
    const widest = Math.max(...state.pages.map(({ width }) => width));
    const room = scroller.clientWidth - 2 * PADDING - (columns - 1) * GAP;
    return Math.max(room / (columns * widest), 0.2);
  }

  const wantedScale = () => (preferences.fit ? scaleToFit() : preferences.zoom * ACTUAL);

  function isLaidOut() {
    const ratio = devicePixelRatio;
    const same = wantedScale() === pixels && preferences.twoUp === laid.twoUp && preferences.fit === laid.fit;
    return same && ratio === laid.ratio;
  }

  function applyScale() {
    pixels = wantedScale();
    laid = { twoUp: preferences.twoUp, fit: preferences.fit, ratio: devicePixelRatio };
    stack.style.setProperty("--pixels", pixels);
    stack.classList.toggle("two-up", preferences.twoUp);
    onScale(pixels / ACTUAL);
  }

  function measure() {
    rooms = sheets.map(({ element }) => ({ top: element.offsetTop, height: element.offsetHeight }));
  }

  /** Changes the layout and keeps the same spot of the same page on the reading line. */
  function keepPlace(change, followed = (index) => index) {
    arrive();
    const index = current;
    const fraction = fractionOf(index);
    change();
    measure();
    if (sheets.length === 0) return;
    current = clampIndex(followed(index));
    if (fraction !== null) scrollToFraction(current, fraction);
  }

  function fractionOf(index) {
    const room = rooms[index];
    return room ? (scroller.scrollTop + readingLine() - room.top) / room.height : null;
  }

  function scrollToFraction(index, fraction) {
    const { top, height } = rooms[index];
    pin(index, top + fraction * height - readingLine());
  }

  /** Where only the height of the view changes, nothing moves. */
  function relayout() {
    if (sheets.length === 0) return;
    if (isLaidOut()) return refresh();
    keepPlace(applyScale);
    refresh();
    nearSheets().forEach((sheet) => paint(sheet));
  }

  // --- What is near ---

  const nearSheets = () => sheets.filter(({ near }) => near);
  const paint = (sheet, urgent = false) => sheet.show(pixels * devicePixelRatio, urgent);

  /** Near is: in view, or at most one screen away. */
  function refresh() {
    const height = scroller.clientHeight;
    const [from, to] = [scroller.scrollTop - height, scroller.scrollTop + 2 * height];
    sheets.forEach((sheet, index) => {
      const { top, height: tall } = rooms[index];
      const near = top < to && top + tall > from;
      if (near === sheet.near) return;
      sheet.near = near;
      if (near) paint(sheet);
      else sheet.dropNodes();
    });
    loadNodesSoon();
  }

  /** What stands on the pages waits until the scrolling and the saving settle; their pictures go first. */
  function loadNodesSoon() {
    clearTimeout(settling);
    settling = setTimeout(() => nearSheets().forEach((sheet) => sheet.loadNodes()), SETTLED);
  }

  // --- Which page is read ---

  function onScroll() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (sheets.length === 0) return;
      refresh();
      tellPage();
    });
  }

  function tellPage() {
    const stays = pinned && (pinned.moving || Math.abs(scroller.scrollTop - pinned.top) <= ROUNDING);
    if (!stays) {
      pinned = null;
      current = pageOnLine(scroller.scrollTop + readingLine());
    }
    onPage(current, fractionOf(current));
  }

  function pageOnLine(line) {
    const covers = ({ top, height }) => line >= top - GAP && line < top + height;
    // Two pages stand on one line: the one already being read wins.
    if (rooms[current] && covers(rooms[current])) return current;
    const index = rooms.findIndex(({ top, height }) => line < top + height);
    return index < 0 ? sheets.length - 1 : index;
  }

  /** The page asked for counts as the one being read until the reader scrolls, also where it cannot reach the line. */
  function pin(index, top) {
    scroller.scrollTop = top;
    pinned = { top: scroller.scrollTop, moving: false };
    current = index;
  }

  /** Ends a gliding move at once at its goal: a layout that changes underway would strand it. */
  function arrive() {
    if (pinned?.moving) pin(current, pinned.top);
  }

  // --- Going somewhere ---

  function goTo(index, fraction = null) {
    if (sheets.length === 0) return;
    const target = clampIndex(index);
    if (fraction === null) pin(target, rooms[target].top - GAP);
    else scrollToFraction(target, fraction);
    refresh();
    tellPage();
  }

  /** The pages of a spread are turned together. */
  function turn(step) {
    if (!preferences.twoUp) return goTo(current + step);
    const spread = Math.floor((current + 1) / 2) + step;
    return goTo(Math.max(spread * 2 - 1, 0));
  }

  function boxInView(index, [, y, , height]) {
    const room = rooms[index];
    const top = room.top + y * room.height;
    const bottom = top + height * room.height;
    const enough = Math.min(LEAST_IN_VIEW, bottom - top);
    return bottom - scroller.scrollTop >= enough && scroller.scrollTop + scroller.clientHeight - top >= enough;
  }

  function centre(index, [x, y, width, height]) {
    const room = rooms[index];
    const { element } = sheets[index];
    const top = room.top + (y + height / 2) * room.height - scroller.clientHeight / 2;
    scroller.scrollLeft = element.offsetLeft + (x + width / 2) * element.offsetWidth - scroller.clientWidth / 2;
    if (calm.matches || Math.abs(top - scroller.scrollTop) > scroller.clientHeight) pin(index, top);
    else glide(index, top);
    refresh();
    tellPage();
  }

  /** Only over a short way: to glide past many pages tires the eye. */
  function glide(index, top) {
    const goal = Math.round(Math.max(0, Math.min(top, scroller.scrollHeight - scroller.clientHeight)));
    if (Math.abs(goal - scroller.scrollTop) <= ROUNDING) return;
    scroller.scrollTo({ top: goal, behavior: "smooth" });
    pinned = { top: goal, moving: true };
    current = index;
  }

  function onScrollEnd() {
    if (pinned?.moving) pinned.moving = false;
  }

  // --- A new state ---

  function arrange(next) {
    const followed = state ? followPages(state, next) : [];
    const before = sheets;
    const focused = before.findIndex(({ element }) => element === document.activeElement);
    sheets = next.pages.map(() => null);
    before.forEach((sheet, index) => {
      if (followed[index] >= 0) sheets[followed[index]] = sheet;
      else sheet.element.remove();
    });
    let place = stack.firstElementChild;
    sheets = sheets.map((sheet) => {
      const kept = sheet ?? createSheet();
      if (kept.element === place) place = place.nextElementSibling;
      else stack.insertBefore(kept.element, place);
      return kept;
    });
    state = next;
    if (focused >= 0 && followed[focused] < 0) sheets[clampIndex(focused)]?.element.focus({ preventScroll: true });
    return (index) => (followed[index] >= 0 ? followed[index] : index);
  }

  /** Takes a state in; resolves when the pages near the view, and the first changed one, are on screen. */
  async function update(next, describe) {
    let followed = null;
    keepPlace(() => {
      followed = arrange(next);
      sheets.forEach((sheet, index) => sheet.update(describe(index)));
      if (sheets.length > 0) applyScale();
    }, (index) => followed(index));
    if (sheets.length === 0) return;
    refresh();
    tellPage();
    const first = sheets[(next.changed[0]?.page ?? 0) - 1];
    const urgent = new Set([...(first ? [first] : []), ...nearSheets()]);
    await Promise.all([...urgent].map((sheet) => paint(sheet, true)));
  }

  /** Brings the first change into view when none is. */
  function follow(changes) {
    const inView = ({ page, boxes }) => boxesOf(boxes).some((box) => boxInView(page - 1, box));
    if (changes.length === 0 || changes.some(inView)) return;
    const [{ page, boxes }] = changes;
    if (boxes.length === 0) goTo(page - 1);
    else centre(page - 1, boxes[0]);
  }

  const light = (changes) => changes.forEach(({ page, boxes }) => sheets[page - 1]?.light(boxes));

  scroller.addEventListener("scroll", onScroll, { passive: true });
  scroller.addEventListener("scrollend", onScrollEnd);
  new ResizeObserver(relayout).observe(scroller);
  addEventListener("resize", relayout);

  return {
    update, relayout, goTo, turn, centre, follow, light,
    current: () => current,
    sheet: (index) => sheets[index],
    total: () => sheets.length,
    zoom: () => pixels / ACTUAL,
  };
}

const boxesOf = (boxes) => (boxes.length === 0 ? [[0, 0, 1, 1]] : boxes);
