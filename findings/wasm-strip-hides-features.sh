#!/usr/bin/env bash
# `strip = true` in a Cargo profile makes a wasm module that wasm-opt refuses.
#
# Packages:  binaryen (npm), with Rust's wasm32-unknown-unknown target
# Versions:  132.0.0, Rust 1.95.0
# Behaviour: rustc uses newer instructions (here: the conversion of a float to an integer that cannot trap) and lists
#            them in a section `target_features`. Later tools read there what they may expect. `strip = true`, which
#            is meant to remove names and debug information, removes this section too, and leaves the instructions.
#            wasm-opt then takes the module for one of the first standard, and refuses it as invalid. The same program
#            without `strip` passes, and wasm-opt removes the names by itself.
# Seen:      2026-11-30, Node.js 20.20.2:
#              whole: 1 lists of features, and whole_part(2.5) is 2
#              whole: wasm-opt optimized it
#              stripped: 0 lists of features, and whole_part(2.5) is 2
#              stripped: wasm-opt refused it: all used features should be allowed
# For us:    The profile `page` in Cargo.toml has no `strip`; wasm-opt, which trunk calls, removes the names.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export RUSTUP_TOOLCHAIN=1.95.0 CARGO_TARGET_DIR=$folder/target

npm install --no-audit --no-fund --loglevel=error binaryen@132.0.0 >npm.log 2>&1 \
    || { cat npm.log; echo "Not tried: the package could not be installed."; exit 2; }
rustup target list --installed | grep -qx wasm32-unknown-unknown \
    || { echo "Not tried: 'rustup target add wasm32-unknown-unknown --toolchain 1.95.0' is needed."; exit 2; }

mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "try"
version = "0.0.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[profile.whole]
inherits = "release"

[profile.stripped]
inherits = "release"
strip = true
TOML
cat >src/lib.rs <<'RUST'
#![no_std]

#[unsafe(no_mangle)]
pub extern "C" fn whole_part(number: f64) -> i32 {
    number as i32
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
RUST
cat >sections.mjs <<'JS'
import { readFileSync } from 'node:fs';

const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const { whole_part } = new WebAssembly.Instance(module).exports;
const lists = WebAssembly.Module.customSections(module, 'target_features').length;
console.log(`${lists} lists of features, and whole_part(2.5) is ${whole_part(2.5)}`);
JS
for profile in whole stripped; do
    cargo build --quiet --target wasm32-unknown-unknown --profile "$profile" \
        || { echo "Not tried: the program could not be built."; exit 2; }
    module=target/wasm32-unknown-unknown/$profile/try.wasm
    echo "$profile: $(node sections.mjs "$module")"
    if npx --no-install wasm-opt -Oz "$module" -o optimized.wasm >wasm-opt.log 2>&1; then
        echo "$profile: wasm-opt optimized it"
    else
        echo "$profile: wasm-opt refused it: $(grep -om 1 'all used features.*allowed' wasm-opt.log)"
    fi
done | tee seen.txt

expected='whole: 1 lists of features, and whole_part(2.5) is 2
whole: wasm-opt optimized it
stripped: 0 lists of features, and whole_part(2.5) is 2
stripped: wasm-opt refused it: all used features should be allowed'
[ "$(cat seen.txt)" = "$expected" ] \
    || { echo "Changed: the list of features or wasm-opt's answer is another one."; exit 1; }
echo "As described."
