//! A tour of the event bus: the patterns of Gigi Sayfan's article on event-driven programming, one after the other, with the
//! game's own events. `cargo run --example bus_tour` takes it.
//!
//! Comes in: nothing. Goes out, for each pattern: the article's idea, the bus's words for it, and a few lines that say what
//! happened. Every stop has a world and a clock of its own, so that it can be read by itself and says the same every time.

#[cfg(not(target_arch = "wasm32"))]
mod stops;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    tour::run()
}

/// The order of the stops, and what several of them need.
#[cfg(not(target_arch = "wasm32"))]
mod tour {
    use std::error::Error;
    use std::hash::{DefaultHasher, Hash, Hasher};
    use std::io::{self, Write};
    use std::mem;

    use bevy_ecs::prelude::{Entity, ResMut, Resource, World};
    use blockers::bus::{Batch, BusExt, Envelope, Event, GroupStats, HandlerError, HandlerResult, Topic, WiringError};
    use blockers::events::{DragEvent, DragPhase, Dropped, PointerKind};
    use blockers::rules::{Anchor, Dealer, Game, Slot};
    use blockers::world::geometry::Point;

    use super::stops;

    /// What a stop has to say.
    pub(super) type Lines = Result<Vec<String>, Box<dyn Error>>;

    /// The article's idea, the bus's words for it, and what shows it.
    type Stop = (&'static str, &'static str, fn() -> Lines);

    const TOUR: [Stop; 16] = [
        ("events go to topics, not to receivers", "topic, publish, seq, at", stops::topics),
        ("event splitting", "every group of a topic sees every event", stops::splitting),
        ("events lead to events", "what a handler publishes is the next wave", stops::waves),
        ("competing consumers", "the members of a group share its events", stops::competing),
        ("push and pull, with acknowledgement", "handler; pull, ack, nack", stops::push_and_pull),
        ("at most once", "at_most_once: the offset moves first, no retry", stops::at_most_once),
        ("at least once", "at_least_once, backoff, max_deliver", stops::at_least_once),
        ("exactly once, in effect", "effectively_once: at least once, and a key", stops::effectively_once),
        ("time to live", "ttl", stops::time_to_live),
        ("retention", "max_len, max_age, max_bytes", stops::retention),
        ("back pressure", "Discard::New: a full topic refuses", stops::full_topic),
        ("late subscribers", "Start: Earliest, Seq, Time, Latest", stops::late_subscribers),
        ("replay", "seek", stops::replay),
        ("dead letters", "dead_letters, redeliver", stops::dead_letters),
        ("request and response", "ask, reply, correlation id, deadline", stops::request_and_reply),
        ("observability", "published, depth, rate; lag, age, pending", stops::counters),
    ];

    /// Prints every stop.
    pub(super) fn run() -> Result<(), Box<dyn Error>> {
        let mut out = io::stdout().lock();
        for (number, (idea, words, show)) in (1..).zip(TOUR) {
            writeln!(out, "{number}. {idea}  [{words}]")?;
            for line in show()? {
                writeln!(out, "   {line}")?;
            }
        }
        Ok(())
    }

    /// What handlers have to say.
    #[derive(Resource, Default)]
    pub(super) struct Notes(pub(super) Vec<String>);

    /// A storage that is full for so many tries, and then works.
    #[derive(Resource)]
    pub(super) struct Storage {
        pub(super) full_for: u32,
    }

    /// A handler that notes which drops it was given.
    pub(super) fn noting(name: &'static str) -> impl FnMut(Batch<Dropped>, ResMut<Notes>) + Send + Sync + 'static {
        move |batch: Batch<Dropped>, mut notes: ResMut<Notes>| notes.0.push(format!("{name} saw {}", seqs(batch)))
    }

    /// A handler that saves drops, if the storage lets it.
    pub(super) fn save(batch: Batch<Dropped>, mut storage: ResMut<Storage>, mut notes: ResMut<Notes>) -> HandlerResult {
        for dropped in batch {
            if storage.full_for > 0 {
                storage.full_for -= 1;
                notes.0.push(format!("{} failed", dropped.seq()));
                return Err(HandlerError::new("the storage is full"));
            }
            notes.0.push(format!("{} saved", dropped.seq()));
        }
        Ok(())
    }

    /// A world with a topic of drops.
    pub(super) fn table() -> Result<World, WiringError> {
        let mut world = World::new();
        world.init_resource::<Notes>();
        world.add_topic::<Dropped>("dropped").create()?;
        Ok(world)
    }

    /// Publishes several events.
    pub(super) fn publish<E: Event>(world: &mut World, events: impl IntoIterator<Item = E>) -> Result<(), WiringError> {
        events.into_iter().try_for_each(|event| world.publish(event).map(|_| ()))
    }

    /// Publishes a drop, and says what the topic made of it.
    pub(super) fn offer(world: &mut World, dropped: Dropped) -> String {
        match world.publish(dropped) {
            Ok(seq) => format!("a drop is taken in as {seq}"),
            Err(error) => format!("a drop is refused: {error}"),
        }
    }

    /// Delivers at these times, and says what was noted at each.
    pub(super) fn heard(world: &mut World, times: &[u64]) -> Vec<String> {
        let mut lines = Vec::new();
        for &now in times {
            world.deliver(now);
            lines.extend(notes(world).into_iter().map(|note| format!("at {now} ms: {note}")));
        }
        lines
    }

    /// What was noted since the last time.
    pub(super) fn notes(world: &mut World) -> Vec<String> {
        mem::take(&mut world.resource_mut::<Notes>().0)
    }

    /// The counters of a group of the topic of drops.
    pub(super) fn group(world: &World, name: &str) -> GroupStats {
        world.resource::<Topic<Dropped>>().group(name, 0).unwrap_or_default()
    }

    pub(super) fn joined(words: impl IntoIterator<Item = String>) -> String {
        words.into_iter().collect::<Vec<_>>().join(", ")
    }

    /// The numbers of these events.
    pub(super) fn seqs<'a, E: 'static>(events: impl IntoIterator<Item = &'a Envelope<E>>) -> String {
        let seqs: Vec<_> = events.into_iter().map(|event| event.seq().to_string()).collect();
        if seqs.is_empty() { "nothing".to_owned() } else { seqs.join(" ") }
    }

    pub(super) fn new_game() -> Game {
        Game::new(Dealer::classic(9))
    }

    /// The first drops of a game, in which whatever fits is dropped wherever it fits first.
    pub(super) fn drops(count: usize) -> Vec<Dropped> {
        let mut game = new_game();
        let next = || {
            let first = |slot: Slot| game.anchors(slot).cells().next().map(|cell| (slot, Anchor::from(cell)));
            let (slot, at) = Slot::ALL.into_iter().find_map(first)?;
            let (id, kind) = (u64::from(game.drops()), PointerKind::Touch);
            Some(Dropped { id, slot, kind, live: true, outcome: game.play(slot, at) })
        };
        std::iter::from_fn(next).take(count).collect()
    }

    /// A finger that drags something to the right.
    pub(super) fn drag() -> [DragEvent; 5] {
        use DragPhase::{Ended, Moved, Started};
        [(Started, 0.0), (Moved, 20.0), (Moved, 40.0), (Moved, 60.0), (Ended, 60.0)].map(|(phase, x)| DragEvent {
            entity: Entity::PLACEHOLDER,
            phase,
            table: 0,
            kind: PointerKind::Touch,
            position: Point::new(x, 0.0),
        })
    }

    pub(super) fn points(dropped: &Dropped) -> u64 {
        dropped.outcome.map_or(0, |turn| turn.points)
    }

    /// How many cells were taken.
    pub(super) fn cells(dropped: &Dropped) -> usize {
        dropped.outcome.map_or(0, |turn| turn.placed.count() as usize)
    }

    /// Which drop of a game this is: none takes the same cells at the same score twice.
    pub(super) fn which_drop(dropped: &Dropped) -> u64 {
        let mut hasher = DefaultHasher::new();
        dropped.outcome.map(|turn| (turn.score, turn.placed)).ok().hash(&mut hasher);
        hasher.finish()
    }
}
