//! The view model: everything that the page shows besides the canvas, as plain values. The page compares it with the
//! previous one and changes only what differs. Tests read it instead of a page.

use bevy_ecs::prelude::*;

use super::animation::Motion;
use super::inspector;
use super::theme::Look;
use crate::records::{Archive, Bests, DailyResult, DailyResults, Date};
use crate::words::{self, Language, Replayed};
use crate::world::layout::Layout;
use crate::world::{
    Ended, KeyHand, OpenPanel, Panel, Phantom, Play, Score, Settings, ShownStatistics, SoundSettings, Staged, Stored,
    SystemPreferences, Tile, Today,
};
use blockers_rules::{Anchor, CELLS, Cell, Colour, Deal, SLOTS, Slot};

/// Everything that the page shows besides the canvas.
#[derive(Clone, PartialEq, Debug)]
pub struct ViewModel {
    /// The language of all texts.
    pub language: Language,
    /// The colour of each cell, in reading order.
    pub cells: [Option<Colour>; CELLS],
    /// The piece in each slot.
    pub slots: [Option<Staged>; SLOTS],
    /// The shape that is held by keys.
    pub hovering: Option<Hovering>,
    /// The numbers at the top.
    pub score: Score,
    /// The result of the game, if it is over.
    pub ended: Option<Ended>,
    /// The deal of the game.
    pub deal: Deal,
    /// Whether undo and redo are possible.
    pub steps: Steps,
    /// The replay, if one is open.
    pub replay: Option<ShownReplay>,
    /// The open panel.
    pub panel: Option<Panel>,
    /// The texts of the menu, while it is open.
    pub menu: Option<Menu>,
    /// The statistics, while they are open.
    pub statistics: Option<ShownStatistics>,
    /// The number of games that the player has ended.
    pub games: u64,
    /// The text of the inspector, while it is open.
    pub inspector: Option<String>,
    /// The settings of the sound.
    pub sound: SoundSettings,
    /// All other settings.
    pub settings: Settings,
    /// The theme, and whether the colours have marks.
    pub look: Look,
    /// How much is animated.
    pub motion: Motion,
    /// Where everything is.
    pub layout: Layout,
}

/// A shape that is held by keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hovering {
    /// The slot of the shape.
    pub slot: Slot,
    /// The cell under its top-left cell.
    pub at: Cell,
    /// Whether it can be dropped there.
    pub fits: bool,
}

/// Which steps through the history of the game are possible. During a replay there are none.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Steps {
    /// Whether the last drop can be undone.
    pub undo: bool,
    /// Whether a drop that was undone can be repeated.
    pub redo: bool,
}

/// An open replay.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ShownReplay {
    /// Its position.
    pub at: Replayed,
    /// Whether it is playing, and not paused.
    pub playing: bool,
    /// The speed; 1 is the usual one.
    pub pace: f32,
}

/// What the menu shows about the kinds of game.
#[derive(Clone, PartialEq, Debug)]
pub struct Menu {
    /// The best scores.
    pub bests: Bests,
    /// Today.
    pub today: Date,
    /// The result of today's daily board, if there is one.
    pub result: Option<DailyResult>,
}

impl ViewModel {
    /// Returns the view model of the world at this time, in milliseconds.
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
        let phantom = world.query::<&Phantom>().iter(world).next().map(|phantom| phantom.at);
        let play = world.resource::<Play>();
        let timeline = play.timeline();
        let held = world.resource::<KeyHand>().held(play.epoch);
        // The phantom shows where a drop would land. Keys move a shape by whole cells, so the phantom is exactly below
        // the shape, or there is none.
        let hovering =
            held.map(|held| Hovering { slot: held.slot, at: held.at, fits: phantom == Some(Anchor::from(held.at)) });
        let live = play.is_live();
        let steps = Steps { undo: live && timeline.position() > 0, redo: live && timeline.next().is_some() };
        let replay = play.shown.as_ref().map(|replay| ShownReplay {
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
            bests: world.resource::<Stored<Bests>>().0.clone(),
            today,
            result: world.resource::<Stored<DailyResults>>().0.result(today),
        });
        let (settings, system) = (*world.resource::<Settings>(), *world.resource::<SystemPreferences>());
        let statistics = world.get_resource::<ShownStatistics>().filter(|_| panel == Some(Panel::Statistics));
        Self {
            language: words::language(),
            cells,
            slots,
            hovering,
            score: *world.resource::<Score>(),
            ended: world.get_resource::<Ended>().copied(),
            deal: timeline.deal(),
            steps,
            replay,
            panel,
            menu,
            statistics: statistics.cloned(),
            games: world.resource::<Stored<Archive>>().0.totals(None).games,
            inspector: inspector::text(world, now),
            sound: *world.resource::<SoundSettings>(),
            settings,
            look: Look::of(&settings, system),
            motion: Motion::of(&settings, system),
            layout: world.resource::<Layout>().clone(),
        }
    }

    /// Returns `true` if no game is in progress: none was begun, or the last one is over. Only then does the page offer
    /// an update.
    #[must_use]
    pub fn is_between_games(&self) -> bool {
        self.ended.is_some() || (self.replay.is_none() && self.steps == Steps::default())
    }
}
