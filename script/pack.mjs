// Finishes what Trunk has built: node script/pack.mjs, called by Trunk's hook before it fills dist/;
// node script/pack.mjs --again splits what lies in dist/ anew, by the list that script/first has made.
//
// Puts the start code into index.html. In a release build it also splits the wasm in two (split.mjs), takes
// the style sheets of what comes with the second half out of index.html, and writes a key script that carries
// everything for frames without an origin. The whole wasm, with its names, stays in target/pack for looking at.

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const isAgain = process.argv.includes("--again");
const staging = isAgain ? join(root, "dist") : process.env.TRUNK_STAGING_DIR;
const isRelease = process.env.TRUNK_PROFILE === "release";
/** The list that was made of this very build, and the one that was committed. */
const lists = [join(root, "target/pack/first.txt"), join(root, "script/first.txt")];

/** The style sheets of what only the second half of the wasm draws. */
const LATER = [
  "agents",
  "api",
  "bench",
  "blackboard",
  "help",
  "intelligence",
  "messages",
  "opening",
  "own",
  "plan",
  "print",
  "result",
  "schedule",
  "selected",
  "travel",
];

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
  if (isAgain) {
    await halved(js, wasm);
    return;
  }
  const parts = { js: `./${js}`, wasm: `./${wasm}` };
  const glue = join(staging, js);
  writeFileSync(glue, withoutRemarks(readFileSync(glue, "utf8")));
  const file = join(staging, "index.html");
  let html = readFileSync(file, "utf8");
  if (isRelease) {
    const { page, later } = parted(html);
    html = page;
    const styles = js.replace(".js", "_rest.css");
    writeFileSync(join(staging, styles), later);
    Object.assign(parts, { styles: `./${styles}` }, await halved(js, wasm));
  }
  writeFileSync(file, withStart(html, parts));
}

/** Takes the style sheets that are needed later out of the page; where they stood, their place is kept. */
function parted(html) {
  const sheets = LATER.map((name) => readFileSync(join(root, `style/${name}.css`), "utf8").trim());
  const taken = [];
  const page = html.replace(/<style[^>]*>([\s\S]*?)<\/style>/g, (element, sheet) => {
    if (!sheets.includes(sheet.trim())) return element;
    taken.push(sheet);
    return taken.length === 1 ? '<style id="later"></style>' : "";
  });
  if (taken.length !== LATER.length) throw new Error(`${taken.length} of ${LATER.length} later style sheets are in the page`);
  return { page, later: bare(taken.join("\n")) };
}

/** Splits the wasm; answers the names of the further parts. */
async function halved(js, wasm) {
  const { key, split, functionNames } = await import("./split.mjs");
  const { part } = await import("./data.mjs");
  const kept = join(root, "target/pack/page_bg.wasm");
  const bytes = readFileSync(isAgain ? kept : join(staging, wasm));
  if (!isAgain) {
    mkdirSync(join(root, "target/pack"), { recursive: true });
    writeFileSync(kept, bytes);
    rmSync(lists[0], { force: true });
  }
  const list = lists.find((file) => existsSync(file));
  const listed = new Set(readFileSync(list, "utf8").split("\n").filter(Boolean));
  const found = new Set(functionNames(bytes).map(key).filter((name) => listed.has(name)));
  const share = found.size / Math.max(1, listed.size);
  console.log(`of the ${listed.size} functions that the first paint runs, this build has ${found.size}`);
  const isWhole = share < FOUND_LEAST;
  if (isWhole) console.log("that is too few: the wasm stays whole (script/first brings the list up to date)");
  const halves = split(bytes, (name) => isWhole || listed.has(key(name)));
  const map = join(root, "target/pack/page.map");
  const { first, rest, moved } = part(halves, !isWhole && existsSync(map) ? readFileSync(map, "utf8") : "", halves.numbers);
  console.log(`split: ${JSON.stringify(halves.counts)}, ${first.length} and ${rest.length} bytes, ${moved} of them data`);
  const restName = wasm.replace("_bg.wasm", "_rest.wasm");
  const frameName = js.replace(".js", "_frame.js");
  writeFileSync(join(staging, wasm), first);
  writeFileSync(join(staging, restName), rest);
  const styles = join(staging, js.replace(".js", "_rest.css"));
  const carried = {
    js: readFileSync(join(staging, js), "utf8"),
    styles: readFileSync(styles, "utf8"),
    first: Buffer.from(first).toString("base64"),
    rest: Buffer.from(rest).toString("base64"),
  };
  writeFileSync(join(staging, frameName), `self.agoraParts = ${JSON.stringify(carried)};\n`);
  return { rest: `./${restName}`, frame: `./${frameName}` };
}

/** Puts our start code in the place of Trunk's. */
function withStart(html, parts) {
  const boot = readFileSync(join(root, "src/web/boot.js"), "utf8");
  const own = `<script type="module">\n${plain(boot)}start(${JSON.stringify(parts)});\n</script>`;
  const pattern = /<script type="module"[^>]*>\s*import init[\s\S]*?<\/script>/;
  if (!pattern.test(html)) throw new Error("index.html has no start code of Trunk's to replace");
  // Style sheets are inlined with their remarks, which nobody needs who reads the page.
  const short = html.replace(/<style[^>]*>[\s\S]*?<\/style>/g, bare);
  return short.replace(pattern, () => own);
}

/** Leaves remarks and blanks out of a style sheet. */
function bare(style) {
  return style.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\n\s*/g, "\n").replace(/\s*([{};])\s*/g, "$1").replace(/: /g, ":");
}

/** Leaves out the remarks that stand on lines of their own. */
function withoutRemarks(code) {
  return code.replace(/^[ \t]*\/\*\*[\s\S]*?\*\/\n/gm, "").replace(/^[ \t]*\/\/ .*\n/gm, "");
}

/** Leaves out comments and indentation. */
function plain(code) {
  return code.replace(/^\s*(\/\/.*|\/\*\*.*\*\/)\n/gm, "").replace(/^\s+/gm, "");
}

await pack();
