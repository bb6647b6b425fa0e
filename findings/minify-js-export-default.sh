#!/usr/bin/env bash
# The minifier inside trunk refuses the last line of every module that wasm-bindgen writes.
#
# Packages:  minify-js (crate, the minifier of trunk 0.21.14), wasm-bindgen 0.2.130 (whose output it gets)
# Version:   0.5.6
# Behaviour: `export { name as default }` is standard since 2015. The parser knows `default` only before `as`, and
#            stops with RequiredTokenNotFound. wasm-bindgen ends its modules with such a line for `--target web`.
#            trunk logs one warning in the middle of a long build, ships the module as it was, and exits with 0, so
#            `minify = "on_release"` is silently without effect on the largest script of the page.
# Seen:      2026-11-30, Rust 1.95.0:
#              export { init }: minified
#              export { init as start }: minified
#              export { init as default }: RequiredTokenNotFound(Identifier)
#              export default init: minified
# For us:    Trunk.toml has `minify = "on_release"`. The style sheets and the HTML are minified; the bindings are
#            served as they are, and compression by the host takes most of the difference.

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
use minify_js::{Session, TopLevelMode, minify};

fn main() {
    for line in ["export { init }", "export { init as start }", "export { init as default }", "export default init"] {
        let module = format!("const init = async (bytes) => bytes;\n{line};\n");
        let outcome = match minify(&Session::new(), TopLevelMode::Module, module.as_bytes(), &mut Vec::new()) {
            Ok(()) => "minified".to_owned(),
            Err(error) => format!("{:?}", error.typ),
        };
        println!("{line}: {outcome}");
    }
}
RUST
cargo build --quiet || { echo "Not tried: the program could not be built."; exit 2; }
target/debug/try | tee seen.txt

expected='export { init }: minified
export { init as start }: minified
export { init as default }: RequiredTokenNotFound(Identifier)
export default init: minified'
[ "$(cat seen.txt)" = "$expected" ] || { echo "Changed: minify-js takes other exports than it did."; exit 1; }
echo "As described."
