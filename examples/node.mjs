// Agora in Node. In the project's folder, after
//   wasm-pack build --target web -- --no-default-features --features web
// run it: node examples/node.mjs

import { readFile } from "node:fs/promises";
import init, { Agora } from "../pkg/agora.js";

await init({ module_or_path: await readFile(new URL("../pkg/agora_bg.wasm", import.meta.url)) });

// A built-in scenario, step by step; then back to a turn, exactly.
const agora = new Agora("competition");
while (agora.step(100) > 0);
const { turns, digest } = agora;
const awards = agora.events(0, turns + 1).filter((event) => event.kind === "awarded");
for (const { role, agent_id, score } of awards) console.log(`${role}: ${agent_id} with ${score}`);
console.log(agora.why(awards[0].id).chain[0].sentence);

// What if the first winner had crashed? The past forks, and the old branch stays.
agora.seek(awards[0].turn);
agora.command({ kind: "inject_fault", agent_id: awards[0].agent_id, fault: "crash" });
while (agora.step(100) > 0);
for (const branch of agora.branches()) console.log(`${branch.branch_id}: ${branch.turns} turns, ${branch.digest}`);

// A link carries the run, and replays to the same digests.
const again = Agora.fromLink(agora.link());
console.log(`verified: ${again.verified}`);
again.switchBranch("branch_01");
again.seek(turns);
if (again.digest !== digest) throw new Error("the first branch should be as it was");

// The API, as over HTTP: a status, and a body that goes with it.
const answer = await agora.request("POST", "/api/v1/multi-agent/optimize-freelancer/multi-agent", {
  profile_data: { title: "Rust engineer", skills: ["Rust", "PostgreSQL"], hourly_rate: 60, currency: "USD", country: "US" },
});
if (answer.status !== 200) throw new Error(answer.body.detail);
for (const action of answer.body.optimization_results.priority_actions) console.log(`- ${action}`);

// What is wrong is an Error that says what to change.
try {
  agora.seek(1e6);
} catch (error) {
  console.log(`${error.name}: ${error.message}`);
}
