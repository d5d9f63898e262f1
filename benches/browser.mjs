// Runs the page's #/bench in a browser and prints its tables: node benches/browser.mjs [--size S]...
//
//   script/serve --build-only
//   node benches/browser.mjs                               # S and L, the engine and plain JavaScript in turn
//   node benches/browser.mjs --size "10 million messages"  # the engine alone; tells the memory too
//   node benches/browser.mjs --size "10 million messages" --limit 1000000   # stops at the limit, and says so

import { parseArgs } from "node:util";
import { launch, newPage, startServer } from "../tests/page/harness.mjs";

const { values } = parseArgs({
  options: {
    size: { type: "string", multiple: true, default: ["S", "L"] },
    limit: { type: "string", default: "" },
    minutes: { type: "string", default: "10" },
  },
});

const server = await startServer();
const browser = await launch();
try {
  for (const size of values.size) {
    const { page, context, problems } = await newPage(browser);
    await page.goto(`${server.url}#/bench`);
    await page.getByTestId("bench-run").waitFor();
    const options = await page.getByTestId("bench-size").locator("option").allTextContents();
    const at = options.findIndex((words) => words.trim().startsWith(`${size}:`));
    if (at < 0) throw new Error(`no size ${size} among ${options.join("; ")}`);
    await page.getByTestId("bench-size").selectOption(String(at));
    if (values.limit) {
      await page.getByTestId("bench-limit").fill(values.limit);
      await page.getByTestId("bench-limit").dispatchEvent("change");
    }
    // What keeps the page from listening while it runs.
    await page.evaluate(() => {
      self.longest = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) self.longest = Math.max(self.longest, duration);
      }).observe({ type: "longtask" });
    });
    await page.getByTestId("bench-run").click();
    const button = page.getByTestId("bench-run");
    await page.waitForFunction(
      () => document.querySelector("[data-testid=bench-run]").textContent.trim() === "Run",
      null,
      { timeout: Number(values.minutes) * 60_000, polling: 250 },
    );
    await button.waitFor();
    const state = await page.getByTestId("bench-state").textContent();
    const rows = await page.getByTestId("bench-table").locator("tr").evaluateAll((all) =>
      all.map((row) => [...row.cells].map((cell) => cell.textContent.trim())),
    );
    const [heads = [], ...body] = rows;
    const table = Object.fromEntries(
      body.map(([name, ...cells]) => [name, Object.fromEntries(cells.map((cell, n) => [heads[n + 1], cell]))]),
    );
    const memory = await page.evaluate(() => performance.memory?.totalJSHeapSize);
    const longest = await page.evaluate(() => Math.round(self.longest));
    console.log(JSON.stringify({ browser: browser.version(), size: options[at], state, longest_task_ms: longest, heap_bytes: memory, ...table, problems }, null, 2));
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}
