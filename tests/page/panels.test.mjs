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

test("every figure, bar, arrow and entry leads to its event and the reasons for it", async () => {
  const places = {
    2: [".bid-term", ".bid-score"],
    3: [".edge-reach", "[data-testid=gantt-bar]", "[data-testid=dag-node]"],
    4: ["[data-testid=message] button"],
    6: ["[data-testid=knowledge] button"],
    7: ["[data-testid=confidence]", ".confidence .meter", "[data-testid=recommendation] h3 button", ".part button"],
    8: ["[data-testid=metric] button:enabled", ".intel-agents tbody tr", ".chart svg"],
  };
  for (const [digit, selectors] of Object.entries(places)) {
    const { page, context, problems } = await open(digit);
    for (const selector of selectors) {
      const found = page.locator(`main ${selector}`).last();
      await found.waitFor({ state: "attached" });
      await found.dispatchEvent("click", { bubbles: true });
      // The pane offers to follow the turn again only while an event is selected.
      const follow = page.getByRole("button", { name: "Follow the turn" });
      await follow.waitFor({ timeout: 5000 });
      assert.ok((await page.locator("[data-testid=why] li").count()) > 0, `${selector} has reasons`);
      await follow.click();
      await follow.waitFor({ state: "detached" });
    }
    assert.deepEqual(problems, []);
    await context.close();
  }
});

test("messages on a phone: lanes are moved by their buttons, which keep the focus", async () => {
  const { page, context, problems } = await newPage(browser, { viewport: { width: 390, height: 844 }, hasTouch: true });
  await page.goto(`${server.url}#/workbench`);
  await settled(page);
  await page.getByTestId("to-end").click();
  await page.locator("nav.tabs button", { hasText: "Messages" }).click();
  await page.locator(".talk-lanes summary").click();
  const order = () => page.locator(".lane-row").evaluateAll((rows) => rows.map((row) => row.dataset.lane));
  const before = await order();
  await page.getByRole("button", { name: `Move the lane of ${before[0]} to the right` }).tap();
  assert.deepEqual((await order()).slice(0, 2), [before[1], before[0]]);
  await page.waitForFunction((id) => document.activeElement?.getAttribute("aria-label")?.includes(id), before[0]);
  await page.keyboard.press("Enter");
  assert.equal((await order())[2], before[0], "once more by keyboard, from where the focus stayed");
  assert.deepEqual(problems, []);
  await context.close();
});

test("terms: a word tells its meaning on hover and by keyboard, and Escape puts it away", async () => {
  const { page, context, problems } = await open("7");
  const word = page.locator(".confidence .means");
  const tip = page.getByRole("tooltip");
  await word.hover();
  await tip.waitFor();
  const meaning = await tip.textContent();
  assert.match(meaning, /missing subtask/);
  await page.keyboard.press("Escape");
  await tip.waitFor({ state: "hidden" });
  await page.mouse.move(0, 0);
  await word.focus();
  await tip.waitFor();
  assert.equal(await word.getAttribute("aria-describedby"), await tip.getAttribute("id"));
  const box = await tip.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 1440 && box.y >= 0, JSON.stringify(box));
  // The help defines it in the same words.
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("?");
  assert.ok((await page.locator(".help-terms dd").allTextContents()).includes(meaning));
  assert.deepEqual(problems, []);
  await context.close();
});

test("result on paper: the task and the whole answer, nothing to press", async () => {
  const { page, context } = await open("7");
  await page.emulateMedia({ media: "print" });
  for (const seen of [".task-line", "[data-testid=recommendation]", ".plan-phases"]) assert.ok(await page.locator(seen).first().isVisible(), seen);
  for (const gone of [".top", ".transport", ".tabs", ".side-left", ".handout"]) assert.ok(!(await page.locator(gone).first().isVisible()), gone);
  const heights = await page.evaluate(() => [document.documentElement.scrollHeight, document.querySelector(".answer").getBoundingClientRect().height]);
  assert.ok(heights[0] >= heights[1], "nothing is cut off");
  await context.close();
});
