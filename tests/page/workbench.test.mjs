// The workbench: what scripts look for is there, the transport moves, panels follow, nothing scrolls sideways.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { newPage, settled, site } from "./harness.mjs";

const { server, browser } = await site();

async function open(options) {
  const opened = await newPage(browser, options);
  await opened.page.goto(`${server.url}#/workbench`);
  await opened.page.locator("main").waitFor();
  await settled(opened.page);
  return opened;
}

const text = (page, id) => page.getByTestId(id).first().textContent();
const number = async (page, id) => Number(await text(page, id));

test("the transport moves through the run and back to the same digest", async () => {
  const { page, context, problems } = await open();
  assert.equal(await number(page, "turn"), 0);
  const start = await text(page, "digest");
  assert.match(start, /^[0-9a-f]{4}( [0-9a-f]{4}){3}$/);
  await page.getByTestId("step-forward").click();
  assert.equal(await number(page, "turn"), 1);
  const first = await text(page, "narration");
  assert.ok(first.trim().endsWith("."), first);
  await page.getByTestId("to-end").click();
  assert.equal(await number(page, "turn"), await number(page, "turns"));
  await page.getByTestId("step-back").click();
  assert.equal(await number(page, "turn"), (await number(page, "turns")) - 1);
  await page.getByTestId("scrubber").fill("1");
  assert.equal(await text(page, "narration"), first);
  await page.getByTestId("to-start").click();
  assert.equal(await text(page, "digest"), start);
  await page.getByTestId("next-decision").click();
  assert.ok((await number(page, "turn")) > 1);
  assert.deepEqual(problems, []);
  await context.close();
});

test("keys do what the help says, give way to fields, and can be switched off", async () => {
  const { page, context } = await open();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.equal(await number(page, "turn"), 2);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await number(page, "turn"), 1);
  await page.keyboard.press("Shift+ArrowRight");
  const phase = await number(page, "turn");
  assert.ok(phase > 1);
  await page.keyboard.press(".");
  assert.ok((await number(page, "turn")) > phase);
  await page.keyboard.press("Home");
  assert.equal(await number(page, "turn"), 0);
  await page.getByTestId("seed").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("End");
  assert.equal(await number(page, "turn"), 0, "a field keeps its keys");
  await page.getByTestId("seed").blur();
  await page.keyboard.press("2");
  await page.locator("nav [aria-current=true]", { hasText: "Auction" }).waitFor();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog");
  await help.waitFor();
  await help.getByRole("checkbox", { name: "Single keys act" }).uncheck();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "hidden" });
  await page.keyboard.press("ArrowRight");
  assert.equal(await number(page, "turn"), 0, "switched off");
  await context.close();
});

test("play goes on by itself and stops", async () => {
  const { page, context } = await open();
  await page.getByTestId("speed").selectOption("30");
  await page.getByTestId("play").click();
  await page.waitForFunction(() => Number(document.querySelector("[data-testid=turn]").textContent) > 5);
  await page.getByTestId("play").click();
  const turn = await number(page, "turn");
  await page.waitForTimeout(200);
  assert.equal(await number(page, "turn"), turn);
  await context.close();
});

test("bids show four terms that add up to their score", async () => {
  const { page, context } = await open();
  await page.getByTestId("to-end").click();
  await page.keyboard.press("2");
  const bids = await page.getByTestId("bid").evaluateAll((bids) =>
    bids.map((bid) => ({
      score: bid.dataset.score,
      outcome: bid.dataset.outcome,
      terms: [...bid.querySelectorAll("[data-testid=bid-term]")].map((term) => [term.dataset.term, Number(term.dataset.points)]),
    })),
  );
  assert.ok(bids.length > 2);
  for (const { score, outcome, terms } of bids) {
    assert.deepEqual(terms.map(([name]) => name), ["capability", "workload", "performance", "priority"]);
    const sum = terms.reduce((sum, [, points]) => sum + points, 0);
    assert.equal(sum.toFixed(2), score);
    assert.ok(["won", "outscored", "late", "declined", "pending"].includes(outcome));
  }
  assert.ok(bids.some((bid) => bid.outcome === "won"));
  await context.close();
});

test("every panel shows the finished run", async () => {
  const { page, context } = await open();
  await page.getByTestId("to-end").click();
  const states = await page.getByTestId("phase").evaluateAll((phases) => phases.map((phase) => [phase.dataset.phase, phase.dataset.state]));
  assert.deepEqual(states, ["creation", "bidding", "decomposition", "execution", "communication", "aggregation"].map((name) => [name, "done"]));
  await page.keyboard.press("3");
  await page.getByTestId("gantt-bar").first().waitFor();
  const nodes = await page.getByTestId("dag-node").evaluateAll((nodes) => nodes.map((node) => node.dataset.state));
  assert.ok(nodes.length > 0 && nodes.every((state) => state === "done"), String(nodes));
  const bars = await page.getByTestId("gantt-bar").evaluateAll((bars) => bars.map((bar) => [Number(bar.dataset.startUs), Number(bar.dataset.endUs)]));
  assert.ok(bars.length >= nodes.length && bars.every(([start, end]) => start < end));
  await page.keyboard.press("4");
  // The rows in view are drawn anew when the panel has scrolled to what goes on now.
  await page.waitForFunction(() => {
    const states = [...document.querySelectorAll("[data-testid=message]")].map((row) => row.dataset.state);
    return states.length > 10 && states.every((state) => ["read", "lost", "flying"].includes(state));
  });
  await page.keyboard.press("5");
  assert.ok((await page.getByTestId("agent").count()) > 2);
  await page.keyboard.press("6");
  assert.ok((await page.getByTestId("knowledge").count()) > 0);
  await page.keyboard.press("7");
  await page.getByTestId("recommendation").waitFor();
  assert.match(await text(page, "confidence"), /^[01](\.\d+)?$/);
  assert.ok((await page.getByTestId("why").locator("li").count()) > 1);
  await context.close();
});

test("the talk below the plan shows what goes on now, wherever the scrubber jumps", async () => {
  const { page, context } = await open();
  await settled(page);
  for (const turn of ["50", "42", "48"]) {
    await page.getByTestId("scrubber").fill(turn);
    await page.waitForFunction(() => {
      const now = document.querySelector(".overview-front > .panel:nth-child(2) .talk-now");
      const body = now?.closest(".panel-body").getBoundingClientRect();
      return body && now.getBoundingClientRect().bottom <= body.bottom + 1;
    }, null, { timeout: 5000 });
  }
  await context.close();
});

test("a seed, a reset and a scenario each begin at turn 0", async () => {
  const { page, context } = await open();
  const before = await text(page, "digest");
  await page.getByTestId("to-end").click();
  await page.getByTestId("reset").click();
  assert.equal(await number(page, "turn"), 0);
  assert.equal(await text(page, "digest"), before);
  await page.getByTestId("seed").fill("12345");
  await page.getByTestId("seed").press("Enter");
  assert.notEqual(await text(page, "digest"), before);
  await page.getByTestId("scenario").selectOption("generic-team");
  assert.equal(await number(page, "turn"), 0);
  assert.match(await text(page, "narration"), /loaded/);
  await context.close();
});

test("before it begins both faces say what will be asked, who is ready and what will happen", async () => {
  const { page, context } = await open();
  const opening = page.getByTestId("opening");
  await opening.waitFor();
  const { asked, team } = await page.evaluate(() => {
    const agents = [...document.querySelectorAll("[data-testid=agent]")];
    const roles = new Set(agents.map((agent) => agent.dataset.role));
    return { asked: document.querySelector(".task-line").textContent, team: { agents: agents.length, roles: roles.size } };
  });
  const told = await opening.locator(".opening-asked p").first().textContent();
  assert.ok(asked.includes(told.split(": ")[1].replace(/ (Critical|High|Medium|Low)$/, "").trim()), `${asked} | ${told}`);
  const counts = await opening.locator(".opening-team b").allTextContents();
  assert.equal(counts.length, team.roles);
  assert.equal(counts.reduce((sum, count) => sum + Number(count), 0), team.agents);
  const phases = await page.getByTestId("phase").evaluateAll((all) => all.map((one) => one.querySelector("button span").textContent));
  assert.deepEqual(await page.locator(".opening-course b").allTextContents(), phases);
  await page.evaluate(() => (location.hash = "#/story"));
  await page.locator(".story").waitFor();
  const chapters = await page.locator(".chapter-title").allTextContents();
  assert.deepEqual(await page.locator(".opening-course b").allTextContents(), chapters);
  await page.evaluate(() => (location.hash = "#/workbench"));
  await page.getByTestId("opening-play").click();
  await page.waitForFunction(() => Number(document.querySelector("[data-testid=turn]").textContent) > 0);
  await page.keyboard.press(" ");
  assert.equal(await opening.count(), 0);
  await context.close();
});

test("on a phone the panel begins in the upper third, and what was said moves nothing", async () => {
  const { page, context } = await open({ viewport: { width: 390, height: 844 } });
  const turns = await number(page, "turns");
  for (const share of [0, 0.3, 0.6]) {
    await page.getByTestId("scrubber").fill(String(Math.round(turns * share)));
    const { y } = await page.locator(".canvas section.panel").first().boundingBox();
    assert.ok(y <= 844 / 3, `at ${share}: ${y}`);
    assert.equal(await page.getByTestId("phase").count(), 6);
  }
  // Wide, the panels stand where they are through the whole run.
  await page.setViewportSize({ width: 1440, height: 900 });
  const tops = new Set();
  for (let turn = 0; turn <= turns; turn += 3) {
    await page.getByTestId("scrubber").fill(String(turn));
    tops.add(Math.round((await page.locator(".canvas").boundingBox()).y));
  }
  assert.equal(tops.size, 1, [...tops].join(", "));
  await context.close();
});

test("what is wrong with an input is said with its place, and the run before stays", async () => {
  const { page, context } = await open();
  await page.getByTestId("step-forward").click();
  const digest = await text(page, "digest");
  await page.getByTestId("own-open").click();
  await page.getByTestId("own-scenario").fill('{"name": "x", "colour": 1}');
  await page.getByTestId("problem").waitFor();
  assert.equal(await text(page, "digest"), digest);
  await page.getByTestId("own-profile").fill('{"title": "Rust engineer", "hourly_rate": 70, "currency": "USD"}');
  await page.getByTestId("problem").waitFor({ state: "detached" });
  assert.equal(await number(page, "turn"), 0);
  assert.notEqual(await text(page, "digest"), digest);
  await context.close();
});

test("nothing scrolls sideways and no text is under twelve pixels, from 390 to 2560", async () => {
  const { page, context } = await open();
  await page.getByTestId("to-end").click();
  for (const width of [390, 600, 768, 1024, 1200, 1440, 1920, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    for (const key of ["1", "2", "3", "4", "5", "6", "7"]) {
      await page.keyboard.press(key);
      const found = await page.evaluate(() => {
        const root = document.documentElement;
        const small = [...document.querySelectorAll("body *")].filter(
          (element) =>
            [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) &&
            element.checkVisibility() &&
            parseFloat(getComputedStyle(element).fontSize) < 12,
        );
        return { over: root.scrollWidth - root.clientWidth, small: small.map((element) => element.className) };
      });
      assert.deepEqual(found, { over: 0, small: [] }, `panel ${key} at ${width}`);
      const play = await page.getByTestId("play").boundingBox();
      assert.ok(play && play.y + play.height <= 900, `the transport is in reach at ${width}`);
    }
  }
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing to mend, ${colorScheme}`, async () => {
    const { page, context } = await open({ colorScheme });
    await page.getByTestId("next-decision").click();
    for (const key of ["1", "2", "3", "4", "5", "6", "7"]) {
      await page.keyboard.press(key);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`);
      assert.deepEqual(found, [], `panel ${key}`);
    }
    await context.close();
  });
}
