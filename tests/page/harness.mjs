// What the page's tests share: a web server for dist/, a browser, and pages that remember every error.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startServer as serve } from "../../script/static.mjs";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const dist = `${root}dist`;

// Without these, Chromium calls home at every start, and does not start as root.
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--no-first-run",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

/** Serves the built page on a free port; `base` puts it under a sub-path. Answers `{ url, close }`. */
export async function startServer(options) {
  if (!existsSync(`${dist}/index.html`)) throw new Error("no page in dist/: script/serve --build-only makes it");
  return serve(dist, options);
}

/** Starts the Chromium that the scripts found, or that `CHROME` names. */
export async function launch(options = {}) {
  const executablePath = process.env.CHROME || findChrome();
  return chromium.launch({ executablePath, args: flags, ...options });
}

/** The page on a server and a browser to open it in, both closed after the file's tests. */
export async function site(options) {
  const server = await startServer(options);
  const browser = await launch();
  after(async () => {
    await browser.close();
    await server.close();
  });
  return { server, browser };
}

function findChrome() {
  const script = `. "${root}script/lib.sh" && find_chrome`;
  return execFileSync("bash", ["-c", script], { encoding: "utf8" }).trim();
}

/**
 * Opens a page in a context of its own. `problems` of the answer collects what no page should have:
 * console errors, uncaught exceptions, requests that failed or were answered with an error.
 */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => problems.push(`request failed: ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  return { page, context, problems };
}

/** Waits until the run has been brought to its end behind the picture; from then on turns stay the same. */
export async function settled(page) {
  let known = "";
  for (;;) {
    const turns = await page.getByTestId("turns").first().textContent();
    if (turns === known && turns !== "0") return;
    known = turns;
    await page.waitForTimeout(150);
  }
}
