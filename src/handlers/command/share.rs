//! Shares the current game as a link.

use bevy_ecs::prelude::*;

use crate::events::Command;
use crate::ports::Outlet;
use crate::records::{DailyResult, DailyResults, daily};
use crate::words;
use crate::world::{Play, Stored};
use blockers_event_bus::Batch;
use blockers_rules::Timeline;
use blockers_rules::notation::{self, MAX_DROPS};

/// Shares the player's game as it stands; during a replay, the whole game that is shown.
pub fn on_command(
    batch: Batch<Command>,
    play: Res<Play>,
    results: Res<Stored<DailyResults>>,
    mut outlet: NonSendMut<Box<dyn Outlet>>,
) {
    for _ in batch.filter(|event| *event.event() == Command::Share) {
        let mut whole = play.timeline().clone();
        let end = if play.is_live() { whole.position() } else { whole.drops().len() };
        // The sentence describes the game that the link contains.
        whole.seek(end.min(MAX_DROPS));
        let link = notation::to_fragment(&whole.recording());
        // A game from a link may be another player's, so its result is not compared with the player's own.
        let is_own = play.shown.as_ref().is_none_or(|replay| !replay.from_link);
        let practice = is_own && is_practice(&whole, &results.0);
        outlet.share(&words::shared(whole.deal(), whole.game(), whole.is_clean(), practice), &link);
    }
}

/// Returns `true` if this is a daily board whose day has another result.
fn is_practice(timeline: &Timeline, results: &DailyResults) -> bool {
    let game = timeline.game();
    let result = DailyResult { score: game.score(), drops: game.drops(), undos: timeline.undos() };
    let day = daily::date_of(timeline.deal()).and_then(|date| results.result(date));
    day.is_some_and(|of_day| of_day != result)
}
