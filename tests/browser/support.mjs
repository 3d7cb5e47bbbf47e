// What the browser tests share: the program that serves a project, a browser to see it in, and an editor's hand in the
// files.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";

/** Generous: the machine may be busy with other tests. */
export const LIMIT = 20_000;

const { JAARVERSLAG, PROJECT, NODE_MODULES, CHROMIUM = "/usr/bin/chromium" } = process.env;
assert.ok(JAARVERSLAG && PROJECT && NODE_MODULES, "set JAARVERSLAG, PROJECT and NODE_MODULES");

const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const packages = createRequire(join(NODE_MODULES, "of-tests.js"));
const { chromium } = packages("playwright-core");

export const EDITION = "2024-2025";
export const chapterFile = (name) => `content/${EDITION}/${name}.yaml`;

/** Asks again until the answer is true; for what no page can tell. */
export async function until(question, what) {
  const end = Date.now() + LIMIT;
  while (!await question()) {
    assert.ok(Date.now() < end, `${what} did not come`);
    await new Promise((resume) => { setTimeout(resume, 50); });
  }
}

/** Runs `preview` and resolves to its process and address. */
export async function startProgram(edition = EDITION, port = 0) {
  const options = { cwd: PROJECT, stdio: ["ignore", "pipe", "inherit"] };
  const program = spawn(JAARVERSLAG, ["preview", edition, "--port", String(port)], options);
  const lines = createInterface({ input: program.stdout });
  const first = await Promise.race([once(lines, "line"), once(program, "exit")]);
  const [address] = /http:\/\/[^\s]+/.exec(String(first[0])) ?? [];
  assert.ok(address, `no address in «${first[0]}»`);
  return { program, address };
}

export async function stopProgram({ program }) {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const gone = once(program, "exit");
  program.kill();
  await gone;
}

export const startBrowser = () => chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });

/** The state that the program tells right now. */
async function stateOf(address) {
  const stop = new AbortController();
  const response = await fetch(new URL("/events", address), { signal: stop.signal });
  let text = "";
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (/^data:.*\n\n/m.test(text)) break;
  }
  stop.abort();
  return JSON.parse(/^data: ?(.*)$/m.exec(text)[1]);
}

/** The project in the hands of an editor; everything comes back as it was. */
class Files {
  #originals = new Map();

  path = (file) => join(PROJECT, file);

  async read(file) {
    return readFile(this.path(file), "utf8");
  }

  async #keep(file) {
    if (!this.#originals.has(file)) this.#originals.set(file, await this.read(file));
  }

  /** As good editors do: written beside the watched folders and put in place in one go. */
  async #put(file, text) {
    const beside = join(PROJECT, `.${basename(file)}.new`);
    await writeFile(beside, text);
    await rename(beside, this.path(file));
  }

  async replace(file, old, fresh) {
    await this.#keep(file);
    const text = await this.read(file);
    assert.ok(text.includes(old), `«${old}» is not in ${file}`);
    await this.#put(file, text.replace(old, () => fresh));
  }

  async remove(file) {
    await this.#keep(file);
    await rm(this.path(file));
  }

  async restore(file) {
    await this.#put(file, this.#originals.get(file));
    this.#originals.delete(file);
  }

  async restoreAll() {
    for (const file of [...this.#originals.keys()]) await this.restore(file);
  }

  /** The number of the first line that holds this text. */
  async lineOf(file, text) {
    const index = (await this.read(file)).split("\n").findIndex((line) => line.includes(text));
    assert.ok(index >= 0, `«${text}» is not in ${file}`);
    return index + 1;
  }
}

const look = ({ pages, messages, stale }) => JSON.stringify([pages.map(({ hash }) => hash), messages, stale]);

/** Program, browser and files for the tests of one file. */
export class Bench {
  files = new Files();

  async start() {
    this.browser = await startBrowser();
    await this.#serve(0);
  }

  /** The program again after it stopped, at the same address. */
  startAgain = () => this.#serve(new URL(this.server.address).port);

  /** The hashes of the pages hold for one run of the program. */
  async #serve(port) {
    this.server = await startProgram(EDITION, port);
    await until(async () => (await this.state()).pages.length > 0, "the first pages");
    this.calm = look(await this.state());
  }

  async stop() {
    await this.files.restoreAll();
    await this.browser?.close();
    if (this.server) await stopProgram(this.server);
  }

  state = () => stateOf(this.server.address);

  /** After a test: the files as they were, and the program in line with them, so that tests do not see each other. */
  async tidy() {
    await this.files.restoreAll();
    await until(async () => look(await this.state()) === this.calm, "the pages of before");
  }

  /** A fresh browser profile with the preview open. What the console complains of is kept in `page.complaints`. */
  async open(t, { hash = "", ...choices } = {}) {
    const screen = { viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" };
    const context = await this.browser.newContext({ ...screen, ...choices });
    t.after(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(LIMIT);
    page.complaints = listenToComplaints(page);
    await page.goto(new URL(`/${hash}`, this.server.address).href);
    await page.locator("html[data-version]").waitFor();
    return page;
  }
}

function listenToComplaints(page) {
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  return complaints;
}

/** A bench that starts and stops around the tests of a file. */
export function useBench({ before, after, afterEach }) {
  const bench = new Bench();
  before(() => bench.start());
  afterEach(() => bench.tidy());
  after(() => bench.stop());
  return bench;
}

export const sheet = (page, number) => page.locator(`.sheet[data-page="${number}"]`);
export const message = (page, text) => page.locator("#messages > .message", { hasText: text });
export const node = (page, label) => page.locator(`.node[aria-label^="${label}"]`).first();

/** Waits until this holds in the page. */
export const holds = (page, question, argument) => page.waitForFunction(question, argument, { timeout: LIMIT });

/** A line of the text, opened in the preview; resolves to the number of its page. */
export async function goToLine(page, file, line) {
  const asked = `#regel=${file}:${line}`;
  await page.evaluate((hash) => { location.hash = hash; }, asked);
  const status = page.locator("#status", { hasText: new RegExp(`regel ${line} staat op blad`) });
  await status.waitFor();
  return Number(/blad (\d+)/.exec(await status.textContent())[1]);
}

/** A passage may be larger than its middle is free: the first of its parts is pressed, as a reader would. */
export async function press(passage) {
  await passage.locator("span").first().click({ position: { x: 4, y: 4 } });
}

export const axeSource = () => readFile(packages.resolve("axe-core/axe.min.js"), "utf8");
