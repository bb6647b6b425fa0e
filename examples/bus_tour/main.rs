//! A tour of the event bus in 16 stops, with the game's own events: `cargo run --example bus_tour`.
//!
//! Each stop shows one pattern of Gigi Sayfan's article on event-driven programming. It prints the article's idea, the
//! terms that the bus uses for it, and what happened. A stop has its own world and its own times, so it can be read
//! without the others, and its output never changes.

mod stops;

use std::error::Error;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::mem;

use bevy_ecs::prelude::{Entity, ResMut, Resource, World};
use blockers::events::{DragEvent, DragPhase, DragSource, Dropped};
use blockers::world::geometry::Point;
use blockers_event_bus::{Batch, BusExt, Envelope, Event, GroupStats, HandlerError, HandlerResult, Topic, WiringError};
use blockers_rules::{Dealer, Game};

/// The lines that a stop prints.
type Lines = Result<Vec<String>, Box<dyn Error>>;

/// The article's idea, the terms of the bus, and the function that shows it.
type Stop = (&'static str, &'static str, fn() -> Lines);

const STOPS: [Stop; 16] = [
    ("events go to topics, not to receivers", "topic, publish, seq, at", stops::topics),
    ("event splitting", "every group of a topic gets every event", stops::splitting),
    ("events cause events", "events that a handler publishes are the next wave", stops::waves),
    ("competing consumers", "the members of a group share its events", stops::competing),
    ("push and pull, with acknowledgement", "handler; pull, ack, nack", stops::push_and_pull),
    ("at most once", "at_most_once: the offset advances first, no retry", stops::at_most_once),
    ("at least once", "at_least_once, backoff, max_deliver", stops::at_least_once),
    ("effectively once", "effectively_once: at least once, deduplicated by a key", stops::effectively_once),
    ("time to live", "ttl", stops::time_to_live),
    ("retention", "max_len, max_age, max_bytes", stops::retention),
    ("back pressure", "Discard::New: a full topic refuses events", stops::full_topic),
    ("late subscribers", "Start: Earliest, Seq, Time, Latest", stops::late_subscribers),
    ("replay", "seek", stops::replay),
    ("dead letters", "dead_letters, redeliver", stops::dead_letters),
    ("request and reply", "ask, reply, correlation id, deadline", stops::request_and_reply),
    ("observability", "published, depth, rate; lag, age, pending", stops::counters),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    for (number, (idea, terms, show)) in (1..).zip(STOPS) {
        writeln!(out, "{number}. {idea}  [{terms}]")?;
        for line in show()? {
            writeln!(out, "   {line}")?;
        }
    }
    Ok(())
}

/// What the handlers noted.
#[derive(Resource, Default)]
struct Notes(Vec<String>);

/// A storage that fails a number of times, and then works.
#[derive(Resource)]
struct Storage {
    failures_left: u32,
}

/// Returns a handler that notes the `seq`s of the drops that it gets.
fn noting(name: &'static str) -> impl FnMut(Batch<Dropped>, ResMut<Notes>) + Send + Sync + 'static {
    move |batch: Batch<Dropped>, mut notes: ResMut<Notes>| notes.0.push(format!("{name} got {}", seqs(batch)))
}

/// Saves drops, and fails as long as the storage does.
fn save(batch: Batch<Dropped>, mut storage: ResMut<Storage>, mut notes: ResMut<Notes>) -> HandlerResult {
    for dropped in batch {
        if storage.failures_left > 0 {
            storage.failures_left -= 1;
            notes.0.push(format!("{} failed", dropped.seq()));
            return Err(HandlerError::new("the storage is full"));
        }
        notes.0.push(format!("{} saved", dropped.seq()));
    }
    Ok(())
}

/// Returns a world with a topic of drops.
fn world_with_drops() -> Result<World, WiringError> {
    let mut world = World::new();
    world.init_resource::<Notes>();
    world.add_topic::<Dropped>("dropped").create()?;
    Ok(world)
}

fn publish<E: Event>(world: &mut World, events: impl IntoIterator<Item = E>) -> Result<(), WiringError> {
    events.into_iter().try_for_each(|event| world.publish(event).map(|_| ()))
}

/// Publishes a drop, and returns a line with the result.
fn offer(world: &mut World, dropped: Dropped) -> String {
    match world.publish(dropped) {
        Ok(seq) => format!("a drop is accepted as {seq}"),
        Err(error) => format!("a drop is refused: {error}"),
    }
}

/// Delivers at each of these times, and returns what was noted then.
fn deliver_at(world: &mut World, times: &[u64]) -> Vec<String> {
    let mut lines = Vec::new();
    for &now in times {
        world.deliver(now);
        lines.extend(notes(world).into_iter().map(|note| format!("at {now} ms: {note}")));
    }
    lines
}

/// Returns and clears what the handlers noted.
fn notes(world: &mut World) -> Vec<String> {
    mem::take(&mut world.resource_mut::<Notes>().0)
}

/// Returns the counters of a group of the topic of drops.
fn group(world: &World, name: &str) -> GroupStats {
    world.resource::<Topic<Dropped>>().group(name, 0).unwrap_or_default()
}

fn joined(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().collect::<Vec<_>>().join(", ")
}

/// Returns the `seq`s of these events.
fn seqs<'a, E: 'static>(events: impl IntoIterator<Item = &'a Envelope<E>>) -> String {
    let seqs: Vec<_> = events.into_iter().map(|event| event.seq().to_string()).collect();
    if seqs.is_empty() { "nothing".to_owned() } else { seqs.join(" ") }
}

fn new_game() -> Game {
    Game::new(Dealer::classic(9))
}

/// Returns the first drops of a game in which each drop is the first legal one.
fn drops(count: usize) -> Vec<Dropped> {
    let mut game = new_game();
    let next = || {
        let drop = game.legal_drops().next()?;
        let (id, slot, source) = (u64::from(game.drops()), drop.slot, DragSource::Touch);
        Some(Dropped { id, slot, source, live: true, outcome: game.play(slot, drop.at.into()) })
    };
    std::iter::from_fn(next).take(count).collect()
}

/// Returns the events of a finger that drags a shape to the right.
fn drag() -> [DragEvent; 5] {
    use DragPhase::{Ended, Moved, Started};
    [(Started, 0.0), (Moved, 20.0), (Moved, 40.0), (Moved, 60.0), (Ended, 60.0)].map(|(phase, x)| DragEvent {
        entity: Entity::PLACEHOLDER,
        phase,
        epoch: 0,
        source: DragSource::Touch,
        position: Point::new(x, 0.0),
    })
}

/// Returns the points of a drop.
fn points(dropped: &Dropped) -> u64 {
    dropped.outcome.map_or(0, |turn| turn.points)
}

/// Returns the number of cells that a drop fills.
fn cells(dropped: &Dropped) -> usize {
    dropped.outcome.map_or(0, |turn| turn.placed.count() as usize)
}

/// Returns the deduplication key of a drop. No two drops of a game fill the same cells at the same score.
fn drop_key(dropped: &Dropped) -> u64 {
    let mut hasher = DefaultHasher::new();
    dropped.outcome.map(|turn| (turn.score, turn.placed)).ok().hash(&mut hasher);
    hasher.finish()
}
