#!/usr/bin/env bash
# A bevy schedule in which a system panicked runs only its remaining systems the next time; a one-shot system is gone.
#
# Package:   bevy_ecs (crate)
# Version:   0.20.1
# Behaviour: A program may catch a panic that comes out of `Schedule::run`, for example to go on with the next frame.
#            The schedule then has half a run behind it, and the next run is not a run but the other half: systems
#            that ran before the panic, and the one that panicked, are left out without any message. The run after
#            that is whole again. A system that was registered for `run_system` is lost for good when it panics once:
#            each later call returns an error, while its id stays valid.
# Seen:      2026-11-30, Rust 1.95.0, three systems in a chain, the second one panics in the first run only:
#              run 1: first, panic caught
#              run 2: third
#              run 3: first second third
#              registered system, run 1: panic caught
#              registered system, run 2: SystemMissing
#              registered system, run 3: SystemMissing
# For us:    crates/event-bus uses neither schedules nor registered systems. What a panic in a handler leaves is
#            written in its docs (src/lib.rs, "When a handler fails") and checked in tests/bus/calls.rs. In the page a
#            panic aborts.

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
bevy_ecs = { version = "=0.20.1", default-features = false, features = ["std"] }
TOML
cat >src/main.rs <<'RUST'
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};

use bevy_ecs::prelude::*;

#[derive(Resource, Default)]
struct Ran(Vec<&'static str>);

#[derive(Resource)]
struct Fails(bool);

fn second(mut ran: ResMut<Ran>, mut fails: ResMut<Fails>) {
    if std::mem::replace(&mut fails.0, false) {
        panic!("once");
    }
    ran.0.push("second");
}

fn main() {
    set_hook(Box::new(|_| {}));
    let mut world = World::new();
    world.init_resource::<Ran>();
    world.insert_resource(Fails(true));

    let mut schedule = Schedule::default();
    let first = |mut ran: ResMut<Ran>| ran.0.push("first");
    let third = |mut ran: ResMut<Ran>| ran.0.push("third");
    schedule.add_systems((first, second, third).chain());
    for run in 1..=3 {
        let caught = catch_unwind(AssertUnwindSafe(|| schedule.run(&mut world))).is_err();
        let ran = std::mem::take(&mut world.resource_mut::<Ran>().0).join(" ");
        println!("run {run}: {ran}{}", if caught { ", panic caught" } else { "" });
    }

    world.insert_resource(Fails(true));
    let id = world.register_system(second);
    for run in 1..=3 {
        let outcome = match catch_unwind(AssertUnwindSafe(|| world.run_system(id))) {
            Err(_) => "panic caught".to_owned(),
            Ok(Ok(())) => "ran".to_owned(),
            Ok(Err(error)) => format!("{error:?}").split('(').next().unwrap_or_default().to_owned(),
        };
        println!("registered system, run {run}: {outcome}");
    }
}
RUST
cargo build --quiet || { echo "Not tried: the program could not be built."; exit 2; }
target/debug/try | tee seen.txt

expected='run 1: first, panic caught
run 2: third
run 3: first second third
registered system, run 1: panic caught
registered system, run 2: SystemMissing
registered system, run 3: SystemMissing'
[ "$(cat seen.txt)" = "$expected" ] || { echo "Changed: bevy_ecs behaves differently after a panic."; exit 1; }
echo "As described."
