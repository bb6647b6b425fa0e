//! Opens and closes panels. At most one is open. Statistics and settings that were opened from the menu close into the
//! menu. A panel that depends on the date follows the calendar.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::events::{BackupCommand, Command, PanelCommand, ReplayCommand};
use crate::ports::Clock;
use crate::records::{Archive, DailyResults, Statistics};
use crate::world::{OpenPanel, Panel, Play, ShownStatistics, Stored, Today};
use blockers_event_bus::Batch;
use blockers_rules::GameKind;

/// How often the date is checked while a panel shows it, in milliseconds. The clock can be set, and a timer does not
/// count the time while the device sleeps.
const CHECK: f64 = 60_000.0;

/// What the statistics are computed from.
#[derive(SystemParam)]
pub struct Results<'w> {
    archive: Res<'w, Stored<Archive>>,
    daily: Res<'w, Stored<DailyResults>>,
    clock: NonSend<'w, Box<dyn Clock>>,
}

impl Results<'_> {
    /// Returns the statistics of this kind of game; of all games for `None`.
    fn statistics(&self, of: Option<GameKind>) -> ShownStatistics {
        let statistics = Statistics::of(&self.archive.0, of);
        ShownStatistics { of, statistics, days: self.daily.0.streak(self.clock.today()) }
    }
}

/// Opens and closes panels, and computes what they show.
pub fn on_command(
    batch: Batch<Command>,
    mut panel: ResMut<OpenPanel>,
    results: Results,
    play: Res<Play>,
    mut from_menu: Local<Option<Panel>>,
    mut commands: Commands,
) {
    for event in batch {
        match event.event() {
            Command::Panel(PanelCommand::Open(opened)) => {
                let returns = panel.0 == Some(Panel::Menu) && matches!(opened, Panel::Statistics | Panel::Settings);
                *from_menu = returns.then_some(*opened);
                panel.0 = Some(*opened);
                if *opened == Panel::Statistics {
                    commands.insert_resource(results.statistics(None));
                }
            }
            Command::Panel(PanelCommand::Close) => {
                let returns = panel.0.is_some() && panel.0 == from_menu.take();
                panel.0 = returns.then_some(Panel::Menu);
            }
            Command::Panel(PanelCommand::ShowStatistics(kind)) => {
                commands.insert_resource(results.statistics(*kind));
            }
            // The handler of replays comes before this one. It has not started any: there are no drops yet.
            Command::Replay(ReplayCommand::Start) if play.is_live() => {}
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

/// Updates the date and what depends on it in the open panel. Returns the milliseconds until the next call is needed;
/// `None` if no open panel depends on the date.
pub fn follow_calendar(world: &mut World) -> Option<f64> {
    if !matches!(world.resource::<OpenPanel>().0, Some(Panel::Menu | Panel::Statistics)) {
        return None;
    }
    Some(follow_day(world))
}

#[inline(never)] // Late, see ARCHITECTURE.md.
fn follow_day(world: &mut World) -> f64 {
    let clock = world.non_send::<Box<dyn Clock>>();
    let (today, until_tomorrow) = (clock.today(), clock.until_tomorrow());
    if world.get_resource::<Today>() != Some(&Today(today)) {
        world.insert_resource(Today(today));
        let days = world.resource::<Stored<DailyResults>>().0.streak(today);
        if let Some(mut shown) = world.get_resource_mut::<ShownStatistics>() {
            shown.days = days;
        }
    }
    until_tomorrow.min(CHECK)
}
