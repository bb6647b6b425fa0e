//! The table as words and numbers: what the page's own elements show, for screen readers, for tests, and for the top bar.
//!
//! Comes in: the world. Goes out: a [`Mirror`], to be compared with the one before.

use bevy_ecs::prelude::*;

use super::inspector;
use crate::rules::{CELLS, Colour, SLOTS};
use crate::world::layout::Layout;
use crate::world::{Ended, Score, SoundSettings, Staged, Tile, Totals};

/// Everything that the page says besides the picture.
#[derive(Clone, PartialEq, Debug)]
pub struct Mirror {
    /// The colour of each cell, in reading order.
    pub cells: [Option<Colour>; CELLS],
    /// What lies in each slot.
    pub slots: [Option<Staged>; SLOTS],
    /// The numbers at the top.
    pub score: Score,
    /// The end of the game, once it is there.
    pub ended: Option<Ended>,
    /// What the player has done in all games.
    pub totals: Totals,
    /// What the inspector shows, while it is open.
    pub inspector: Option<String>,
    /// The settings of sound.
    pub sound: SoundSettings,
    /// Where everything is.
    pub layout: Layout,
}

impl Mirror {
    /// The world as it is at this time.
    #[must_use]
    pub fn of(world: &mut World, now: f64) -> Self {
        let mut cells = [None; CELLS];
        for tile in world.query::<&Tile>().iter(world) {
            cells[tile.cell.index()] = Some(tile.colour);
        }
        let mut slots = [None; SLOTS];
        for staged in world.query::<&Staged>().iter(world) {
            slots[staged.slot.index()] = Some(*staged);
        }
        Self {
            cells,
            slots,
            score: *world.resource::<Score>(),
            ended: world.get_resource::<Ended>().copied(),
            totals: *world.resource::<Totals>(),
            inspector: inspector::text(world, now),
            sound: *world.resource::<SoundSettings>(),
            layout: world.resource::<Layout>().clone(),
        }
    }
}
