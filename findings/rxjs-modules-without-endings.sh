#!/usr/bin/env bash
# The ES modules of RxJS cannot be loaded by anything that loads ES modules; only bundlers understand them.
#
# Package:   rxjs (npm)
# Version:   7.8.2
# Behaviour: The package's `exports` name two sets of ES modules, dist/esm and dist/esm5. All their modules import
#            each other without the file's ending, which neither browsers nor Node.js resolve, and the package does
#            not mark them as modules for Node.js either. Node.js does not notice, because `exports` gives it
#            CommonJS. A browser with an import map requests names that no plain server has.
# Seen:      2026-11-30, Node.js 20.20.2:
#              dist/esm: 0 of 901 relative imports have an ending
#              dist/esm as modules in Node.js: ERR_MODULE_NOT_FOUND
# For us:    crates/event-bus/benches/libraries/run.mjs completes the names while it serves the benchmark's page.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --loglevel=error rxjs@7.8.2 >npm.log 2>&1 \
    || { cat npm.log; echo "Not tried: the package could not be installed."; exit 2; }

cat >try.mjs <<'JS'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const FOLDER = 'node_modules/rxjs/dist/esm';
const { exports } = JSON.parse(readFileSync('node_modules/rxjs/package.json', 'utf8'));
if (exports['.'].es2015 !== './dist/esm/index.js') throw new Error('the package names other modules');

const files = readdirSync(FOLDER, { recursive: true }).filter((name) => name.endsWith('.js'));
const sources = files.map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8')).join('\n');
const imports = [...sources.matchAll(/^(?:import|export)\b[^;]*?\bfrom '(\.[^']*)'/gm)].map(([, path]) => path);
const complete = imports.filter((path) => path.endsWith('.js'));
console.log(`dist/esm: ${complete.length} of ${imports.length} relative imports have an ending`);

// Without this mark Node.js would not even take them for modules.
writeFileSync(`${FOLDER}/package.json`, '{ "type": "module" }');
const outcome = await import(`./${FOLDER}/index.js`).then(() => 'loaded', ({ code }) => code);
console.log(`dist/esm as modules in Node.js: ${outcome}`);
JS
node try.mjs | tee seen.txt

grep -q '^dist/esm: 0 of [1-9]' seen.txt && grep -q 'ERR_MODULE_NOT_FOUND' seen.txt \
    || { echo "Changed: the ES modules of RxJS name their files completely, or load."; exit 1; }
echo "As described."
