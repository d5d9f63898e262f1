// The page opens from any sub-path, and nothing goes wrong while it does.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, newPage, startServer } from "./harness.mjs";

let server;
let browser;

before(async () => {
  server = await startServer({ base: "/some/sub/path/" });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

test("the page opens without an error", async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(server.url);
  await page.locator("main").waitFor();
  assert.equal(await page.title(), "Agora");
  assert.deepEqual(problems, []);
  await context.close();
});
