#!/usr/bin/env bash
# `wasm-opt --all-features` writes modules that no engine loads, as soon as they import two functions.
#
# Package:   binaryen (npm)
# Version:   132.0.0
# Behaviour: The flag is meant to allow the input every feature that wasm-opt can read. It also changes the output:
#            one of the features is a proposal for a shorter list of imports, and wasm-opt uses it for every module
#            with two imports from the same place, whether or not the module was written for it. All modules of
#            wasm-bindgen have such imports. No pass needs to be named. With `--disable-compact-imports` after it, the
#            output loads.
# Seen:      2026-11-30, Node.js 20.20.2, a module that imports two functions:
#              no flag: loads
#              --all-features: WebAssembly.compile(): unknown import kind 0x7f @+25
#              --all-features --disable-compact-imports: loads
#            By hand on the same day: the module is also refused by Node.js 26.12.1, by Chromium 156 ("Invalid import
#            kind 127, enable with --wasm-compact-imports") and by Firefox 153.
# For us:    index.html asks trunk for `data-wasm-opt="z"` and for no other parameters. wasm-opt then uses the
#            features that the module itself lists.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-audit --no-fund --loglevel=error binaryen@132.0.0 >npm.log 2>&1 \
    || { cat npm.log; echo "Not tried: the package could not be installed."; exit 2; }

cat >module.wat <<'WAT'
(module
  (import "page" "log" (func $log (param i32)))
  (import "page" "now" (func $now (result i32)))
  (func (export "run") (call $log (call $now))))
WAT
cat >load.mjs <<'JS'
import { readFileSync } from 'node:fs';

const outcome = await WebAssembly.compile(readFileSync('module.wasm')).then(() => 'loads', ({ message }) => message);
console.log(`${process.argv.slice(2).join(' ') || 'no flag'}: ${outcome}`);
JS

# try FLAG...
try() {
    npx --no-install wasm-opt "$@" -O1 module.wat -o module.wasm
    node load.mjs "$@"
}
{
    try
    try --all-features
    try --all-features --disable-compact-imports
} | tee seen.txt

{ grep -qx 'no flag: loads' seen.txt && grep -qx -- '--all-features --disable-compact-imports: loads' seen.txt; } \
    || { echo "Changed: wasm-opt's output does not load with fewer features either."; exit 1; }
! grep -qx -- '--all-features: loads' seen.txt \
    || { echo "Changed: what wasm-opt writes with --all-features loads now."; exit 1; }
echo "As described."
