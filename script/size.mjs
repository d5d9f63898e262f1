// Weighs what the first paint and the first step need: node script/size.mjs [--write]
//
// Opens the built page in a browser that is kept from the wasm's second half and its styles, takes a step, and adds up
// what was transferred until then, as a server with brotli would send it. Tells what has grown against
// script/size.json, and ends with 1 above the budget in it. --write brings the figures there up to date.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { dist, launch, newPage, root, startServer } from "../tests/page/harness.mjs";

const committed = join(root, "script/size.json");
/** What is compressed already, and sent as it is. */
const DENSE = /\.(woff2|webp|png)$/;

/** Answers the files, by their names without hashes, that the page asks for until its first step is done. */
async function neededFirst() {
  const server = await startServer();
  const browser = await launch();
  try {
    const { page } = await newPage(browser);
    const asked = new Set();
    page.on("request", (request) => {
      if (request.url().startsWith(server.url)) asked.add(new URL(request.url()).pathname.slice(1) || "index.html");
    });
    // Held back for good, so that whatever waits for it would never go on.
    await page.route(/_rest\.(wasm|css)$/, () => {});
    await page.goto(server.url);
    await page.locator("main").first().waitFor({ timeout: 20_000 });
    const turn = page.getByTestId("turn").first();
    const before = await turn.textContent();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(
      (before) => document.querySelector("[data-testid=turn]").textContent !== before,
      before,
      { timeout: 20_000 },
    );
    return [...asked].filter((name) => !/_rest\.(wasm|css)$/.test(name));
  } finally {
    await browser.close();
    await server.close();
  }
}

function weigh(name) {
  const bytes = readFileSync(join(dist, name));
  if (DENSE.test(name)) return bytes.length;
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

const plain = (name) => name.replace(/-[0-9a-f]{8,}/, "");
const told = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const { budget, parts: last } = JSON.parse(readFileSync(committed, "utf8"));
const parts = Object.fromEntries((await neededFirst()).sort().map((name) => [plain(name), weigh(name)]));
for (const name of new Set([...Object.keys(last), ...Object.keys(parts)])) {
  const [now, was] = [parts[name] ?? 0, last[name] ?? 0];
  const grown = now - was;
  const change = grown === 0 ? "" : `, ${grown > 0 ? "grown" : "shrunk"} by ${told(Math.abs(grown))}`;
  console.log(`${name}: ${told(now)}${change}`);
}
const all = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);
console.log(`needed for the first paint and step: ${told(all)} with brotli, of a budget of ${told(budget)}`);
if (process.argv.includes("--write")) writeFileSync(committed, `${JSON.stringify({ budget, parts }, null, 2)}\n`);
if (all > budget) {
  console.error(`over the budget by ${told(all - budget)}`);
  process.exitCode = 1;
}
