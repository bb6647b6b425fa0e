#!/usr/bin/env bash
# A failing `#[test]` passes in wasm: wasm-bindgen-test-runner leaves it out and reports success.
#
# Packages:  wasm-bindgen-cli, wasm-bindgen-test (crates)
# Versions:  0.2.130, 0.3.80
# Behaviour: With the runner that wasm-bindgen offers for `cargo test --target wasm32-unknown-unknown`, only functions
#            that are marked with `#[wasm_bindgen_test]` run. An ordinary `#[test]` is compiled and then left out: it
#            is counted neither as run nor as ignored or filtered, there is no warning, and the exit status is 0. A
#            file that uses the usual attribute by mistake has tests that can never fail.
# Seen:      2026-11-30, Rust 1.95.0, Node.js 20.20.2:
#              plain: status 0, no tests to run!
#              mixed: status 0, test result: ok. 1 passed; 0 failed; 0 ignored; 0 filtered out
# For us:    tests/web/ has no other tests than #[wasm_bindgen_test]. .ci/test gives up on a suite that prints no
#            result, so a file of plain tests alone would be noticed; one plain test among others would not.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export RUSTUP_TOOLCHAIN=1.95.0 CARGO_TARGET_DIR=$folder/target

rustup target list --installed | grep -qx wasm32-unknown-unknown \
    || { echo "Not tried: 'rustup target add wasm32-unknown-unknown --toolchain 1.95.0' is needed."; exit 2; }
# Without --locked, as in .ci/setup.
cargo install wasm-bindgen-cli --version 0.2.130 --root "$folder/programs" --debug --quiet \
    || { echo "Not tried: wasm-bindgen-cli could not be built."; exit 2; }
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=$folder/programs/bin/wasm-bindgen-test-runner

mkdir src tests
cat >Cargo.toml <<'TOML'
[package]
name = "try"
version = "0.0.0"
edition = "2024"

[dependencies]
wasm-bindgen = "=0.2.130"

[dev-dependencies]
wasm-bindgen-test = "=0.3.80"
TOML
touch src/lib.rs
cat >tests/plain.rs <<'RUST'
#[test]
fn fails() {
    assert_eq!(1 + 1, 3);
}
RUST
cat >tests/mixed.rs <<'RUST'
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn passes() {
    assert_eq!(1 + 1, 2);
}

#[test]
fn fails() {
    assert_eq!(1 + 1, 3);
}
RUST
for file in plain mixed; do
    status=0
    cargo test --target wasm32-unknown-unknown --test "$file" >"$file.log" 2>&1 || status=$?
    echo "$file: status $status, $(grep -E 'test result|no tests' "$file.log" | sed 's/; finished.*//')"
done | tee seen.txt

expected='plain: status 0, no tests to run!
mixed: status 0, test result: ok. 1 passed; 0 failed; 0 ignored; 0 filtered out'
[ "$(cat seen.txt)" = "$expected" ] \
    || { cat ./*.log; echo "Changed: wasm-bindgen-test-runner says something about plain tests."; exit 1; }
echo "As described."
