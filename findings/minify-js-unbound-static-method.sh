#!/usr/bin/env bash
# The minifier inside trunk calls `Promise.all` without `Promise` as soon as a script uses it twice.
#
# Package:   minify-js (crate, the minifier of trunk 0.21.14)
# Version:   0.5.6
# Behaviour: Properties of built-in objects that occur more than once are read into a variable, and called from there.
#            `Promise.all`, `Promise.race` and others need `Promise` as their `this`, so every such call throws a
#            TypeError. With one occurrence the call stays as it is, so a second one in another function breaks the
#            first.
# Seen:      2026-11-30, Rust 1.95.0, Node.js 20.20.2:
#              once, minified: 1
#              twice, minified: TypeError: Promise.all called on non-object
# For us:    www/boot.js and www/offline.js use each such method once at most. The browser tests run on the release.

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
cat >once.js <<'JS'
(function () {
  function first(all) {
    return Promise.all(all).then(function (results) {
      return results[0];
    });
  }

  first([1]).then(console.log);
})();
JS
cat >twice.js <<'JS'
(function () {
  function first(all) {
    return Promise.all(all).then(function (results) {
      return results[0];
    });
  }

  function last(all) {
    return Promise.all(all).then(function (results) {
      return results[results.length - 1];
    });
  }

  first([1]).then(console.log);
  last([1]).then(console.log);
})();
JS
cargo build --quiet || { echo "Not tried: the program could not be built."; exit 2; }
for script in once twice; do
    target/debug/try <"$script.js" >"$script.min.js"
    printf '%s, minified: ' "$script"
    { node "$script.min.js" 2>&1 || true; } | grep -E '^([0-9]+|TypeError: .*)$' | head -n 1
done | tee seen.txt

{ grep -qx 'once, minified: 1' seen.txt && grep -qx 'twice, minified: TypeError: Promise.all called on non-object' seen.txt; } \
    || { echo "Changed: minify-js calls static methods with their object."; exit 1; }
echo "As described."
