//! Both forms of the notation: reading returns what was written, each recording has one link, and errors have their
//! place. The parsers do not check whether drops are legal, so these tests use arbitrary ones.

mod damaged;
mod errors;
mod forms;
mod naive;
mod properties;
mod urls;

use blockers_rules::{Cell, Deal, DropAt, GameKind, Recording, Slot};

const HEADER: &str = "blockers=1 rules=blocktser dealer=classic game=daily seed=20261123 undos=0";

fn drop_at(slot: usize, row: i32, column: i32) -> DropAt {
    DropAt { slot: Slot::ALL[slot], at: Cell::new(row, column).unwrap() }
}

fn recording(kind: GameKind, seed: u64, undos: u32, drops: &[DropAt]) -> Recording {
    Recording { deal: Deal::new(kind, seed), undos, drops: drops.to_vec() }
}

/// Returns a recording of this many drops. Each drop differs from the next one.
fn long(drops: usize) -> Recording {
    let drops: Vec<_> = (0..drops).map(|n| drop_at(n % 3, (n / 7 % 10) as i32, (n % 10) as i32)).collect();
    recording(GameKind::Relaxed, 987_654_321, 3, &drops)
}

fn sample() -> Recording {
    recording(GameKind::Daily, 20_261_123, 0, &[drop_at(1, 6, 3), drop_at(0, 0, 0), drop_at(2, 9, 9)])
}
