//! Opens and closes panels. At most one is open.

use bevy_ecs::prelude::*;

use crate::events::{BackupCommand, Command, PanelCommand, ReplayCommand};
use crate::ports::Clock;
use crate::records::{Archive, DailyResults, Date, Statistics};
use crate::world::{OpenPanel, Panel, ShownStatistics, Stored, Today};
use blockers_event_bus::Batch;
use blockers_rules::GameKind;

/// Opens and closes panels, and computes what they show.
pub fn on_command(
    batch: Batch<Command>,
    mut panel: ResMut<OpenPanel>,
    archive: Res<Stored<Archive>>,
    results: Res<Stored<DailyResults>>,
    clock: NonSend<Box<dyn Clock>>,
    mut commands: Commands,
) {
    let today = || Date::from_unix_ms(clock.unix_ms());
    let statistics = |of: Option<GameKind>| {
        let statistics = Statistics::of(&archive.0, of);
        ShownStatistics { of, statistics, days: results.0.streak(today()) }
    };
    for event in batch {
        match event.event() {
            Command::Panel(PanelCommand::Open(opened)) => {
                commands.insert_resource(Today(today()));
                panel.0 = Some(*opened);
                if *opened == Panel::Statistics {
                    commands.insert_resource(statistics(None));
                }
            }
            Command::Panel(PanelCommand::Close) => panel.0 = None,
            Command::Panel(PanelCommand::ShowStatistics(kind)) => {
                commands.insert_resource(statistics(*kind));
            }
            // The result is seen on the table. A question stays open until it is answered.
            Command::Replay(ReplayCommand::Start | ReplayCommand::Open(_))
            | Command::Share
            | Command::Backup(BackupCommand::Export | BackupCommand::Import(_) | BackupCommand::RefuseImport(_)) => {
                panel.0 = panel.0.filter(|panel| panel.asks());
            }
            Command::Game(_)
            | Command::Undo(_)
            | Command::Replay(_)
            | Command::Backup(BackupCommand::ConfirmImport)
            | Command::Sound(_)
            | Command::ChangeSetting(_)
            | Command::ToggleInspector => {}
        }
    }
}
