//! Tells the player when a handler failed: something was not done, and the game goes on.

use bevy_ecs::prelude::*;

use crate::bus::{Batch, Failure};
use crate::ports::Announcer;

/// Shows a notice of each failure, and of failures that say the same only the first.
pub fn report(batch: Batch<Failure>, mut announcer: NonSendMut<Box<dyn Announcer>>, mut shown: Local<Vec<String>>) {
    for failure in batch {
        let sentence = failure.error.to_string();
        if !shown.contains(&sentence) {
            announcer.notice(&sentence);
            shown.push(sentence);
        }
    }
}
