// Looks at what a wasm file imports: node script/imports.mjs [--page] FILE. Exits 1 where it should not.
//
// The engine imports nothing at all. The page imports wasm-bindgen's own functions and no other, and of
// clocks and randomness only those that ALLOWED names. For the page the compressed sizes are told too.

import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const MODULES = /^(__wbindgen_|\.\/|wbg$)/;
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
  console.log(`page wasm: ${bytes.length} bytes, ${gzip} gzipped, ${brotli} with brotli`);
}

const args = process.argv.slice(2);
const isPage = args[0] === "--page";
const files = isPage ? args.slice(1) : args;
if (files.length !== 1) {
  console.error(`one wasm file, please, not ${files.length}`);
  process.exit(2);
}
process.exit(look(files[0], isPage) ? 0 : 1);
