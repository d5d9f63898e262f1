// The story: it opens before an award, asks and answers from the real run, takes what people bring,
// and does all of it by keyboard.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { newPage, site } from "./harness.mjs";

const { server, browser } = await site();

async function open(options, fragment = "") {
  const opened = await newPage(browser, options);
  await opened.page.goto(`${server.url}${fragment}`);
  await opened.page.locator("main.story").waitFor();
  await opened.page.waitForFunction(() => Number(document.querySelector("[data-testid=turns]").textContent) > 30);
  return opened;
}

const text = (page, id) => page.getByTestId(id).first().textContent();
const number = async (page, id) => Number(await text(page, id));

/** Goes to the last turn that is known, however much of the run becomes known meanwhile. */
async function toEnd(page) {
  await page.getByTestId("to-end").click();
}

test("the page opens on the story, paused before an award, at its real turn", async () => {
  const { page, context, problems } = await open();
  const turn = await number(page, "turn");
  assert.ok(turn > 0);
  assert.equal(await page.getByTestId("scrubber").inputValue(), String(turn));
  assert.equal(await page.getByTestId("scenario").inputValue(), "competition");
  assert.equal(await page.getByTestId("play").getAttribute("aria-label"), "Play");
  assert.equal(await page.getByTestId("question").getAttribute("data-kind"), "award");
  assert.ok((await page.getByTestId("choice").count()) > 1);
  assert.equal(await page.getByTestId("phase").count(), 6);
  const outcomes = await page.getByTestId("bid").evaluateAll((bids) => bids.map((bid) => bid.dataset.outcome));
  assert.ok(outcomes.length > 1 && outcomes.every((outcome) => outcome === "pending"), String(outcomes));
  assert.deepEqual(problems, []);
  await context.close();
});

test("an answer is judged by what the run did, with the reason and the smallest change", async () => {
  const { page, context, problems } = await open();
  const turn = await number(page, "turn");
  await page.keyboard.press("2");
  assert.equal(await page.getByTestId("choice").nth(1).getAttribute("aria-pressed"), "true");
  assert.equal(await number(page, "turn"), turn, "choosing does not move time");
  await page.getByTestId("story-next").click();
  assert.equal(await number(page, "turn"), turn + 1);
  const won = page.locator("[data-testid=bid][data-outcome=won]");
  const winner = await won.getAttribute("data-agent");
  assert.match(await page.getByTestId("reveal").locator("h2").textContent(), new RegExp(winner));
  assert.equal(await page.getByTestId("verdict").getAttribute("data-right"), String(winner.endsWith("_02")));
  assert.ok((await page.getByTestId("reveal").locator("li").count()) > 0);
  // Back before the decision nothing of it is in the document, and the answer is still there.
  await page.getByTestId("step-back").click();
  assert.equal(await page.getByTestId("reveal").count(), 0);
  assert.equal(await page.getByTestId("choice").nth(1).getAttribute("aria-pressed"), "true");
  assert.deepEqual(problems, []);
  await context.close();
});

test("every question on the way to the end is answered one moment later", async () => {
  const { page, context, problems } = await open();
  const kinds = new Set();
  for (let moment = 0; moment < 80; moment += 1) {
    if ((await page.getByTestId("story-next").getAttribute("aria-disabled")) === "true") break;
    const asked = page.getByTestId("question");
    const kind = (await asked.count()) ? await asked.getAttribute("data-kind") : null;
    if (kind) await page.keyboard.press("1");
    await page.getByTestId("story-next").click();
    if (kind) {
      assert.equal(await page.getByTestId("reveal").getAttribute("data-kind"), kind);
      assert.equal(await page.getByTestId("verdict").count(), 1);
      // What would have decided otherwise is looked for while the reason is there already.
      assert.ok((await page.getByTestId("reveal").locator("> p").last().textContent()).length > 20);
      await page.locator('.reveal-turned[aria-live="polite"][aria-busy="false"]').waitFor({ state: "attached" });
      assert.doesNotMatch(await page.locator(".reveal-turned").textContent(), /Looking for/);
      kinds.add(kind);
    }
  }
  assert.equal(await number(page, "turn"), await number(page, "turns"));
  for (const kind of ["award", "lead", "start", "merge", "outcome"]) assert.ok(kinds.has(kind), kind);
  assert.deepEqual(problems, []);
  await context.close();
});

test("both faces show one session, and the address says which", async () => {
  const { page, context } = await open();
  await page.getByTestId("step-forward").click();
  const [turn, digest] = [await text(page, "turn"), await text(page, "digest")];
  await page.getByTestId("face").click();
  await page.locator(".workbench").waitFor();
  assert.match(page.url(), /#\/workbench$/);
  assert.deepEqual([await text(page, "turn"), await text(page, "digest")], [turn, digest]);
  await page.getByTestId("face").click();
  await page.locator("main.story").waitFor();
  assert.match(page.url(), /#\/story$/);
  assert.equal(await text(page, "digest"), digest);
  await page.goBack();
  await page.locator(".workbench").waitFor();
  await context.close();
});

test("the whole story goes by keyboard alone", async () => {
  const { page, context, problems } = await open();
  const first = await number(page, "turn");
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  assert.equal(await number(page, "turn"), first + 1);
  for (let moment = 0; moment < 80 && (await number(page, "turn")) < (await number(page, "turns")); moment += 1) {
    await page.keyboard.press("Enter");
  }
  assert.equal(await number(page, "turn"), await number(page, "turns"));
  await page.keyboard.press("Home");
  assert.equal(await number(page, "turn"), 0);
  // The dialog opens, keeps the focus, and gives it back.
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement?.dataset.testid === "own-open")) break;
  }
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Use your own" });
  await dialog.waitFor();
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null);
    assert.ok(inside, "the focus stays in the dialog");
  }
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), "own-open");
  assert.deepEqual(problems, []);
  await context.close();
});

test("a resume fills the form, a correction runs, and the story tells it", async () => {
  const { page, context, problems } = await open();
  const digest = await text(page, "digest");
  await page.getByTestId("own-open").click();
  const resume = { basics: { label: "Data engineer", summary: "Pipelines that hold.", location: { countryCode: "US" } }, skills: [{ name: "Python", level: "expert" }, { name: "SQL" }] };
  await page.getByTestId("own-profile").fill(JSON.stringify(resume));
  await page.getByText("The first task now runs with your profile.").waitFor();
  assert.equal(await page.getByLabel("Title").first().inputValue(), "Data engineer");
  assert.match(await page.getByLabel("Skills, one a line").inputValue(), /^Python, expert\nSQL$/);
  const before = await text(page, "digest");
  assert.notEqual(before, digest);
  await page.getByLabel("Rate per hour").fill("a lot");
  await page.getByTestId("problem").waitFor();
  assert.match(await text(page, "problem"), /hourly_rate/);
  assert.equal(await text(page, "digest"), before, "the run before stays");
  await page.getByLabel("Rate per hour").fill("70");
  await page.getByLabel("Currency").first().fill("USD");
  await page.getByTestId("problem").waitFor({ state: "detached" });
  await page.waitForFunction((old) => document.querySelector("[data-testid=digest]").textContent !== old, before);
  await page.getByTestId("own-watch").click();
  assert.equal(await number(page, "turn"), 0);
  await page.getByTestId("story-next").click();
  await page.locator(".task-who", { hasText: "You" }).waitFor();
  await toEnd(page);
  await page.getByTestId("confidence").first().waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test("pasted postings are recognized, corrected and run", async () => {
  const { page, context, problems } = await open();
  await page.getByTestId("own-open").click();
  await page.getByTestId("own-base").selectOption("find-and-apply");
  await page
    .getByTestId("own-jobs")
    .fill("Senior React developer\nReact and TypeScript, remote contract.\n$80 - $95 per hour\n----\nData engineer\nPython and SQL. Fixed price: $4000");
  await page.getByTestId("own-job").nth(1).waitFor();
  assert.equal(await page.getByTestId("own-job").count(), 2);
  const job = page.getByTestId("own-job").first();
  assert.equal(await job.getByLabel("Title").inputValue(), "Senior React developer");
  assert.equal(await job.getByLabel("Skills asked for").inputValue(), "React, TypeScript");
  assert.equal(await job.getByLabel("Pays from").inputValue(), "80");
  await page.getByText("The first task now runs with your jobs.").waitFor();
  const before = await text(page, "digest");
  await job.getByLabel("Title").fill("Lead React developer");
  await page.waitForFunction((old) => document.querySelector("[data-testid=digest]").textContent !== old, before);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a scenario is marked while it is typed, and runs once it is right", async () => {
  const { page, context, problems } = await open();
  const digest = await text(page, "digest");
  await page.getByTestId("own-open").click();
  await page.getByTestId("own-start").selectOption("generic-team");
  const source = await page.getByTestId("own-scenario").inputValue();
  assert.equal(await text(page, "digest"), digest, "to start from one is not to run it");
  await page.getByTestId("own-scenario").fill(source.replace('"seed":', '"seeds":'));
  await page.locator(".editor-back mark").first().waitFor();
  await page.getByTestId("problem").waitFor();
  assert.match(await text(page, "problem"), /seeds/);
  await page.locator(".editor-faults button").first().click();
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), "own-scenario");
  assert.equal(await text(page, "digest"), digest, "the run before stays");
  await page.getByTestId("own-scenario").fill(source.replace(/"seed": \d+/, '"seed": 4321'));
  await page.getByText("Your scenario is loaded.").waitFor();
  assert.equal(await page.getByTestId("problem").count(), 0);
  assert.equal(await number(page, "turn"), 0);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a file dropped anywhere opens the dialog where it belongs", async () => {
  const { page, context, problems } = await open();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([JSON.stringify({ title: "Rust engineer", hourly_rate: 90, currency: "USD", skills: ["Rust"] })], "me.json", { type: "application/json" }));
    document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
  });
  await page.getByRole("dialog", { name: "Use your own" }).waitFor();
  await page.getByText("The first task now runs with your profile.").waitFor();
  assert.equal(await page.getByLabel("Title").first().inputValue(), "Rust engineer");
  assert.deepEqual(problems, []);
  await context.close();
});

test("the story fits from 390 to 2560 pixels, without small text", async () => {
  const { page, context } = await open();
  const look = async (place) => {
    for (const width of [390, 600, 768, 1024, 1440, 1920, 2560]) {
      await page.setViewportSize({ width, height: 900 });
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
      assert.deepEqual(found, { over: 0, small: [] }, `${place} at ${width}`);
      const play = await page.getByTestId("play").boundingBox();
      assert.ok(play && play.y + play.height <= 900, `the transport is in reach at ${width}`);
    }
  };
  await look("the contest");
  await page.getByTestId("to-start").click();
  await look("the brief");
  await toEnd(page);
  await look("the answer");
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing to mend in the story, ${colorScheme}`, async () => {
    // What is still fading in has no contrast yet.
    const { page, context } = await open({ colorScheme, reducedMotion: "reduce" });
    const check = async (place) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`), [], place);
    };
    await check("question");
    await page.getByTestId("story-next").click();
    await check("reveal");
    for (let moment = 0; moment < 9; moment += 1) await page.keyboard.press("Enter");
    await check("work");
    await toEnd(page);
    await check("answer");
    await page.getByTestId("own-open").click();
    await page.getByTestId("own-scenario").fill('{"name": "x", "colour": 1}');
    await page.getByTestId("problem").waitFor();
    await check("own case");
    await context.close();
  });
}

test("playing stops at each question, goes on without an answer, and need not stop", async () => {
  const { page, context, problems } = await open();
  const play = page.getByTestId("play");
  const stopped = () => page.waitForFunction(() => document.querySelector("[data-testid=play]").getAttribute("aria-label") === "Play", null, { timeout: 60_000 });
  await page.getByTestId("speed").selectOption("5");
  const first = await number(page, "turn");
  await play.click();
  await page.waitForFunction((first) => Number(document.querySelector("[data-testid=turn]").textContent) > first, first);
  await stopped();
  assert.equal(await page.getByTestId("question").count(), 1, "it stopped before a decision");
  const second = await number(page, "turn");
  assert.ok(second > first && second < (await number(page, "turns")));
  await page.getByTestId("story-stops").uncheck();
  await play.click();
  await page.waitForFunction((second) => Number(document.querySelector("[data-testid=turn]").textContent) > second + 8, second, { timeout: 60_000 });
  assert.equal(await play.getAttribute("aria-label"), "Pause", "questions on the way did not stop it");
  assert.deepEqual(problems, []);
  await context.close();
});

test("the API's description belongs to neither face", async () => {
  const { page, context } = await open();
  await page.evaluate(() => (location.hash = "#/docs"));
  await page.locator("main.docs").waitFor();
  assert.equal(await page.locator(".face-part.is-current").count(), 0);
  await page.getByTestId("face").click();
  await page.locator(".workbench").waitFor();
  await context.close();
});
