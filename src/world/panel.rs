//! What is open over the table, and what can be asked for there.

use bevy_ecs::prelude::*;

use crate::records::{Date, Statistics};
use crate::rules::GameKind;

/// Which game is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// Another one of the kind at hand.
    Another,
    /// One of this kind; for [`GameKind::Seed`], of the seed at hand.
    Kind(GameKind),
    /// The one of this seed.
    Seed(u64),
    /// The one that is shown, from where it stands.
    PlayOn,
}

/// What can be open over the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Panel {
    /// The kinds of game, and what else there is to do.
    Menu,
    /// What the player has done in all games.
    Statistics,
    /// What can be chosen.
    Settings,
    /// The keys, and how points are counted.
    Help,
    /// The question whether the game in progress shall be left for this one.
    Question(Wanted),
    /// The question whether what is in a file shall take the place of everything.
    Replacing,
}

impl Panel {
    /// Does it stay until the player has answered?
    #[must_use]
    pub fn asks(self) -> bool {
        matches!(self, Self::Question(_) | Self::Replacing)
    }
}

/// The panel that is open.
#[derive(Resource, Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct OpenPanel(pub Option<Panel>);

/// The day on which the panel was opened.
#[derive(Resource, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Today(pub Date);

/// The statistics, while their panel is open.
#[derive(Resource, Clone, PartialEq, Debug)]
pub struct ShownStatistics {
    /// The kind of game that they are of; all, with `None`.
    pub of: Option<GameKind>,
    /// What there is to say.
    pub statistics: Statistics,
    /// Days in a row that have a result.
    pub days: u32,
}
