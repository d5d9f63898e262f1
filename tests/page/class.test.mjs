// For a class: one panel in a sandboxed frame of another page, a projector's large type, a hidden future.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { newPage, settled, site } from "./harness.mjs";

const { server, browser } = await site();

/** A page of another origin with the page in a frame that may run scripts and nothing else. */
async function framed(search) {
  const html = `<!doctype html><title>A lesson</title><iframe sandbox="allow-scripts" width="900" height="700" src="${server.url}${search}"></iframe>`;
  const host = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(html));
  await new Promise((resolve) => host.listen(0, "127.0.0.1", resolve));
  const { page, context } = await newPage(browser);
  await page.goto(`http://127.0.0.1:${host.address().port}/`);
  const frame = page.frameLocator("iframe");
  await frame.locator("main").first().waitFor();
  const close = async () => {
    await context.close();
    host.closeAllConnections();
    await new Promise((resolve) => host.close(resolve));
  };
  return { frame, close };
}

for (const [name, inside] of [["story", "[data-testid=narration]"], ["auction", "[data-testid=bid]"]]) {
  test(`a sandboxed frame shows the ${name} alone, and it goes on by steps`, async () => {
    const { frame, close } = await framed(`?embed=${name}`);
    await settled({ getByTestId: (id) => frame.getByTestId(id), waitForTimeout: (time) => new Promise((done) => setTimeout(done, time)) });
    const turn = async () => Number(await frame.getByTestId("turn").first().textContent());
    const start = await turn();
    await frame.getByTestId("step-forward").first().click();
    assert.equal(await turn(), start + 1);
    await frame.getByTestId("to-end").first().click();
    await frame.locator(inside).first().waitFor();
    assert.equal(await frame.getByTestId("scenario").first().isVisible(), false, "no bar at the top");
    assert.equal(await frame.locator("nav.tabs").isVisible().catch(() => false), false, "no tabs");
    await close();
  });
}

test("a projected page has large type and one stage", async () => {
  const { page, context } = await newPage(browser);
  await page.goto(`${server.url}?projector#/workbench`);
  await page.locator("main").first().waitFor();
  const size = await page.locator("nav.tabs button").first().evaluate((tab) => parseFloat(getComputedStyle(tab).fontSize));
  assert.ok(size >= 16, `${size} px`);
  assert.equal(await page.locator(".side").first().isVisible(), false);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(over, 0, "nothing scrolls sideways");
  await context.close();
});

test("a hidden future shows no turn that is yet to come", async () => {
  const { page, context } = await newPage(browser);
  await page.goto(`${server.url}?future=hidden#/workbench`);
  await page.locator("main").first().waitFor();
  await settled(page);
  await page.getByTestId("step-forward").first().click();
  const turn = await page.getByTestId("turn").first().textContent();
  assert.equal(await page.getByTestId("scrubber").first().getAttribute("max"), turn);
  assert.equal(await page.getByTestId("turns").first().isVisible(), false);
  await page.keyboard.press("?");
  await page.getByTestId("future-hidden").uncheck();
  assert.ok(Number(await page.getByTestId("scrubber").first().getAttribute("max")) > Number(turn));
  await context.close();
});
