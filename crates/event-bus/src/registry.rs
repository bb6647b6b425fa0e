//! The bus: all topics of a world, and the waves in which their events are delivered.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use bevy_ecs::prelude::*;

use super::delivery::{AnyTopic, Steps};
use super::flags::{self, Flags};
use super::stats::TopicReport;

/// The maximum number of waves in one [`Bus::deliver`]. Without it, handlers that keep triggering each other would
/// never end.
pub const MAX_WAVES: u32 = 64;

/// The number of events after which one [`Bus::deliver`] stops in the same way. Handlers that publish several events
/// for each one would fill the memory long before the last wave.
pub const MAX_EVENTS: u64 = 1 << 20;

/// All topics of a world.
///
/// This is a handle: its clones are the same bus, and a frequent caller can keep one. Handlers must not own one: the
/// bus owns its handlers, so neither would ever be dropped.
#[derive(Resource, Clone, Default)]
pub struct Bus(Arc<Shared>);

/// The state that the handles share.
#[derive(Default)]
struct Shared {
    /// Which topics have work to do.
    flags: Arc<Flags>,
    overruns: AtomicU64,
    /// Not locked while handlers run.
    roll: Mutex<Arc<Roll>>,
    /// Locked during a delivery, so that there is only one at a time.
    desk: Mutex<Desk>,
}

/// The state of a delivery.
#[derive(Default)]
struct Desk {
    /// A snapshot of [`Shared::roll`], taken at the beginning of the wave.
    roll: Arc<Roll>,
    /// The topics that have a retry due without a new event, and the time at which it is due.
    waits: Vec<(usize, u64)>,
    /// The flags of the topics in which a handler left events. It gets them with the next delivery.
    left: u64,
}

/// The topics and timed tasks of a bus. It is copied on write, and a running delivery uses the new version from its
/// next wave on.
#[derive(Clone, Default)]
struct Roll {
    /// In order of creation.
    topics: Vec<Arc<dyn AnyTopic>>,
    /// The topics that can evict events without a new event, because they limit the age.
    restless: Vec<usize>,
    /// Tasks that run at each delivery, such as the timeouts of requests.
    chores: Vec<Chore>,
}

/// A timed task. Returns when it must run next: `u64::MAX` for never.
pub(super) type Chore = fn(&mut World, u64) -> u64;

/// The result of one delivery.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// The number of waves.
    pub waves: u32,
    /// The number of events that were appended to the logs.
    pub events: u64,
    /// `true` if the delivery stopped at [`MAX_WAVES`] or [`MAX_EVENTS`] with events left. Then call again, regardless
    /// of `next_due`.
    pub overrun: bool,
    /// When the next call is due without a new event: for a retry, for the timeout of a request, or now for events that
    /// a handler left. In milliseconds on the bus's clock.
    pub next_due: Option<u64>,
}

impl Bus {
    fn roll(&self) -> MutexGuard<'_, Arc<Roll>> {
        // A poisoned lock is safe to use: no code of the caller runs while it is held.
        self.0.roll.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the names of the topics in order of creation, which is also the order within a wave.
    #[must_use]
    pub fn topics(&self) -> Vec<String> {
        self.roll().topics.iter().map(|topic| topic.name().to_owned()).collect()
    }

    /// Returns all topics with their groups and counters, in the same order.
    #[must_use]
    pub fn topic_reports(&self, now: u64) -> Vec<TopicReport> {
        let roll = self.roll().clone();
        roll.topics.iter().map(|topic| topic.report(now)).collect()
    }

    /// Returns how many deliveries stopped at [`MAX_WAVES`] or [`MAX_EVENTS`] with events left. The next call delivers
    /// these.
    #[must_use]
    pub fn overruns(&self) -> u64 {
        self.0.overruns.load(Ordering::Relaxed)
    }

    /// Returns the flags of all topics, and the flag of the topic that is added next.
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

    /// Delivers all published events, wave after wave, until none is left. Each group gets all of its events; those
    /// that its handler does not take it gets again with the next call. `now` is the time in milliseconds on the
    /// caller's clock; the bus has none. A call from inside a handler is a no-op.
    ///
    /// # Panics
    /// If `world` is not the world in which the handlers were subscribed. The check is in bevy_ecs.
    pub fn deliver(&self, world: &mut World, now: u64) -> Delivery {
        let mut delivery = Delivery::default();
        let mut desk = match self.0.desk.try_lock() {
            Ok(desk) => desk,
            // A handler panicked in an earlier delivery. It is unknown which topics were left with work, so flag them
            // all.
            Err(TryLockError::Poisoned(poisoned)) => {
                self.0.desk.clear_poison();
                let desk = poisoned.into_inner();
                self.0.flags.raise((0..desk.roll.topics.len()).fold(0, |all, place| all | flags::flag(place)));
                desk
            }
            Err(TryLockError::WouldBlock) => return delivery,
        };
        let Desk { roll, waits, left } = &mut *desk;
        *left = 0;
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
            delivery.events += wave(world, roll, work, waits, left, now);
        };
        self.0.flags.raise(*left);
        let due = waits.iter().map(|(_, due)| *due).fold(chores_due, u64::min);
        delivery.next_due = if *left != 0 { Some(now) } else { (due != u64::MAX).then_some(due) };
        delivery
    }
}

/// Runs one wave: appends all inboxes to their logs, and delivers to every group what is due. Returns how many events
/// were appended.
fn wave(world: &mut World, roll: &Roll, work: u64, waits: &mut Vec<(usize, u64)>, left: &mut u64, now: u64) -> u64 {
    // All inboxes must be appended before any topic is delivered. With a single topic, one call does both.
    if let Some(place) = flags::alone(work) {
        return serve(world, roll, place, waits, left, now, Steps { accept: true, push: true, retain: true });
    }
    let chosen = || flags::flagged(work, roll.topics.len());
    let accept = Steps { accept: true, push: false, retain: false };
    let accepted: usize = chosen().map(|place| roll.topics[place].serve(world, now, accept).accepted).sum();
    for place in chosen() {
        serve(world, roll, place, waits, left, now, Steps { accept: false, push: true, retain: true });
    }
    accepted as u64
}

/// Runs these steps for a topic, and notes when it is due again. One of the steps must be `push`. Returns how many
/// events were appended to the log.
fn serve(
    world: &mut World,
    roll: &Roll,
    place: usize,
    waits: &mut Vec<(usize, u64)>,
    left: &mut u64,
    now: u64,
    steps: Steps,
) -> u64 {
    let served = roll.topics[place].serve(world, now, steps);
    if !waits.is_empty() {
        waits.retain(|(other, _)| *other != place);
    }
    if served.due != u64::MAX {
        waits.push((place, served.due));
    }
    let flag = flags::flag(place);
    *left = if served.left { *left | flag } else { *left & !flag };
    served.accepted as u64
}
