//! The bus: all topics, and the waves in which they are delivered.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use bevy_ecs::prelude::*;

use super::delivery::{AnyTopic, Steps};
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
    roll: Mutex<Arc<Roll>>,
    /// Whoever delivers has it locked: so only one does.
    desk: Mutex<Desk>,
}

/// What a delivery works with.
#[derive(Default)]
struct Desk {
    /// As it was at the beginning of the wave.
    roll: Arc<Roll>,
    /// The topics of which a group is to be called though nothing new comes, and when.
    waits: Vec<(usize, u64)>,
}

/// What a delivery goes through. It is copied when it is changed, and a delivery that goes on sees that with its next wave.
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
    fn roll(&self) -> MutexGuard<'_, Arc<Roll>> {
        // Nobody panics with it: nothing of a caller's runs in between.
        self.0.roll.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The topics' names in the order in which they were made, which is the order within a wave.
    #[must_use]
    pub fn topics(&self) -> Vec<String> {
        self.roll().topics.iter().map(|topic| topic.name().to_owned()).collect()
    }

    /// All topics with their groups and counters, in the same order.
    #[must_use]
    pub fn topic_reports(&self, now: u64) -> Vec<TopicReport> {
        let roll = self.roll().clone();
        roll.topics.iter().map(|topic| topic.report(now)).collect()
    }

    /// How often a delivery stopped at a cap with events left; these were delivered by the next call.
    #[must_use]
    pub fn overruns(&self) -> u64 {
        self.0.overruns.load(Ordering::Relaxed)
    }

    /// Where the next topic says that it has something to do: the flags of all, and its own.
    pub(super) fn flag(&self) -> (Arc<Flags>, u64) {
        (self.0.flags.clone(), flags::flag(self.roll().topics.len()))
    }

    pub(super) fn add(&self, topic: Arc<dyn AnyTopic>, restless: bool) {
        let mut roll = self.roll();
        let roll = Arc::make_mut(&mut roll);
        roll.restless.extend(restless.then_some(roll.topics.len()));
        roll.topics.push(topic);
        self.0.flags.raise(flags::ROLL);
    }

    pub(super) fn add_chore(&self, chore: Chore) {
        Arc::make_mut(&mut self.roll()).chores.push(chore);
        self.0.flags.raise(flags::ROLL);
    }

    /// Delivers everything that has been published, wave after wave, until nothing is left. `now` is the time in
    /// milliseconds on whatever clock the caller keeps; the bus has none. A call from inside a handler does nothing.
    ///
    /// # Panics
    /// If it is not the world in which the handlers were made; bevy says so.
    pub fn deliver(&self, world: &mut World, now: u64) -> Delivery {
        let mut delivery = Delivery::default();
        let mut desk = match self.0.desk.try_lock() {
            Ok(desk) => desk,
            // A handler has panicked. That was that delivery's end, and not the bus's: whatever it left is looked for everywhere.
            Err(TryLockError::Poisoned(poisoned)) => {
                self.0.desk.clear_poison();
                let desk = poisoned.into_inner();
                self.0.flags.raise((0..desk.roll.topics.len()).fold(0, |all, place| all | flags::flag(place)));
                desk
            }
            Err(TryLockError::WouldBlock) => return delivery,
        };
        let Desk { roll, waits } = &mut *desk;
        for &place in &roll.restless {
            roll.topics[place].serve(world, now, Steps { accept: false, push: false, retain: true });
        }
        let chores_due = loop {
            let mut chores_due = u64::MAX;
            for chore in &roll.chores {
                chores_due = chores_due.min(chore(world, now));
            }
            let mut work = self.0.flags.take();
            if work & flags::ROLL != 0 {
                *roll = self.roll().clone();
                self.0.flags.raise(work & !flags::ROLL);
                continue;
            }
            for (place, due) in &*waits {
                if *due <= now {
                    work |= flags::flag(*place);
                }
            }
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
            delivery.events += wave(world, roll, work, waits, now);
        };
        let due = waits.iter().map(|(_, due)| *due).fold(chores_due, u64::min);
        delivery.next_due = (due != u64::MAX).then_some(due);
        delivery
    }
}

/// Takes all inboxes in and gives every group what is due to it. Returns how many events were taken in.
fn wave(world: &mut World, roll: &Roll, work: u64, waits: &mut Vec<(usize, u64)>, now: u64) -> u64 {
    // With more than one topic, none is delivered before all inboxes are in; with one, both are done in one go.
    if let Some(place) = flags::alone(work) {
        return serve(world, roll, place, waits, now, Steps { accept: true, push: true, retain: true });
    }
    let chosen = || flags::flagged(work, roll.topics.len());
    let accept = Steps { accept: true, push: false, retain: false };
    let accepted: usize = chosen().map(|place| roll.topics[place].serve(world, now, accept).accepted).sum();
    for place in chosen() {
        serve(world, roll, place, waits, now, Steps { accept: false, push: true, retain: true });
    }
    accepted as u64
}

/// Does these steps, of which one is to push, and notes when there is something to do again. Returns how many events were taken in.
fn serve(world: &mut World, roll: &Roll, place: usize, waits: &mut Vec<(usize, u64)>, now: u64, steps: Steps) -> u64 {
    let served = roll.topics[place].serve(world, now, steps);
    if !waits.is_empty() {
        waits.retain(|(other, _)| *other != place);
    }
    if served.due != u64::MAX {
        waits.push((place, served.due));
    }
    served.accepted as u64
}
