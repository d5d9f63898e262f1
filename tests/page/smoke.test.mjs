// The page opens from any sub-path, and nothing goes wrong while it does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newPage, site } from "./harness.mjs";

const { server, browser } = await site({ base: "/some/sub/path/" });

test("the page opens without an error", async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(server.url);
  await page.locator("main").waitFor();
  assert.equal(await page.title(), "Agora");
  assert.deepEqual(problems, []);
  await context.close();
});
