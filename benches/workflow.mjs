// Writes a large workflow made of copies of a WfFormat file: node benches/workflow.mjs FILE COPIES > LARGE
//
// The copies run side by side under one name, so that a plan of any size can be had from a trace of a real one.

import { readFileSync } from "node:fs";

const [file, copies] = process.argv.slice(2);
if (!file || !(Number(copies) > 0)) throw new Error("node benches/workflow.mjs FILE COPIES");
const document = JSON.parse(readFileSync(file, "utf8"));
const { specification, execution } = document.workflow;
const numbers = Array.from({ length: Number(copies) }, (_, n) => n + 1);

/** Gives ids of a copy its number; `lists` are the fields that hold ids of others. */
const copied = (items, lists) =>
  numbers.flatMap((number) =>
    (items ?? []).map((item) => {
      const own = (id) => `${id}_${number}`;
      const others = lists.filter((list) => item[list]).map((list) => [list, item[list].map(own)]);
      return { ...item, id: own(item.id), ...(item.name ? { name: own(item.name) } : {}), ...Object.fromEntries(others) };
    }),
  );

specification.tasks = copied(specification.tasks, ["parents", "children", "inputFiles", "outputFiles"]);
specification.files = copied(specification.files, []);
if (execution) execution.tasks = copied(execution.tasks, []);
document.name = `${document.name}, ${copies} times`;
console.log(JSON.stringify(document));
