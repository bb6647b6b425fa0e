#!/usr/bin/env bash
# Firefox reports "out of memory" for WebAssembly that is cut short while it streams, and no `error` event.
#
# Product:   Firefox (Debian: firefox-esr)
# Version:   153.8.0esr
# Behaviour: `compileStreaming` of a large module that ends in the middle of its code is rejected with `InternalError:
#            out of memory`; `compile` of the same bytes is rejected with a CompileError that says what is wrong. If a
#            module script awaits it at its top level, the window gets an `error` event for the CompileError, and none
#            for the InternalError: the page never learns that its program did not start. A server or proxy that ends an
#            answer early causes it.
# Seen:      2026-11-30:
#              Mozilla Firefox 153.8.0esr
#              compileStreaming: InternalError
#              compile: CompileError
#              await compileStreaming at the top level: nothing
#              await compile at the top level: error
# For us:    The loader of the release catches what `init` is rejected with. tests/browser/downloads.test.mjs cuts the
#            program short in every engine.

set -euo pipefail

browser=$(command -v firefox-esr || command -v firefox) \
    || { echo "Not tried: Firefox is needed (Debian: firefox-esr)."; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir profile

cat >try.mjs <<'JS'
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

/** A number in the format LEB128, in five bytes. */
const leb = (number) => [0, 7, 14, 21, 28].map((shift) => ((number >>> shift) & 0x7f) | (shift < 28 ? 0x80 : 0));
const section = (id, bytes) => [id, ...leb(bytes.length), ...bytes];
/** Functions of 200 instructions. */
const COUNT = 20_000;
const body = [0, ...Array(200).fill(1), 11];
const whole = Buffer.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, [1, 0x60, 0, 0]),
  ...section(3, [...leb(COUNT), ...Array(COUNT).fill(0)]),
  ...section(10, [...leb(COUNT), ...Array(COUNT).fill([...leb(body.length), ...body]).flat()]),
]);
const cut = whole.subarray(0, whole.length / 2);

const CALLS = {
  compileStreaming: "WebAssembly.compileStreaming(fetch('/cut.wasm'))",
  compile: "WebAssembly.compile(await (await fetch('/cut.wasm')).arrayBuffer())",
};
const SCRIPTS = [
  ...Object.entries(CALLS).map(([name, call]) => `
    const error = await (async () => ${call})().then(() => 'no error', ({ name }) => name);
    report('${name}: ' + error);`),
  ...Object.entries(CALLS).map(([name, call]) => `
    setTimeout(() => report('await ${name} at the top level: ' + (heard.join() || 'nothing')), 2000);
    await (async () => ${call})();`),
];
const FIRST = `
  const heard = [];
  for (const kind of ['error', 'unhandledrejection']) addEventListener(kind, () => heard.push(kind));
  const report = async (text) => {
    location.href = await (await fetch('/report', { method: 'POST', body: text })).text();
  };`;

let number = 0;
const server = createServer(async (request, response) => {
  if (request.url === '/cut.wasm') {
    response.writeHead(200, { 'content-type': 'application/wasm' }).end(cut);
  } else if (request.url === '/report') {
    console.log((await request.toArray()).join(''));
    number += 1;
    if (number === SCRIPTS.length) process.exit();
    response.end(`/${number}`);
  } else if (request.url === `/${number}`) {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><script>${FIRST}</script><script type="module">${SCRIPTS[number]}</script>`);
  } else {
    response.writeHead(404).end();
  }
}).listen(0, '127.0.0.1', () => {
  const args = ['--headless', '--no-remote', '--profile', 'profile', `http://127.0.0.1:${server.address().port}/0`];
  const browser = spawn(process.argv[2], args, { stdio: 'ignore' });
  process.once('exit', () => browser.kill());
});
JS
{
    "$browser" --version
    timeout 90 node try.mjs "$browser" || { echo "Not tried: the browser did not open the page."; exit 2; }
} | tee seen.txt

expected='compileStreaming: InternalError
compile: CompileError
await compileStreaming at the top level: nothing
await compile at the top level: error'
[ "$(tail -n +2 seen.txt)" = "$expected" ] || { echo "Changed: Firefox reports another error, or reports it."; exit 1; }
echo "As described."
