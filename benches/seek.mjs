// Measures seeking in a run of a million events in headless Chromium: node benches/seek.mjs [--panel NAME]... [--seconds S]
//
// Runs the page's own measurement on #/bench, opens that run on the workbench, and drags the scrubber over
// it with the mouse, on every tab or those that are named: tasks over 50 ms from the browser's own
// observer, the longest, frames a second, and how often the turn on screen changed. Needs a page in dist/; run it on
// a machine that does nothing else.

import { parseArgs } from "node:util";
import { launch, newPage, startServer } from "../tests/page/harness.mjs";

const { values } = parseArgs({
  options: {
    panel: { type: "string", multiple: true, default: [] },
    seconds: { type: "string", default: "4" },
  },
});

/** Tasks longer than this keep input waiting [ms]. */
const LONG = 50;

/** Runs in the page: counts frames, long tasks, and turns that were shown. */
function watch() {
  const kept = { tasks: [], frames: [], turns: 0, started: performance.now() };
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) kept.tasks.push(entry.duration);
  });
  observer.observe({ type: "longtask" });
  const turn = document.querySelector("[data-testid=turn]");
  const changes = new MutationObserver(() => (kept.turns += 1));
  changes.observe(turn, { characterData: true, childList: true, subtree: true });
  const frame = (now) => {
    kept.frames.push(now);
    kept.next = requestAnimationFrame(frame);
  };
  kept.next = requestAnimationFrame(frame);
  self.kept = kept;
  self.stop = () => {
    cancelAnimationFrame(kept.next);
    observer.disconnect();
    changes.disconnect();
    return { tasks: kept.tasks, frames: kept.frames, turns: kept.turns, seconds: (performance.now() - kept.started) / 1000 };
  };
}

/** Drags the scrubber to and fro and answers what was seen. */
async function drag(page) {
  const box = await page.getByTestId("scrubber").first().boundingBox();
  const y = box.y + box.height / 2;
  const x = (share) => box.x + 8 + (box.width - 16) * share;
  await page.mouse.move(x(0.1), y);
  await page.mouse.down();
  await page.evaluate(watch);
  const end = Date.now() + Number(values.seconds) * 1000;
  for (let n = 0; Date.now() < end; n += 1) {
    // A hand goes over the whole strip in about two seconds, sixty places a second.
    await page.mouse.move(x(0.5 + 0.48 * Math.sin(n / 20)), y);
    await page.waitForTimeout(12);
  }
  const { tasks, frames, turns, seconds } = await page.evaluate(() => self.stop());
  await page.mouse.up();
  const long = tasks.filter((task) => task > LONG).sort((a, b) => a - b);
  return {
    longTasks: long.length,
    longest: Math.round(long.at(-1) ?? 0),
    frames: Math.round(frames.length / seconds),
    turnsShown: Math.round(turns / seconds),
  };
}

const server = await startServer();
const browser = await launch();
try {
  const { page } = await newPage(browser, { viewport: { width: 1440, height: 900 } });
  await page.goto(`${server.url}#/bench`);
  await page.getByTestId("bench-seek").click();
  const table = page.getByTestId("bench-seek-table");
  await table.waitFor({ timeout: 300_000 });
  const rows = await table.locator("tr").evaluateAll((all) =>
    all.map((row) => [row.querySelector("th").textContent, row.querySelector("td").textContent]),
  );
  console.table(Object.fromEntries(rows));
  await page.getByTestId("bench-open").click();
  await page.waitForFunction(() => Number(document.querySelector("[data-testid=turns]")?.textContent) > 100_000, null, {
    timeout: 60_000,
  });
  const tabs = page.locator(".tab");
  const names = await tabs.evaluateAll((all) => all.map((tab) => tab.textContent.trim()));
  const seen = [];
  for (const [at, name] of names.entries()) {
    if (values.panel.length && !values.panel.some((wanted) => name.includes(wanted))) continue;
    await tabs.nth(at).click();
    await page.waitForTimeout(1500);
    seen.push({ panel: name, ...(await drag(page)) });
  }
  console.table(seen);
} finally {
  await browser.close();
  await server.close();
}
