// Finishes what Trunk has built: node script/pack.mjs, called by Trunk's hook before it fills dist/.
//
// Puts the start code into index.html. In a release build it also splits the wasm in two (split.mjs)
// and writes a key script that carries everything for frames without an origin. The whole wasm, with
// its names, stays in target/page for looking at.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const staging = process.env.TRUNK_STAGING_DIR;
const isRelease = process.env.TRUNK_PROFILE === "release";

/** Below this share of the listed functions found, the list is of another program and is not followed. */
const FOUND_LEAST = 0.5;

const one = (pattern) => {
  const found = readdirSync(staging).filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`one file like ${pattern} in ${staging}, not ${found.length}`);
  return found[0];
};

async function pack() {
  const js = one(/^page-[0-9a-f]+\.js$/);
  const wasm = one(/^page-[0-9a-f]+_bg\.wasm$/);
  const parts = { js: `./${js}`, wasm: `./${wasm}` };
  if (isRelease) Object.assign(parts, await halves(js, wasm));
  const file = join(staging, "index.html");
  writeFileSync(file, withStart(readFileSync(file, "utf8"), parts));
}

/** Splits the wasm; answers the names of the further parts. */
async function halves(js, wasm) {
  const { key, split, functionNames } = await import("./split.mjs");
  const bytes = readFileSync(join(staging, wasm));
  mkdirSync(join(root, "target/page"), { recursive: true });
  writeFileSync(join(root, "target/page/page_bg.wasm"), bytes);
  const listed = new Set(readFileSync(join(root, "script/first.txt"), "utf8").split("\n").filter(Boolean));
  const found = new Set(functionNames(bytes).map(key).filter((name) => listed.has(name)));
  const share = found.size / Math.max(1, listed.size);
  console.log(`of the ${listed.size} functions that the first paint runs, this build has ${found.size}`);
  const isWhole = share < FOUND_LEAST;
  if (isWhole) console.log("that is too few: the wasm stays whole (script/first brings the list up to date)");
  const { first, rest, counts } = split(bytes, (name) => isWhole || listed.has(key(name)));
  console.log(`split: ${JSON.stringify(counts)}, ${first.length} and ${rest.length} bytes`);
  const restName = wasm.replace("_bg.wasm", "_rest.wasm");
  const frameName = js.replace(".js", "_frame.js");
  writeFileSync(join(staging, wasm), first);
  writeFileSync(join(staging, restName), rest);
  const carried = {
    js: readFileSync(join(staging, js), "utf8"),
    first: Buffer.from(first).toString("base64"),
    rest: Buffer.from(rest).toString("base64"),
  };
  writeFileSync(join(staging, frameName), `self.agoraParts = ${JSON.stringify(carried)};\n`);
  return { rest: `./${restName}`, frame: `./${frameName}` };
}

/** Puts our start code in the place of Trunk's. */
function withStart(html, parts) {
  const boot = readFileSync(join(root, "src/web/boot.js"), "utf8");
  const own = `<script type="module">\n${short(boot)}start(${JSON.stringify(parts)});\n</script>`;
  const pattern = /<script type="module"[^>]*>\s*import init[\s\S]*?<\/script>/;
  if (!pattern.test(html)) throw new Error("index.html has no start code of Trunk's to replace");
  return html.replace(pattern, () => own);
}

/** Leaves out comments and indentation. */
function short(code) {
  return code.replace(/^\s*(\/\/.*|\/\*\*.*\*\/)\n/gm, "").replace(/^\s+/gm, "");
}

await pack();
