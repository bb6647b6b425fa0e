//! The bus: all topics of a world, and the waves in which their events are delivered.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use bevy_ecs::prelude::*;

use crate::delivery::{AnyTopic, Phase};
use crate::dirty;
use crate::engine::time::Timestamp;
use crate::handles::TopicReport;
use crate::hub::Hub;

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
#[component(clone_behavior = Ignore)]
pub struct Bus(Arc<Shared>);

impl fmt::Debug for Bus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bus").field("topics", &self.topics()).finish_non_exhaustive()
    }
}

/// The state that the handles share.
#[derive(Default)]
struct Shared {
    hub: Arc<Hub>,
    overruns: AtomicU64,
    /// Not locked while handlers run.
    topics: Mutex<Arc<Topics>>,
    /// Locked during a delivery, so that there is only one at a time, and while [`Bus::next_due`] reads it.
    delivery: Mutex<DeliveryState>,
    /// `true` during a delivery. After the panic of a handler it stays so until the next one.
    delivering: AtomicBool,
}

/// The state of a delivery.
#[derive(Default)]
struct DeliveryState {
    /// A snapshot of [`Shared::topics`], taken at the beginning of the wave.
    topics: Arc<Topics>,
    /// The topics that can have work to do without a new event.
    timed: Vec<usize>,
    /// The topics that have a retry due without a new event, and the time at which it is due.
    waits: Vec<(usize, Timestamp)>,
    /// The flags of the topics in which a handler left events. It gets them with the next delivery.
    left: u64,
}

/// The topics and timed tasks of a bus. It is copied on write, and a running delivery uses the new version from its
/// next wave on.
#[derive(Clone, Default)]
struct Topics {
    /// In order of creation.
    all: Vec<Arc<dyn AnyTopic>>,
    /// Tasks that run at each wave, such as the timeouts of requests.
    tasks: Vec<Arc<dyn TimedTask>>,
}

/// A task that runs at each wave.
pub(crate) trait TimedTask: Send + Sync {
    /// Runs the task. Returns when it must run next.
    fn run(&self, now: Timestamp) -> Timestamp;

    /// Returns when it must run next, and changes nothing. `now` is the time of the latest delivery.
    fn due(&self, now: Timestamp) -> Timestamp;
}

/// The result of one delivery.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Delivery {
    /// The number of waves.
    pub waves: u32,
    /// The number of events that were appended to the logs.
    pub events: u64,
    /// `true` if the delivery stopped at [`MAX_WAVES`] or [`MAX_EVENTS`] with events left. Then call again, regardless
    /// of `next_due`. A producer on another thread that publishes all the time has the same effect as a cycle.
    pub overrun: bool,
    /// When the next call is due without a new event: for a retry of a push or pull group, for the timeout of an ack or
    /// a request, or now for events that a handler left. [`Bus::next_due`] returns it at other moments.
    pub next_due: Option<Timestamp>,
}

impl Bus {
    fn all(&self) -> MutexGuard<'_, Arc<Topics>> {
        // A poisoned lock is safe to use: no code of the caller runs while it is held.
        self.0.topics.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the names of the topics in order of creation, which is also the order within a wave.
    #[must_use]
    pub fn topics(&self) -> Vec<String> {
        self.all().all.iter().map(|topic| topic.any().name.clone().into_owned()).collect()
    }

    /// Returns all topics with their groups and counters, in the same order.
    #[must_use]
    pub fn topic_reports(&self, now: Timestamp) -> Vec<TopicReport> {
        let topics = self.all().clone();
        topics.all.iter().map(|topic| topic.any().report(now)).collect()
    }

    /// Returns how many deliveries stopped at [`MAX_WAVES`] or [`MAX_EVENTS`] with events left. The next call delivers
    /// these.
    #[must_use]
    pub fn overruns(&self) -> u64 {
        self.0.overruns.load(Ordering::Relaxed)
    }

    /// Returns the time that was passed to the latest [`Self::deliver`].
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.hub.now()
    }

    /// Closes every topic. Events that were published are still delivered, but those that handlers publish are refused.
    /// So are answers, failures and dead letters: to have them until the end, close only the topics of your producers.
    pub fn close(&self) {
        let topics = self.all().clone();
        topics.all.iter().for_each(|topic| topic.any().lock().core.closed = true);
    }

    pub(crate) fn hub(&self) -> Arc<Hub> {
        self.0.hub.clone()
    }

    /// Returns the number of topics.
    pub(crate) fn len(&self) -> usize {
        self.all().all.len()
    }

    pub(crate) fn add(&self, topic: Arc<dyn AnyTopic>) {
        Arc::make_mut(&mut self.all()).all.push(topic);
        self.0.hub.dirty.mark(dirty::TOPICS_CHANGED);
    }

    pub(crate) fn add_task(&self, task: Arc<dyn TimedTask>) {
        Arc::make_mut(&mut self.all()).tasks.push(task);
        self.0.hub.dirty.mark(dirty::TOPICS_CHANGED);
    }

    /// Returns when the next [`Self::deliver`] is due without a new event; `None` if nothing waits for a time. It is
    /// [`Delivery::next_due`], brought up to date with acks, nacks and requests since. During a delivery it is `None`.
    /// Takes time in proportion to the number of topics.
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        match self.0.delivery.try_lock() {
            Ok(state) if state.left == 0 => self.next_time(&state),
            // After the panic of a handler it is unknown what is left.
            Ok(_) | Err(TryLockError::Poisoned(_)) => Some(self.now()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// Returns the next time at which something is due, apart from what handlers have left. During a delivery, or after
    /// the panic of a handler, it is `None`.
    pub(crate) fn next_timer(&self) -> Option<Timestamp> {
        self.next_time(&*self.0.delivery.try_lock().ok()?)
    }

    fn next_time(&self, state: &DeliveryState) -> Option<Timestamp> {
        let (now, topics) = (self.now(), self.all().clone());
        let pulls = topics.all.iter().map(|topic| topic.any().pull_due(now));
        let tasks = topics.tasks.iter().map(|task| task.due(now));
        let waits = state.waits.iter().map(|(_, due)| *due);
        pulls.chain(tasks).chain(waits).min()?.or_never()
    }

    /// Begins a delivery. Returns `None` if one is running.
    fn begin(&self) -> Option<MutexGuard<'_, DeliveryState>> {
        let (delivery, dirty) = (&self.0.delivery, &self.0.hub.dirty);
        let locked = match delivery.try_lock() {
            // Another thread reads the state.
            Err(TryLockError::WouldBlock) if !self.0.delivering.load(Ordering::Acquire) => delivery.lock(),
            Err(TryLockError::WouldBlock) => return None,
            Err(TryLockError::Poisoned(poisoned)) => Err(poisoned),
            Ok(state) => Ok(state),
        };
        let state = locked.unwrap_or_else(|poisoned| {
            // A handler panicked in an earlier delivery. It is unknown which topics were left with work, so mark them
            // all.
            delivery.clear_poison();
            let state = poisoned.into_inner();
            dirty.mark((0..state.topics.all.len()).fold(0, |all, place| all | dirty::flag(place)));
            state
        });
        self.0.delivering.store(true, Ordering::Release);
        Some(state)
    }

    /// Delivers all published events, wave after wave, until none is left. Each group gets all of its events; those
    /// that its handler does not take it gets again with the next call. `now` is the time on the caller's clock; the
    /// bus has none. A call from inside a handler is a no-op.
    ///
    /// # Panics
    /// If `world` is not the world in which the handlers were subscribed. The check is in bevy_ecs. A
    /// [listener](crate::Subscription::listener) needs no world, and makes no check.
    pub fn deliver(&self, world: &mut World, now: Timestamp) -> Delivery {
        let mut delivery = Delivery::default();
        let dirty = &self.0.hub.dirty;
        let Some(mut guard) = self.begin() else { return delivery };
        self.0.hub.set_now(now);
        let state = &mut *guard;
        state.left = 0;
        if dirty.have_topics_changed() {
            self.refresh(state);
        }
        for &place in &state.timed {
            state.topics.all[place].any().advance(now);
        }
        let tasks_due = loop {
            let tasks_due = state.topics.tasks.iter().map(|task| task.run(now)).min().unwrap_or(Timestamp::MAX);
            let mut work = dirty.take();
            if work & dirty::TOPICS_CHANGED != 0 {
                self.refresh(state);
                dirty.mark(work & !dirty::TOPICS_CHANGED);
                continue;
            }
            for (place, due) in &state.waits {
                if *due <= now {
                    work |= dirty::flag(*place);
                }
            }
            if work == 0 {
                break tasks_due;
            }
            if delivery.waves == MAX_WAVES || delivery.events >= MAX_EVENTS {
                dirty.mark(work);
                self.0.overruns.fetch_add(1, Ordering::Relaxed);
                delivery.overrun = true;
                break tasks_due;
            }
            delivery.waves += 1;
            delivery.events += state.wave(world, work, now);
        };
        dirty.mark(state.left);
        let pulls = state.timed.iter().map(|&place| state.topics.all[place].any().pull_due(now));
        let due = state.waits.iter().map(|(_, due)| *due).chain(pulls).fold(tasks_due, Timestamp::min);
        delivery.next_due = if state.left == 0 { due.or_never() } else { Some(now) };
        self.0.delivering.store(false, Ordering::Release);
        delivery
    }

    #[cold]
    fn refresh(&self, state: &mut DeliveryState) {
        state.topics = self.all().clone();
        let topics = state.topics.all.iter().enumerate();
        state.timed = topics.filter(|(_, topic)| topic.any().lock().is_timed()).map(|(place, _)| place).collect();
    }
}

impl DeliveryState {
    /// Runs one wave: appends all inboxes to their logs, and delivers to every group what is due. Returns how many
    /// events were appended.
    fn wave(&mut self, world: &mut World, work: u64, now: Timestamp) -> u64 {
        self.left &= !work;
        // All inboxes must be appended before any topic is delivered. With a single topic, one call does both.
        if let Some(place) = dirty::alone(work) {
            return self.serve(world, place, now, Phase::All);
        }
        let topics = self.topics.clone();
        let chosen = || dirty::flagged(work, topics.all.len());
        let accepted: usize = chosen().map(|place| topics.all[place].serve(world, now, Phase::Accept).accepted).sum();
        for place in chosen() {
            self.serve(world, place, now, Phase::Push);
        }
        accepted as u64
    }

    /// Serves a topic, and notes when it is due again. Returns how many events were appended to the log.
    fn serve(&mut self, world: &mut World, place: usize, now: Timestamp, phase: Phase) -> u64 {
        let served = self.topics.all[place].serve(world, now, phase);
        if !self.waits.is_empty() {
            self.waits.retain(|(other, _)| *other != place);
        }
        if served.due != Timestamp::MAX {
            self.waits.push((place, served.due));
        }
        // Topics may share a flag, so it is cleared once for a whole wave.
        if served.left {
            self.left |= dirty::flag(place);
        }
        served.accepted as u64
    }
}

/// Closes the topics when their world is dropped, so that producers that are left do not publish for ever.
#[derive(Resource)]
pub(crate) struct CloseOnDrop(pub(crate) Bus);

impl Drop for CloseOnDrop {
    fn drop(&mut self) {
        self.0.close();
    }
}
