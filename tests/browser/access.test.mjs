// The preview for everyone: checked by axe, by keyboard alone, narrow, and enlarged.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { axeSource, chapterFile, goToLine, holds, message, node, press, useBench } from "./support.mjs";

const bench = useBench({ before, after, afterEach });

const FIRST = chapterFile("01-recht-op-onderwijs");
const WELFARE = chapterFile("03-goed-in-je-vel");
const ENLARGED = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 };
/** The first message when there is one. */
const MESSAGES = "#panel-messages, #messages > .message";
const NARROW = { viewport: { width: 640, height: 900 } };

async function openWithAxe(t, choices) {
  const page = await bench.open(t, choices);
  // The policy of the page lets no script in; what the browser itself puts there before the page is no part of it.
  await page.context().addInitScript({ content: await axeSource() });
  await page.reload();
  await page.locator(".node").first().waitFor({ state: "attached" });
  return page;
}

async function assertAccessible(page, what) {
  const { violations } = await page.evaluate(() => axe.run());
  const describe = ({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`);
  const found = violations.flatMap(describe);
  assert.deepEqual(found, [], what);
}

async function goToNumber(page) {
  await goToLine(page, WELFARE, await bench.files.lineOf(WELFARE, "problemen_thuis_en_verontrusting.leerlingen }}"));
  const number = node(page, "Getal: 31.825");
  await number.waitFor();
  return number;
}

test("axe finds nothing while reading, asking and getting help", async (t) => {
  const page = await openWithAxe(t);
  await assertAccessible(page, "reading");
  await press(await goToNumber(page));
  await page.locator("#panel-card .value").waitFor();
  await assertAccessible(page, "a card");
  await page.getByRole("tab", { name: "Tot het definitieve verslag" }).click();
  await assertAccessible(page, "the steps");
  await page.locator("#two-up").click();
  await assertAccessible(page, "two-up");
  await page.locator("#help-open").click();
  await page.locator("#help[open]").waitFor();
  await assertAccessible(page, "the help");
});

test("axe finds nothing in the messages and the refusal of a final", async (t) => {
  const page = await openWithAxe(t);
  await bench.files.replace(FIRST, "fase: goedgekeurd", "fase: concept\nonbekend: fout");
  await message(page, "onbekend").waitFor();
  await assertAccessible(page, "messages");
  await page.locator(".toolbar .make-final").click();
  await page.locator("#final-result:visible").waitFor();
  await assertAccessible(page, "a refusal");
});

for (const [name, choices] of Object.entries({ narrow: NARROW, enlarged: ENLARGED })) {
  test(`nothing is lost on a page that is ${name}`, async (t) => {
    const page = await openWithAxe(t, choices);
    await assertFits(page);
    await assertAccessible(page, "pages alone");
    await page.locator("#toggle-nav").click();
    await page.locator("#nav").waitFor();
    await assertFits(page);
    await assertAccessible(page, "contents");
    await page.locator("#toggle-panel").click();
    await page.locator("#panel").waitFor();
    await assertFits(page);
    await assertAccessible(page, "panel");
    await page.locator("#panel-close").click();
    await press(await goToNumber(page));
    await page.locator("#panel-card .value").waitFor();
    await assertFits(page);
  });
}

/** The page as a whole scrolls nowhere, and every control stands within it and is large enough. */
async function assertFits(page) {
  const lost = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const controls = [...document.querySelectorAll(".toolbar button, .toolbar input, .panel-head button")];
    const bad = controls.filter((control) => {
      const { left, right, top, bottom, width, height } = control.getBoundingClientRect();
      const out = left < 0 || right > innerWidth || top < 0 || bottom > innerHeight;
      const tiny = Math.min(width, height) < 24 && control.type !== "checkbox";
      return control.checkVisibility() && (out || tiny);
    });
    const wide = scrollWidth > clientWidth ? [`page ${scrollWidth} > ${clientWidth}`] : [];
    return [...wide, ...bad.map(({ outerHTML }) => outerHTML)];
  });
  assert.deepEqual(lost, []);
}

const focused = (page, selector) => holds(page, (asked) => document.activeElement.matches(asked), selector);

/** Presses a key until the focus is there. */
async function pressUntil(page, key, selector, most = 80) {
  for (let count = 0; count < most; count += 1) {
    if (await page.evaluate((asked) => document.activeElement.matches(asked), selector)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${key} does not reach ${selector}`);
}

test("with the keyboard alone: to a page, to a number, its card, and back", async (t) => {
  const page = await bench.open(t);
  const number = await pageOfNumber();
  await page.keyboard.press("g");
  await focused(page, "#page");
  await page.keyboard.type(String(number));
  await page.keyboard.press("Enter");
  await holds(page, (asked) => location.hash === `#pagina=${asked}`, number);
  await page.keyboard.press("Tab");
  await pressUntil(page, "Tab", `.sheet[data-page="${number}"]`, 400);
  await page.keyboard.press("Enter");
  await focused(page, ".node, .mark");
  await pressUntil(page, "ArrowDown", ".node[aria-label^='Getal: 31.825']");
  await page.keyboard.press("Enter");
  await page.locator("#panel-card .value", { hasText: "31.825" }).waitFor();
  await focused(page, "#panel-card");
  await page.keyboard.press("Escape");
  await focused(page, ".node[aria-label^='Getal: 31.825']");
  await page.keyboard.press("Escape");
  await focused(page, `.sheet[data-page="${number}"]`);
  assert.deepEqual(page.complaints, []);
});

async function pageOfNumber() {
  const line = await bench.files.lineOf(WELFARE, "problemen_thuis_en_verontrusting.leerlingen }}");
  const answer = await fetch(new URL(`/line?file=${WELFARE}&line=${line}`, bench.server.address));
  return (await answer.json()).page;
}

test("with the keyboard alone: pages, zoom, panel and help", async (t) => {
  const page = await bench.open(t);
  const zoom = () => page.locator("#zoom").textContent();
  const percent = async () => Number.parseInt(await zoom(), 10);
  const start = await percent();
  await page.keyboard.press("+");
  assert.ok(await percent() > start);
  await page.keyboard.press("0");
  await page.locator("#fit[aria-pressed=true]").waitFor();
  await page.keyboard.press("2");
  await page.locator("#two-up[aria-pressed=true]").waitFor();
  await page.keyboard.press("2");
  await page.keyboard.press("End");
  const total = await page.locator(".sheet").count();
  assert.equal(await page.locator("#page").inputValue(), String(total));
  await page.keyboard.press("Home");
  await page.keyboard.press("PageDown");
  assert.equal(await page.locator("#page").inputValue(), "2");
  await page.keyboard.press("m");
  await focused(page, MESSAGES);
  await page.keyboard.press("?");
  await focused(page, "#help-close");
  await page.keyboard.press("Escape");
  await page.locator("#help[open]").waitFor({ state: "detached" });
  await focused(page, MESSAGES);
});
