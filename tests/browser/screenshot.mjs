// Makes the picture of the live preview for the documentation: `node screenshot.mjs docs/beelden/voorbeeld.png`, with
// the same environment as the tests.
//
// Of colours that look the same PNG makes a file twice as large as need be; to reduce it afterwards, in Python:
//   Image.open(path).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)

import assert from "node:assert/strict";

import { EDITION, goToLine, LIMIT, node, press, startBrowser, startProgram, stopProgram } from "./support.mjs";

const [target] = process.argv.slice(2);
assert.ok(target, "name the file to write");
/** A passage with a chart below it, and a number of which last year is known. */
const FILE = `content/${EDITION}/05-clb-online.yaml`;
const LINE = 65;
const NUMBER = "Getal: 29.600";

const server = await startProgram();
const browser = await startBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  page.setDefaultTimeout(LIMIT);
  await page.goto(server.address);
  await page.locator("html[data-version]").waitFor();
  await goToLine(page, FILE, LINE);
  await press(node(page, NUMBER));
  await page.locator("#panel-card .value").waitFor();
  // The light on the line and its sentence at the foot belong to the going there, not to the picture.
  await page.locator(".glow").first().waitFor({ state: "detached" });
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: target });
} finally {
  await browser.close();
  await stopProgram(server);
}
