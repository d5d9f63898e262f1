// The service worker: hands API requests to the tab that hosts a session, and keeps the page for offline.
//
// - What it keeps is one version of the page at a time, whole: a newer one is put beside it, offered,
//   and used only when the user says so.
// - Answers of the API are never kept.
// - It holds no state in memory that it would miss after a restart.

const API = /^\/api\/v1\/multi-agent(\/|$)/;
const NOTES = "agora-notes";
const CURRENT = new URL("agora-current-version", self.registration.scope).href;
const NEXT = new URL("agora-next-version", self.registration.scope).href;
const ACK_MS = 1500;
const ANSWER_MS = 60000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    keep().then((name) => (name ? note(CURRENT, name) : null)).then(() => {
      // The first one has nobody to take turns with.
      if (!self.registration.active) return self.skipWaiting();
    }),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data?.agora === "use-new-version") event.waitUntil(useNext());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) return;
  if (below(url.pathname)) {
    event.respondWith(answer(event.request, url));
  } else if (event.request.mode === "navigate" && isPage(url)) {
    event.respondWith(page(event));
  } else if (event.request.method === "GET" && !event.request.headers.has("range")) {
    event.respondWith(file(event.request));
  }
});

// The API's path below the site's root or below the folder that the page lies in; none for another's.
function below(path) {
  const folder = new URL(self.registration.scope).pathname.replace(/\/$/, "");
  for (const start of [folder, ""]) {
    if (path.startsWith(start) && API.test(path.slice(start.length))) return path.slice(start.length);
  }
  return null;
}

function isPage(url) {
  const folder = new URL(self.registration.scope).pathname;
  return url.pathname === folder || url.pathname === `${folder}index.html`;
}

// Hands a request to the first tab that hosts a session, the one looked at last in front.
async function answer(request, url) {
  const text = ["GET", "HEAD"].includes(request.method) ? null : await request.text();
  const asked = { agora: "request", method: request.method, path: below(url.pathname) + url.search, body: text };
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const hosts = await Promise.all(tabs.map(greet));
  const port = hosts.find((port) => port);
  for (const other of hosts) if (other !== port) other?.close();
  if (!port) return noSession();
  const said = await heard(port, ANSWER_MS, () => port.postMessage(asked));
  port.close();
  if (!said) return noSession();
  return new Response(said.body, {
    status: said.status,
    headers: {
      "content-type": said.status < 400 ? "application/json" : "application/problem+json",
      "cache-control": "no-store",
      ...(said.allow ? { allow: said.allow } : {}),
    },
  });
}

// Asks a tab whether it hosts a session; gives the port to it, or null.
async function greet(tab) {
  const { port1, port2 } = new MessageChannel();
  const said = await heard(port1, ACK_MS, () => tab.postMessage({ agora: "greeting" }, [port2]));
  if (said?.agora === "here") return port1;
  port1.close();
  return null;
}

function heard(port, patience, send) {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(null), patience);
    port.onmessage = (event) => {
      clearTimeout(late);
      resolve(event.data);
    };
    send();
  });
}

function noSession() {
  const problem = {
    type: "urn:agora:problem:no-session",
    title: "No open tab hosts a session",
    status: 503,
    detail: "open the page in a tab and ask again",
    errors: [],
  };
  return new Response(JSON.stringify(problem), {
    status: 503,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}

// The page as it is kept; meanwhile it is looked whether there is a newer one.
async function page(event) {
  const kept = await current();
  const found = await kept?.match(self.registration.scope);
  if (!found) return fetch(event.request);
  event.waitUntil(look(found.clone()));
  return found;
}

async function file(request) {
  const found = await (await current())?.match(request);
  return found ?? fetch(request);
}

async function look(found) {
  const fresh = await newest();
  if (!fresh?.ok || (await fresh.text()) === (await found.text())) return;
  const name = await keep();
  if (!name) return;
  await note(NEXT, name);
  for (const tab of await self.clients.matchAll({ type: "window" })) tab.postMessage({ agora: "new-version" });
}

// Asks for the page as it is now, a few times, since a network that has just come back may still fail.
async function newest() {
  for (const pause of [0, 1000, 4000]) {
    await new Promise((next) => setTimeout(next, pause));
    try {
      return await fetch(self.registration.scope, { cache: "no-cache" });
    } catch {
      // It is tried again; without a network the page that is kept stands.
    }
  }
  return null;
}

// Keeps the page with every file it names; gives the version's name, or null where the page cannot be had.
async function keep() {
  try {
    const answer = await fetch(self.registration.scope, { cache: "no-cache" });
    if (!answer.ok) return null;
    const text = await answer.clone().text();
    const name = `agora-page-${await digest(text)}`;
    const cache = await caches.open(name);
    await cache.put(self.registration.scope, answer);
    const named = [...text.matchAll(/(?:["'(=])((?:\.{0,2}\/)?[\w./-]+\.(?:js|mjs|wasm|css|woff2|json|svg|png))(?=["')\s>])/g)];
    const urls = new Set(named.map((match) => new URL(match[1], self.registration.scope).href));
    await Promise.all([...urls].filter((url) => url.startsWith(self.location.origin)).map(async (url) => {
      const one = await fetch(url, { cache: "no-cache" });
      if (one.ok) await cache.put(url, one);
    }));
    return name;
  } catch {
    return null;
  }
}

async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function current() {
  const name = await noted(CURRENT);
  return name && (await caches.has(name)) ? caches.open(name) : null;
}

async function useNext() {
  const name = await noted(NEXT);
  if (name) {
    await note(CURRENT, name);
    await (await caches.open(NOTES)).delete(NEXT);
    await tidy();
  }
  if (self.registration.waiting) self.skipWaiting();
  for (const tab of await self.clients.matchAll({ type: "window" })) tab.postMessage({ agora: "reload" });
}

async function tidy() {
  const wanted = [await noted(CURRENT), await noted(NEXT), NOTES];
  const names = (await caches.keys()).filter((name) => name.startsWith("agora-page-") && !wanted.includes(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function note(key, text) {
  await (await caches.open(NOTES)).put(key, new Response(text));
}

async function noted(key) {
  return (await (await caches.open(NOTES)).match(key))?.text();
}
