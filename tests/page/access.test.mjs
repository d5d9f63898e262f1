// For everyone: axe on both faces and every panel, the whole job by keyboard, large text, forced colors.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { newPage, settled, site } from "./harness.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const { server, browser } = await site();

async function open(route, options) {
  const opened = await newPage(browser, options);
  await opened.page.goto(server.url + route);
  await opened.page.locator("main").first().waitFor();
  await settled(opened.page);
  return opened;
}

const number = async (page, id) => Number(await page.getByTestId(id).first().textContent());

async function moveTo(page, share) {
  const turns = await number(page, "turns");
  await page.getByTestId("scrubber").first().fill(String(Math.round(turns * share)));
  await page.waitForTimeout(300);
}

/** What axe finds in a part of the page; contrast, which takes longest, only where it is asked for. */
async function violations(page, { part = "body", contrast = true } = {}) {
  const axe = new AxeBuilder({ page }).include(part).withTags(RULES);
  if (!contrast) axe.disableRules(["color-contrast"]);
  const { violations } = await axe.analyze();
  return violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(" | ")}`);
}

for (const [colorScheme, width] of [["light", 1440], ["dark", 1440], ["light", 390]]) {
  test(`axe finds nothing on either face, ${colorScheme}, ${width} wide`, async () => {
    const { page, context } = await open("#/story", { colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce" });
    const found = [];
    const look = async (where, part) => {
      const seen = await violations(page, { part, contrast: width > 1000 });
      found.push(...seen.map((it) => `${where}: ${it}`));
    };
    await look("story, as it opens");
    await moveTo(page, 1);
    await look("story at its end");
    await page.evaluate(() => (location.hash = "#/workbench"));
    await moveTo(page, 0.6);
    await look("workbench");
    const tabs = page.locator("nav.tabs button");
    for (let n = 1; n < (await tabs.count()); n++) {
      await tabs.nth(n).click();
      const title = (await tabs.nth(n).textContent()).trim();
      await page.waitForTimeout(100);
      await look(title, "main");
    }
    await page.keyboard.press("?");
    await page.getByRole("dialog").first().waitFor();
    await look("help", "dialog[open]");
    assert.deepEqual(found, []);
    await context.close();
  });
}

/** Presses a key until what has the focus fits; the focus can be seen, and nothing lies over it. */
async function reach(page, fits, key = "Tab") {
  for (let n = 0; n < 400; n++) {
    const state = await page.evaluate((fits) => {
      const focused = document.activeElement;
      if (!focused || focused === document.body || !focused.matches(fits)) return null;
      const style = getComputedStyle(focused);
      const box = focused.getBoundingClientRect();
      const middle = [Math.max(0, box.x) + Math.min(box.width, innerWidth - Math.max(0, box.x)) / 2, box.y + box.height / 2];
      const top = document.elementFromPoint(...middle);
      return {
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: Boolean(top) && (focused.contains(top) || top.contains(focused) || focused.labels?.[0]?.contains(top)),
      };
    }, fits);
    if (state) {
      assert.ok(state.ring, `${fits}: the focus can be seen`);
      assert.ok(state.seen, `${fits}: nothing lies over it`);
      return;
    }
    await page.keyboard.press(key);
  }
  assert.fail(`${key} never reaches ${fits}`);
}

test("the whole job is done by keyboard alone", async () => {
  const { page, context, problems } = await open("#/workbench");
  // Another run.
  await reach(page, "[data-testid=scenario]");
  const digest = await page.getByTestId("digest").first().textContent();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction((was) => document.querySelector("[data-testid=digest]").textContent !== was, digest);
  await settled(page);
  // On by buttons, and by decisions.
  await reach(page, "[data-testid=step-forward]");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  assert.equal(await number(page, "turn"), 2);
  await reach(page, "[data-testid=next-decision]");
  await page.keyboard.press("Enter");
  const decided = await number(page, "turn");
  assert.ok(decided > 2);
  // The scrubber.
  await reach(page, "[data-testid=scrubber]");
  await page.keyboard.press("ArrowRight");
  assert.equal(await number(page, "turn"), decided + 1);
  await page.keyboard.press("End");
  assert.equal(await number(page, "turn"), await number(page, "turns"));
  // Every panel, and why something happened.
  await reach(page, "nav.tabs button:nth-child(2)", "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByTestId("bid").first().waitFor();
  await reach(page, "nav.tabs button:nth-child(7)");
  await page.keyboard.press("Enter");
  await page.getByTestId("recommendation").first().waitFor();
  assert.ok((await page.getByTestId("why").first().locator("li").count()) > 0);
  // Back in time, and the help.
  await page.keyboard.press("Home");
  assert.equal(await number(page, "turn"), 0);
  await page.keyboard.press("?");
  const help = page.getByRole("dialog").first();
  await help.waitFor();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "hidden" });
  assert.deepEqual(problems, []);
  await context.close();
});

test("the focus goes round the page without a trap", async () => {
  for (const route of ["#/story", "#/workbench"]) {
    const { page, context } = await open(route);
    const seen = new Set();
    let last = "";
    for (let n = 0; n < 600; n++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const focused = document.activeElement;
        if (!focused || focused === document.body) return "";
        window.places ??= new Map();
        if (!window.places.has(focused)) window.places.set(focused, `${window.places.size}`);
        return window.places.get(focused);
      });
      if (at === "" && n > 3) {
        last = "out";
        break;
      }
      assert.ok(!(seen.has(at) && at === last), `${route}: the focus stays on ${at}`);
      if (seen.has(at) && at === "0") {
        last = "round";
        break;
      }
      seen.add(at);
      last = at;
    }
    assert.ok(["out", "round"].includes(last), `${route}: it comes round`);
    await context.close();
  }
});

test("each turn is told to those who listen", async () => {
  const { page, context } = await open("#/workbench");
  const live = page.getByTestId("narration").first();
  const region = await live.evaluate((element) => element.closest("[aria-live], [role=status]")?.getAttribute("aria-live") ?? "polite");
  assert.equal(region, "polite");
  const before = await live.textContent();
  await page.getByTestId("step-forward").first().click();
  assert.notEqual(await live.textContent(), before);
  await context.close();
});

test("text of twice the size loses nothing and scrolls nothing sideways", async () => {
  const { page, context } = await open("#/story");
  for (const route of ["#/story", "#/workbench"]) {
    await page.evaluate((route) => (location.hash = route), route);
    await page.addStyleTag({ content: "html { font-size: 200% !important; }" });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(150);
      const found = await page.evaluate(() => {
        const root = document.documentElement;
        // Text that is cut off without a sign, and without a way to scroll to it.
        const cut = [...document.querySelectorAll("p, h1, h2, h3, button, dt, dd, td, th, label")].filter((element) => {
          if (!element.checkVisibility() || element.closest(".sr, svg, dialog:not([open])")) return false;
          const style = getComputedStyle(element);
          const hides = style.overflowX === "hidden" && style.textOverflow !== "ellipsis";
          return hides && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1;
        });
        return { over: root.scrollWidth - root.clientWidth, cut: cut.map((element) => element.outerHTML.slice(0, 120)) };
      });
      assert.deepEqual(found, { over: 0, cut: [] }, `${route} at ${width}`);
      const play = await page.getByTestId("play").first().boundingBox();
      assert.ok(play && play.x >= 0 && play.x + play.width <= width, `${route}: the transport is there at ${width}`);
    }
  }
  await context.close();
});

test("forced colors keep every mark: what is now, selected, and how far", async () => {
  const { page, context } = await open("#/workbench", { forcedColors: "active" });
  await moveTo(page, 0.5);
  const seen = await page.evaluate(() => {
    const ink = (selector, property) => {
      const element = document.querySelector(selector);
      return element && getComputedStyle(element)[property];
    };
    const ground = getComputedStyle(document.documentElement).backgroundColor;
    return { ground, bin: ink(".bin-now", "backgroundColor"), passed: ink(".strip-passed .bin", "backgroundColor") };
  });
  assert.notEqual(seen.bin, seen.ground, "where the run stands");
  assert.notEqual(seen.passed, seen.bin, "what has passed");
  await context.close();
});
