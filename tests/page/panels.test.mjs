// The panels of the workbench, each in full at its own tab: what can be chosen, filtered, followed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newPage, settled, site } from "./harness.mjs";

const { server, browser } = await site();

async function open(digit, { end = true } = {}) {
  const opened = await newPage(browser);
  await opened.page.goto(`${server.url}#/workbench`);
  await opened.page.locator("main").waitFor();
  await settled(opened.page);
  if (end) await opened.page.getByTestId("to-end").click();
  await opened.page.keyboard.press(digit);
  return opened;
}

test("auction: a line each, a conversation each, and other weights say who would win", async () => {
  const { page, context, problems } = await open("2");
  const lines = page.locator(".auction-lines .auction-line");
  await lines.first().waitFor();
  assert.equal(await lines.count(), await page.locator(".auction").count());
  const bids = await page.getByTestId("bid").count();
  assert.ok((await page.locator(".protocol").count()) >= bids);
  await page.locator(".what-if summary").click();
  const sliders = page.getByTestId("what-if").locator("input[type=range]");
  assert.equal(await sliders.count(), 4);
  for (const [at, value] of [["0", "0"], ["1", "0"], ["2", "100"], ["3", "0"]]) await sliders.nth(Number(at)).fill(value);
  const words = await page.locator(".auction-tried").allTextContents();
  assert.equal(words.length, await page.locator(".auction").count());
  assert.ok(words.every((text) => / would (still win|win instead|lead)|Nobody bid/.test(text)), words.join("\n"));
  // Scores in the document stay what the run made of them.
  const scores = await page.getByTestId("bid").evaluateAll((bids) => bids.map((bid) => bid.dataset.score));
  assert.equal(scores.length, bids);
  assert.deepEqual(problems, []);
  await context.close();
});

test("messages: filters keep what fits, lanes hide and move, the past of a message stands out", async () => {
  const { page, context, problems } = await open("4");
  const types = () => page.getByTestId("message").evaluateAll((rows) => rows.map((row) => row.dataset.type));
  await page.getByTestId("message").first().waitFor();
  await page.getByTestId("filter-type").selectOption("award");
  await page.waitForFunction(() => document.querySelectorAll("[data-testid=message]").length < 10);
  assert.ok((await types()).every((type) => type === "award"));
  await page.getByTestId("message").last().getByRole("button").click();
  await page.getByRole("button", { name: "Show all", exact: true }).click();
  await page.locator(".talk-row.is-before").first().waitFor({ state: "attached" });
  const heads = () => page.locator(".lane-button").evaluateAll((heads) => heads.map((head) => head.getAttribute("aria-label")));
  const first = await heads();
  await page.locator(".lane-button").nth(1).focus();
  await page.keyboard.press("ArrowRight");
  const moved = await heads();
  assert.deepEqual([moved[1], moved[2]], [first[2], first[1]]);
  await page.locator(".lane-button").nth(1).focus();
  await page.keyboard.press("Delete");
  assert.equal((await heads()).length, first.length - 1);
  assert.ok((await page.locator(".lane-head", { hasText: "other" }).count()) > 0, "those without a lane share one");
  assert.deepEqual(problems, []);
  await context.close();
});

test("agents: the mind follows whoever acts until one is chosen", async () => {
  const { page, context, problems } = await open("5", { end: false });
  await page.getByTestId("next-decision").click();
  const mind = page.getByTestId("mind");
  await mind.waitFor();
  const line = page.locator(".mind-line", { hasText: "pricing_strategist_01" });
  await line.click();
  await page.locator("[data-testid=mind][data-agent=pricing_strategist_01]").waitFor();
  for (const title of ["Next, and why", "Inbox", "Commitments", "Open bids", "Knows, and from whom", "History"]) {
    assert.equal(await mind.locator("h3", { hasText: title }).count(), 1, title);
  }
  await page.getByTestId("step-forward").click();
  assert.equal(await mind.getAttribute("data-agent"), "pricing_strategist_01");
  assert.deepEqual(problems, []);
  await context.close();
});

test("plan: what has not begun has a row, and graph and schedule show the same subtask", async () => {
  const { page, context, problems } = await open("3", { end: false });
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.locator("[data-coming]").first().waitFor();
  const node = page.getByTestId("dag-node").first();
  await node.hover();
  assert.equal(await page.locator(".gantt-row.is-linked").count(), 1);
  await page.locator("[data-coming]").last().hover();
  assert.equal(await page.locator("[data-testid=dag-node].is-linked").count(), 1);
  assert.deepEqual(problems, []);
  await context.close();
});

test("blackboard: an entry in full says what it rests on and who read it", async () => {
  const { page, context, problems } = await open("6");
  const entry = page.getByTestId("knowledge").first();
  await entry.getByRole("button").first().click();
  const full = page.getByTestId("knowledge-full");
  assert.equal(await full.getAttribute("data-entry"), await entry.getAttribute("data-knowledge"));
  assert.ok((await full.locator("ol li").count()) > 1);
  assert.ok((await full.locator("pre").textContent()).length > 0);
  assert.deepEqual(problems, []);
  await context.close();
});

test("result: every step says who advises it, how sure, and what it rests on", async () => {
  const { page, context, problems } = await open("7");
  await page.getByTestId("recommendation").waitFor();
  const steps = page.locator(".plan-step");
  assert.ok((await steps.count()) > 0);
  assert.equal(await steps.locator(".step-by").count(), await steps.count());
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByTestId("copy-result").click();
  await page.locator(".handout [role=status]", { hasText: "copied" }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /Confidence \d/);
  assert.deepEqual(problems, []);
  await context.close();
});

test("intelligence: measures have names and values, charts have tables", async () => {
  const { page, context, problems } = await open("8");
  const metrics = await page.getByTestId("metric").evaluateAll((rows) => rows.map((row) => [row.dataset.metric, row.querySelector("dd").textContent.trim()]));
  assert.ok(metrics.length >= 10 && metrics.every(([name, value]) => name && value), JSON.stringify(metrics));
  const charts = await page.locator(".chart").count();
  assert.ok(charts > 2);
  assert.equal(await page.locator(".chart table").count(), charts);
  assert.deepEqual(problems, []);
  await context.close();
});
