// How the page arrives: first what the first paint needs, then the rest; and what it says when it cannot.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newPage, settled, site } from "./harness.mjs";

const { server, browser } = await site();

const marks = (page) => page.evaluate(() => performance.getEntriesByType("mark").map((mark) => mark.name));

test("the first paint and step do not wait for the rest, and the rest arrives", async () => {
  const { page, context, problems } = await newPage(browser);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/_rest\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(server.url);
  await page.locator("main").first().waitFor();
  const turn = Number(await page.getByTestId("turn").first().textContent());
  await page.getByTestId("step-forward").first().click();
  assert.equal(Number(await page.getByTestId("turn").first().textContent()), turn + 1);
  assert.deepEqual(await marks(page), []);
  release();
  await page.waitForFunction(() => performance.getEntriesByName("agora-rest").length === 1);
  await settled(page);
  assert.deepEqual(problems, []);
  await context.close();
});

test("what is read before the rest has arrived is what is read with it", async () => {
  const told = [];
  for (const isHeld of [true, false]) {
    const { page, context } = await newPage(browser);
    if (isHeld) await page.route(/_rest\.wasm$/, () => {});
    await page.goto(server.url);
    await page.locator("main").first().waitFor();
    if (!isHeld) await settled(page);
    const seen = [];
    for (const key of ["", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowRight", "ArrowRight"]) {
      if (key) await page.keyboard.press(key);
      await page.waitForTimeout(200);
      // What tells of turns that are not known yet differs rightly.
      const parts = page.locator(".task-line, .story-say, .stage, .ask, [data-testid=turn]");
      seen.push(await parts.allTextContents());
    }
    if (isHeld) assert.deepEqual(await marks(page), []);
    told.push(seen);
    await context.close();
  }
  assert.ok(told[0][0].join("").length > 500, "the story's text is there");
  assert.deepEqual(told[0], told[1]);
});

test("whoever needs the rest before it has arrived gets it", async () => {
  const { page, context, problems } = await newPage(browser);
  // The first who asks is kept waiting: the copy that is fetched in peace.
  let asked = 0;
  await page.route(/_rest\.wasm$/, async (route) => {
    if (asked++ > 0) await route.continue();
  });
  await page.goto(server.url);
  await page.locator("main").first().waitFor();
  await page.evaluate(() => window.agora.step(10_000));
  assert.ok((await marks(page)).includes("agora-rest-waited-for"));
  await page.evaluate(() => window.agora.seek(0));
  assert.deepEqual(problems, []);
  await context.close();
});

test("a browser without WebAssembly is told so", async () => {
  const { page, context } = await newPage(browser);
  await page.addInitScript(() => delete self.WebAssembly);
  await page.goto(server.url);
  const problem = page.getByTestId("problem");
  await problem.waitFor();
  assert.match(await problem.textContent(), /WebAssembly/);
  assert.equal(await page.locator("#boot").count(), 0);
  await context.close();
});

test("a part that does not arrive is named", async () => {
  const { page, context } = await newPage(browser);
  await page.route(/_bg\.wasm$/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(server.url);
  await page.getByTestId("problem").waitFor();
  assert.match(await page.getByTestId("problem").textContent(), /404/);
  await context.close();
});

test("something stands there before the wasm does", async () => {
  const { page, context } = await newPage(browser);
  await page.route(/_bg\.wasm$/, () => {});
  await page.goto(server.url, { waitUntil: "commit" });
  await page.locator("#boot").waitFor();
  assert.match(await page.locator("#boot").textContent(), /Agora/);
  await context.close();
});

test("a trap in the wasm shows a banner with a link back, and the page stays", async () => {
  const { page, context } = await newPage(browser);
  await page.goto(server.url);
  await page.locator("main").first().waitFor();
  await settled(page);
  await page.evaluate(() => {
    self.agoraPanicked("a test's panic");
    setTimeout(() => {
      // A module of one function that traps.
      const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
      new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports.f();
    });
  });
  const problem = page.getByTestId("problem");
  await problem.waitFor();
  assert.match(await problem.textContent(), /a test's panic/);
  assert.match(await problem.getByRole("link").getAttribute("href"), /^http/);
  await problem.getByRole("button", { name: "Go on" }).click();
  await problem.waitFor({ state: "detached" });
  await page.getByTestId("step-forward").first().click();
  await context.close();
});
