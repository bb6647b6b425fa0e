// A server for the built page, on this machine only: plain static files without caching, so that a test sees every
// request and always the newest build.

import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Serves a folder, relative to the project's root, at a free port.
 *
 * @param {string} dir
 * @param {import('sirv').Options} options Without `dev` sirv reads the folder only once, and lets the browser cache the
 * files.
 * @param {import('node:http').RequestListener} answer Gets every request first, and returns something truthy if it
 * answers it.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} `url` ends with a slash.
 */
export async function serve(dir = 'dist', options = { dev: true }, answer = () => false) {
  const folder = resolve(root, dir);
  if (!existsSync(resolve(folder, 'index.html'))) {
    throw new Error(`There is no page in ${dir}/: run \`make build\` first.`);
  }

  const files = sirv(folder, options);
  const server = createServer((request, response) => answer(request, response) || files(request, response));
  await new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', listening);
  });

  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        // A browser keeps its connections open, and `close` would wait for that.
        server.closeAllConnections();
      }),
  };
}
