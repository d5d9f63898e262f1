// Sizes and speeds of the engine's wasm at several levels of optimization, on one source:
//
//   node benches/levels.mjs --build                # builds it at each level; some minutes
//   node benches/levels.mjs [AGENTS] [TASKS] [ROUNDS]
//
// Runs the contract net at all levels in turn, A B C A B C, and tells the first run and the median of the
// others in processor time, which other programs disturb least; and what the page would download of it.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { contractNet } from "./contract-net.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const LEVELS = ["z", "s", "2", "3"];
const at = (level) => `${root}target/levels/${level}`;

function build(level) {
  const run = (command, args, env = {}) =>
    execFileSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  const target = "wasm32-unknown-unknown";
  const features = ["--no-default-features", "--features", "web"];
  run("cargo", ["build", "--profile", "page", "--lib", "--target", target, "--target-dir", at(level), ...features], {
    CARGO_PROFILE_PAGE_OPT_LEVEL: level,
  });
  run("wasm-bindgen", ["--target", "nodejs", "--out-dir", `${at(level)}/out`, `${at(level)}/${target}/page/agora.wasm`]);
  writeFileSync(`${at(level)}/out/package.json`, '{ "type": "commonjs" }\n');
  const wasm = `${at(level)}/out/agora_bg.wasm`;
  run(`${root}node_modules/.bin/wasm-opt`, [level === "z" || level === "s" ? `-O${level}` : "-O3", wasm, "-o", wasm]);
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

/** Returns the processor time that something took [ms]. */
function spent(act) {
  const { user, system } = process.cpuUsage();
  act();
  const now = process.cpuUsage();
  return (now.user - user + now.system - system) / 1000;
}

function measure(agents, tasks, rounds) {
  const built = LEVELS.filter((level) => existsSync(`${at(level)}/out/agora.js`));
  const programs = built.map((level) => {
    const { Agora } = createRequire(import.meta.url)(`${at(level)}/out/agora.js`);
    return { name: level, times: [], run: () => Agora.benchContractNet(agents, tasks, 1) };
  });
  programs.push({ name: "plain JavaScript", times: [], run: () => contractNet(agents, tasks) });
  for (let round = 0; round < rounds; round++) for (const it of programs) it.times.push(spent(it.run));
  return programs.map(({ name, times: [first, ...warm] }) => {
    const row = { level: name, first_ms: Math.round(first), median_ms: Math.round(median(warm)), least_ms: Math.round(Math.min(...warm)) };
    if (!built.includes(name)) return row;
    const bytes = readFileSync(`${at(name)}/out/agora_bg.wasm`);
    const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
    return { ...row, bytes: bytes.length, brotli };
  });
}

if (process.argv[2] === "--build") {
  for (const level of process.argv[3] ? process.argv.slice(3) : LEVELS) build(level);
} else {
  const [agents = 800, tasks = 1000, rounds = 8] = process.argv.slice(2).map(Number);
  console.log(`contract net of ${agents} agents and ${tasks} tasks, processor time`);
  console.table(measure(agents, tasks, rounds));
}
