//! The handlers that carry out the player's commands.

pub mod backup;
pub mod inspector;
pub mod new_game;
pub mod panels;
pub mod redelivery;
pub mod replay;
pub mod settings;
pub mod share;
pub mod undo;
pub mod volume;

use crate::events::Command;

/// Returns the name of the group that carries out this command. Other groups may react to it, too: panels close when a
/// replay starts, for example.
#[must_use]
pub const fn handler_of(command: &Command) -> &'static str {
    match command {
        Command::Game(_) => "new game",
        Command::Undo(_) => "undo",
        Command::Panel(_) => "panels",
        Command::Replay(_) => "replay",
        Command::Share => "share",
        Command::Backup(_) => "backup",
        Command::Sound(_) => "volume",
        Command::ChangeSetting(_) => "settings",
        Command::ToggleInspector => "inspector panel",
    }
}
