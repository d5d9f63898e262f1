// Splits the page's wasm in two: `first`, which the first paint and the first steps run, and `rest`,
// which arrives right after. No code has to know of it.
//
//   first   imports rest.load; exports what the rest needs; for each function that is in the rest and is
//           called from here, a short stand-in that lets the rest be loaded if it has not arrived yet and
//           calls it through a table
//   rest    imports the memory, the tables, the globals and the functions of first, and puts its own
//           functions into the tables when it is instantiated
//
// Both halves share one memory, so nothing is copied or converted between them.

import { createHash } from "node:crypto";
import binaryen from "binaryen";

/** The table that first calls the rest through, and the global that says whether it is filled. */
const DOOR = "rest_door";
const OPEN = "rest_open";
const LOAD = "rest_load";

/**
 * Splits a module; `isFirst(name)` says which functions stay in the first half. Answers
 * `{ first, rest, counts }`, the halves as bytes.
 */
export function split(bytes, isFirst) {
  const first = open(bytes);
  const shared = layout(first);
  const all = functions(first);
  const own = new Set(all.filter((it) => !it.module && isFirst(it.name)).map((it) => it.name));
  // What the start of the program and JavaScript call stays, whatever the profile says.
  for (const it of shared.exports) if (it.kind === binaryen.ExternalFunction) own.add(it.value);
  const away = all.filter((it) => !it.module && !own.has(it.name));
  const imported = new Set(all.filter((it) => it.module).map((it) => it.name));

  addDoor(first, away.length);
  away.forEach((it, slot) => standIn(first, it, slot));
  first.runPasses(["remove-unused-module-elements"]);
  const left = functions(first).filter((it) => !it.module).map((it) => it.name);
  const stays = new Set(left.filter((name) => own.has(name)));
  const awayNames = new Set(away.map((it) => it.name));
  const doors = left.filter((name) => awayNames.has(name));

  const rest = open(bytes);
  for (const it of shared.exports) rest.removeExport(it.name);
  for (const segment of shared.segments) rest.removeElementSegment(segment.name);
  borrow(rest, shared, all, stays);
  addDoor(rest, doors.length, true);
  rest.addActiveElementSegment(DOOR, "doors", doors, rest.i32.const(0));
  fillIn(rest, shared, (name) => !stays.has(name) && !imported.has(name));
  rest.runPasses(["remove-unused-module-elements", "reorder-functions"]);
  const needed = functions(rest).filter((it) => it.module === "first");

  // The slots are given again, now that it is known which are needed.
  const byName = new Map(away.map((it) => [it.name, it]));
  doors.forEach((name, slot) => standIn(first, byName.get(name), slot));
  first.removeTable(DOOR);
  first.addTable(DOOR, doors.length, doors.length);
  for (const it of needed) first.addFunctionExport(it.name, it.base);
  for (const it of shared.tables) first.addTableExport(it.name, `$.${it.name}`);
  for (const it of shared.globals) first.addGlobalExport(it.name, `$.${it.name}`);
  first.addMemoryExport(shared.memory, "$memory");
  first.runPasses(["remove-unused-module-elements", "reorder-functions"]);

  const counts = { all: all.length, first: stays.size, doors: doors.length, needed: needed.length };
  return { first: emit(first), rest: emit(rest), counts };
}

/** Makes every function call `start.ran(its number)`; answers the bytes and the names by number. */
export function instrument(bytes) {
  const module = open(bytes);
  const names = [];
  module.addFunctionImport("start_ran", "start", "ran", binaryen.i32, binaryen.none);
  for (const it of functions(module)) {
    if (it.module) continue;
    const told = module.call("start_ran", [module.i32.const(names.length)], binaryen.none);
    names.push(it.name);
    binaryen.Function.setBody(it.ref, module.block(null, [told, it.body], it.results));
  }
  return { bytes: emit(module), names };
}

/** Returns the names of a module's own functions. */
export function functionNames(bytes) {
  const module = open(bytes);
  const names = functions(module).filter((it) => !it.module).map((it) => it.name);
  module.dispose();
  return names;
}

/**
 * Returns what a function is listed by: its name as every build gives it, without the hashes of crates
 * and compilers, shortened to a digest, since names with all their types fill pages.
 */
export function key(name) {
  const plain = name
    .replace(/Cs[0-9A-Za-z]{1,13}_/g, "C")
    .replace(/\[[0-9a-f]{16}\]/g, "")
    .replace(/::h[0-9a-f]{16}$/, "");
  return createHash("sha256").update(plain).digest("hex").slice(0, 12);
}

// ---- Reading and writing ----------------------------------------------------------------------------

/** What rustc's target has by default, and every browser with it. */
const FEATURES = ["MutableGlobals", "NontrappingFPToInt", "SignExt", "BulkMemory", "BulkMemoryOpt", "ReferenceTypes", "Multivalue"]
  .map((name) => binaryen.Features[name])
  .reduce((all, one) => all | one);

function open(bytes) {
  const module = binaryen.readBinary(bytes, FEATURES);
  // The file may name more, and binaryen would make use of them.
  module.setFeatures(FEATURES);
  return module;
}

function emit(module) {
  binaryen.setDebugInfo(false);
  if (!module.validate()) throw new Error("the split module is not valid");
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

function functions(module) {
  return Array.from({ length: module.getNumFunctions() }, (_, n) => {
    const ref = module.getFunctionByIndex(n);
    return { ref, ...binaryen.getFunctionInfo(ref) };
  }).map((it) => ({ ...it, module: it.module || null }));
}

/** What the halves share: exports, tables with what they hold, globals, the memory. */
function layout(module) {
  const each = (count, get) => Array.from({ length: count }, (_, n) => get(n));
  const exports = each(module.getNumExports(), (n) => binaryen.getExportInfo(module.getExportByIndex(n)));
  const tables = each(module.getNumTables(), (n) => binaryen.getTableInfo(module.getTableByIndex(n)));
  const globals = each(module.getNumGlobals(), (n) => binaryen.getGlobalInfo(module.getGlobalByIndex(n)));
  const segments = each(module.getNumElementSegments(), (n) => {
    const segment = module.getElementSegmentByIndex(n);
    const info = binaryen.getElementSegmentInfo(segment);
    return { ...info, offset: binaryen.getExpressionInfo(info.offset).value };
  }).filter((segment) => segment.data?.length);
  const memory = exports.find((it) => it.kind === binaryen.ExternalMemory)?.value ?? "0";
  return { exports, tables, globals, segments, memory };
}

// ---- Changing ---------------------------------------------------------------------------------------

/** The table between the halves; the rest takes it from first. */
function addDoor(module, size, isRest = false) {
  module.addTable(DOOR, size, size);
  if (isRest) {
    module.addTableImport(DOOR, "first", DOOR);
    return;
  }
  module.addTableExport(DOOR, DOOR);
  module.addGlobal(OPEN, binaryen.i32, true, module.i32.const(0));
  module.addGlobalExport(OPEN, OPEN);
  module.addFunctionImport(LOAD, "rest", "load", binaryen.none, binaryen.none);
}

/** Puts a stand-in in the place of a function that is in the rest. */
function standIn(module, it, slot) {
  const params = binaryen.expandType(it.params);
  const operands = params.map((type, n) => module.local.get(n, type));
  const load = module.if(
    module.i32.eqz(module.global.get(OPEN, binaryen.i32)),
    module.call(LOAD, [], binaryen.none),
  );
  const call = module.call_indirect(DOOR, module.i32.const(slot), operands, it.params, it.results);
  module.removeFunction(it.name);
  module.addFunction(it.name, it.params, it.results, [], module.block(null, [load, call], it.results));
}

/** Takes memory, tables, globals and functions from first. */
function borrow(module, shared, all, stays) {
  module.runPasses(["remove-memory-init"]);
  module.addMemoryImport(shared.memory, "first", "$memory");
  for (const it of shared.tables) module.addTableImport(it.name, "first", `$.${it.name}`);
  for (const it of shared.globals) {
    module.removeGlobal(it.name);
    module.addGlobalImport(it.name, "first", `$.${it.name}`, it.type, it.mutable);
  }
  let number = 0;
  for (const it of all) {
    if (it.module || !stays.has(it.name)) continue;
    module.removeFunction(it.name);
    module.addFunctionImport(it.name, "first", `$${(number++).toString(36)}`, it.params, it.results);
  }
}

/** Lets the rest put its own functions where pointers to them lead, so that those calls are direct. */
function fillIn(module, shared, isOwn) {
  let number = 0;
  for (const segment of shared.segments) {
    const { table, data, offset } = segment;
    for (let at = 0; at < data.length; ) {
      let end = at;
      while (end < data.length && isOwn(data[end])) end++;
      if (end > at) {
        const place = module.i32.const(offset + at);
        module.addActiveElementSegment(table, `own${number++}`, data.slice(at, end), place);
      }
      at = end + 1;
    }
  }
}
