#!/usr/bin/env bash
# The minifier inside trunk turns 'use strict' into a template literal, and the script runs in sloppy mode.
#
# Package:   minify-js (crate, the minifier of trunk 0.21.14)
# Version:   0.5.6
# Behaviour: All string literals become template literals, also the directive 'use strict'. A directive must be an
#            ordinary string literal at the start of its function, so nothing is left of it: an assignment to a
#            misspelt name creates a global variable instead of an error, and `this` of a plain call is the global
#            object. Function declarations are moved before it, so it is no longer at the start either. trunk minifies
#            with it every script that index.html names.
# Seen:      2026-11-30, Rust 1.95.0, Node.js 20.20.2:
#              written: strict
#              minified: sloppy
#              (()=>{function a(){return this}`use strict`;console.log(a()===undefined?`strict`:`sloppy`)})()
# For us:    www/boot.js and www/offline.js are strict as they are written, and in development builds. In the release
#            they are not, and nothing in them may depend on it. The release's boot.js also needs a browser with
#            ES2015, because the minifier makes arrow functions and template literals of the older syntax in which it
#            is written.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export RUSTUP_TOOLCHAIN=1.95.0 CARGO_TARGET_DIR=$folder/target

mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "try"
version = "0.0.0"
edition = "2024"

[dependencies]
minify-js = "=0.5.6"
TOML
cat >src/main.rs <<'RUST'
use std::io::{Read, Write, stdin, stdout};

use minify_js::{Session, TopLevelMode, minify};

fn main() {
    let (mut script, mut minified) = (Vec::new(), Vec::new());
    stdin().read_to_end(&mut script).unwrap();
    minify(&Session::new(), TopLevelMode::Global, &script, &mut minified).unwrap();
    stdout().write_all(&minified).unwrap();
}
RUST
cat >script.js <<'JS'
(function () {
  'use strict';

  function receiver() {
    return this;
  }

  console.log(receiver() === undefined ? 'strict' : 'sloppy');
})();
JS
cargo build --quiet || { echo "Not tried: the program could not be built."; exit 2; }
target/debug/try <script.js >minified.js
{
    echo "written: $(node script.js)"
    echo "minified: $(node minified.js)"
    cat minified.js
    echo
} | tee seen.txt

{ grep -qx 'written: strict' seen.txt && grep -qx 'minified: sloppy' seen.txt; } \
    || { echo "Changed: minify-js keeps strict mode."; exit 1; }
echo "As described."
