// Starts the page: loads what the first paint needs, then the rest; says so where that cannot be done,
// and where something goes wrong later. The build puts it into index.html and calls `start`.
//
// It is kept to what every browser with WebAssembly can read, so that the others get a message too.

"use strict";

/** What came of the last good moment: the link that leads to it, kept outside of the wasm memory. */
let lastLink = "";
let lastDigest = "";

/** Kept when all of the code is there; the page waits for it before it brings a run to its end. */
let arrived;
self.agoraRest = new Promise((resolve) => (arrived = resolve));

/** Loads the page's parts: `js`, `wasm`, and where the build has split it `rest`, `styles` and `frame`. */
async function start(parts) {
  const at = (name) => new URL(name, document.baseURI).href;
  try {
    if (typeof WebAssembly !== "object") {
      throw new Error("this browser has WebAssembly switched off, or is too old for it");
    }
    // A sandboxed frame has no origin, and most servers answer it no module; a plain script it may have.
    const framed = parts.frame && self.origin === "null" ? await inFrame(at(parts.frame)) : null;
    const source = framed ?? { js: at(parts.js), first: fetch(at(parts.wasm)), rest: parts.rest && at(parts.rest), sheet: parts.styles && at(parts.styles) };
    const [bindings, first] = await Promise.all([import(source.js), compiled(source.first)]);
    const rest = new Rest(source);
    if (!opensStory()) rest.early = rest.arrived();
    await rest.around(() => bindings.default({ module_or_path: first }));
    document.getElementById("boot")?.remove();
    await afterPaint();
    await rest.fetch().catch((error) => tell("A part of Agora could not be loaded.", error));
    arrived();
    // A link takes code of the rest, which is there now.
    if (source.rest) setTimeout(remember, REMEMBER_MS);
  } catch (error) {
    document.getElementById("boot")?.remove();
    tell("Agora could not be started.", error);
  }
}

/** Whether the page opens on the story's beginning, which is what the first half is made for. */
function opensStory() {
  const other = /[?&]embed=(?!story)/.test(location.search);
  return /^(#\/?(story)?)?$/.test(location.hash) && !other;
}

/** Compiles while it arrives, where the server says that it is wasm; else when it is there. */
async function compiled(source) {
  const response = await source;
  if (!(response instanceof Response)) return WebAssembly.compile(response);
  if (!response.ok) throw new Error(`${response.url} was answered with ${response.status}`);
  if (response.headers.get("Content-Type") === "application/wasm" && WebAssembly.compileStreaming) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

const afterPaint = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** The second half of the wasm, with the styles of what it draws: fetched after the first paint, or at once where something needs it. */
class Rest {
  /** `rest` and `sheet` are addresses, or bytes and text where `styles` has the latter. */
  constructor({ rest, sheet, styles }) {
    this.source = rest;
    this.sheet = sheet;
    this.styles = styles;
    this.imports = null;
    this.first = null;
    this.early = null;
  }

  /** Lets the first half be instantiated, with a way to load the rest among its imports. */
  async around(init) {
    const instantiate = WebAssembly.instantiate;
    WebAssembly.instantiate = async (module, imports) => {
      this.imports = imports;
      const instance = await instantiate(module, { ...imports, rest: { load: () => this.load() } });
      this.first = instance.exports;
      if (this.early && !this.isThere) this.attach(await this.early);
      return instance;
    };
    try {
      await init();
    } finally {
      WebAssembly.instantiate = instantiate;
    }
  }

  get isThere() {
    return !this.source || this.first.rest_open.value === 1;
  }

  /** Answers the module once it and the styles are there. */
  async arrived() {
    const [module, styles] = await Promise.all([
      this.source && compiled(typeof this.source === "string" ? fetch(this.source) : this.source),
      this.styles ?? (this.sheet && fetch(this.sheet).then((answer) => (answer.ok ? answer.text() : ""))),
    ]);
    this.styles = styles;
    return module;
  }

  async fetch() {
    if (this.source && this.isThere) return;
    const module = await this.arrived();
    if (this.isThere) this.dress();
    else this.attach(module);
  }

  /** Puts the styles where the build has kept their place. */
  dress() {
    const later = document.getElementById("later");
    if (later && this.styles) later.textContent = this.styles;
  }

  /** Waits for the rest, since the first half cannot go on without it. */
  load() {
    performance.mark("agora-rest-waited-for");
    this.styles ??= this.sheet && new TextDecoder().decode(read(this.sheet));
    this.attach(new WebAssembly.Module(typeof this.source === "string" ? read(this.source) : this.source));
  }

  attach(module) {
    this.dress();
    new WebAssembly.Instance(module, { ...this.imports, first: this.first });
    this.first.rest_open.value = 1;
    performance.mark("agora-rest");
  }
}

/** Reads a file's bytes at once; only a text can be had that way. */
function read(url) {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  return Uint8Array.from(request.response, (character) => character.charCodeAt(0));
}

/** Loads all parts from one plain script. */
async function inFrame(url) {
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${url} could not be loaded`));
    document.head.append(script);
  });
  const { js, first, rest, styles } = self.agoraParts;
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const module = URL.createObjectURL(new Blob([js], { type: "text/javascript" }));
  return { js: module, first: bytes(first), rest: rest && bytes(rest), styles };
}

// ---- When something goes wrong ----------------------------------------------------------------------

/** How long until the link is looked at again [ms], and how many times longer than its making took. */
const REMEMBER_MS = 2000;
const REMEMBER_TIMES = 100;

/** Keeps the link to where the run stands, since after a fault nobody can ask for it; not while it races by. */
function remember() {
  const begun = performance.now();
  try {
    const isRacing = document.documentElement.hasAttribute("data-hurried");
    if (!document.hidden && !isRacing && self.agora?.link && self.agora.digest !== lastDigest) {
      lastDigest = self.agora.digest;
      lastLink = self.agora.link();
    }
  } catch {
    // Whoever asked for too much keeps the link before it.
  }
  setTimeout(remember, Math.max(REMEMBER_MS, REMEMBER_TIMES * (performance.now() - begun)));
}

/** Shows what went wrong, with the link that leads back to where it did. */
function tell(title, error, link = "") {
  console.error(title, error);
  document.querySelector(".fault")?.remove();
  const box = document.createElement("section");
  box.className = "fault";
  box.dataset.testid = "problem";
  box.setAttribute("role", "alert");
  const put = (name, text, more = {}) => box.append(Object.assign(document.createElement(name), { textContent: text }, more));
  put("h2", title);
  put("p", String(error?.message ?? error));
  if (link) put("a", "This link leads back to the run as it was", { href: link });
  put("button", "Load the page again", { type: "button", className: "control", onclick: () => location.reload() });
  put("button", "Go on", { type: "button", className: "control", onclick: () => box.remove() });
  document.body.append(box);
}

/** What a panic said, until the trap that follows it arrives. */
self.agoraPanicked = (message) => {
  self.agoraPanic = message;
};

addEventListener("error", ({ error }) => {
  if (!(error instanceof WebAssembly.RuntimeError)) return;
  const words = self.agoraPanic ?? error;
  self.agoraPanic = undefined;
  tell("Something went wrong inside Agora.", words, lastLink || location.href);
});
