// Exports of the session on screen, each read by the tool it is for.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { instance } from "@viz-js/viz";
import { launch, newPage, startServer } from "./harness.mjs";

const require = createRequire(import.meta.url);
const scenarios = ["walkthrough", "generic-team", "eager-bidder", "launch"];

let server, browser, page, problems;
const texts = {};

before(async () => {
  server = await startServer();
  browser = await launch();
  ({ page, problems } = await newPage(browser));
  await page.goto(server.url);
  await page.waitForFunction(() => window.agora);
  for (const scenario of scenarios) {
    texts[scenario] = await page.evaluate((name) => {
      const session = new window.agora.constructor(name);
      while (session.step(1000) > 0);
      const formats = ["sequence", "plan-mermaid", "plan-dot", "trace", "shiviz", "events"];
      return Object.fromEntries(formats.map((format) => [format, session.export(format)]));
    }, scenario);
  }
});

after(async () => {
  await browser?.close();
  await server?.close();
});

test("Mermaid reads the sequence diagram and the flowchart, and draws them", async () => {
  await page.addScriptTag({ path: require.resolve("mermaid/dist/mermaid.min.js") });
  for (const scenario of scenarios) {
    const found = await page.evaluate(async ({ sequence, plan }) => {
      window.mermaid.initialize({ startOnLoad: false, maxEdges: 5000 });
      const kinds = [await window.mermaid.parse(sequence), await window.mermaid.parse(plan)];
      const { svg } = await window.mermaid.render("drawn", plan);
      const drawn = new DOMParser().parseFromString(svg, "text/html");
      return { kinds: kinds.map((kind) => kind.diagramType), nodes: drawn.querySelectorAll("g.node").length };
    }, { sequence: texts[scenario].sequence, plan: texts[scenario]["plan-mermaid"] });
    assert.equal(found.kinds[0], "sequence", scenario);
    assert.match(found.kinds[1], /^flowchart/, scenario);
    const subtasks = texts[scenario]["plan-mermaid"].split("\n").filter((line) => line.includes('"]:::')).length;
    assert.equal(found.nodes, subtasks, scenario);
  }
});

test("Graphviz lays the plan out", async () => {
  const graphviz = await instance();
  for (const scenario of scenarios) {
    const drawn = graphviz.renderJSON(texts[scenario]["plan-dot"]);
    const nodes = drawn.objects.filter((object) => !object.name.startsWith("cluster"));
    const subtasks = texts[scenario]["plan-dot"].match(/ \[label="/g).length;
    assert.equal(nodes.length, subtasks, scenario);
    assert.ok(nodes.every((node) => node.pos), "every node has a place");
  }
});

test("ShiViz's own expression reads the log whole", () => {
  for (const scenario of scenarios) {
    const expression = /(?<host>\S*) (?<clock>{.*})\n(?<event>.*)/g;
    const events = [...texts[scenario].shiviz.matchAll(expression)];
    assert.equal(events.length * 2, texts[scenario].shiviz.trimEnd().split("\n").length, scenario);
    const counts = {};
    for (const { groups } of events) {
      const clock = JSON.parse(groups.clock);
      counts[groups.host] = (counts[groups.host] ?? 0) + 1;
      assert.equal(clock[groups.host], counts[groups.host], "a host counts its own events");
    }
  }
});

test("speedscope opens the trace", async () => {
  const viewer = dirname(require.resolve("speedscope/dist/release/index.html"));
  const { startServer: serve } = await import("../../script/static.mjs");
  const files = await serve(viewer);
  const opened = await newPage(browser);
  try {
    await opened.page.goto(files.url);
    const trace = { name: "trace.json", mimeType: "application/json", buffer: Buffer.from(texts.launch.trace) };
    await opened.page.locator("input[type=file]").setInputFiles(trace);
    const agents = new Set(JSON.parse(texts.launch.trace).traceEvents.filter((e) => e.ph === "X").map((e) => e.tid));
    // It says which of how many threads it shows once it has read them all.
    await opened.page.waitForFunction((count) => document.title && document.body.innerText.includes(`/${count}]`), agents.size);
  } finally {
    await opened.context.close();
    await files.close();
  }
});

test("nothing went wrong on the way", () => assert.deepEqual(problems, []));
