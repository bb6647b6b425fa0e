//! Opens and closes panels. At most one is open.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::events::{BackupCommand, Command, PanelCommand, ReplayCommand};
use crate::ports::Clock;
use crate::records::{Archive, DailyResults, Date, Statistics};
use crate::world::{OpenPanel, Panel, ShownStatistics, Stored, Today};
use blockers_event_bus::Batch;
use blockers_rules::GameKind;

/// What the statistics are computed from.
#[derive(SystemParam)]
pub struct Sources<'w> {
    archive: Res<'w, Stored<Archive>>,
    results: Res<'w, Stored<DailyResults>>,
    clock: NonSend<'w, Box<dyn Clock>>,
}

/// Opens and closes panels, and computes what they show.
pub fn on_command(batch: Batch<Command>, mut panel: ResMut<OpenPanel>, sources: Sources, mut commands: Commands) {
    for event in batch {
        match event.body() {
            Command::Panel(PanelCommand::Open(opened)) => {
                commands.insert_resource(Today(sources.today()));
                panel.0 = Some(*opened);
                if *opened == Panel::Statistics {
                    commands.insert_resource(sources.statistics(None));
                }
            }
            Command::Panel(PanelCommand::Close) => panel.0 = None,
            Command::Panel(PanelCommand::ShowStatistics(kind)) => {
                commands.insert_resource(sources.statistics(*kind));
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

impl Sources<'_> {
    fn today(&self) -> Date {
        Date::from_unix_ms(self.clock.unix_ms())
    }

    fn statistics(&self, of: Option<GameKind>) -> ShownStatistics {
        let statistics = Statistics::of(&self.archive.0, of);
        ShownStatistics { of, statistics, days: self.results.0.streak(self.today()) }
    }
}
