//! What happens when a handler has given an event up: the player is told, and the developer gets what happened before.

use bevy_ecs::prelude::*;

use super::storing::Storing;
use crate::bus::{Batch, BusExt, Consumer, DeadLetter, Failure};
use crate::events::{Dropped, RecordChanged};
use crate::ports::{Announcer, Clock};
use crate::records::GAME;
use crate::words;

/// The recorder: a group that is never called. It is asked when something went wrong, for what came since it was last asked.
#[derive(Resource)]
pub struct Recorder(pub Consumer<Dropped>);

/// Events of a report.
const RECORDED: usize = 300;

/// The changes of records that could not be stored, and what the player was told about each.
#[derive(Resource, Default)]
pub struct Lost(Vec<(String, String)>);

/// Shows a notice of each event that was given up, unless it is on the screen, and writes a report of the drops that led to it. What
/// will be tried again is nobody's worry.
pub fn report(batch: Batch<Failure>, mut announcer: NonSendMut<Box<dyn Announcer>>, mut commands: Commands) {
    for failure in batch.filter(|failure| failure.given_up) {
        let sentence = failure.error.to_string();
        if announcer.shows(&sentence) {
            continue;
        }
        announcer.notice(&sentence);
        let head = words::failed(failure);
        commands.queue(move |world: &mut World| write(world, &head));
    }
}

/// Shows a notice of each change that could not be stored, of those that say the same only the first, until it is stored.
pub fn report_lost(
    batch: Batch<DeadLetter<RecordChanged>>,
    storing: Res<Storing>,
    mut lost: ResMut<Lost>,
    mut announcer: NonSendMut<Box<dyn Announcer>>,
    mut commands: Commands,
) {
    for letter in batch {
        let key = &letter.event.key;
        let sentence = words::not_stored(key, storing.trouble.as_deref());
        let is_told = lost.0.iter().any(|(_, told)| *told == sentence);
        if !lost.0.iter().any(|(other, told)| other == key && *told == sentence) {
            lost.0.push((key.clone(), sentence.clone()));
        }
        if is_told {
            continue;
        }
        announcer.notice(&sentence);
        let head = words::given_up(letter, &sentence);
        commands.queue(move |world: &mut World| write(world, &head));
    }
}

/// Takes back what was said of records that are stored now. Should they fail again, it is said again.
pub fn withdraw(world: &mut World, stored: &[String]) {
    let mut lost = world.resource_mut::<Lost>();
    if stored.is_empty() || lost.0.is_empty() {
        return;
    }
    // The game has two records, and each is the whole of it.
    let game = GAME.iter().any(|key| stored.iter().any(|stored| stored == key));
    let is_stored = |key: &String| stored.contains(key) || (game && GAME.contains(&key.as_str()));
    let (done, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut lost.0).into_iter().partition(|(key, _)| is_stored(key));
    lost.0 = rest.clone();
    let mut announcer = world.non_send_mut::<Box<dyn Announcer>>();
    for (_, sentence) in done.iter().filter(|(_, told)| !rest.iter().any(|(_, other)| other == told)) {
        announcer.withdraw(sentence);
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
