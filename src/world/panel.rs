//! The panels over the game, and what the player can request there.

use bevy_ecs::prelude::*;

use crate::records::{Date, Statistics};
use blockers_rules::GameKind;

/// A requested game.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// Another game of the current kind.
    Another,
    /// A game of this kind; for [`GameKind::Daily`], the board of the day that the menu shows or of today, and for
    /// [`GameKind::Seed`], of the current seed.
    Kind(GameKind),
    /// The daily board of this day.
    Daily(Date),
    /// The game of this seed.
    Seed(u64),
    /// The game of the replay, continued from its current position.
    PlayOn,
}

/// A panel over the game.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Panel {
    /// The menu with the kinds of game and other actions.
    Menu,
    /// The statistics of all ended games.
    Statistics,
    /// The settings.
    Settings,
    /// The keys and the scoring rules.
    Help,
    /// Asks whether to leave the current game for this one.
    Question(Wanted),
    /// Asks whether to replace all data by an imported file.
    Replacing,
}

impl Panel {
    /// Returns `true` if the panel is a question, which stays open until the player answers.
    #[must_use]
    pub fn asks(self) -> bool {
        matches!(self, Self::Question(_) | Self::Replacing)
    }
}

/// The open panel, if any.
#[derive(Resource, Clone, Copy, Default, PartialEq, Eq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct OpenPanel(pub Option<Panel>);

/// The date that the open panel shows: today, by the player's own calendar.
#[derive(Resource, Clone, Copy, PartialEq, Eq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Today(pub Date);

/// The statistics, while their panel is open.
#[derive(Resource, Clone, PartialEq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct ShownStatistics {
    /// The kind of game that they cover; `None` for all.
    pub of: Option<GameKind>,
    /// The statistics.
    pub statistics: Statistics,
    /// The number of consecutive days with a daily result.
    pub days: u32,
}
