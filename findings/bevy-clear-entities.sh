#!/usr/bin/env bash
# After bevy's World::clear_entities an old id names a new entity, and a resource lands on an unrelated entity.
#
# Package:   bevy_ecs (crate)
# Version:   0.20.1
# Behaviour: Resources are entities in this version, and `clear_entities` removes them with all others, as its docs
#            say. Two more things follow that they do not say. It also forgets the generations of all ids, whose
#            purpose is that an id of a despawned entity is never valid again: an id that was kept from before the
#            call is valid afterwards, and names whatever entity was spawned in its place. And the world still
#            remembers where each resource was: one that is inserted again goes to that place, which is now an entity
#            with other components.
# Seen:      2026-11-30, Rust 1.95.0:
#              entities in a new world: 1
#              the id of "old" after clear_entities: Some("new 2")
#              the entity with the resource is also: ["new 1"]
# For us:    Nothing calls `clear_entities` or `clear_all`: src/ despawns entities one by one, and a table is
#            exchanged by the handlers. Tests count entities as a difference and not as a number
#            (tests/flow/game_lifecycle.rs). The bus is a resource, so a program that uses
#            crates/event-bus must not clear its world either.

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
bevy_ecs = { version = "=0.20.1", default-features = false }
TOML
cat >src/main.rs <<'RUST'
use bevy_ecs::prelude::*;

#[derive(Component)]
struct Name(String);

#[derive(Resource)]
struct Score;

fn main() {
    let mut world = World::new();
    println!("entities in a new world: {}", world.entities().count_spawned());

    world.insert_resource(Score);
    let old = world.spawn(Name("old".to_owned())).id();
    world.clear_entities();

    for number in 0..8 {
        world.spawn(Name(format!("new {number}")));
    }
    println!("the id of \"old\" after clear_entities: {:?}", world.get::<Name>(old).map(|name| &name.0));

    world.insert_resource(Score);
    let shared: Vec<_> = world.query_filtered::<&Name, With<Score>>().iter(&world).map(|name| &name.0).collect();
    println!("the entity with the resource is also: {shared:?}");
}
RUST
cargo build --quiet || { echo "Not tried: the program could not be built."; exit 2; }
target/debug/try | tee seen.txt

expected='entities in a new world: 1
the id of "old" after clear_entities: Some("new 2")
the entity with the resource is also: ["new 1"]'
[ "$(cat seen.txt)" = "$expected" ] || { echo "Changed: bevy_ecs clears a world in another way than it did."; exit 1; }
echo "As described."
