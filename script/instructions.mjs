// Holds counts of instructions against the committed ones, for script/instructions:
// node script/instructions.mjs FIGURES RUSTC WRITE LOOP=COUNT...

import { readFileSync, writeFileSync } from "node:fs";

/** How much a count may grow before it is a fault. */
const GROWTH_MAX = 0.1;

const [file, rustc, write, ...counts] = process.argv.slice(2);
const found = Object.fromEntries(counts.map((count) => count.split("=")).map(([name, count]) => [name, Number(count)]));
if (write) {
  writeFileSync(file, `${JSON.stringify({ rustc, instructions: found }, null, 2)}\n`);
  console.log(`${file} is written anew`);
  process.exit();
}

const known = JSON.parse(readFileSync(file, "utf8"));
const isSame = known.rustc === rustc;
let grown = 0;
for (const [name, count] of Object.entries(found)) {
  const before = known.instructions[name];
  const change = before ? count / before - 1 : NaN;
  const share = before ? `${change >= 0 ? "+" : ""}${(change * 100).toFixed(1)} %` : "not counted before";
  const isGrown = !(change <= GROWTH_MAX);
  grown += isGrown ? 1 : 0;
  console.log(`${name.padEnd(14)} ${count.toLocaleString("en").padStart(15)}  ${share}${isGrown ? "  more than 10 % above" : ""}`);
}
if (!isSame) {
  console.log(`counted with ${known.rustc}, and this is ${rustc}: growth is told, and no fault`);
} else if (grown > 0) {
  console.log(`if that is meant, say why in the commit, and run script/instructions --write`);
  process.exitCode = 1;
}
