//! Gives the game at hand away as a link.

use bevy_ecs::prelude::*;

use super::CommandHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::CommandEvent;
use crate::ports::Outlet;
use crate::records::{DailyResult, DailyResults, daily};
use crate::rules::Timeline;
use crate::rules::notation::{self, MAX_DROPS};
use crate::words;
use crate::world::{Kept, Play};

/// Shares the game as it stands; a replay shares the whole of what it shows.
pub struct Sharing;

type Params<'w> = (Res<'w, Play>, Res<'w, Kept<DailyResults>>, NonSendMut<'w, Box<dyn Outlet>>);

impl CommandHandler for Sharing {
    const NAME: &str = "sharing";
    type Params = Params<'static>;

    fn on_command(event: &Envelope<CommandEvent>, (play, results, outlet): &mut Params) -> HandlerResult {
        if *event.body() == CommandEvent::ShareRequested {
            let mut whole = play.timeline().clone();
            let end = if play.is_live() { whole.position() } else { whole.drops().len() };
            // What is said of the game is of what the link has.
            whole.seek(end.min(MAX_DROPS));
            let link = notation::to_link(&whole.recording());
            // Of somebody else's game nobody here knows which one it was.
            let is_own = play.shown.as_ref().is_none_or(|replay| !replay.from_link);
            let practice = is_own && is_practice(&whole, &results.0);
            outlet.share(&words::shared(whole.deal(), whole.game(), whole.is_clean(), practice), &link);
        }
        Ok(())
    }
}

/// Is it the board of a day that has its result, and not the game of that result?
fn is_practice(timeline: &Timeline, results: &DailyResults) -> bool {
    let game = timeline.game();
    let result = DailyResult { score: game.score(), drops: game.drops(), undos: timeline.undos() };
    let day = daily::date_of(timeline.deal()).and_then(|date| results.result(date));
    day.is_some_and(|of_day| of_day != result)
}
