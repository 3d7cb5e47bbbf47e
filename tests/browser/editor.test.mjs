// An editor saves, and sees the page change.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { chapterFile, goToLine, holds, node, sheet, useBench } from "./support.mjs";

const bench = useBench({ before, after, afterEach });

const FIRST = chapterFile("01-recht-op-onderwijs");
const WELFARE = chapterFile("03-goed-in-je-vel");
const OBSERVATIONS = "data/2024-2025/waarnemingen.csv";
const PASSAGE = "Grenzen verkennen";

const hashOf = (page, number) => sheet(page, number).getAttribute("data-hash");
const changes = (page, number, hash) => holds(page, ([at, old]) => {
  const now = document.querySelector(`.sheet[data-page="${at}"]`)?.dataset.hash;
  return now !== undefined && now !== old;
}, [number, hash]);

async function goToPassage(page) {
  const number = await goToLine(page, FIRST, await bench.files.lineOf(FIRST, PASSAGE));
  await sheet(page, number).and(page.locator("[data-hash]")).waitFor();
  return number;
}

test("the report opens with its pages, chapters and phases", async (t) => {
  const page = await bench.open(t);
  const { pages, title, chapters } = await bench.state();
  assert.ok(pages.length > 20);
  assert.equal(await page.locator(".sheet").count(), pages.length);
  assert.equal(await page.locator(".thumbs a").count(), pages.length);
  assert.equal(await page.title(), `${title} – voorbeeld`);
  assert.equal(await page.locator("h1").textContent(), title);
  const phases = chapters.filter(({ phase }) => phase).map(({ phase }) => phase);
  assert.deepEqual(await page.locator(".pill").allTextContents(), phases);
  await sheet(page, 1).locator("img").waitFor();
  await page.locator(".thumbs a[aria-current=page][data-page='1']").waitFor();
  await page.locator("#connection", { hasText: "Verbonden" }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test("every part of the report stands at its own page in the contents", async (t) => {
  const page = await bench.open(t);
  const { chapters } = await bench.state();
  const titles = chapters.map(({ title }) => title);
  assert.deepEqual(titles.slice(0, 2), ["Omslag", "Inhoud"]);
  assert.deepEqual(titles.slice(-3), ["Bijlage", "Bronnen", "Colofon"]);
  assert.equal(await page.locator(".chapter:not(:has(.thumbs a))").count(), 0);
});

test("a saved sentence is on its page at once, in view and lit, in every browser", async (t) => {
  const [page, other] = [await bench.open(t), await bench.open(t)];
  const number = await goToPassage(other);
  const old = await hashOf(other, number);
  await bench.files.replace(FIRST, PASSAGE, "Grenzen aftasten");
  await sheet(page, number).locator(".glow").first().waitFor();
  await changes(page, number, old);
  await changes(other, number, old);
  assert.equal(await hashOf(page, number), await hashOf(other, number));
  await page.locator("#status", { hasText: `Blad ${number} is bijgewerkt.` }).waitFor();
  const box = await node(page, "Alinea: Grenzen aftasten").boundingBox();
  assert.ok(box.y > 0 && box.y + box.height < 900, "the changed paragraph is in view");
  assert.deepEqual([...page.complaints, ...other.complaints], []);
});

test("place, zoom and focus stay where the change is in view already", async (t) => {
  const page = await bench.open(t);
  await page.keyboard.press("-");
  const number = await goToPassage(page);
  const place = () => page.evaluate(() => {
    const [scroller, zoom] = ["sheets", "zoom"].map((id) => document.getElementById(id));
    return [scroller.scrollTop, zoom.textContent, document.activeElement.dataset.id];
  });
  await node(page, `Alinea: ${PASSAGE}`).waitFor();
  const was = await place();
  const old = await hashOf(page, number);
  await bench.files.replace(FIRST, PASSAGE, "Grenzen aftasten");
  await changes(page, number, old);
  await node(page, "Alinea: Grenzen aftasten").waitFor();
  assert.deepEqual(await place(), was);
});

test("who does not follow stays at the page being read", async (t) => {
  const page = await bench.open(t, { hash: "#pagina=2" });
  await page.getByLabel("Volg wijzigingen").uncheck();
  const was = await page.locator("#sheets").evaluate((scroller) => scroller.scrollTop);
  await bench.files.replace(FIRST, PASSAGE, "Grenzen aftasten");
  await page.locator("#status", { hasText: "bijgewerkt" }).waitFor();
  assert.equal(await page.locator("#sheets").evaluate((scroller) => scroller.scrollTop), was);
  assert.equal(await page.locator("#page").inputValue(), "2");
});

test("a changed number in the data changes what is printed", async (t) => {
  const page = await bench.open(t);
  await goToLine(page, WELFARE, await bench.files.lineOf(WELFARE, "problemen_thuis_en_verontrusting"));
  await node(page, "Getal: 31.825").waitFor();
  await bench.files.replace(OBSERVATIONS, "alle,31825,", "alle,32125,");
  await node(page, "Getal: 32.125").waitFor();
});

test("a chapter that is deleted and put back again", async (t) => {
  const page = await bench.open(t, { hash: "#pagina=3" });
  const total = await page.locator(".sheet").count();
  await bench.files.remove(FIRST);
  // Whether the program takes it as an error or as a shorter report is its own affair; the page shows which.
  const isWhole = (all) =>
    document.getElementById("banner").hidden && document.querySelectorAll(".sheet").length === all;
  await page.locator(`#banner:visible, html:not(:has(.sheet[data-page="${total}"]))`).first().waitFor();
  await bench.files.restore(FIRST);
  await holds(page, isWhole, total);
  assert.equal(await page.locator("#page").inputValue(), "3");
  assert.deepEqual(page.complaints, []);
});
