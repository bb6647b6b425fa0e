//! Says every drop in one sentence, for whoever cannot see it.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::{Dropped, Started};
use crate::ports::Announcer;
use crate::words;

/// Announces drops and beginnings.
pub struct Announcement;

impl MainEventHandler for Announcement {
    const NAME: &str = "announcement";
    type Params = NonSendMut<'static, Box<dyn Announcer>>;

    fn on_drop(event: &Envelope<Dropped>, announcer: &mut NonSendMut<Box<dyn Announcer>>) -> HandlerResult {
        announcer.announce(&words::dropped(&event.outcome));
        Ok(())
    }

    fn on_start(event: &Envelope<Started>, announcer: &mut NonSendMut<Box<dyn Announcer>>) -> HandlerResult {
        announcer.announce(&words::started(&event.staged));
        Ok(())
    }
}
