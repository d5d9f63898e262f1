// Measures seeking in a run of a million events in headless Chromium: node benches/seek.mjs [--panel NAME]... [--moves N]
//
// Runs the page's own measurement on #/bench, which tells time on the clock; then seeks one turn after the
// other, and drags the scrubber over the same run on the workbench, on every tab or those that are named,
// both in processor time of the page's thread, so that a busy machine does not count. Tasks over 50 ms are
// the browser's own count, on the clock. Needs a release page in dist/.

import { parseArgs } from "node:util";
import { launch, newPage, startServer } from "../tests/page/harness.mjs";

const { values } = parseArgs({
  options: {
    panel: { type: "string", multiple: true, default: [] },
    moves: { type: "string", default: "60" },
    seeks: { type: "string", default: "400" },
  },
});

/** Tasks longer than this keep input waiting [ms]. */
const LONG = 50;

/** What lies below a share of the values, in milliseconds. */
const at = (times, share) => Number([...times].sort((a, b) => a - b)[Math.floor((times.length - 1) * share)].toFixed(1));

/** Answers a function that tells how long the page's thread has computed [ms]. */
async function threadClock(page, context) {
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find((metric) => metric.name === "ThreadTime").value * 1000;
  };
}

/** Seeks turns at random in a run that is not on screen. */
async function seeks(page, clock, count) {
  await page.evaluate(() => {
    self.run = new self.agora.constructor("contract-net-200-25000");
    self.run.step(300_000);
  });
  const turns = await page.evaluate(() => self.run.turns);
  let luck = 1;
  const times = [];
  for (let n = 0; n < count; n += 1) {
    luck = (luck * 48_271) % 2_147_483_647;
    const turn = Math.floor((luck / 2_147_483_647) * (turns + 1));
    const start = await clock();
    await page.evaluate((turn) => self.run.seek(turn), turn);
    times.push((await clock()) - start);
  }
  await page.evaluate(() => self.run.free());
  return { seeks: count, turns, "p50 [ms]": at(times, 0.5), "p99 [ms]": at(times, 0.99), "slowest [ms]": at(times, 1) };
}

/** Drags the scrubber to and fro; every move is drawn before the next. */
async function drag(page, clock, moves) {
  const box = await page.getByTestId("scrubber").first().boundingBox();
  const y = box.y + box.height / 2;
  const x = (share) => box.x + 8 + (box.width - 16) * share;
  await page.mouse.move(x(0.5), y);
  await page.mouse.down();
  await page.evaluate((long) => {
    self.long = 0;
    self.watcher = new PerformanceObserver((list) => {
      self.long += list.getEntries().filter((entry) => entry.duration > long).length;
    });
    self.watcher.observe({ type: "longtask" });
  }, LONG);
  const times = [];
  for (let n = 1; n <= moves; n += 1) {
    const start = await clock();
    await page.mouse.move(x(0.5 + 0.48 * Math.sin(n / 7)), y);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    times.push((await clock()) - start);
  }
  const long = await page.evaluate(() => {
    self.watcher.disconnect();
    return self.long;
  });
  await page.mouse.up();
  return { "p50 [ms]": at(times, 0.5), "p95 [ms]": at(times, 0.95), "slowest [ms]": at(times, 1), "tasks > 50 ms, clock": long };
}

const server = await startServer();
const browser = await launch();
try {
  const { page, context } = await newPage(browser);
  const clock = await threadClock(page, context);
  await page.goto(`${server.url}#/bench`);
  await page.getByTestId("bench-seek").click();
  const table = page.getByTestId("bench-seek-table");
  await table.waitFor({ timeout: 300_000 });
  const rows = await table.locator("tr").evaluateAll((all) =>
    all.map((row) => [row.querySelector("th").textContent, row.querySelector("td").textContent]),
  );
  console.log("On #/bench, time on the clock:");
  console.table(Object.fromEntries(rows));
  console.log("Seeks, processor time:");
  console.table([await seeks(page, clock, Number(values.seeks))]);
  await page.getByTestId("bench-open").click();
  const isLong = () => Number(document.querySelector("[data-testid=turns]")?.textContent) > 100_000;
  await page.waitForFunction(isLong, null, { timeout: 120_000 });
  const tabs = page.locator(".tab");
  const names = await tabs.evaluateAll((all) => all.map((tab) => tab.textContent.trim().replace(/\d+$/, "")));
  const seen = {};
  for (const [place, name] of names.entries()) {
    if (values.panel.length && !values.panel.includes(name)) continue;
    await tabs.nth(place).click();
    await page.waitForTimeout(1000);
    seen[name] = await drag(page, clock, Number(values.moves));
  }
  console.log("A move of the scrubber, drawn, processor time:");
  console.table(seen);
} finally {
  await browser.close();
  await server.close();
}
