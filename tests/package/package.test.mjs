// The JavaScript package as others use it: in TypeScript, in Node, in a page without a bundler.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { before, test } from "node:test";
import { startServer } from "../../script/static.mjs";
import { launch, newPage, root } from "../page/harness.mjs";

before(() => {
  assert.ok(existsSync(`${root}pkg/agora.js`), "no package: wasm-pack build --target web -- --no-default-features --features web");
});

/** Runs a program in the project's folder and returns what it prints. */
function run(...call) {
  try {
    return execFileSync(call[0], call.slice(1), { cwd: root, encoding: "utf8" });
  } catch (error) {
    assert.fail(`${call.join(" ")}\n${error.stdout}${error.stderr}`);
  }
}

test("right uses compile and wrong ones do not", () => {
  run("node_modules/.bin/tsc", "--project", "tests/package/tsconfig.json");
});

test("nothing of ours is declared as any", () => {
  const declared = readFileSync(`${root}pkg/agora.d.ts`, "utf8").split("export type InitInput")[0];
  const lines = declared.split("\n").filter((line) => !/^\s*(\/\*\*|\*)/.test(line));
  assert.ok(lines.length > 1000, `${lines.length} lines`);
  assert.deepEqual(lines.filter((line) => /\bany\b/.test(line)), []);
  for (const name of ["Agora", "AgoraEvent", "Command", "Scenario", "Why", "Branch"]) {
    assert.match(declared, new RegExp(`export (class|interface|type) ${name}\\b`));
  }
});

test("the example for Node runs", () => {
  const lines = run(process.execPath, "examples/node.mjs").trim().split("\n");
  assert.ok(lines.some((line) => /^profile_optimizer: profile_optimizer_\d\d with \d/.test(line)), lines.join("\n"));
  assert.equal(lines.filter((line) => line.startsWith("branch_")).length, 2);
  assert.ok(lines.includes("verified: true"), lines.join("\n"));
  assert.ok(lines.some((line) => line.startsWith("- ")), "it advises something");
  assert.match(lines.at(-1), /^Error: turn 1000000 is not known: take a whole one from 0 to \d+, or step first$/);
});

test("every error is an Error that says what to change", async () => {
  const { default: init, Agora } = await import("../../pkg/agora.js");
  await init({ module_or_path: readFileSync(`${root}pkg/agora_bg.wasm`) });
  const agora = new Agora("walkthrough");
  const wrong = [
    [() => new Agora("nonsense"), /walkthrough/],
    [() => new Agora({ name: "none" }), /agents/],
    [() => new Agora("walkthrough", -1), /whole number from 0/],
    [() => agora.step(-1), /whole number from 0/],
    [() => agora.seek(5), /from 0 to 0, or step first/],
    [() => agora.events(-1, 2), /events\(0, agora\.turns \+ 1\)/],
    [() => agora.why(10_000), /there are \d+, counted from 0/],
    [() => agora.command({ kind: "explode" }), /inject_fault/],
    [() => agora.command({ kind: "remove_agent", agent_id: "nobody" }), /nobody/],
    [() => agora.export("pdf"), /plan-mermaid/],
    [() => agora.switchBranch("branch_99"), /branches\(\)/],
    [() => Agora.fromLink("nonsense"), /link/],
  ];
  for (const [call, remedy] of wrong) {
    assert.throws(call, (error) => {
      assert.ok(error instanceof Error, `${call}: ${error}`);
      assert.match(error.message, remedy);
      return true;
    });
  }
  await assert.rejects(agora.request("POST", "/agents", { role: () => "wizard" }), /pass an object, or JSON text/);
  const refused = await agora.request("POST", "/agents", { role: "wizard" });
  assert.equal(refused.status, 422);
});

test("the example page runs without a bundler", async () => {
  const server = await startServer(root);
  const browser = await launch();
  try {
    const { page, problems } = await newPage(browser);
    await page.goto(`${server.url}examples/page.html`);
    await page.locator("#events li").first().waitFor();
    assert.equal(await page.locator("#turn").textContent(), "0");
    await page.locator("#step").click();
    assert.equal(await page.locator("#turn").textContent(), "1");
    assert.equal(await page.locator("#problem").textContent(), "");
    assert.deepEqual(problems, []);
  } finally {
    await browser.close();
    await server.close();
  }
});
