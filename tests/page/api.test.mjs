// The API in the page: the console, the description, fetch through the service worker, other pages of the
// site, no tab, offline, a new version.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startServer as serve } from "../../script/static.mjs";
import { dist, newPage, site } from "./harness.mjs";

const BASE = "/some/sub/path/";
const API = "api/v1/multi-agent";

const { server, browser } = await site({ base: BASE });

async function open(at = "#/workbench", url = server.url) {
  const opened = await newPage(browser);
  await opened.page.goto(`${url}${at}`);
  await opened.page.getByTestId("turn").waitFor();
  return opened;
}

async function controlled(page) {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 60000 });
}

test("the console sends an example, shows the answer and leads to its turns", async () => {
  const { page, context } = await open();
  await page.getByRole("button", { name: /^API/ }).first().click();
  await page.getByTestId("api-send").click();
  const answer = page.getByTestId("api-response");
  await answer.getByText("optimization_results").waitFor();
  assert.match(await answer.textContent(), /^200 OK/);
  const from = JSON.parse(await answer.locator("pre").textContent()).turns.from;
  await page.getByTestId("api-jump").click();
  await page.waitForFunction((from) => document.querySelector("[data-testid=turn]").textContent.includes(from), `${from}`);
  await context.close();
});

test("the console marks faults while they are typed and shows refusals", async () => {
  const { page, context } = await open();
  await page.getByRole("button", { name: /^API/ }).first().click();
  await page.getByTestId("api-body").fill('{"profile_data": 5, "priority": "SOON"}');
  const problem = page.locator("#console-faults").getByTestId("problem");
  await problem.getByText("/profile_data").waitFor();
  await problem.getByText("/priority").waitFor();
  await page.getByTestId("api-send").click();
  await page.getByTestId("api-response").getByText("urn:agora:problem:invalid").waitFor();
  await page.getByTestId("api-method").selectOption("DELETE");
  await page.getByTestId("api-path").fill("/api/v1/multi-agent/agents/status");
  await page.getByTestId("api-send").click();
  await page.getByTestId("api-response").getByText("405 Method Not Allowed").waitFor();
  await context.close();
});

test("the description lists every route and tries one", async () => {
  const { page, context } = await open("#/docs");
  const routes = page.locator(".docs-route");
  await routes.first().waitFor();
  assert.equal(await routes.count(), 15);
  const status = routes.filter({ hasText: "/agents/status" });
  await status.locator("summary").first().click();
  await status.getByRole("button", { name: /^Try it/ }).click();
  await status.getByTestId("api-send").click();
  await status.getByTestId("api-response").getByText('"total_agents"').waitFor();
  await context.close();
});

test("window.agora answers requests with promises", async () => {
  const { page, context } = await open();
  const [status, refused] = await page.evaluate(async () => [
    await window.agora.request("GET", "/api/v1/multi-agent/agents/status"),
    await window.agora.request("POST", "/api/v1/multi-agent/collaborative-task/create", { task_type: 1 }),
  ]);
  assert.equal(status.status, 200);
  assert.ok(status.body.total_agents > 0);
  assert.equal(refused.status, 422);
  assert.equal(refused.body.errors[0].pointer, "/task_type");
  await context.close();
});

test("fetch is answered by the open tab, from the page and from others of the site", async () => {
  const { page, context } = await open();
  await controlled(page);
  const ask = (page, path, init) =>
    page.evaluate(async ([path, init]) => {
      const answer = await fetch(path, init);
      return { status: answer.status, type: answer.headers.get("content-type"), allow: answer.headers.get("allow"), body: await answer.json() };
    }, [path, init]);
  const own = await ask(page, `${BASE}${API}/agents/status`);
  assert.equal(own.status, 200);
  assert.equal(own.type, "application/json");
  const refused = await ask(page, `${BASE}${API}/agents/status`, { method: "DELETE" });
  assert.deepEqual([refused.status, refused.allow, refused.type], [405, "GET", "application/problem+json"]);
  const created = await ask(page, `/${API}/collaborative-task/create`, {
    method: "POST",
    body: JSON.stringify({ task_type: "optimize_freelancer_profile" }),
  });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  const broken = await ask(page, `./${API}/collaborative-task/create`, { method: "POST", body: "{" });
  assert.equal(broken.status, 400);

  const other = await context.newPage();
  await other.goto(`${server.url}worker.js`);
  const seen = await ask(other, `${BASE}${API}/collaborative-task/${created.body.task_id}`);
  assert.equal(seen.status, 200);
  assert.equal(seen.body.task_id, created.body.task_id);

  await page.close();
  const none = await ask(other, `${BASE}${API}/agents/status`);
  assert.equal(none.status, 503);
  assert.equal(none.body.type, "urn:agora:problem:no-session");
  const kept = await other.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((one) => one.url)));
    return all.flat().filter((url) => url.includes("api/v1"));
  });
  assert.deepEqual(kept, [], "no answer of the API is kept");
  await context.close();
});

test("the page works offline after the first visit, and offers a new version", async () => {
  const folder = mkdtempSync(join(tmpdir(), "agora-version-"));
  cpSync(dist, folder, { recursive: true });
  const own = await serve(folder, { base: BASE });
  const { page, context } = await open("#/workbench", own.url);
  await controlled(page);
  await page.waitForFunction(async () => (await caches.keys()).some((name) => name.startsWith("agora-page-")), null, { timeout: 60000 });
  await context.setOffline(true);
  await page.reload();
  await page.getByTestId("turn").waitFor();
  await context.setOffline(false);

  const index = join(folder, "index.html");
  writeFileSync(index, readFileSync(index, "utf8").replace("<title>Agora", "<title>Newer Agora"));
  await page.reload();
  assert.equal(await page.title(), "Agora", "versions are not mixed");
  const offer = page.locator(".version-offer");
  await offer.waitFor({ timeout: 60000 });
  await offer.getByRole("button").click();
  await page.waitForFunction(() => document.title === "Newer Agora", null, { timeout: 60000 });
  await context.close();
  await own.close();
  rmSync(folder, { recursive: true });
});
