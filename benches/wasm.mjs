// The contract net from the wasm package in Node, run in turn with the plain JavaScript of
// contract-net.mjs: `node benches/wasm.mjs [agents] [tasks] [rounds]`, after `benches/wasm.mjs --build`,
// which needs cargo, the wasm32 target and wasm-bindgen. Prints one JSON object.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { contractNet } from "./contract-net.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = `${root}target/bench-wasm`;

function build() {
  const run = (command, args) => execFileSync(command, args, { cwd: root, stdio: "inherit" });
  const target = "wasm32-unknown-unknown";
  run("cargo", ["build", "--release", "--lib", "--target", target, "--no-default-features", "--features", "web"]);
  run("wasm-bindgen", ["--target", "nodejs", "--out-dir", out, `target/${target}/release/agora.wasm`]);
  writeFileSync(`${out}/package.json`, '{ "type": "commonjs" }\n');
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

/** Times both in turn, A B A B, so that both meet the same moods of the machine. */
function compare(agents, tasks, rounds) {
  const { Agora } = createRequire(import.meta.url)(`${out}/agora.js`);
  // Browsers and Node run a wasm function at full speed only after some calls.
  const ours = Agora.benchContractNet(agents, tasks, rounds);
  const times = { wasm: [], plain: [] };
  const plain = contractNet(agents, tasks);
  for (let round = 0; round < rounds; round += 1) {
    times.wasm.push(Agora.benchContractNet(agents, tasks, 2).warm_seconds);
    const start = performance.now();
    contractNet(agents, tasks);
    times.plain.push((performance.now() - start) / 1000);
  }
  const [wasm, js] = [median(times.wasm), median(times.plain)];
  return {
    agents,
    tasks,
    messages: ours.messages,
    checksums_agree: ours.checksum === plain.checksum && ours.coordinator_sum === plain.coordinator_sum,
    first_seconds: ours.first_seconds,
    wasm_warm_seconds: wasm,
    plain_warm_seconds: js,
    wasm_messages_per_second: ours.messages / wasm,
    plain_messages_per_second: ours.messages / js,
    times_as_fast_as_plain: js / wasm,
    bytes_per_event: ours.bytes_per_event,
    digest: ours.digest,
  };
}

if (process.argv[2] === "--build") {
  build();
} else {
  const [agents = 800, tasks = 1000, rounds = 6] = process.argv.slice(2).map(Number);
  console.log(JSON.stringify(compare(agents, tasks, rounds), null, 2));
}
