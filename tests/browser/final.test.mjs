// The final report is made, or it is said why not; and the line with the program is lost and found again.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import { chapterFile, EDITION, sheet, stopProgram, useBench } from "./support.mjs";

const bench = useBench({ before, after, afterEach });

const FIRST = chapterFile("01-recht-op-onderwijs");
const makeFinal = (page) => page.locator(".toolbar .make-final").click();

test("the final report is made and given as a PDF", async (t) => {
  const page = await bench.open(t);
  await page.locator("#steps-title", { hasText: "Klaar voor het definitieve verslag." }).waitFor({ state: "attached" });
  await makeFinal(page);
  const link = page.locator("#final-result a", { hasText: "Open de pdf" });
  await link.waitFor();
  const pdf = await page.request.get(new URL(await link.getAttribute("href"), bench.server.address).href);
  assert.equal(pdf.headers()["content-type"], "application/pdf");
  assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
  await page.locator("#final-result code", { hasText: `out/${EDITION}/` }).first().waitFor();
  assert.equal(await page.locator(".outdated").count(), 0);
  await bench.files.replace(FIRST, "Grenzen verkennen", "Grenzen aftasten");
  await page.locator("#final-result .outdated", { hasText: "dat staat niet in deze pdf" }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test("a chapter that is still a concept keeps the final back, and the steps name it", async (t) => {
  const page = await bench.open(t);
  await bench.files.replace(FIRST, "fase: goedgekeurd", "fase: concept");
  await page.locator(".pill-concept").waitFor();
  await page.locator("#status", { hasText: "Hoofdstuk 1 is nu concept." }).waitFor();
  await page.getByRole("tab", { name: "Tot het definitieve verslag" }).click();
  await page.locator("#steps-title", { hasText: "Nog 1 stap tot het definitieve verslag" }).waitFor();
  await page.locator("#left-out", { hasText: "12 grafieken of tabellen vallen weg" }).waitFor();
  await page.locator(".step-group .step-text", { hasText: "Het hoofdstuk «Recht op onderwijs»" }).waitFor();
  await page.locator(".step-group h3", { hasText: "1. Recht op onderwijs" }).waitFor();
  await page.locator(".step-group .place-name", { hasText: "01-recht-op-onderwijs.yaml, regel 3" }).waitFor();
  await makeFinal(page);
  const refusal = page.locator("#final-result");
  await refusal.getByText("Het definitieve verslag kan nog niet gemaakt worden.").waitFor();
  await refusal.locator(".place-name", { hasText: "01-recht-op-onderwijs.yaml, regel 3" }).waitFor();
  await bench.files.restore(FIRST);
  await page.locator("#steps-title", { hasText: "Klaar voor het definitieve verslag." }).waitFor();
  await refusal.waitFor({ state: "hidden" });
});

test("a lost connection is told, and after it the pages follow again", async (t) => {
  const page = await bench.open(t, { hash: "#pagina=9" });
  await sheet(page, 9).locator("img").waitFor();
  await stopProgram(bench.server);
  await page.locator("#connection[data-state=lost]", { hasText: "Verbinding verbroken – probeert opnieuw" }).waitFor();
  assert.equal(await sheet(page, 9).locator("img").count(), 1);
  await page.locator("#banner", { hasText: "Geen verbinding met het voorbeeld" }).waitFor();
  // A reader may press it all the same.
  await page.locator(".toolbar .make-final").click({ force: true });
  await page.locator("#status", { hasText: "kan nu niet gemaakt worden" }).waitFor();
  await bench.startAgain();
  await page.locator("#connection[data-state=connected]", { hasText: "Verbonden" }).waitFor();
  await page.locator("#banner").waitFor({ state: "hidden" });
  assert.equal(await page.locator(".toolbar .make-final").getAttribute("aria-disabled"), "false");
  assert.equal(await page.locator("#page").inputValue(), "9");
  await bench.files.replace(FIRST, "Grenzen verkennen", "Grenzen aftasten");
  await page.locator("#status", { hasText: "bijgewerkt" }).waitFor();
  await page.locator(".node[aria-label^='Alinea: Grenzen aftasten']").waitFor();
});

test("a page that nobody sees lets go of its line, and shows afterwards what it missed", async (t) => {
  const page = await bench.open(t);
  const setHidden = (hidden) => page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  const version = () => page.locator("html").getAttribute("data-version");
  const was = await version();
  await setHidden(true);
  const other = await bench.open(t);
  await bench.files.replace(FIRST, "Grenzen verkennen", "Grenzen aftasten");
  await other.locator("#status", { hasText: "bijgewerkt" }).waitFor();
  assert.equal(await version(), was);
  await setHidden(false);
  await page.locator(".glow").first().waitFor();
  await page.locator(".node[aria-label^='Alinea: Grenzen aftasten']").waitFor();
});

test("what changed since the last final report is shown with what came and what went", async (t) => {
  const page = await bench.open(t);
  await makeFinal(page);
  await page.locator("#final-result a", { hasText: "Open de pdf" }).waitFor();
  await page.getByRole("tab", { name: "Sinds het vorige" }).click();
  await page.locator("#comparison", { hasText: "Elk cijfer en elke passage is gelijk." }).waitFor();
  await bench.files.replace(FIRST, "Grenzen verkennen", "Grenzen aftasten");
  await page.locator("#comparison del", { hasText: "verkennen" }).waitFor();
  await page.locator("#comparison ins", { hasText: "aftasten" }).waitFor();
  await page.locator("#comparison .revised a", { hasText: "blad" }).click();
  assert.match(page.url(), /#pagina=\d+$/);
  assert.deepEqual(page.complaints, []);
});
