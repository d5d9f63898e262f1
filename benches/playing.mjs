// Measures how smoothly the page plays: node benches/playing.mjs [--agents N] [--file PATH]... [--profile]
//
//   node benches/playing.mjs                                                      # all of it, some minutes
//   node benches/playing.mjs --only --face workbench                              # the team of 1,000 alone
//   node benches/playing.mjs --only --agents 0 --face workbench --talk 100000     # a talk of so many messages, scrolled and filtered
//   node benches/playing.mjs --reveals --face story --agents 0                    # what is revealed, and how soon all of it
//   node benches/workflow.mjs TRACE 10 > LARGE && node benches/playing.mjs --only --agents 0 --file LARGE
//
// Plays every built-in scenario on both faces, turn by turn and as fast as it goes, a team of N agents
// (1,000; 0 leaves it out), and files that are dropped on the page, such as workflow traces; --talk runs a
// team that says so much about one task, scrolls the panel of messages from end to end, and filters it. From
// the browser's own tracing it tells: tasks of the page's main thread that kept input waiting for over 50 ms, the
// longest of them, also by processor time, frames drawn a second, and processor time a turn and a frame; a busy
// machine moves processor time least. --profile tells what the time went to, by
// the names of functions. Run it on a machine that does nothing else; it ends with 1 where a task was too long.

import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { startServer as serve } from "../script/static.mjs";
import { dist, launch, newPage, root, settled } from "../tests/page/harness.mjs";

const { values } = parseArgs({
  options: {
    agents: { type: "string", default: "1000" },
    tasks: { type: "string", default: "4" },
    talk: { type: "string", default: "0" },
    seconds: { type: "string", default: "5" },
    scenario: { type: "string", multiple: true, default: [] },
    face: { type: "string", multiple: true, default: ["story", "workbench"] },
    panel: { type: "string", multiple: true, default: [] },
    speed: { type: "string", multiple: true, default: ["60", "1000"] },
    file: { type: "string", multiple: true, default: [] },
    reveals: { type: "boolean", default: false },
    profile: { type: "boolean", default: false },
    only: { type: "boolean", default: false },
  },
});

/** Tasks longer than this keep input waiting [ms]. */
const LONG = 50;
/** A trace's names of what runs in the renderer's main thread, and of a frame that is drawn. */
const CATEGORIES = ["toplevel", "disabled-by-default-devtools.timeline", "devtools.timeline", "disabled-by-default-devtools.timeline.frame"];

/** Takes the browser's trace while something is done. */
async function traced(client, act) {
  const events = [];
  const more = ({ value }) => events.push(...value);
  client.on("Tracing.dataCollected", more);
  await client.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: CATEGORIES } });
  const answer = await act();
  const complete = new Promise((resolve) => client.once("Tracing.tracingComplete", resolve));
  await client.send("Tracing.end");
  await complete;
  client.off("Tracing.dataCollected", more);
  return { events, answer };
}

const longest = (tasks) => tasks.reduce((most, task) => Math.max(most, task), 0);

function sum({ events, answer: { turns, milliseconds } }) {
  const main = new Set(
    events.filter((it) => it.name === "thread_name" && it.args.name === "CrRendererMain").map((it) => `${it.pid} ${it.tid}`),
  );
  const own = events.filter((it) => main.has(`${it.pid} ${it.tid}`));
  // The page under test is the renderer that is busiest.
  const busy = new Map();
  for (const it of own) if (it.dur) busy.set(it.pid, (busy.get(it.pid) ?? 0) + it.dur);
  const pid = [...busy].sort((a, b) => b[1] - a[1])[0]?.[0];
  const tasks = own.filter((it) => it.pid === pid && it.name === "RunTask" && it.dur).map((it) => it.dur / 1000);
  const cpu = own.filter((it) => it.pid === pid && it.name === "RunTask" && it.tdur).reduce((all, it) => all + it.tdur / 1000, 0);
  if (values.profile) {
    const work = new Map();
    for (const it of own) if (it.pid === pid && it.tdur && !/RunTask|RunNormalPriority/.test(it.name)) work.set(it.name, (work.get(it.name) ?? 0) + it.tdur / 1000);
    console.log("the browser's work, one within the other, processor time [ms]");
    for (const [name, time] of [...work].sort((a, b) => b[1] - a[1]).slice(0, 24)) console.log(`  ${time.toFixed(0).padStart(6)}  ${name}`);
  }
  const frames = events.filter((it) => it.pid === pid && it.name === "DrawFrame").length;
  return {
    turns,
    seconds: +(milliseconds / 1000).toFixed(2),
    long: tasks.filter((task) => task > LONG).length,
    longest_ms: Math.round(longest(tasks)),
    longest_cpu_ms: Math.round(longest(own.filter((it) => it.pid === pid && it.name === "RunTask" && it.tdur).map((it) => it.tdur / 1000))),
    frames_a_second: Math.round(frames / (milliseconds / 1000)),
    cpu_ms_a_turn: +(cpu / Math.max(1, turns)).toFixed(2),
    cpu_ms_a_frame: +(cpu / Math.max(1, frames)).toFixed(2),
  };
}

/** Plays what is loaded for some seconds, or until it ends, and answers what was seen. */
async function play(page, client, speed) {
  await page.getByTestId("scrubber").first().fill("0");
  await page.getByTestId("speed").first().selectOption(speed);
  await page.waitForTimeout(300);
  if (values.profile) {
    await client.send("Profiler.enable");
    await client.send("Profiler.setSamplingInterval", { interval: 500 });
    await client.send("Profiler.start");
  }
  const trace = await traced(client, () =>
    page.evaluate(async (most) => {
      const button = document.querySelector("[data-testid=play]");
      const turn = () => Number(document.querySelector("[data-testid=turn]").textContent);
      const isPlaying = () => /pause/i.test(button.getAttribute("aria-label"));
      const started = performance.now();
      button.click();
      await new Promise((next) => setTimeout(next, 50));
      while (isPlaying() && performance.now() - started < most) await new Promise((next) => setTimeout(next, 25));
      const milliseconds = performance.now() - started;
      const turns = turn();
      if (isPlaying()) button.click();
      return { turns, milliseconds };
    }, Number(values.seconds) * 1000),
  );
  if (values.profile) tell((await client.send("Profiler.stop")).profile);
  return sum(trace);
}

/** Takes a profile, where one is asked for, while something is traced. */
async function watched(client, act) {
  if (!values.profile) return sum(await traced(client, act));
  await client.send("Profiler.enable");
  await client.send("Profiler.setSamplingInterval", { interval: 500 });
  await client.send("Profiler.start");
  const seen = sum(await traced(client, act));
  tell((await client.send("Profiler.stop")).profile);
  return seen;
}

/** Goes to the end of a long talk, scrolls through all that was said, filters it, and answers what was seen. */
async function talk(page, client) {
  await page.locator(".tab", { hasText: "Messages" }).first().click();
  // A long run is not brought to its end unasked.
  for (let last = -1; ; ) {
    await page.keyboard.press("End");
    await page.waitForTimeout(500);
    const turn = Number(await page.getByTestId("turn").first().textContent());
    if (turn === last) break;
    last = turn;
  }
  const table = [];
  for (const [how, pace] of [["scrolled, 80 px a frame", 80], ["scrolled, 250 px a frame", 250], ["scrolled in leaps", 0]]) {
    const seen = await watched(client, () =>
      page.evaluate(
        async ({ most, pace }) => {
          const box = document.querySelector(".panel-messages .panel-body") ?? document.querySelector(".talk-whole").closest(".panel-body");
          const started = performance.now();
          box.scrollTop = 0;
          // As fast as a wheel goes, as fast as a fling; or to another place at each frame, as one drags the bar.
          const far = box.scrollHeight - box.clientHeight;
          for (let frame = 0; performance.now() - started < most; frame++) {
            box.scrollTop = pace ? frame * pace : (far * ((frame * 37) % 101)) / 100;
            await new Promise((next) => requestAnimationFrame(next));
          }
          const rows = Math.round(far / 26);
          return { turns: rows, milliseconds: performance.now() - started };
        },
        { most: Number(values.seconds) * 1000, pace },
      ),
    );
    const { turns: rows, cpu_ms_a_turn, ...rest } = seen;
    table.push({ how, rows, ...rest });
  }
  const kinds = page.getByTestId("filter-type");
  const says = page.getByTestId("filter-text");
  const counted = page.locator(".talk-tools [role=status]");
  for (const [how, act] of [
    ["filtered by type", () => kinds.selectOption("bid")],
    ["all again", () => kinds.selectOption("")],
    ["filtered by words", () => says.pressSequentially("outscored", { delay: 60 })],
    ["one letter less", () => says.press("Backspace")],
    ["all again", () => says.fill("")],
  ]) {
    const seen = await watched(client, async () => {
      const started = Date.now();
      await act();
      for (let before = ""; ; ) {
        await page.waitForTimeout(50);
        const now = await counted.textContent();
        if (now === before) break;
        before = now;
      }
      return { turns: Number.parseInt(await counted.textContent()), milliseconds: Date.now() - started };
    });
    const { turns: rows, cpu_ms_a_turn, ...rest } = seen;
    table.push({ how, rows, ...rest });
  }
  return table;
}

/** Goes through the story from moment to moment, and answers how soon all of what each reveals was there. */
async function reveals(page, client) {
  await page.getByTestId("scrubber").first().fill("0");
  const trace = await traced(client, () =>
    page.evaluate(async () => {
      const frame = () => new Promise((next) => requestAnimationFrame(next));
      const next = document.querySelector("[data-testid=story-next]");
      const started = performance.now();
      let [count, longest] = [0, 0];
      while (next.getAttribute("aria-disabled") !== "true") {
        next.click();
        const shown = performance.now();
        await frame();
        while (document.querySelector(".reveal-turned[aria-busy=true]")) await frame();
        if (document.querySelector(".reveal-turned")) count += 1;
        longest = Math.max(longest, performance.now() - shown);
      }
      return { turns: count, milliseconds: performance.now() - started, longest };
    }),
  );
  const { turns: reveals, cpu_ms_a_turn, ...seen } = sum(trace);
  return { reveals, all_there_after_ms: Math.round(trace.answer.longest), ...seen };
}

/** Prints where a profile's time went: functions by their own time, and by their time with all they call. */
function tell({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])));
  const [own, whole] = [new Map(), new Map()];
  const add = (map, name, time) => map.set(name, (map.get(name) ?? 0) + time);
  samples.forEach((id, n) => {
    const time = timeDeltas[n] / 1000;
    add(own, byId.get(id).callFrame.functionName || "(none)", time);
    const seen = new Set();
    for (let at = id; at; at = parents.get(at)) seen.add(byId.get(at).callFrame.functionName || "(none)");
    for (const name of seen) add(whole, name, time);
  });
  for (const [title, map] of [["own time [ms]", own], ["with what is called [ms]", whole]]) {
    console.log(title);
    for (const [name, time] of [...map].sort((a, b) => b[1] - a[1]).slice(0, 45)) {
      console.log(`  ${time.toFixed(0).padStart(6)}  ${name.replace(/\[[0-9a-f]{16}\]/g, "").slice(0, 160)}`);
    }
  }
}

/** A team of so many agents who hold eight roles, and tasks enough to keep them talking. */
function crowd(agents, tasks) {
  const roles = Array.from({ length: 8 }, (_, n) => ({
    name: `role_${n}`,
    capabilities: [`skill_${n}`],
    duration_us: 200_000 + 50_000 * n,
    quality: 0.8,
  }));
  const plan = roles.map((role, n) => ({
    name: `step_${n}`,
    role: role.name,
    description: `Do step ${n}`,
    depends_on: n % 3 === 0 ? [] : [`step_${n - 1}`],
  }));
  return {
    name: "crowd",
    title: `${agents} agents`,
    domain: "generic",
    as_of: "2026-01-01",
    roles,
    plans: { work: plan },
    agents: Array.from({ length: agents }, (_, n) => ({
      role: `role_${n % 8}`,
      proficiency: 0.5 + (n % 50) / 100,
      performance_score: 60 + (n % 40),
      capacity: 2,
      tempo: (n % 10) / 10,
    })),
    tasks: Array.from({ length: tasks }, (_, n) => ({ name: `task_${n}`, task_type: "work", priority: "HIGH", at_us: n * 1000 })),
  };
}

/** A team of so many agents of one role, and one task of so many subtasks that all of them are called for. */
function chatter(messages) {
  const agents = 1000;
  const steps = Math.ceil(messages / (3 * agents));
  return {
    name: "chatter",
    title: `${messages} messages about one task`,
    domain: "generic",
    as_of: "2026-01-01",
    policies: { allocation: "per_subtask" },
    roles: [{ name: "worker", capabilities: ["skill"], duration_us: 200_000, quality: 0.8 }],
    plans: {
      work: Array.from({ length: steps }, (_, n) => ({ name: `step_${n}`, role: "worker", description: `Do step ${n}`, depends_on: [] })),
    },
    agents: Array.from({ length: agents }, (_, n) => ({
      role: "worker",
      proficiency: 0.5 + (n % 50) / 100,
      performance_score: 60 + (n % 40),
      capacity: 2,
      tempo: (n % 10) / 10,
    })),
    tasks: [{ name: "task", task_type: "work", priority: "HIGH", at_us: 0 }],
  };
}

async function open(browser, url, face) {
  const opened = await newPage(browser);
  await opened.page.goto(`${url}#/${face}`);
  await opened.page.locator("main").first().waitFor();
  await settled(opened.page);
  return { ...opened, client: await browser.newBrowserCDPSession(), own: await opened.context.newCDPSession(opened.page) };
}

/** Drops a text on the page as a file, and shows the run. */
async function put(page, text, face) {
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "own.json", { type: "application/json" }));
    document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
  }, text);
  await page.getByTestId("own-watch").click();
  await page.waitForTimeout(500);
  const problem = page.getByTestId("problem").first();
  if (await problem.isVisible()) throw new Error((await problem.textContent()).slice(0, 500));
  await page.evaluate((face) => (location.hash = `#/${face}`), face);
  await settled(page);
}

/** The page to measure: the one in dist/, or with names for a profile. */
function folder() {
  if (!values.profile) return dist;
  const named = join(root, "target/named");
  rmSync(named, { recursive: true, force: true });
  cpSync(dist, named, { recursive: true });
  const wasm = readdirSync(named).find((name) => name.endsWith("_bg.wasm"));
  writeFileSync(join(named, wasm), readFileSync(join(root, "target/pack/page_bg.wasm")));
  const html = readFileSync(join(named, "index.html"), "utf8");
  writeFileSync(join(named, "index.html"), html.replace(/,"(rest|frame)":"[^"]*"/g, ""));
  return named;
}

const server = await serve(folder());
const browser = await launch();
const table = [];

async function measure({ page, own, client }, what) {
  if (values.reveals) {
    table.push({ ...what, ...(await reveals(page, client)) });
    console.log(JSON.stringify(table.at(-1)));
    return;
  }
  const panels = values.panel.length && what.face === "workbench" ? values.panel : [""];
  for (const panel of panels) {
    if (panel) await page.locator(".tab", { hasText: panel }).first().click();
    for (const speed of values.speed) {
      const session = values.profile ? own : client;
      if (values.profile) console.log(JSON.stringify({ ...what, panel, speed }));
      const seen = values.profile ? await play(page, own, speed) : await play(page, session, speed);
      table.push({ ...what, panel, speed, ...seen });
      console.log(JSON.stringify(table.at(-1)));
    }
  }
}

try {
  for (const face of values.face) {
    const opened = await open(browser, server.url, face);
    const options = opened.page.getByTestId("scenario").first().locator("option");
    const names = values.scenario.length ? values.scenario : await options.evaluateAll((all) => all.map((option) => option.value));
    for (const scenario of values.only ? [] : names.filter(Boolean)) {
      await opened.page.getByTestId("scenario").first().selectOption(scenario);
      await settled(opened.page);
      await measure(opened, { face, scenario });
    }
    if (Number(values.agents) > 0) {
      await put(opened.page, JSON.stringify(crowd(Number(values.agents), Number(values.tasks))), face);
      await measure(opened, { face, scenario: `${values.agents} agents` });
    }
    if (Number(values.talk) > 0 && face === "workbench") {
      await put(opened.page, JSON.stringify(chatter(Number(values.talk))), face);
      for (const row of await talk(opened.page, values.profile ? opened.own : opened.client)) {
        table.push({ face, scenario: `${values.talk} messages`, ...row });
        console.log(JSON.stringify(table.at(-1)));
      }
    }
    for (const file of values.file) {
      await put(opened.page, readFileSync(file, "utf8"), face);
      await measure(opened, { face, scenario: basename(file) });
    }
    await opened.context.close();
  }
} finally {
  await browser.close();
  await server.close();
}
console.table(table);
if (table.some((row) => row.long > 0)) process.exitCode = 1;
