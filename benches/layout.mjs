// Times the layout of a graph of 1,000 nodes and 1,500 edges against elkjs and dagre, in one browser.
//
//   script/serve --build-only
//   npm install --prefix FOLDER elkjs dagre
//   node benches/layout.mjs FOLDER [--nodes 1000] [--edges 1500] [--runs 5]
//
// Prints the median of interleaved runs of each [ms] and how many crossings straight lines between
// the nodes' middles have; the graph is drawn by a fixed generator.

import { join } from "node:path";
import { parseArgs } from "node:util";
import { launch, newPage, startServer } from "../tests/page/harness.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    nodes: { type: "string", default: "1000" },
    edges: { type: "string", default: "1500" },
    runs: { type: "string", default: "5" },
  },
});
const [folder] = positionals;
if (!folder) throw new Error("name the folder where elkjs and dagre are installed");
const library = (path) => join(folder, "node_modules", path);

const server = await startServer();
const browser = await launch();
try {
  const { page } = await newPage(browser);
  await page.goto(server.url);
  await page.waitForFunction(() => window.agora);
  await page.addScriptTag({ path: library("elkjs/lib/elk.bundled.js") });
  await page.addScriptTag({ path: library("dagre/dist/dagre.min.js") });
  const counts = { nodes: Number(values.nodes), edges: Number(values.edges), runs: Number(values.runs) };
  const table = await page.evaluate(measure, counts);
  console.log(JSON.stringify({ ...counts, browser: browser.version(), ...table }, null, 2));
} finally {
  await browser.close();
  await server.close();
}

/** Runs in the page. */
async function measure({ nodes, edges, runs }) {
  // Edges lead from earlier nodes to later ones that are near (Park and Miller's generator).
  let state = 42;
  const below = (n) => (state = (state * 16807) % 2147483647) % n;
  const pairs = Array.from({ length: edges }, () => {
    const to = 1 + below(nodes - 1);
    return [to - 1 - below(Math.min(to, Math.floor(nodes / 8))), to];
  });
  const ids = Array.from({ length: nodes }, (_, n) => n);
  const size = { width: 148, height: 50 };

  const layouts = {
    agora() {
      const areas = window.agora.constructor.layout(nodes, new Uint32Array(pairs.flat()), 1_000_000);
      return ids.map((n) => [areas[4 * n] + areas[4 * n + 2] / 2, areas[4 * n + 1] + areas[4 * n + 3] / 2]);
    },
    async elkjs() {
      const graph = await new window.ELK().layout({
        id: "root",
        layoutOptions: { "elk.algorithm": "layered" },
        children: ids.map((n) => ({ id: `n${n}`, ...size })),
        edges: pairs.map(([from, to], n) => ({ id: `e${n}`, sources: [`n${from}`], targets: [`n${to}`] })),
      });
      return graph.children.map((node) => [node.x + node.width / 2, node.y + node.height / 2]);
    },
    dagre() {
      const graph = new window.dagre.graphlib.Graph({ multigraph: true });
      graph.setGraph({ rankdir: "LR" }).setDefaultEdgeLabel(() => ({}));
      for (const n of ids) graph.setNode(`n${n}`, { ...size });
      pairs.forEach(([from, to], n) => graph.setEdge(`n${from}`, `n${to}`, {}, `e${n}`));
      window.dagre.layout(graph);
      return ids.map((n) => [graph.node(`n${n}`).x, graph.node(`n${n}`).y]);
    },
  };

  function crossings(places) {
    const side = ([ax, ay], [bx, by], [cx, cy]) => Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
    let count = 0;
    for (let i = 0; i < pairs.length; i++) {
      for (let j = 0; j < i; j++) {
        const [a, b, c, d] = [...pairs[i], ...pairs[j]].map((n) => places[n]);
        if (new Set([...pairs[i], ...pairs[j]]).size < 4) continue;
        if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) count++;
      }
    }
    return count;
  }

  const times = Object.fromEntries(Object.keys(layouts).map((name) => [name, []]));
  const found = {};
  for (let run = 0; run < runs; run++) {
    for (const [name, layout] of Object.entries(layouts)) {
      const start = performance.now();
      const places = await layout();
      times[name].push(performance.now() - start);
      found[name] ??= crossings(places);
    }
  }
  const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const rows = Object.keys(layouts).map((name) => [
    name,
    { first_ms: +times[name][0].toFixed(1), median_ms: +median(times[name]).toFixed(1), straight_crossings: found[name] },
  ]);
  return Object.fromEntries(rows);
}
