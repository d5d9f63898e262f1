// What the package's declarations must allow, and what they must refuse: `tsc --strict` compiles this.

import init, { Agora } from "../../pkg/agora.js";
import type { AgoraEvent, Branch, Command, ExportFormat, Problem, Scenario, TaskView, Why } from "../../pkg/agora.js";

const BASE = "/api/v1/multi-agent";

/** Every method and every getter, with the types that come out. */
export async function everything(): Promise<void> {
  await init();
  const scenario: Scenario = {
    name: "two",
    title: "Two of a kind",
    as_of: "2026-01-01",
    domain: "generic",
    roles: [{ name: "writer", duration_us: 1000 }],
    agents: [{ role: "writer" }, { role: "writer", performance_score: 90 }],
    tasks: [{ task_type: "letter", priority: "HIGH", subtasks: [{ name: "write", role: "writer" }] }],
  };
  const agora = new Agora(scenario, 7);
  new Agora();
  new Agora("walkthrough").free();
  const done: number = agora.step(3) + agora.step();
  agora.seek(done);
  const place: [number, number, string, string] = [agora.turn, agora.turns, agora.digest, agora.branch];
  const events: AgoraEvent[] = agora.events(0, agora.turns + 1);
  const why: Why = agora.why(events[0]?.id ?? 0);
  const sentences: string[] = why.chain.map((step) => step.sentence);
  const command: Command = { kind: "inject_fault", agent_id: "writer_01", fault: "crash" };
  agora.command(command);
  const fork: string = agora.fork(0);
  const branches: Branch[] = agora.branches();
  agora.switchBranch(branches[0]?.branch_id ?? fork);
  const opened: Agora = Agora.fromLink(agora.link());
  const checked: [boolean | undefined, number | undefined] = [opened.verified, opened.divergedAt];
  const format: ExportFormat = "plan-mermaid";
  const text: string = agora.export(format);
  const seed: number = Agora.freshSeed();
  const boxes: Uint32Array = Agora.layout(2, new Uint32Array([0, 1]), 800);
  const speed: number = Agora.benchContractNet(8, 1).messages_per_second;
  console.log(place, sentences, checked, text, seed, boxes, speed);
}

/** An event's kind says which fields it has. */
export function told(event: AgoraEvent): string {
  switch (event.kind) {
    case "awarded":
      return `${event.agent_id} with ${event.score.toFixed(2)}`;
    case "message_sent":
      return event.type === "bid" ? `bid of ${event.payload.score}` : event.to;
    default:
      // @ts-expect-error the score is not there for every kind
      return `${event.score}`;
  }
}

/** Every route, its body and its answer. */
export async function routes(agora: Agora): Promise<void> {
  const created = await agora.request("POST", `${BASE}/collaborative-task/create`, {
    task_type: "optimize_freelancer_profile",
    priority: "HIGH",
  });
  if (created.status !== 201) {
    const problem: Problem = created.body;
    throw new Error(problem.errors.map((fault) => `${fault.pointer}: ${fault.detail}`).join("\n"));
  }
  const id: string = created.body.task_id;
  const task = await agora.request("GET", `${BASE}/collaborative-task/${id}`);
  if (task.status === 200) {
    const view: TaskView = task.body;
    console.log(view.subtasks.map((subtask) => subtask.state));
  }
  const ended = await agora.request("POST", `${BASE}/collaborative-task/${id}/execute`);
  if (ended.status === 200) console.log(ended.body.confidence.toFixed(2), ended.body.turns.to);
  const profile = { title: "Rust engineer", skills: ["Rust"], hourly_rate: 60, currency: "USD" };
  const better = await agora.request("POST", `${BASE}/optimize-freelancer/multi-agent`, { profile_data: profile });
  if (better.status === 200) console.log(better.body.optimization_results.priority_actions.join());
  await agora.request("POST", `${BASE}/find-and-apply-jobs/multi-agent`, { freelancer_profile: profile, max_jobs: 3 });
  await agora.request("POST", `${BASE}/career-growth-plan/multi-agent`, { current_stats: profile, timeframe_months: 12 });
  const bus = await agora.request("GET", `${BASE}/communication/message-bus?type=bid&limit=3`);
  if (bus.status === 200) console.log(bus.body.recent_messages[0]?.from_agent.length);
  const system = await agora.request("GET", `${BASE}/system/intelligence`);
  if (system.status === 200) console.log(system.body.knowledge_base_growth.entries + 1);
  await agora.request("GET", `${BASE}/communication/message-bus`);
  await agora.request("GET", `${BASE}/agents/status`);
  await agora.request("GET", `${BASE}/collaboration/patterns`);
  await agora.request("GET", `${BASE}/knowledge-base/shared?category=pricing`);
  await agora.request("GET", `${BASE}/demo/complete-workflow`);
  await agora.request("GET", `${BASE}/openapi.json`);
  const added = await agora.request("POST", `${BASE}/agents`, { role: "job_matcher" });
  if (added.status === 201) await agora.request("DELETE", `${BASE}/agents/${added.body.agent_id}`);
  // A body can be JSON text as well.
  await agora.request("POST", `${BASE}/agents`, '{"role": "job_matcher"}');
}

/** What must not compile. */
export async function wrong(agora: Agora): Promise<void> {
  // @ts-expect-error a seed is a number
  new Agora("walkthrough", "7");
  // @ts-expect-error a scenario has agents
  new Agora({ name: "none", title: "None", as_of: "2026-01-01", domain: "generic" });
  // @ts-expect-error a turn is a number
  agora.seek("5");
  // @ts-expect-error there is no such command
  agora.command({ kind: "explode", agent_id: "writer_01" });
  // @ts-expect-error a fault needs to know which
  agora.command({ kind: "inject_fault", agent_id: "writer_01" });
  // @ts-expect-error there is no such format
  agora.export("pdf");
  // @ts-expect-error the turn is read, not written
  agora.turn = 5;
  // @ts-expect-error there is no such priority
  await agora.request("POST", `${BASE}/collaborative-task/create`, { task_type: "letter", priority: "URGENT" });
  // @ts-expect-error there is no such field
  await agora.request("POST", `${BASE}/agents`, { role: "job_matcher", capacities: 3 });
  // @ts-expect-error there is no such path
  await agora.request("GET", `${BASE}/nowhere`);
  // @ts-expect-error a route takes its own methods
  await agora.request("DELETE", `${BASE}/system/intelligence`);
  const task = await agora.request("GET", `${BASE}/collaborative-task/task_01`);
  // @ts-expect-error it may be a problem
  task.body.subtasks;
}
