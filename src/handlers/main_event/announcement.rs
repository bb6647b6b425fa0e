//! Says every drop in one sentence, for whoever cannot see it.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::{Dropped, TableSet};
use crate::ports::Announcer;
use crate::rules::Turn;
use crate::words;

/// Announces drops, and what the table was set to.
pub struct Announcement;

impl MainEventHandler for Announcement {
    const NAME: &str = "announcement";
    type Params = NonSendMut<'static, Box<dyn Announcer>>;

    fn on_drop(event: &Envelope<Dropped>, announcer: &mut NonSendMut<Box<dyn Announcer>>) -> HandlerResult {
        // The end of the player's own game is told by its panel, which gets the focus.
        let outcome = event.outcome.map(|turn| Turn { over: turn.over && !event.live, ..turn });
        announcer.announce(&words::dropped(&outcome));
        Ok(())
    }

    fn on_set(event: &Envelope<TableSet>, announcer: &mut NonSendMut<Box<dyn Announcer>>) -> HandlerResult {
        announcer.announce(&words::table_set(event));
        Ok(())
    }
}
