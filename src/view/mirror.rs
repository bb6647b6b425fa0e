//! The table as words and numbers: what the page's own elements show, for screen readers, for tests, and for the top bar.
//!
//! Comes in: the world. Goes out: a [`Mirror`], to be compared with the one before.

use bevy_ecs::prelude::*;

use super::animation::Motion;
use super::inspector;
use super::theme::Look;
use crate::records::{Archive, Bests, DailyResult, DailyResults, Date};
use crate::rules::{CELLS, Cell, Colour, Deal, SLOTS, Slot};
use crate::words::{self, Language, Replayed};
use crate::world::layout::Layout;
use crate::world::{
    Ended, Kept, KeyHand, OpenPanel, Panel, Play, Score, Settings, ShownStatistics, SoundSettings, Staged,
    SystemWishes, Tile, Today,
};

/// Everything that the page says besides the picture.
#[derive(Clone, PartialEq, Debug)]
pub struct Mirror {
    /// The language that it is said in.
    pub language: Language,
    /// The colour of each cell, in reading order.
    pub cells: [Option<Colour>; CELLS],
    /// What lies in each slot.
    pub slots: [Option<Staged>; SLOTS],
    /// What the keyboard holds.
    pub hovering: Option<Hovering>,
    /// The numbers at the top.
    pub score: Score,
    /// The end of the game, once it is there.
    pub ended: Option<Ended>,
    /// What the game was dealt from.
    pub deal: Deal,
    /// Can a drop be taken back, and can one be played again?
    pub steps: [bool; 2],
    /// The replay that is going on.
    pub replay: Option<Shown>,
    /// The panel that is open.
    pub panel: Option<Panel>,
    /// What the menu says, while it is open.
    pub menu: Option<Menu>,
    /// The statistics, while they are open.
    pub statistics: Option<ShownStatistics>,
    /// How many games the player has ended.
    pub games: u64,
    /// What the inspector shows, while it is open.
    pub inspector: Option<String>,
    /// The settings of sound.
    pub sound: SoundSettings,
    /// All other settings.
    pub settings: Settings,
    /// How the page looks.
    pub look: Look,
    /// How much moves on it.
    pub motion: Motion,
    /// Where everything is.
    pub layout: Layout,
}

/// A shape that is held by keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hovering {
    /// The slot that it is from.
    pub slot: Slot,
    /// The cell under its top-left one.
    pub at: Cell,
    /// Could it be let go there?
    pub fits: bool,
}

/// A replay.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Shown {
    /// Where it is.
    pub at: Replayed,
    /// Does it go on by itself?
    pub playing: bool,
    /// How many times as fast as usual.
    pub pace: f32,
}

/// What the menu says of the kinds of game.
#[derive(Clone, PartialEq, Debug)]
pub struct Menu {
    /// The best scores.
    pub bests: Bests,
    /// The day.
    pub today: Date,
    /// The result of its board, if there is one.
    pub result: Option<DailyResult>,
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
        let play = world.resource::<Play>();
        let timeline = play.timeline();
        let held = world.resource::<KeyHand>().over(play.table);
        let hovering = held.map(|held| Hovering {
            slot: held.slot,
            at: held.at,
            fits: play.game().anchors(held.slot).contains(held.at),
        });
        let replay = play.shown.as_ref().map(|replay| Shown {
            at: Replayed {
                position: timeline.position(),
                total: timeline.drops().len(),
                score: play.game().score(),
                verified: replay.from_link,
            },
            playing: replay.playing,
            pace: replay.pace(),
        });
        let panel = world.resource::<OpenPanel>().0;
        let today = world.get_resource::<Today>().filter(|_| panel == Some(Panel::Menu));
        let menu = today.map(|&Today(today)| Menu {
            bests: world.resource::<Kept<Bests>>().0.clone(),
            today,
            result: world.resource::<Kept<DailyResults>>().0.result(today),
        });
        let (settings, system) = (*world.resource::<Settings>(), *world.resource::<SystemWishes>());
        let statistics = world.get_resource::<ShownStatistics>().filter(|_| panel == Some(Panel::Statistics));
        Self {
            language: words::language(),
            cells,
            slots,
            hovering,
            score: *world.resource::<Score>(),
            ended: world.get_resource::<Ended>().copied(),
            deal: timeline.deal(),
            steps: [timeline.position() > 0, timeline.next().is_some()].map(|possible| possible && play.is_live()),
            replay,
            panel,
            menu,
            statistics: statistics.cloned(),
            games: world.resource::<Kept<Archive>>().0.totals(None).games,
            inspector: inspector::text(world, now),
            sound: *world.resource::<SoundSettings>(),
            settings,
            look: Look::of(&settings, system),
            motion: Motion::of(&settings, system),
            layout: world.resource::<Layout>().clone(),
        }
    }

    /// Is no game going on: has none been begun, or is it over? Then the player can be asked for something else.
    #[must_use]
    pub fn is_between_games(&self) -> bool {
        self.ended.is_some() || (self.replay.is_none() && self.steps == [false, false])
    }
}
