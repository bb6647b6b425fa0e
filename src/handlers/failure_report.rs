//! Tells the player about an event that was given up, and logs for developers which drops came before it.

use bevy_ecs::prelude::*;

use crate::events::{Dropped, RecordChanged};
use crate::ports::{Announcer, Clock, timestamp};
use crate::records::GAME;
use crate::words;
use crate::world::StorageState;
use blockers_event_bus::{Batch, Consumer, DeadLetter, Failure, WorldBusExt};

/// A pull group that has seen no drops yet. It is pulled when something fails, for the drops since the last failure.
#[derive(Resource)]
pub struct Recorder(pub Consumer<Dropped>);

/// The largest number of drops in a report.
const RECORDED: usize = 300;

/// The records that could not be stored: the key of each, and the notice that the player got.
#[derive(Resource, Default)]
pub struct Unstored(Vec<(String, String)>);

/// Shows a notice for each event that was given up, unless the same notice is shown already, and logs a report. A
/// failure that will be retried is not shown.
pub fn on_failure(batch: Batch<Failure>, mut announcer: NonSendMut<Box<dyn Announcer>>, mut commands: Commands) {
    for failure in batch.filter(|failure| failure.given_up) {
        let sentence = failure.error.to_string();
        if announcer.shows(&sentence) {
            continue;
        }
        // A refused command can be given again, or is of no interest in the next game.
        if failure.topic == "command" {
            announcer.notice_for_now(&sentence);
        } else {
            announcer.notice(&sentence);
        }
        let head = words::failed(failure);
        commands.queue(move |world: &mut World| log(world, &head));
    }
}

/// Shows a notice for each record that could not be stored. A notice with the same text is shown once, until the
/// record is stored.
pub fn on_dead_letter(
    batch: Batch<DeadLetter<RecordChanged>>,
    storage: Res<StorageState>,
    mut unstored: ResMut<Unstored>,
    mut announcer: NonSendMut<Box<dyn Announcer>>,
    mut commands: Commands,
) {
    for letter in batch {
        let key = &letter.event.key;
        let sentence = words::not_stored(key, storage.error.as_deref());
        let is_shown = unstored.0.iter().any(|(_, shown)| *shown == sentence);
        if !unstored.0.iter().any(|(other, shown)| other == key && *shown == sentence) {
            unstored.0.push((key.clone(), sentence.clone()));
        }
        if is_shown {
            continue;
        }
        announcer.notice(&sentence);
        let head = words::given_up(letter, &sentence);
        commands.queue(move |world: &mut World| log(world, &head));
    }
}

/// Withdraws the notices about records that have been stored since the last frame.
pub fn withdraw_notices(world: &mut World) {
    let stored = std::mem::take(&mut world.resource_mut::<StorageState>().stored);
    if !stored.is_empty() && !world.resource::<Unstored>().0.is_empty() {
        withdraw(world, &stored);
    }
}

#[inline(never)] // Late, see ARCHITECTURE.md.
fn withdraw(world: &mut World, stored: &[String]) {
    let mut unstored = world.resource_mut::<Unstored>();
    // Each of the game's two records holds the whole game.
    let game = GAME.iter().any(|key| stored.iter().any(|stored| stored == key));
    let is_stored = |key: &String| stored.contains(key) || (game && GAME.contains(&key.as_str()));
    let (done, rest): (Vec<_>, Vec<_>) =
        std::mem::take(&mut unstored.0).into_iter().partition(|(key, _)| is_stored(key));
    unstored.0 = rest.clone();
    let mut announcer = world.non_send_mut::<Box<dyn Announcer>>();
    for (_, sentence) in done.iter().filter(|(_, shown)| !rest.iter().any(|(_, other)| other == shown)) {
        announcer.withdraw(sentence);
    }
}

fn log(world: &mut World, head: &str) {
    let Some(recorder) = world.get_resource::<Recorder>().map(|recorder| recorder.0.clone()) else { return };
    let now = world.non_send::<Box<dyn Clock>>().now();
    let drops = world.pull(&recorder, RECORDED, timestamp(now)).unwrap_or_default();
    let lines = drops.iter().map(|drop| {
        let sentence = words::plainly(|| words::dropped(&drop.outcome));
        format!("{:>6} ms  {sentence}", drop.timestamp().as_millis())
    });
    let text: Vec<_> = std::iter::once(head.to_owned()).chain(lines).collect();
    world.non_send_mut::<Box<dyn Announcer>>().log(&text.join("\n"));
}
