// An editor asks where something on the page comes from, and comes back to where it was.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { chapterFile, goToLine, holds, node, press, useBench } from "./support.mjs";

const bench = useBench({ before, after, afterEach });

const WELFARE = chapterFile("03-goed-in-je-vel");
const ONLINE = chapterFile("05-clb-online");
const OBSERVATIONS = "data/2024-2025/waarnemingen.csv";
const NUMBER = "problemen_thuis_en_verontrusting.leerlingen }}";

const lineOfNumber = () => bench.files.lineOf(WELFARE, NUMBER);

async function openAtNumber(t, choices) {
  const page = await bench.open(t, choices);
  await goToLine(page, WELFARE, await lineOfNumber());
  await node(page, "Getal: 31.825").waitFor();
  return page;
}

test("a number tells its value, meaning, source, row and last year", async (t) => {
  const page = await openAtNumber(t);
  await press(node(page, "Getal: 31.825"));
  const card = page.locator("#panel-card");
  await card.getByRole("heading", { name: "Getal" }).waitFor();
  assert.match(await card.locator(".value").textContent(), /^31\.825.* leerlingen$/);
  assert.ok((await card.locator(".definition").textContent()).length > 20);
  const row = await bench.files.lineOf(OBSERVATIONS, "alle,31825,");
  await card.locator(".rows .place-name", { hasText: `waarnemingen.csv, regel ${row}` }).waitFor();
  const text = await card.locator(".rows .source").textContent();
  assert.match(text, /^problemen_thuis_en_verontrusting,leerlingen,2024-2025,.*31825/);
  assert.ok(await card.locator("h4", { hasText: /^Bron(nen)?$/ }).count() > 0);
  assert.deepEqual(page.complaints, []);
});

test("a number of which last year is known tells that too", async (t) => {
  const page = await bench.open(t);
  await goToLine(page, ONLINE, await bench.files.lineOf(ONLINE, "{{ sidin_bezoekers }} bezoekers"));
  await press(node(page, "Getal: 29.600"));
  await page.locator("#panel-card .before", { hasText: "In 2023-2024 was dit 19.200" }).waitFor();
});

test("the open card follows a change of its number", async (t) => {
  const page = await openAtNumber(t);
  await press(node(page, "Getal: 31.825"));
  await page.locator("#panel-card .value", { hasText: "31.825" }).waitFor();
  await bench.files.replace(OBSERVATIONS, "alle,31825,", "alle,32125,");
  await page.locator("#panel-card .value", { hasText: "32.125" }).waitFor();
});

test("a paragraph tells its file and line, to copy and to open", async (t) => {
  const page = await openAtNumber(t, { permissions: ["clipboard-read", "clipboard-write"] });
  await press(page.locator(".node:focus"));
  const card = page.locator("#panel-card");
  await card.getByRole("heading", { name: "Alinea" }).waitFor();
  const place = await card.locator(".place-name").first().textContent();
  const [, line] = /^03-goed-in-je-vel\.yaml, regel (\d+)$/.exec(place);
  assert.ok(Number(line) <= await lineOfNumber());
  await card.getByText("Kopieer plaats").first().click();
  await page.locator("#status", { hasText: "is gekopieerd" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${WELFARE}:${line}`);
  const link = await card.getByText("Open in VS Code").first().getAttribute("href");
  assert.match(link, new RegExp(`^vscode://file/.*03-goed-in-je-vel\\.yaml:${line}:\\d+$`));
});

test("an address with a line goes to it, lights it and gives it the focus", async (t) => {
  const page = await bench.open(t, { hash: `#regel=03-goed-in-je-vel.yaml:${await lineOfNumber()}` });
  await page.locator(".node:focus").waitFor();
  assert.match(await page.locator(".node:focus").getAttribute("aria-label"), /31\.825/);
  const box = await page.locator(".node:focus").boundingBox();
  assert.ok(box.y > 0 && box.y < 900);
  await page.evaluate(() => { location.hash = "#regel=bestaat-niet.yaml:3"; });
  await page.locator("#status", { hasText: "bestaat-niet.yaml" }).waitFor();
});

test("a reload keeps the place", async (t) => {
  const page = await openAtNumber(t);
  const scroller = page.locator("#sheets");
  const place = () => scroller.evaluate((element) => element.scrollTop);
  const number = await page.locator("#page").inputValue();
  await holds(page, (shown) => location.hash === `#pagina=${shown}` && history.state?.fraction, number);
  const was = await place();
  await page.reload();
  await page.locator("html[data-version]").waitFor();
  assert.equal(await page.locator("#page").inputValue(), number);
  assert.ok(Math.abs(await place() - was) <= 3);
});

test("pages are reached by number, by thumbnail and by the history", async (t) => {
  const page = await bench.open(t);
  await page.locator("#page").fill("12");
  await page.locator("#page").press("Enter");
  await holds(page, () => location.hash === "#pagina=12");
  await page.locator(".thumbs a[data-page='20']").click();
  await page.locator(".thumbs a[data-page='20'][aria-current=page]").waitFor();
  await page.goBack();
  await page.locator(".thumbs a[data-page='12'][aria-current=page]").waitFor();
});
