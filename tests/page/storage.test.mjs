// What the page does where sessions cannot be kept, or where what is kept is not its own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newPage, site } from "./harness.mjs";

const { server, browser } = await site();

const text = (page, id) => page.getByTestId(id).first().textContent();

/** Opens an empty page of the same site, from which storage is prepared before the page is there. */
async function blank() {
  const opened = await newPage(browser);
  await opened.page.route("**/blank", (route) => route.fulfill({ contentType: "text/html", body: "" }));
  await opened.page.goto(`${server.url}blank`);
  return opened;
}

/** Makes the page's database in a version, with what is given under each key. */
const prepare = (page, version, values) =>
  page.evaluate(
    ([version, values]) =>
      new Promise((done, failed) => {
        const open = indexedDB.open("agora", version);
        open.onupgradeneeded = () => open.result.createObjectStore("sessions");
        open.onerror = () => failed(open.error);
        open.onsuccess = () => {
          const writing = open.result.transaction("sessions", "readwrite");
          for (const [key, value] of Object.entries(values)) writing.objectStore("sessions").put(value, key);
          writing.oncomplete = () => {
            open.result.close();
            done();
          };
        };
      }),
    [version, values],
  );

/** Reads everything that is kept, by key. */
const kept = (page, version) =>
  page.evaluate(
    (version) =>
      new Promise((done, failed) => {
        const open = indexedDB.open("agora", version);
        open.onerror = () => failed(open.error);
        open.onsuccess = () => {
          const store = open.result.transaction("sessions").objectStore("sessions");
          const [keys, values] = [store.getAllKeys(), store.getAll()];
          values.onsuccess = () => {
            open.result.close();
            done(Object.fromEntries(keys.result.map((key, at) => [key, values.result[at]])));
          };
        };
      }),
    version,
  );

async function goesOn(page) {
  const turn = Number(await text(page, "turn"));
  await page.getByTestId("step-forward").click();
  assert.equal(Number(await text(page, "turn")), turn + 1);
}

/** Opens the workbench, takes a step, is told what is wrong with the storage, and goes on. */
async function saysAndGoesOn(page, words) {
  await page.goto(`${server.url}#/workbench`);
  await page.locator("main").first().waitFor();
  await page.getByTestId("step-forward").click();
  await page.getByTestId("problem").first().waitFor();
  assert.match(await text(page, "problem"), words);
  await goesOn(page);
}

test("with the storage full the page says so and goes on", async () => {
  const { page, context } = await newPage(browser);
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  await saysAndGoesOn(page, /storage is full/);
  await context.close();
});

test("a full storage that is noticed only when it is written is told as well", async () => {
  const { page, context } = await newPage(browser);
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
      const request = put.apply(this, given);
      const transaction = this.transaction;
      Object.defineProperty(transaction, "error", { value: new DOMException("no room", "QuotaExceededError") });
      queueMicrotask(() => transaction.abort());
      return request;
    };
  });
  await saysAndGoesOn(page, /storage is full/);
  await context.close();
});

test("what a newer version of the page keeps is left alone", async () => {
  const { page, context } = await blank();
  const theirs = { from: "a later version" };
  await prepare(page, 7, { later: theirs });
  await saysAndGoesOn(page, /newer version/);
  await page.waitForTimeout(1500);
  await page.goto(`${server.url}blank`);
  assert.deepEqual(await kept(page, 7), { later: theirs });
  await context.close();
});

test("a broken, a foreign and a later save are refused in words and kept as they are", async () => {
  const saved = (text) => ({ name: "a save", saved_ms: Date.now(), text });
  const later = saved(JSON.stringify({
    format: 99, engine: 2, scenario: "competition", seed: 1, branches: [], branch: 0, turn: 0, digest: "0000000000000000",
  }));
  const cases = { broken: saved("{\"format\": 1, \"eng"), later, other: saved("{\"hello\": 1}") };
  const foreign = { not: "a session" };
  for (const [key, value] of Object.entries(cases)) {
    const { page, context } = await blank();
    await prepare(page, 1, { [key]: value, foreign });
    // This tab was at that session before.
    await page.evaluate((key) => sessionStorage.setItem("agora.session", key), key);
    await page.goto(`${server.url}#/workbench`);
    await page.locator("main").first().waitFor();
    await page.getByTestId("problem").first().waitFor();
    assert.match(await text(page, "problem"), /cannot be opened; it is left as it is/, key);
    await goesOn(page);
    await page.waitForTimeout(1500);
    // It is offered in the list, and opening it there changes nothing either.
    await page.getByTestId("sessions").click();
    await page.getByTestId("kept").filter({ hasText: "a save" }).first().getByRole("button").first().click();
    await page.waitForTimeout(1500);
    await page.goto(`${server.url}blank`);
    const now = await kept(page, 1);
    assert.deepEqual(now[key], value, key);
    assert.deepEqual(now.foreign, foreign, key);
    await context.close();
  }
});
