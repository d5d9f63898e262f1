// The contract net from the JavaScript package, run in turn with the plain JavaScript of contract-net.mjs:
//
//   wasm-pack build --target web -- --no-default-features --features web
//   node benches/wasm.mjs [--chromium] [AGENTS] [TASKS] [ROUNDS]
//
// In Node, or in Chromium in a page of its own. Prints one JSON object.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { startServer } from "../script/static.mjs";
import { launch, newPage, root } from "../tests/page/harness.mjs";

const { values, positionals } = parseArgs({
  options: { chromium: { type: "boolean", default: false } },
  allowPositionals: true,
});
const [agents = 800, tasks = 1000, rounds = 6] = positionals.map(Number);

/** Times both in turn, A B A B, so that both meet the same moods of the machine; runs in a page too. */
async function compare({ packagePath, plainPath, wasm, agents, tasks, rounds }) {
  const { default: init, Agora } = await import(packagePath);
  const { contractNet } = await import(plainPath);
  await init(wasm && { module_or_path: wasm });
  const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
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
  const [wasmSeconds, plainSeconds] = [median(times.wasm), median(times.plain)];
  return {
    agents,
    tasks,
    messages: ours.messages,
    checksums_agree: ours.checksum === plain.checksum && ours.coordinator_sum === plain.coordinator_sum,
    first_seconds: ours.first_seconds,
    wasm_warm_seconds: wasmSeconds,
    plain_warm_seconds: plainSeconds,
    wasm_messages_per_second: ours.messages / wasmSeconds,
    plain_messages_per_second: ours.messages / plainSeconds,
    times_as_fast_as_plain: plainSeconds / wasmSeconds,
    bytes_per_event: ours.bytes_per_event,
    digest: ours.digest,
  };
}

async function compareInChromium(task) {
  const server = await startServer(root);
  const browser = await launch();
  try {
    const { page } = await newPage(browser);
    await page.goto(`${server.url}examples/page.html`);
    const paths = { packagePath: `${server.url}pkg/agora.js`, plainPath: `${server.url}benches/contract-net.mjs` };
    return { browser: browser.version(), ...(await page.evaluate(compare, { ...task, ...paths })) };
  } finally {
    await browser.close();
    await server.close();
  }
}

const task = { agents, tasks, rounds };
const figures = values.chromium
  ? await compareInChromium(task)
  : await compare({
      ...task,
      packagePath: `${root}pkg/agora.js`,
      plainPath: `${root}benches/contract-net.mjs`,
      wasm: readFileSync(`${root}pkg/agora_bg.wasm`),
    });
console.log(JSON.stringify(figures, null, 2));
