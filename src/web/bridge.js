// The page's end of the service worker: answers with the session on screen, and offers new versions.

const PATIENCE_MS = 20000;

// The session on screen, once the page has made it.
async function session() {
  const until = performance.now() + PATIENCE_MS;
  while (!window.agora && performance.now() < until) await new Promise((next) => setTimeout(next, 50));
  return window.agora;
}

async function answer(asked) {
  const host = await session();
  if (!host) return null;
  const { status, body } = await host.request(asked.method, asked.path, asked.body ?? undefined);
  return { status, body: JSON.stringify(body), allow: body?.allowed_methods?.join(", ") };
}

function offer(worker) {
  if (document.querySelector(".version-offer")) return;
  const bar = document.createElement("div");
  bar.className = "version-offer";
  bar.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = "A new version of this page is ready.";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button-small";
  button.textContent = "Reload with it";
  button.addEventListener("click", () => worker.postMessage({ agora: "use-new-version" }));
  bar.append(words, button);
  document.body.append(bar);
}

function hear(event) {
  const { data, ports } = event;
  if (data?.agora === "greeting" && ports[0]) {
    const port = ports[0];
    port.onmessage = async ({ data: asked }) => port.postMessage(await answer(asked));
    port.postMessage({ agora: "here" });
  } else if (data?.agora === "new-version") {
    offer(event.source);
  } else if (data?.agora === "reload") {
    location.reload();
  }
}

async function start() {
  const container = navigator.serviceWorker;
  container.addEventListener("message", hear);
  container.startMessages();
  const registration = await container.register("worker.js", { scope: "./", updateViaCache: "none" });
  const waiting = () => {
    if (registration.waiting && container.controller) offer(registration.waiting);
  };
  waiting();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", waiting);
  });
}

// Only once the page stands, so that nothing competes with its own loading; without a worker it works too.
if ("serviceWorker" in navigator && location.protocol.startsWith("http")) {
  session().then(() => start()).catch(() => {});
}
