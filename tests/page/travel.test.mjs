// Time travel on the page: fork, compare, share, open the link elsewhere, keep, refuse what is damaged; with and without a mouse.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newPage, site } from "./harness.mjs";

const { server, browser } = await site();

const text = (page, id) => page.getByTestId(id).first().textContent();
const number = async (page, id) => Number(await text(page, id));

/** Waits until the run is known to its end, so that turns stay the same. */
async function settled(page) {
  let known = "";
  for (;;) {
    const turns = await text(page, "turns");
    if (turns === known && turns !== "0") return;
    known = turns;
    await page.waitForTimeout(250);
  }
}

async function open(options = {}, fragment = "#/workbench") {
  const opened = await newPage(browser, options);
  await opened.page.goto(`${server.url}${fragment}`);
  await opened.page.locator("main").first().waitFor();
  return opened;
}

/** Crashes an agent from its row. */
async function crash(page, agent) {
  const row = page.locator(`[data-testid=agent][data-agent=${agent}]`).first();
  await row.hover();
  await row.getByTestId("agent-menu").click();
  await row.locator(".menu-item[data-kind=crash]").click();
}

const branches = (page) => page.getByTestId("branch");

test("an agent is crashed in the past, both branches stay, are compared, shared, and verified elsewhere", async () => {
  const { page, context, problems } = await open({ permissions: ["clipboard-read", "clipboard-write"] });
  await settled(page);
  for (let n = 0; n < 30; n += 1) await page.getByTestId("step-forward").click();
  for (let n = 0; n < 10; n += 1) await page.getByTestId("step-back").click();
  assert.equal(await number(page, "turn"), 20);
  assert.equal(await branches(page).count(), 1);
  const digestOfMain = await text(page, "digest");

  await crash(page, "pricing_strategist_01");
  assert.equal(await number(page, "turn"), 21);
  assert.equal(await branches(page).count(), 2);
  assert.match(await text(page, "notice"), /Turn 20 lies in the past/);
  const state = page.locator("[data-testid=agent][data-agent=pricing_strategist_01]").first();
  assert.equal(await state.getAttribute("data-state"), "crashed");
  await settled(page);

  // Back on the first branch nothing has changed, and the turn they share is the same.
  await branches(page).first().click();
  await page.getByTestId("scrubber").fill("20");
  assert.equal(await text(page, "digest"), digestOfMain);
  await branches(page).nth(1).click();
  assert.equal(await text(page, "digest"), digestOfMain);
  await page.getByTestId("step-forward").click();

  await page.getByTestId("compare").click();
  assert.match(await text(page, "compare-verdict"), /Turn 21 is the first that differs/);
  assert.ok((await page.locator(".compare-table .is-different").count()) > 2);
  await page.getByTestId("compare-now").click();
  assert.equal(await page.getByTestId("compare-side").count(), 2);

  const digest = await text(page, "digest");
  await page.getByTestId("share").click();
  const link = await text(page, "share-link");
  assert.ok(link.startsWith(server.url) && link.length < 2000, `${link.length} characters`);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  assert.deepEqual(problems, []);
  await context.close();

  const fresh = await newPage(browser);
  await fresh.page.goto(link);
  await fresh.page.getByTestId("verdict").waitFor();
  assert.equal((await text(fresh.page, "verdict")).trim(), "verified");
  assert.equal(await text(fresh.page, "digest"), digest);
  assert.equal(await number(fresh.page, "turn"), 21);
  assert.equal(await branches(fresh.page).count(), 2);
  assert.match(await fresh.page.locator(".tab.is-current").textContent(), /Compare/);
  assert.deepEqual(fresh.problems, []);
  await fresh.context.close();
});

test("the same by keyboard alone", async () => {
  const { page, context, problems } = await open();
  await settled(page);
  for (let n = 0; n < 12; n += 1) await page.keyboard.press("ArrowRight");
  for (let n = 0; n < 4; n += 1) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("f");
  assert.equal(await branches(page).count(), 2);
  assert.equal(await number(page, "turn"), 8);
  await page.keyboard.press("i");
  await page.getByTestId("order").waitFor();
  const give = page.getByTestId("order-give");
  await give.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  assert.equal(await number(page, "turn"), 9);
  await page.keyboard.press("[");
  await page.keyboard.press("[");
  assert.equal(await branches(page).first().getAttribute("aria-current"), "true");
  await page.keyboard.press("/");
  await page.getByTestId("search").fill("kind:awarded");
  assert.ok((await page.getByTestId("hit").count()) > 0);
  await page.getByTestId("hit").first().getByRole("button").focus();
  await page.keyboard.press("Enter");
  assert.ok((await number(page, "turn")) > 9);
  assert.ok((await page.locator("[data-testid=why] li").count()) > 1);
  assert.ok((await page.locator("[data-testid=why-not] li").count()) > 1);
  assert.deepEqual(problems, []);
  await context.close();
});

test("one command after the other stays on one fork, until more of it has been looked at", async () => {
  const { page, context, problems } = await open();
  await settled(page);
  await page.getByTestId("scrubber").fill("20");
  await crash(page, "pricing_strategist_01");
  assert.equal(await branches(page).count(), 2);
  await settled(page);
  assert.ok((await number(page, "turns")) > (await number(page, "turn")), "the fork runs ahead of the cursor");
  await crash(page, "profile_optimizer_01");
  assert.equal(await branches(page).count(), 2);
  assert.equal(await number(page, "turn"), 22);
  await settled(page);
  await page.getByTestId("step-forward").click();
  await page.getByTestId("step-back").click();
  await crash(page, "market_analyst_02");
  assert.equal(await branches(page).count(), 3, "what was looked at stays");
  assert.deepEqual(problems, []);
  await context.close();
});

test("branches are renamed and deleted, the last one stays", async () => {
  const { page, context } = await open();
  await settled(page);
  await page.getByTestId("scrubber").fill("5");
  await page.getByTestId("fork").click();
  await branches(page).nth(1).hover();
  await page.getByTestId("branch-rename").nth(1).click();
  await page.getByTestId("branch-field").fill("what if");
  await page.keyboard.press("Enter");
  assert.match(await branches(page).nth(1).textContent(), /what if/);
  await branches(page).nth(1).hover();
  await page.getByTestId("branch-delete").nth(1).click();
  assert.equal(await branches(page).count(), 1);
  await branches(page).first().hover();
  await page.getByTestId("branch-delete").first().click();
  assert.equal(await branches(page).count(), 1);
  assert.match(await text(page, "problem"), /only branch/);
  await context.close();
});

test("what was done is there after loading the page again, and in the list", async () => {
  const { page, context } = await open();
  await settled(page);
  await page.getByTestId("scrubber").fill("17");
  await crash(page, "market_analyst_02");
  const digest = await text(page, "digest");
  await page.waitForTimeout(2500);
  await page.reload();
  await page.locator("[data-testid=branch]").nth(1).waitFor();
  assert.equal(await text(page, "digest"), digest);
  await page.getByTestId("sessions").click();
  await page.getByTestId("kept").first().waitFor();
  assert.ok((await page.getByTestId("kept").count()) >= 1);
  await context.close();
});

test("without storage the page says so and goes on", async () => {
  const { page, context } = await newPage(browser);
  await page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", {
      get() {
        throw new DOMException("forbidden", "SecurityError");
      },
    });
  });
  await page.goto(`${server.url}#/workbench`);
  await page.locator("main").first().waitFor();
  await page.getByTestId("step-forward").click();
  await page.getByTestId("problem").first().waitFor();
  assert.match(await text(page, "problem"), /no storage/);
  await page.getByTestId("step-forward").click();
  assert.equal(await number(page, "turn"), 2);
  await context.close();
});

test("damaged links are refused in words, and the page works", async () => {
  for (const damaged of ["AAAA", "%%%", "x".repeat(5000)]) {
    const { page, context } = await open({}, `#/workbench?run=${damaged}`);
    await page.getByTestId("problem").first().waitFor();
    assert.match(await text(page, "problem"), /cannot be opened/);
    await page.getByTestId("step-forward").click();
    assert.equal(await number(page, "turn"), 1);
    await context.close();
  }
});
