#!/usr/bin/env bash
# WebKit never requests a module again whose `<link rel=modulepreload>` has failed once, not even after a reload.
#
# Product:   WebKitGTK (Debian: webkit2gtk-driver, xvfb)
# Version:   2.50.6
# Behaviour: The server answers a preloaded module with 404 once, and has it from then on. The page fails whenever it is
#            loaded again, by `location.reload()` or by its address, and the server gets no further request for the
#            module, although the answer said `no-store`. So a reload button does not help after a short failure of the
#            network. Without the `<link>` the next load requests the module, and the page runs. So it does in Chromium
#            156, in Firefox 153 and in WPE WebKit 2.38.6, which does not know such a `<link>`.
# Seen:      2026-11-30:
#              WebKitGTK 2.50.6
#              with modulepreload: fails, fails, fails; 1 request
#              without: fails, runs, runs; 3 requests
# For us:    trunk writes such a <link>, so the release has to leave it out. tests/browser/downloads.test.mjs presses
#            the button 'Reload' after each kind of failure, in every engine.

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

const SCRIPT = '<script type="module" src="module.js"></script>';
const PAGES = [
  ['with modulepreload', `<link rel="modulepreload" href="module.js">${SCRIPT}`],
  ['without', SCRIPT],
];
/** Reports whether the module fails, and opens what the server says, or loads the page again. */
const REPORT = `addEventListener('load', () => setTimeout(async () => {
  const address = await (await fetch('report?' + (window.runs ? 'runs' : 'fails'))).text();
  if (address) location.href = address;
  else location.reload();
}, 500));`;

let [number, requests, reports] = [0, 0, []];
const server = createServer(({ url }, response) => {
  const [name, html] = PAGES[number];
  response.setHeader('cache-control', 'no-store');
  if (url.endsWith('/module.js')) {
    requests += 1;
    response.writeHead(requests > 1 ? 200 : 404, { 'content-type': 'text/javascript' }).end('window.runs = true;');
  } else if (url.includes('/report?')) {
    reports.push(url.split('?')[1]);
    if (reports.length < 3) return response.end();
    console.log(`${name}: ${reports.join(', ')}; ${requests} request${requests === 1 ? '' : 's'}`);
    [number, requests, reports] = [number + 1, 0, []];
    if (number === PAGES.length) process.exit();
    response.end(`/${number}/`);
  } else if (url === `/${number}/`) {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><script>${REPORT}</script>${html}`);
  } else {
    response.writeHead(404).end();
  }
}).listen(0, '127.0.0.1', () => {
  const browser = spawn(process.argv[2], [`http://127.0.0.1:${server.address().port}/0/`], { stdio: 'ignore' });
  process.once('exit', () => browser.kill());
});
JS
export DISPLAY=:$(cat display) GDK_BACKEND=x11 LIBGL_ALWAYS_SOFTWARE=1 WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1
{
    "$browser" --version
    timeout 60 node try.mjs "$browser" || { echo "Not tried: the browser did not open the page."; exit 2; }
} | tee seen.txt

expected='with modulepreload: fails, fails, fails; 1 request
without: fails, runs, runs; 3 requests'
[ "$(tail -n +2 seen.txt)" = "$expected" ] || { echo "Changed: WebKit requests the module at another time."; exit 1; }
echo "As described."
