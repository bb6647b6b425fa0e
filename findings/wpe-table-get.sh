#!/usr/bin/env bash
# In an older WebKit `table.get` raises "Out of bounds table access" for numbers in a table of external references.
#
# Product:   WPE WebKit (Debian: libwpewebkit-1.1-0), of the generation of Safari 16
# Version:   2.38.6
# Behaviour: The table has one place, and the index is 0. If the place has a number such as 0 or 1.5, the calls of a
#            function with `table.get` fail from about the 500th on, when the first compiler has compiled the function,
#            to about the 5000th, when the second one has. Texts and objects are always returned. In WebKitGTK 2.50.6 no
#            call fails.
# Seen:      2026-11-30:
#              WPE WebKit 2.38.6
#              number 0: RuntimeError: Out of bounds table access
#              number 1.5: RuntimeError: Out of bounds table access
#              string text: no error
#              object [object Object]: no error
# For us:    wasm-bindgen keeps the values of JavaScript in such a table if reference types are on, as in Rust they are.
#            .cargo/config.toml turns them off; tests/browser/program.test.mjs checks the result, and every test in the
#            older WebKit needs it.

set -euo pipefail

browser=$(compgen -G '/usr/lib/*/wpe-webkit-1.1/MiniBrowser' | head -n 1) \
    || { echo "Not tried: Debian's package libwpewebkit-1.1-0 is needed."; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >try.mjs <<'JS'
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

// (module
//   (table (export "table") 1 externref)
//   (func (export "get") (param i32) (result externref) (table.get 0 (local.get 0))))
const MODULE =
  '0061736d0100000001060160017f016f030201000404016f0001070f02057461626c6501000367657400000a08010600200025000b';
const SCRIPT = `
  const bytes = Uint8Array.from('${MODULE}'.match(/../g), (digits) => parseInt(digits, 16));
  const module = new WebAssembly.Module(bytes);
  /** Calls the function with this value in the table, with pauses for the compiler, and returns the first error. */
  async function errorOf(value) {
    const { table, get } = new WebAssembly.Instance(module).exports;
    table.set(0, value);
    for (let n = 0; n < 5000; n += 1) {
      if (n % 50 === 0) await new Promise((passed) => setTimeout(passed, 5));
      try {
        get(0);
      } catch (error) {
        return String(error).replace(/ \\(evaluating.*/, '');
      }
    }
    return 'no error';
  }
  const lines = [];
  for (const value of [0, 1.5, 'text', {}]) lines.push(typeof value + ' ' + value + ': ' + await errorOf(value));
  fetch('/report', { method: 'POST', body: lines.join('\\n') });`;

const server = createServer(async (request, response) => {
  if (request.url === '/report') {
    console.log((await request.toArray()).join(''));
    process.exit();
  }
  response.setHeader('content-type', 'text/html');
  response.end(`<!doctype html><script type="module">${SCRIPT}</script>`);
}).listen(0, '127.0.0.1', () => {
  const browser = spawn(process.argv[2], ['--headless', `http://127.0.0.1:${server.address().port}/`], { stdio: 'ignore' });
  process.once('exit', () => browser.kill());
});
JS
export WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1
{
    "$browser" --version
    timeout 60 node try.mjs "$browser" || { echo "Not tried: the browser did not open the page."; exit 2; }
} | tee seen.txt

expected='number 0: RuntimeError: Out of bounds table access
number 1.5: RuntimeError: Out of bounds table access
string text: no error
object [object Object]: no error'
[ "$(tail -n +2 seen.txt)" = "$expected" ] || { echo "Changed: table.get returns numbers, or other values fail."; exit 1; }
echo "As described."
