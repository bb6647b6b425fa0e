#!/usr/bin/env bash
# `f32::clamp` with limits that the compiler does not know adds the formatting of floating-point numbers to a program.
#
# Package:   Rust's standard library, target wasm32-unknown-unknown
# Version:   1.95.0
# Behaviour: `f32::clamp` panics if its limits are in the wrong order, and its message contains both limits. So a single
#            call brings in the code that prints floating-point numbers to the last digit, with its big integers and
#            tables, even if the program prints no number. `assert!(low <= high)` with `max` and `min` panics in the
#            same cases. `i32::clamp` has no numbers in its message. If the limits are constants, nothing is added.
# Seen:      2026-12-01, opt-level z, LTO, panic=abort, stripped; the bytes of the module:
#              f32::clamp, limits from outside:           24461
#              assert!, max and min, limits from outside: 812
#              f32::clamp, constant limits, and assert!:  776
# For us:    `between` in src/world/geometry.rs has no message. The page has no code for printing such numbers;
#            `make size` shows it if it comes back.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export RUSTUP_TOOLCHAIN=1.95.0

# bytes BODY: prints the size of a module whose only function has this body.
bytes() {
    cat >try.rs <<RUST
#[unsafe(no_mangle)]
pub extern "C" fn limit(number: f32, low: f32, high: f32) -> f32 {
    $1
}
RUST
    rustc --edition 2024 --crate-type cdylib --target wasm32-unknown-unknown -Copt-level=z -Clto -Cpanic=abort \
        -Cstrip=symbols -o try.wasm try.rs
    stat --format %s try.wasm
}

clamp=$(bytes 'number.clamp(low, high)')
parts=$(bytes 'assert!(low <= high); number.max(low).min(high)')
constant=$(bytes 'assert!(low <= high); number.clamp(0.0, 1.0)')
echo "f32::clamp, limits from outside:           $clamp"
echo "assert!, max and min, limits from outside: $parts"
echo "f32::clamp, constant limits, and assert!:  $constant"
if ((clamp < parts + 8000 || constant > parts + 100)); then
    echo "The behaviour has changed: clamp does not add the formatting of numbers any more." >&2
    exit 1
fi
