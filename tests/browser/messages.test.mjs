// An editor makes a mistake, is told of it, and mends it.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { chapterFile, holds, message, sheet, useBench } from "./support.mjs";

const bench = useBench({ before, after, afterEach });

const FIRST = chapterFile("01-recht-op-onderwijs");
const WELFARE = chapterFile("03-goed-in-je-vel");
const GOOD_LINE = "fase: goedgekeurd";

/** Puts an unknown key below the phase. */
const addKey = (file, key) => bench.files.replace(file, GOOD_LINE, `${GOOD_LINE}\n${key}: fout`);
const pagesShown = (page) =>
  page.locator(".sheet[data-hash]").evaluateAll((all) => all.map(({ dataset }) => dataset.hash));

test("an unknown key is told with file, line and text, while the pages stay", async (t) => {
  const page = await bench.open(t);
  await sheet(page, 1).locator("img").waitFor();
  const was = await pagesShown(page);
  await addKey(FIRST, "onbekend");
  const told = message(page, "onbekend");
  await told.waitFor();
  assert.match(await told.locator(".place-name").textContent(), /01-recht-op-onderwijs\.yaml, regel 4$/);
  assert.equal(await told.locator(".source").textContent(), "onbekend: fout");
  assert.equal(await told.locator("mark").textContent(), "onbekend");
  assert.equal(await told.locator("strong").textContent(), "Fout");
  await page.locator("#banner", { hasText: "Er zijn fouten. U ziet de laatste goede versie." }).waitFor();
  assert.match(await page.title(), /^\(1 fout\) /);
  assert.deepEqual(await pagesShown(page), was);
  await bench.files.restore(FIRST);
  await page.locator("#banner").waitFor({ state: "hidden" });
  await told.waitFor({ state: "detached" });
  assert.equal(await page.locator("#messages .fout").count(), 0);
  await page.locator("#status", { hasText: "Alle fouten zijn hersteld." }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test("a misspelt placeholder is told where it stands, and shown on its page", async (t) => {
  const page = await bench.open(t);
  await bench.files.replace(WELFARE, "_verontrusting.leerlingen }}", "_verontrustng.leerlingen }}");
  const told = message(page, "_verontrustng");
  await told.waitFor();
  const line = await bench.files.lineOf(WELFARE, "verontrustng");
  assert.match(await told.locator(".place-name").textContent(), new RegExp(`03-goed-in-je-vel\\.yaml, regel ${line}$`));
  await told.getByText(/Toon op blad \d+/).click();
  const mark = page.locator(".mark").first();
  await mark.waitFor();
  await mark.click();
  await holds(page, () => document.activeElement.matches("#messages > .message"));
});

test("of a message with many places a few are shown, and the rest at a click", async (t) => {
  const page = await bench.open(t);
  const told = message(page, "minder dan twee waarden bekend");
  const seen = told.locator(".place-name:visible");
  await told.locator("summary", { hasText: "Nog 9 andere" }).waitFor();
  assert.equal(await seen.count(), 3);
  await told.locator("summary").click();
  assert.equal(await seen.count(), 12);
  await bench.files.replace(FIRST, GOOD_LINE, `# Een regel.\n${GOOD_LINE}`);
  await holds(page, ([line]) => document.querySelector(".message-places .place-name")?.textContent !== line,
    [await seen.first().textContent()]);
  assert.equal(await seen.count(), 12, "what was opened stays open");
});

test("two mistakes in two files are told at once", async (t) => {
  const page = await bench.open(t);
  await addKey(FIRST, "eerste_fout");
  await addKey(WELFARE, "tweede_fout");
  await message(page, "eerste_fout").waitFor();
  await message(page, "tweede_fout").waitFor();
  await page.locator("#toggle-panel", { hasText: "2 fouten" }).waitFor();
  await bench.files.restore(FIRST);
  await message(page, "eerste_fout").waitFor({ state: "detached" });
  assert.equal(await message(page, "tweede_fout").count(), 1);
});

test("the place of a message can be copied and opened", async (t) => {
  const page = await bench.open(t, { permissions: ["clipboard-read", "clipboard-write"] });
  await addKey(FIRST, "onbekend");
  const told = message(page, "onbekend");
  await told.getByText("Kopieer plaats").click();
  await page.locator("#status", { hasText: "is gekopieerd" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${FIRST}:4`);
  const link = await told.getByText("Open in VS Code").getAttribute("href");
  assert.match(link, /^vscode:\/\/file\/.*01-recht-op-onderwijs\.yaml:4:1$/);
});

test("words of the report and of a message are never taken for HTML", async (t) => {
  const page = await bench.open(t);
  const hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>";
  await bench.files.replace(FIRST, "Grenzen verkennen", `${hostile} Grenzen verkennen`);
  await page.locator(".node[aria-label*='<img src=x'], #messages .fout").first().waitFor({ state: "attached" });
  await bench.files.replace(FIRST, GOOD_LINE, `${GOOD_LINE}\n"<b>x</b>": fout`);
  await message(page, "<b>x</b>").waitFor();
  assert.equal(await page.locator("b, img[src=x], script:not([src='/app.js'])").count(), 0);
  assert.deepEqual(page.complaints, []);
});
