//! Both written forms of a recording: what is written is read again, a link has only one form, and what is wrong is refused with
//! its place. Whether a game could go so is not asked here, so the drops are any drops.

mod any;
mod plain;
mod refused;
mod spoiled;
mod written;

use blockers::rules::{Cell, Deal, DropAt, GameKind, Recording, Slot};

const HEADER: &str = "blockers=1 rules=blocktser dealer=classic game=daily seed=20261123 undos=0";

fn drop_at(slot: usize, row: i32, column: i32) -> DropAt {
    DropAt { slot: Slot::ALL[slot], at: Cell::new(row, column).expect("it is on the board") }
}

fn recording(kind: GameKind, seed: u64, undos: u32, drops: &[DropAt]) -> Recording {
    Recording { deal: Deal::new(kind, seed), undos, drops: drops.to_vec() }
}

/// A recording of so many drops that are all different from their neighbours.
fn long(drops: usize) -> Recording {
    let drops: Vec<_> = (0..drops).map(|n| drop_at(n % 3, (n / 7 % 10) as i32, (n % 10) as i32)).collect();
    recording(GameKind::Kind, 987_654_321, 3, &drops)
}

fn sample() -> Recording {
    recording(GameKind::Daily, 20_261_123, 0, &[drop_at(1, 6, 3), drop_at(0, 0, 0), drop_at(2, 9, 9)])
}
