// Measures how smoothly the page plays: node benches/playing.mjs [--agents N] [--seconds S]
//
// Plays every built-in scenario on both faces at full speed, and a generic team of N agents (1,000), and
// tells from the browser's own observers: tasks that kept input waiting for over 50 ms, the longest of
// them, and frames a second. Run it on a machine that does nothing else.

import { parseArgs } from "node:util";
import { launch, newPage, settled, startServer } from "../tests/page/harness.mjs";

const { values } = parseArgs({
  options: {
    agents: { type: "string", default: "1000" },
    seconds: { type: "string", default: "5" },
    scenario: { type: "string", multiple: true, default: [] },
    face: { type: "string", multiple: true, default: ["story", "workbench"] },
  },
});

/** Tasks longer than this keep input waiting [ms]. */
const LONG = 50;

/** Runs in the page: counts frames and long tasks until it is asked. */
function watch() {
  const kept = { tasks: [], frames: [], started: performance.now() };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) kept.tasks.push(entry.duration);
  }).observe({ type: "longtask" });
  const frame = (now) => {
    kept.frames.push(now);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  self.kept = kept;
}

function sum({ tasks, frames, started, ended }) {
  const gaps = frames.slice(1).map((at, n) => at - frames[n]).sort((a, b) => a - b);
  const at = (share) => gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))] ?? 0;
  return {
    longTasks: tasks.filter((task) => task > LONG).length,
    longest: Math.round(Math.max(0, ...tasks)),
    frames: Math.round(frames.length / ((ended - started) / 1000)),
    gap95: Math.round(at(0.95)),
  };
}

/** Plays what is loaded for some seconds and answers what was seen. */
async function play(page) {
  const speeds = await page.getByTestId("speed").first().locator("option").evaluateAll((all) => all.map((option) => option.value));
  await page.getByTestId("scrubber").first().fill("0");
  await page.getByTestId("speed").first().selectOption(speeds.at(-1));
  await page.evaluate(watch);
  await page.getByTestId("play").first().click();
  await page.waitForTimeout(Number(values.seconds) * 1000);
  return sum(await page.evaluate(() => ({ ...self.kept, ended: performance.now() })));
}

/** A team of so many agents who hold eight roles, and tasks enough to keep them talking. */
function crowd(agents) {
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
    tasks: Array.from({ length: 4 }, (_, n) => ({ name: `task_${n}`, task_type: "work", priority: "HIGH", at_us: n * 1000 })),
  };
}

async function open(browser, url, face) {
  const opened = await newPage(browser);
  await opened.page.goto(`${url}#/${face}`);
  await opened.page.locator("main").first().waitFor();
  await settled(opened.page);
  return opened;
}

const server = await startServer();
const browser = await launch();
const table = [];
try {
  for (const face of values.face) {
    const { page, context } = await open(browser, server.url, face);
    const names = values.scenario.length
      ? values.scenario
      : await page.getByTestId("scenario").first().locator("option").evaluateAll((all) => all.map((option) => option.value));
    for (const scenario of names.filter(Boolean)) {
      await page.getByTestId("scenario").first().selectOption(scenario);
      await settled(page);
      table.push({ face, scenario, ...(await play(page)) });
    }
    await context.close();
  }
  if (Number(values.agents) > 0) {
    const { page, context } = await open(browser, server.url, "workbench");
    const field = page.getByTestId("own-scenario").first();
    await field.fill(JSON.stringify(crowd(Number(values.agents))));
    await page.waitForTimeout(1000);
    const problem = page.getByTestId("problem").first();
    if (await problem.isVisible()) throw new Error(await problem.textContent());
    await settled(page);
    table.push({ face: "workbench", scenario: `${values.agents} agents`, ...(await play(page)) });
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}
console.table(table);
if (table.some((row) => row.longTasks > 0)) process.exitCode = 1;
