// Looks at what wasm files import: node script/imports.mjs [--page] FILE... Exits 1 where one should not.
//
// The engine imports nothing at all. The page's halves import wasm-bindgen's own functions and each other's
// and no more, and of clocks and randomness only those that ALLOWED names. Their compressed sizes are told too.

import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const MODULES = /^(__wbindgen_|\.\/|wbg$|first$|rest$)/;
const AMBIENT = /(^|_)(now|date|random|getRandomValues|randomUUID|performance|setTimeout)(_|$)/i;
// Of these only the module `web` makes use: entropy for a new seed, and a clock to pace playback.
const ALLOWED = /(getRandomValues|performance|now|setTimeout)/;

function look(file, isPage) {
  const bytes = readFileSync(file);
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  const ambient = imports.filter(({ name }) => AMBIENT.test(name)).map(({ name }) => name);
  const wrong = isPage
    ? imports.filter(({ module, name }) => !MODULES.test(module) || (AMBIENT.test(name) && !ALLOWED.test(name)))
    : imports;

  console.log(`imports of ${file}: ${imports.length}`);
  if (isPage) {
    console.log(`clocks and randomness among them: ${ambient.join(", ") || "none"}`);
    tellSizes(bytes);
  }
  for (const { module, name, kind } of wrong) console.error(`must not import ${kind} ${module} ${name}`);
  return wrong.length === 0;
}

function tellSizes(bytes) {
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  console.log(`size: ${bytes.length} bytes, ${gzip} gzipped, ${brotli} with brotli`);
}

const args = process.argv.slice(2);
const isPage = args[0] === "--page";
const files = isPage ? args.slice(1) : args;
if (files.length === 0) {
  console.error("which wasm file?");
  process.exit(2);
}
process.exit(files.map((file) => look(file, isPage)).every(Boolean) ? 0 : 1);
