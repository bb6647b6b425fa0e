//! The bus: all topics, and the waves in which they are delivered.

use std::any::type_name;
use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::mem;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bevy_ecs::prelude::*;

use super::batch::Batch;
use super::dead_letter::DeadLetter;
use super::delivery;
use super::envelope::Envelope;
use super::handler::{Handler, Outcome};
use super::pull::{Consumer, PullError};
use super::start::Start;
use super::stats::TopicReport;
use super::subscription::{AtMostOnce, Subscription, TopicBuilder};
use super::topic::{Event, Full, Topic};

/// How many waves one [`BusExt::deliver`] may take. Handlers that go on answering each other would else never end.
pub const MAX_WAVES: u32 = 64;

/// How many events one [`BusExt::deliver`] may take in before it stops in the same way: answers that multiply would fill the
/// memory long before the last wave.
pub const MAX_EVENTS: u64 = 1 << 20;

/// The registry of topics. What it needs of each is a few function pointers, so that it knows no event type.
#[derive(Resource, Default)]
pub struct Bus {
    names: Vec<Cow<'static, str>>,
    topics: Vec<TopicEntry>,
    /// What can be read of each topic. It is not lent while handlers run, so that they can ask too.
    reports: Vec<fn(&World, u64) -> Option<TopicReport>>,
    /// What else happens at each delivery: requests time out.
    chores: Vec<Chore>,
    overruns: u64,
    delivering: bool,
    /// Shared with all topics: in which is there something to do?
    dirty: Arc<AtomicU64>,
}

/// Something to be done at a time. Returns when there is something again: `u64::MAX` for never.
pub(super) type Chore = fn(&mut World, u64) -> u64;

struct TopicEntry {
    /// Takes the inbox in.
    accept: fn(&mut World, u64) -> usize,
    /// Takes the inbox in if that is to be done, and gives every group what is due to it.
    deliver: fn(&mut World, u64, bool) -> Delivered,
    /// For a topic whose retention can change without a new event.
    retain: Option<fn(&mut World, u64)>,
    /// Its bit among those that are dirty.
    bit: u64,
    /// When one of its groups is to be called though nothing new has come.
    due: u64,
}

impl TopicEntry {
    fn has_work(&self, dirty: u64, now: u64) -> bool {
        self.bit & dirty != 0 || (self.due <= now && self.due != u64::MAX)
    }
}

/// What became of a topic in a wave.
#[derive(Clone, Copy)]
pub(super) struct Delivered {
    /// Events that were taken in.
    pub(super) accepted: usize,
    /// When one of its groups is to be called though nothing new has come.
    pub(super) due: u64,
}

/// The bit of the topic that is made as the n-th. Those past the 63rd share one, and are looked at together.
fn bit(n: usize) -> u64 {
    1 << n.min(63)
}

impl Bus {
    /// The topics' names in the order in which they were made, which is the order within a wave.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }

    /// How often a delivery stopped at [`MAX_WAVES`] with events left; these were delivered by the next call.
    #[must_use]
    pub fn overruns(&self) -> u64 {
        self.overruns
    }

    /// What the next topic says that it has something to do with: the flags of all, and its own bit.
    pub(super) fn flag(&self) -> (Arc<AtomicU64>, u64) {
        (self.dirty.clone(), bit(self.names.len()))
    }

    pub(super) fn add<E: Event>(&mut self, name: Cow<'static, str>, restless: bool) {
        let bit = bit(self.names.len());
        self.names.push(name);
        self.topics.push(TopicEntry {
            accept: delivery::accept::<E>,
            deliver: delivery::deliver::<E>,
            retain: restless.then_some(delivery::retain::<E>),
            bit,
            due: u64::MAX,
        });
        self.reports.push(|world, now| world.get_resource::<Topic<E>>().map(|topic| topic.report(now)));
    }

    pub(super) fn add_chore(&mut self, chore: Chore) {
        self.chores.push(chore);
    }
}

/// What one delivery did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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

/// Why the wiring was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WiringError {
    /// The event type has a topic already, or another topic has this name.
    TopicExists(Cow<'static, str>),
    /// There is no topic for this event type.
    NoTopic(&'static str),
    /// The topic has a group of this name already.
    GroupExists {
        /// The topic's name.
        topic: Cow<'static, str>,
        /// The name that clashes.
        group: Cow<'static, str>,
    },
    /// The topic has no group of this name, or none of the kind that is wanted.
    NoGroup {
        /// The topic's name.
        topic: Cow<'static, str>,
        /// The name that nobody has.
        group: Cow<'static, str>,
    },
    /// The topic is full.
    Full(Full),
}

impl fmt::Display for WiringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TopicExists(name) => write!(f, "there is a topic for `{name}` already"),
            Self::NoTopic(event) => write!(f, "there is no topic for `{event}`: make it before you use it"),
            Self::GroupExists { topic, group } => write!(f, "topic `{topic}` has a group `{group}` already"),
            Self::NoGroup { topic, group } => write!(f, "topic `{topic}` has no such group `{group}`"),
            Self::Full(full) => full.fmt(f),
        }
    }
}

impl Error for WiringError {}

/// The bus as a world has it.
pub trait BusExt {
    /// Makes the topic of an event type, to be finished with [`TopicBuilder::create`].
    fn add_topic<E: Event>(&mut self, name: impl Into<Cow<'static, str>>) -> TopicBuilder<'_, E>;

    /// Starts a subscription to a topic, to be finished with [`Subscription::handler`] or [`Subscription::pull`].
    fn subscribe<E: Event>(&mut self, group: impl Into<Cow<'static, str>>) -> Subscription<'_, E, AtMostOnce>;

    /// Lets another handler compete for the events of a push group.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`], or [`WiringError::NoGroup`] also for a group that pulls.
    fn join<E: Event, O: Outcome, M>(
        &mut self,
        group: impl Into<Cow<'static, str>>,
        system: impl IntoSystem<Batch<'static, E>, O, M> + 'static,
    ) -> Result<(), WiringError>;

    /// Ends a group. It gets nothing more, also if it is the one that is running.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::NoGroup`].
    fn unsubscribe<E: Event>(&mut self, group: &str) -> Result<(), WiringError>;

    /// Moves a group's offset: back for a replay, on to pass something over. A place before the retained history is its
    /// beginning, one past its end is its end. What the group had not finished is left. From inside a handler of the topic, it
    /// happens when all of them have run.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::NoGroup`].
    fn seek<E: Event>(&mut self, group: &str, to: Start) -> Result<(), WiringError>;

    /// Gives a dead letter back to the group that gave it up, and to no other, to be tried as if for the first time.
    ///
    /// # Errors
    /// [`WiringError::NoGroup`] if that group is gone, [`WiringError::NoTopic`].
    fn redeliver<E: Event + Clone>(&mut self, letter: &DeadLetter<E>) -> Result<(), WiringError>;

    /// Publishes an event from outside of any system. Inside one, take a [`Publisher`](super::Publisher).
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::Full`].
    fn publish<E: Event>(&mut self, event: E) -> Result<u64, WiringError>;

    /// At most so many events that the consumer's group has not seen, or is to see again.
    ///
    /// # Errors
    /// [`PullError::Gone`].
    fn pull<E: Event + Clone>(
        &mut self,
        by: &Consumer<E>,
        most: usize,
        now: u64,
    ) -> Result<Vec<Envelope<E>>, PullError>;

    /// A pulled event is done.
    ///
    /// # Errors
    /// [`PullError`] if the group does not wait for it.
    fn ack<E: Event + Clone>(&mut self, by: &Consumer<E>, seq: u64) -> Result<(), PullError>;

    /// A pulled event is to be given again after the backoff, or to be given up.
    ///
    /// # Errors
    /// [`PullError`] if the group does not wait for it.
    fn nack<E: Event + Clone>(&mut self, by: &Consumer<E>, seq: u64, now: u64) -> Result<(), PullError>;

    /// All topics with their groups and counters, in the order in which they were made. From inside a handler there are none:
    /// ask the topic itself.
    fn topic_reports(&self, now: u64) -> Vec<TopicReport>;

    /// Delivers everything that has been published, wave after wave, until nothing is left. `now` is the time in
    /// milliseconds on whatever clock the caller keeps; the bus has none. A call from inside a handler does nothing.
    fn deliver(&mut self, now: u64) -> Delivery;
}

impl BusExt for World {
    fn add_topic<E: Event>(&mut self, name: impl Into<Cow<'static, str>>) -> TopicBuilder<'_, E> {
        TopicBuilder::new(self, name.into())
    }

    fn subscribe<E: Event>(&mut self, group: impl Into<Cow<'static, str>>) -> Subscription<'_, E, AtMostOnce> {
        Subscription::new(self, group.into())
    }

    fn join<E: Event, O: Outcome, M>(
        &mut self,
        group: impl Into<Cow<'static, str>>,
        system: impl IntoSystem<Batch<'static, E>, O, M> + 'static,
    ) -> Result<(), WiringError> {
        let handler = Handler::new(self, system);
        topic::<E>(self)?.join(group.into(), handler)
    }

    fn unsubscribe<E: Event>(&mut self, group: &str) -> Result<(), WiringError> {
        topic::<E>(self)?.remove(group)
    }

    fn seek<E: Event>(&mut self, group: &str, to: Start) -> Result<(), WiringError> {
        topic::<E>(self)?.seek(group, to)?;
        Ok(())
    }

    fn redeliver<E: Event + Clone>(&mut self, letter: &DeadLetter<E>) -> Result<(), WiringError> {
        topic::<E>(self)?.take_back(&letter.verdict.group, letter.event.clone())?;
        Ok(())
    }

    fn publish<E: Event>(&mut self, event: E) -> Result<u64, WiringError> {
        topic::<E>(self)?.publish(event).map_err(WiringError::Full)
    }

    fn pull<E: Event + Clone>(
        &mut self,
        by: &Consumer<E>,
        most: usize,
        now: u64,
    ) -> Result<Vec<Envelope<E>>, PullError> {
        pulling(self, by)?.pull(by, most, now)
    }

    fn ack<E: Event + Clone>(&mut self, by: &Consumer<E>, seq: u64) -> Result<(), PullError> {
        pulling(self, by)?.ack(by, seq)
    }

    fn nack<E: Event + Clone>(&mut self, by: &Consumer<E>, seq: u64, now: u64) -> Result<(), PullError> {
        delivery::nack(self, by, seq, now)
    }

    fn topic_reports(&self, now: u64) -> Vec<TopicReport> {
        let reports = self.get_resource::<Bus>().map(|bus| bus.reports.iter());
        reports.into_iter().flatten().filter_map(|report| report(self, now)).collect()
    }

    fn deliver(&mut self, now: u64) -> Delivery {
        let mut delivery = Delivery { waves: 0, events: 0, overrun: false, next_due: None };
        let Some(mut bus) = self.get_resource_mut::<Bus>().filter(|bus| !bus.delivering) else { return delivery };
        bus.delivering = true;
        let dirty = bus.dirty.clone();
        // They are lent out, so that nothing has to be looked up in between. Topics that are made meanwhile come behind.
        let mut topics = mem::take(&mut bus.topics);
        let mut chores = mem::take(&mut bus.chores);
        for retain in topics.iter().filter_map(|topic| topic.retain) {
            retain(self, now);
        }
        let chores_due = loop {
            let chores_due = chores.iter().map(|chore| chore(self, now)).min().unwrap_or(u64::MAX);
            let work = dirty.swap(0, Ordering::Relaxed);
            let count = topics.iter().filter(|topic| topic.has_work(work, now)).count();
            if count == 0 {
                break chores_due;
            }
            if delivery.waves == MAX_WAVES || delivery.events >= MAX_EVENTS {
                dirty.fetch_or(work, Ordering::Relaxed);
                delivery.overrun = true;
                break chores_due;
            }
            delivery.waves += 1;
            delivery.events += wave(self, &mut topics, work, count, now);
        };
        let due = topics.iter().map(|topic| topic.due).fold(chores_due, u64::min);
        delivery.next_due = Some(due).filter(|&due| due != u64::MAX);

        let Some(mut bus) = self.get_resource_mut::<Bus>() else { return delivery };
        bus.delivering = false;
        bus.overruns += u64::from(delivery.overrun);
        // What was published to topics that were made meanwhile comes with the next call.
        let made: u64 = bus.topics.iter().fold(0, |bits, topic| bits | topic.bit);
        dirty.fetch_or(made, Ordering::Relaxed);
        topics.append(&mut bus.topics);
        bus.topics = topics;
        chores.append(&mut bus.chores);
        bus.chores = chores;
        delivery
    }
}

/// Takes all inboxes in and gives every group what is due to it. Returns how many events were taken in.
fn wave(world: &mut World, topics: &mut [TopicEntry], work: u64, count: usize, now: u64) -> u64 {
    let mut events = 0;
    // With more than one topic, none is delivered before all inboxes are in; with one, both are done in one go.
    if count > 1 {
        for topic in topics.iter().filter(|topic| topic.has_work(work, now)) {
            events += (topic.accept)(world, now);
        }
    }
    for topic in topics.iter_mut().filter(|topic| topic.has_work(work, now)) {
        let delivered = (topic.deliver)(world, now, count == 1);
        topic.due = delivered.due;
        events += delivered.accepted;
    }
    events as u64
}

fn topic<E: Event>(world: &mut World) -> Result<Mut<'_, Topic<E>>, WiringError> {
    world.get_resource_mut::<Topic<E>>().ok_or(WiringError::NoTopic(type_name::<E>()))
}

fn pulling<'w, E: Event>(world: &'w mut World, by: &Consumer<E>) -> Result<Mut<'w, Topic<E>>, PullError> {
    world.get_resource_mut::<Topic<E>>().ok_or_else(|| PullError::Gone { group: by.group.clone() })
}
