// Splits the page's wasm in two: `first`, which the first paint and the first steps run, and `rest`,
// which arrives right after. No code has to know of it.
//
//   first   imports rest.load; exports the memory, the tables and the globals, and a table of the functions
//           that the rest calls; for each function that is in the rest and is called from here, a short
//           stand-in that lets the rest be loaded if it has not arrived yet and calls it through a table
//   rest    imports all that, and puts its own functions into the tables when it is instantiated
//
// Both halves share one memory, so nothing is copied or converted between them.

import { createHash } from "node:crypto";
import binaryen from "binaryen";

/** The table that first calls the rest through, and the global that says whether it is filled. */
const DOOR = "rest_door";
const OPEN = "rest_open";
const LOAD = "rest_load";
/** The function that answers a slot of that table once the rest is there. */
const AT = "rest_at";
/** The table that the rest calls first through. */
const BACK = "first_back";

/**
 * Splits a module; `isFirst(name)` says which functions stay in the first half. Answers
 * `{ first, rest, numbers, counts }`: the halves as bytes, and all the numbers in the first half's code.
 */
export function split(bytes, isFirst) {
  const first = open(bytes);
  const shared = layout(first);
  const all = functions(first);
  const own = new Set(all.filter((it) => !it.module && isFirst(it.name)).map((it) => it.name));
  const away = all.filter((it) => !it.module && !own.has(it.name));
  const imported = new Set(all.filter((it) => it.module).map((it) => it.name));

  addDoor(first, away.length);
  away.forEach((it, slot) => standIn(first, it, slot));
  first.runPasses(["remove-unused-module-elements"]);
  const left = functions(first).filter((it) => !it.module).map((it) => it.name);
  const stays = new Set(left.filter((name) => own.has(name)));
  const awayNames = new Set(away.map((it) => it.name));
  const byName = new Map(away.map((it) => [it.name, it]));
  // Side by side with their like, they compress well.
  const type = (name) => `${byName.get(name).params} ${byName.get(name).results}`;
  const doors = left.filter((name) => awayNames.has(name)).sort((a, b) => (type(a) < type(b) ? -1 : Number(type(a) > type(b))));

  const rest = open(bytes);
  for (const it of shared.exports) rest.removeExport(it.name);
  for (const segment of shared.segments) rest.removeElementSegment(segment.name);
  borrow(rest, shared);
  addDoor(rest, doors.length, true);
  const back = all.filter((it) => stays.has(it.name));
  rest.addTable(BACK, back.length, back.length);
  rest.addTableImport(BACK, "first", BACK);
  back.forEach((it, slot) => standIn(rest, it, slot, BACK));
  put(rest, DOOR, "doors", doors, 0);
  fillIn(rest, shared, (name) => !stays.has(name) && !imported.has(name));
  rest.runPasses(["remove-unused-module-elements", "reorder-functions"]);
  const called = new Set(functions(rest).map((it) => it.name));
  const needed = back.filter((it) => called.has(it.name));
  needed.forEach((it, slot) => standIn(rest, it, slot, BACK));

  // The slots are given again, now that it is known which are needed.
  doors.forEach((name, slot) => standIn(first, byName.get(name), slot));
  first.removeTable(DOOR);
  first.addTable(DOOR, doors.length, doors.length);
  first.addTable(BACK, back.length, back.length);
  first.addTableExport(BACK, BACK);
  put(first, BACK, "back", needed.map((it) => it.name), 0);
  for (const it of shared.tables) first.addTableExport(it.name, `$.${it.name}`);
  for (const it of shared.globals) first.addGlobalExport(it.name, `$.${it.name}`);
  first.addMemoryExport(shared.memory, "$memory");
  first.runPasses(["remove-unused-module-elements"]);

  const numbers = numbersIn(first);
  const counts = { all: all.length, first: stays.size, doors: doors.length, needed: needed.length };
  return { first: emit(first), rest: emit(rest), numbers, counts };
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

/** All numbers in a module's code that could be addresses, which have 32 bits; where its data lie is none. */
function numbersIn(module) {
  const found = new Set();
  for (const line of module.emitText().split("\n")) {
    if (/^\s*\((data|elem) /.test(line)) continue;
    for (const [, value] of line.matchAll(/(?:i32\.const |offset=)(-?\d+)/g)) found.add(Number(value) >>> 0);
  }
  return [...found];
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
  const slot = module.local.get(0, binaryen.i32);
  const load = module.if(
    module.i32.eqz(module.global.get(OPEN, binaryen.i32)),
    module.call(LOAD, [], binaryen.none),
  );
  module.addFunction(AT, binaryen.i32, binaryen.i32, [], module.block(null, [load, slot], binaryen.i32));
}

/** Puts a stand-in in the place of a function that is in the other half. */
function standIn(module, it, slot, table = DOOR) {
  const operands = binaryen.expandType(it.params).map((type, n) => module.local.get(n, type));
  const place = module.i32.const(slot);
  const target = table === DOOR ? module.call(AT, [place], binaryen.i32) : place;
  module.removeFunction(it.name);
  module.addFunction(it.name, it.params, it.results, [], module.call_indirect(table, target, operands, it.params, it.results));
}

/** Takes memory, tables and globals from first. */
function borrow(module, shared) {
  module.runPasses(["remove-memory-init"]);
  module.addMemoryImport(shared.memory, "first", "$memory");
  for (const it of shared.tables) module.addTableImport(it.name, "first", `$.${it.name}`);
  for (const it of shared.globals) {
    module.removeGlobal(it.name);
    module.addGlobalImport(it.name, "first", `$.${it.name}`, it.type, it.mutable);
  }
}

/** Lets the rest put its own functions where pointers to them lead, so that those calls are direct. */
function fillIn(module, shared, isOwn) {
  let number = 0;
  for (const { table, data, offset } of shared.segments) {
    for (let at = 0; at < data.length; ) {
      let end = at;
      while (end < data.length && isOwn(data[end])) end++;
      if (end > at) put(module, table, `own${number++}_`, data.slice(at, end), offset + at);
      at = end + 1;
    }
  }
}

/** The most functions of one segment: their names go over binaryen's stack, which is small. */
const SEGMENT_LENGTH_MAX = 256;

/** Puts functions into a table, from a place on. */
function put(module, table, name, functions, place) {
  for (let at = 0; at < functions.length; at += SEGMENT_LENGTH_MAX) {
    const some = functions.slice(at, at + SEGMENT_LENGTH_MAX);
    module.addActiveElementSegment(table, `${name}${at}`, some, module.i32.const(place + at));
  }
}
