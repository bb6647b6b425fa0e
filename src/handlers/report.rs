//! What happens when a handler has given an event up: the player is told, and the developer gets what happened before.

use bevy_ecs::prelude::*;

use super::storing::Storing;
use crate::bus::{Batch, BusExt, Consumer, DeadLetter, Failure};
use crate::events::{Dropped, RecordChanged};
use crate::ports::{Announcer, Clock};
use crate::words;

/// The recorder: a group that is never called. It is asked when something went wrong, for what came since it was last asked.
#[derive(Resource)]
pub struct Recorder(pub Consumer<Dropped>);

/// Events of a report.
const RECORDED: usize = 300;

/// Shows a notice of each event that was given up, of those that say the same only the first, and writes a report of the drops
/// that led to it. What will be tried again is nobody's worry.
pub fn report(
    batch: Batch<Failure>,
    mut announcer: NonSendMut<Box<dyn Announcer>>,
    mut shown: Local<Vec<String>>,
    mut commands: Commands,
) {
    for failure in batch.filter(|failure| failure.given_up) {
        let sentence = failure.error.to_string();
        if shown.contains(&sentence) {
            continue;
        }
        announcer.notice(&sentence);
        shown.push(sentence);
        let head = words::failed(failure);
        commands.queue(move |world: &mut World| write(world, &head));
    }
}

/// Shows a notice of each change that could not be stored, of those that say the same only the first.
pub fn report_lost(
    batch: Batch<DeadLetter<RecordChanged>>,
    storing: Res<Storing>,
    mut announcer: NonSendMut<Box<dyn Announcer>>,
    mut shown: Local<Vec<String>>,
    mut commands: Commands,
) {
    for letter in batch {
        let sentence = words::not_stored(&letter.event.key, storing.trouble.as_deref());
        if shown.contains(&sentence) {
            continue;
        }
        announcer.notice(&sentence);
        let head = words::given_up(letter, &sentence);
        shown.push(sentence);
        commands.queue(move |world: &mut World| write(world, &head));
    }
}

fn write(world: &mut World, head: &str) {
    let Some(recorder) = world.get_resource::<Recorder>().map(|recorder| recorder.0.clone()) else { return };
    let now = world.non_send::<Box<dyn Clock>>().now().max(0.0) as u64;
    let drops = world.pull(&recorder, RECORDED, now).unwrap_or_default();
    let lines = drops.iter().map(|drop| {
        let told = words::plainly(|| words::dropped(&drop.outcome));
        format!("{:>6} ms  {told}", drop.at())
    });
    let text: Vec<_> = std::iter::once(head.to_owned()).chain(lines).collect();
    world.non_send_mut::<Box<dyn Announcer>>().log(&text.join("\n"));
}
