#!/usr/bin/env bash
# WebKit reports an error nowhere if it happens after an `await` at the top level of a module.
#
# Product:   WebKitGTK (Debian: webkit2gtk-driver, xvfb)
# Version:   2.50.6
# Behaviour: The window gets no `error` and no `unhandledrejection` event, and nothing is written to the console. A page
#            that shows its errors never learns that its program did not start. Without an `await` before it the error
#            is reported, and also in an async function that is not awaited. Chromium 156 fires `error` for each of
#            them.
# Seen:      2026-11-30:
#              WebKitGTK 2.50.6
#              throw at once: error
#              await, then throw: nothing
#              await a rejected promise: nothing
#              import a module that does so: nothing
#              throw in an async function: unhandledrejection
# For us:    trunk's loader begins with `const wasm = await init(...)`, so the release has another one.
#            tests/browser/downloads.test.mjs checks in every engine that a program that does not arrive is reported.

set -euo pipefail

browser=$(compgen -G '/usr/lib/*/webkit2gtk-4.1/MiniBrowser' | head -n 1) && command -v Xvfb >/dev/null \
    || { echo "Not tried: Debian's packages webkit2gtk-driver and xvfb are needed."; exit 2; }
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder"
Xvfb -displayfd 3 -screen 0 1024x768x24 -nolisten tcp 3>display 2>/dev/null &
until [ -s display ]; do sleep 0.1; done

cat >try.mjs <<'JS'
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

const THROW = 'throw new Error("No.");';
const CASES = {
  'throw at once': THROW,
  'await, then throw': `await 0; ${THROW}`,
  'await a rejected promise': 'await Promise.reject(new Error("No."));',
  'import a module that does so': 'import "/module";',
  'throw in an async function': `(async () => { await 0; ${THROW} })();`,
};
/** Reports what the window has heard after a second, and opens the page of the next case. */
const LISTEN = `
  const heard = [];
  for (const kind of ['error', 'unhandledrejection']) addEventListener(kind, () => heard.push(kind), true);
  setTimeout(() => { location.href = '/report' + location.pathname + '?' + (heard.join() || 'nothing') }, 1000);`;

const server = createServer(({ url }, response) => {
  const { pathname, search } = new URL(url, 'http://localhost');
  const [, number] = /(\d)$/.exec(pathname) ?? [];
  const [name, script] = Object.entries(CASES)[number] ?? [];
  if (pathname === '/module') {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(`await 0; ${THROW}`);
  } else if (pathname.startsWith('/report')) {
    console.log(`${name}: ${search.slice(1)}`);
    if (Number(number) === Object.keys(CASES).length - 1) process.exit();
    response.writeHead(302, { location: `/${Number(number) + 1}` }).end();
  } else if (script) {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><script>${LISTEN}</script><script type="module">${script}</script>`);
  } else {
    response.writeHead(404).end();
  }
}).listen(0, '127.0.0.1', () => {
  const browser = spawn(process.argv[2], [`http://127.0.0.1:${server.address().port}/0`], { stdio: 'ignore' });
  process.once('exit', () => browser.kill());
});
JS
export DISPLAY=:$(cat display) GDK_BACKEND=x11 LIBGL_ALWAYS_SOFTWARE=1 WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1
{
    "$browser" --version
    timeout 60 node try.mjs "$browser" || { echo "Not tried: the browser did not open the page."; exit 2; }
} | tee seen.txt

expected='throw at once: error
await, then throw: nothing
await a rejected promise: nothing
import a module that does so: nothing
throw in an async function: unhandledrejection'
[ "$(tail -n +2 seen.txt)" = "$expected" ] || { echo "Changed: WebKit reports errors after a top-level await."; exit 1; }
echo "As described."
