// Exports of the session on screen, each read by the tool it is for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
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
    await opened.page.waitForFunction((count) => document.title && document.body.innerText.includes(`/${count})`), agents.size);
  } finally {
    await opened.context.close();
    await files.close();
  }
});

test("the panel in front saves itself as SVG and as PNG", async () => {
  await page.goto(`${server.url}#/workbench`);
  await page.locator("main").waitFor();
  await page.evaluate(() => window.agora.step(1000));
  await page.getByRole("navigation", { name: "Panels" }).getByText("Plan").click();
  const panel = page.locator("section.panel-plan.is-large");
  await panel.getByTestId("dag-node").first().waitFor();
  await panel.getByTestId("yardstick").filter({ hasText: "no schedule is under" }).waitFor();
  const { width, height } = await panel.boundingBox();
  const saved = async (button) => {
    const coming = page.waitForEvent("download");
    await panel.getByTestId(button).click();
    const download = await coming;
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };

  const svg = await saved("save-svg");
  assert.equal(svg.name, "plan.svg");
  const titles = await panel.getByTestId("dag-node").locator("b").allTextContents();
  const read = await page.evaluate(async (text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
    await image.decode();
    const words = [...parsed.querySelectorAll("text")].map((word) => word.textContent);
    return { broken: parsed.querySelector("parsererror")?.textContent, words, width: image.naturalWidth, lines: parsed.querySelectorAll("path").length };
  }, svg.bytes.toString());
  assert.equal(read.broken, undefined);
  assert.ok(Math.abs(read.width - width) <= 1, `${read.width} against ${width}`);
  for (const word of titles.flatMap((title) => title.split(" "))) assert.ok(read.words.includes(word), word);
  assert.ok(read.lines > titles.length, "its lines are in it");
  assert.ok(!svg.bytes.includes("var(--") && !svg.bytes.includes(" class="), "it needs no style sheet");

  const png = await saved("save-png");
  assert.equal(png.name, "plan.png");
  assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
  const [w, h] = [png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)];
  assert.ok(Math.abs(w - 2 * width) <= 2 && Math.abs(h - 2 * height) <= 2, `${w} by ${h}`);
});

test("every panel saves itself, one right after the other", async () => {
  const names = ["Auction", "Plan", "Messages", "Agents", "Blackboard", "Result", "Intelligence", "API"];
  const taken = [];
  const take = (download) => taken.push(download);
  page.on("download", take);
  // No wait between them: each picture is still being drawn, or taken by the browser, when the next is asked for.
  for (const name of names) {
    await page.getByRole("navigation", { name: "Panels" }).getByText(name).click();
    await page.locator(`section.panel-${name.toLowerCase()}.is-large`).getByTestId("save-png").click();
  }
  const deadline = Date.now() + 20_000;
  while (taken.length < names.length && Date.now() < deadline) await page.waitForTimeout(50);
  page.off("download", take);
  assert.deepEqual(taken.map((one) => one.suggestedFilename()).sort(), names.map((name) => `${name.toLowerCase()}.png`).sort());
  for (const one of taken) {
    const bytes = readFileSync(await one.path());
    assert.equal(bytes.subarray(1, 4).toString(), "PNG", one.suggestedFilename());
    assert.ok(bytes.readUInt32BE(16) > 600 && bytes.readUInt32BE(20) > 600, one.suggestedFilename());
  }
  assert.equal(await page.getByTestId("problem").count(), 0);
});

test("nothing went wrong on the way", () => assert.deepEqual(problems, []));
