//! The bus: all topics, and the waves in which they are delivered.

use std::mem;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bevy_ecs::prelude::*;

use super::delivery::AnyTopic;
use super::flags::{self, Flags};
use super::stats::TopicReport;

/// How many waves one [`Bus::deliver`] may take. Handlers that go on answering each other would else never end.
pub const MAX_WAVES: u32 = 64;

/// How many events one [`Bus::deliver`] may take in before it stops in the same way: answers that multiply would fill the
/// memory long before the last wave.
pub const MAX_EVENTS: u64 = 1 << 20;

/// All topics of a world.
///
/// It is a handle: its clones are the same bus, and whoever calls it often can keep one. It is not for handlers to keep, which
/// would then keep themselves.
#[derive(Resource, Clone, Default)]
pub struct Bus(Arc<Shared>);

/// What the handles have in common.
#[derive(Default)]
struct Shared {
    /// In which topics is there something to do?
    flags: Arc<Flags>,
    overruns: AtomicU64,
    /// It is not locked while handlers run.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    roll: Arc<Roll>,
    delivering: bool,
    /// The topics of which a group is to be called though nothing new comes, and when.
    waits: Vec<(usize, u64)>,
}

/// What a delivery goes through. It is copied when it is changed while one goes on, which sees the old one to its end.
#[derive(Clone, Default)]
struct Roll {
    /// In the order in which they were made.
    topics: Vec<Arc<dyn AnyTopic>>,
    /// Those whose retention can change without a new event.
    restless: Vec<usize>,
    /// What else happens at each delivery: requests time out.
    chores: Vec<Chore>,
}

/// Something to be done at a time. Returns when there is something again: `u64::MAX` for never.
pub(super) type Chore = fn(&mut World, u64) -> u64;

/// What one delivery did.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// Waves until nothing was left, or until the cap.
    pub waves: u32,
    /// Events that topics took in.
    pub events: u64,
    /// Did the cap end it, with events left for the next call? Then call again, whatever `next_due` says.
    pub overrun: bool,
    /// When there is something to be done though nobody publishes: a retry, or a request that times out. In milliseconds on
    /// the bus's clock.
    pub next_due: Option<u64>,
}

impl Bus {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nobody panics with it: nothing of a caller's runs in between.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The topics' names in the order in which they were made, which is the order within a wave.
    #[must_use]
    pub fn topics(&self) -> Vec<String> {
        self.lock().roll.topics.iter().map(|topic| topic.name().to_owned()).collect()
    }

    /// All topics with their groups and counters, in the same order.
    #[must_use]
    pub fn topic_reports(&self, now: u64) -> Vec<TopicReport> {
        let roll = self.lock().roll.clone();
        roll.topics.iter().map(|topic| topic.report(now)).collect()
    }

    /// How often a delivery stopped at a cap with events left; these were delivered by the next call.
    #[must_use]
    pub fn overruns(&self) -> u64 {
        self.0.overruns.load(Ordering::Relaxed)
    }

    /// Where the next topic says that it has something to do: the flags of all, and its own.
    pub(super) fn flag(&self) -> (Arc<Flags>, u64) {
        (self.0.flags.clone(), flags::flag(self.lock().roll.topics.len()))
    }

    pub(super) fn add(&self, topic: Arc<dyn AnyTopic>, restless: bool) {
        let mut state = self.lock();
        let roll = Arc::make_mut(&mut state.roll);
        roll.restless.extend(restless.then_some(roll.topics.len()));
        roll.topics.push(topic);
    }

    pub(super) fn add_chore(&self, chore: Chore) {
        Arc::make_mut(&mut self.lock().roll).chores.push(chore);
    }

    /// Delivers everything that has been published, wave after wave, until nothing is left. `now` is the time in
    /// milliseconds on whatever clock the caller keeps; the bus has none. A call from inside a handler does nothing.
    ///
    /// # Panics
    /// If it is not the world in which the handlers were made; bevy says so.
    pub fn deliver(&self, world: &mut World, now: u64) -> Delivery {
        let mut delivery = Delivery::default();
        let mut state = self.lock();
        if mem::replace(&mut state.delivering, true) {
            return delivery;
        }
        let roll = state.roll.clone();
        let mut waits = mem::take(&mut state.waits);
        drop(state);

        for &place in &roll.restless {
            roll.topics[place].retain(world, now);
        }
        let known = roll.flags();
        let chores_due = loop {
            let chores_due = roll.chores.iter().map(|chore| chore(world, now)).fold(u64::MAX, u64::min);
            let due = waits.iter().filter(|(_, due)| *due <= now).fold(0, |due, (place, _)| due | flags::flag(*place));
            let work = (self.0.flags.take() | due) & known;
            if work == 0 {
                break chores_due;
            }
            if delivery.waves == MAX_WAVES || delivery.events >= MAX_EVENTS {
                self.0.flags.raise(work);
                self.0.overruns.fetch_add(1, Ordering::Relaxed);
                delivery.overrun = true;
                break chores_due;
            }
            delivery.waves += 1;
            delivery.events += wave(world, &roll, work, &mut waits, now);
        };
        let due = waits.iter().map(|(_, due)| *due).fold(chores_due, u64::min);
        delivery.next_due = (due != u64::MAX).then_some(due);

        let mut state = self.lock();
        state.delivering = false;
        state.waits = waits;
        // What was published to topics that were made meanwhile comes with the next call.
        let made = roll.topics.len()..state.roll.topics.len();
        self.0.flags.raise(made.fold(0, |all, place| all | flags::flag(place)));
        delivery
    }
}

impl Roll {
    fn flags(&self) -> u64 {
        match self.topics.len() {
            0 => 0,
            made => (flags::flag(made - 1) - 1) | flags::flag(made - 1),
        }
    }
}

/// Takes all inboxes in and gives every group what is due to it. Returns how many events were taken in.
fn wave(world: &mut World, roll: &Roll, work: u64, waits: &mut Vec<(usize, u64)>, now: u64) -> u64 {
    let mut events = 0;
    let chosen = || flags::flagged(work, roll.topics.len());
    // With more than one topic, none is delivered before all inboxes are in; with one, both are done in one go.
    let alone = chosen().nth(1).is_none();
    if !alone {
        events += chosen().map(|place| roll.topics[place].accept(now)).sum::<usize>();
    }
    for place in chosen() {
        let delivered = roll.topics[place].deliver(world, now, alone);
        events += delivered.accepted;
        if !waits.is_empty() {
            waits.retain(|(other, _)| *other != place);
        }
        if delivered.due != u64::MAX {
            waits.push((place, delivered.due));
        }
    }
    events as u64
}
