// A web server for a folder of static files: node script/static.mjs FOLDER PORT, or `startServer`.

import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import sirv from "sirv";

/**
 * Serves a folder on 127.0.0.1, under `base`, which starts and ends with a slash. `port` 0 takes a
 * free one. Answers `{ url, close }`; `url` ends with a slash.
 */
export async function startServer(folder, { port = 0, base = "/" } = {}) {
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    const missing = () => {
      response.statusCode = 404;
      response.end("not found\n");
    };
    if (!request.url.startsWith(base)) return missing();
    request.url = request.url.slice(base.length - 1);
    files(request, response, missing);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function main([folder, port]) {
  try {
    const server = await startServer(folder, { port: Number(port) });
    console.log(`Agora is on ${server.url} (Ctrl-C stops it)`);
    for (const signal of ["SIGINT", "SIGTERM"]) {
      process.on(signal, () => server.close().then(() => process.exit(0)));
    }
  } catch (error) {
    const taken = error.code === "EADDRINUSE";
    console.error(taken ? `port ${port} is taken: try --port N with another` : String(error));
    process.exit(1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv.slice(2));
