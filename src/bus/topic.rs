//! All events of one type: the inbox that producers fill, the log that consumers read, the groups that read it.

use bevy_ecs::prelude::*;

use super::batch::Batch;
use super::envelope::Envelope;
use super::failure::Failure;
use super::handler::{Handler, HandlerError};
use super::log::Log;

/// What can be an event: any type that can be shared. The topic of a type is named once, when it is made.
pub trait Event: Send + Sync + 'static {}

impl<E: Send + Sync + 'static> Event for E {}

/// Counters of a group. `delivered = acked + failed`, and what the group has not been given yet is its lag.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct GroupStats {
    /// Events that the group was given.
    pub delivered: u64,
    /// Events that its handler dealt with.
    pub acked: u64,
    /// Events that its handler answered with an error.
    pub failed: u64,
    /// Events that left the log before the group could see them.
    pub evicted: u64,
    /// Events in the topic that the group has yet to see.
    pub lag: u64,
}

/// One subscriber as the topic sees it.
struct Group<E: Event> {
    name: &'static str,
    /// `seq` of the next event to be given.
    offset: u64,
    stats: GroupStats,
    /// `None` only while it runs.
    handler: Option<Handler<E>>,
}

/// All events of one type in the order in which they were published, and the groups that read them.
#[derive(Resource)]
pub struct Topic<E: Event> {
    name: &'static str,
    max_len: usize,
    inbox: Vec<E>,
    log: Log<E>,
    groups: Vec<Group<E>>,
}

impl<E: Event> Topic<E> {
    pub(super) fn new(name: &'static str, max_len: usize) -> Self {
        Self { name, max_len, inbox: Vec::new(), log: Log::empty(0), groups: Vec::new() }
    }

    /// The topic's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Appends an event. It is delivered with the next wave. Returns the `seq` that it will have.
    pub fn publish(&mut self, event: E) -> u64 {
        self.inbox.push(event);
        self.log.end() + self.inbox.len() as u64 - 1
    }

    /// The events that are retained, oldest first. While the topic is being delivered, a handler finds none here: it has
    /// its batch.
    pub fn retained(&self) -> impl Iterator<Item = &Envelope<E>> {
        self.log.iter()
    }

    /// Events that have been taken in since the topic was made.
    #[must_use]
    pub fn published(&self) -> u64 {
        self.log.end()
    }

    /// The groups in the order in which they subscribed, each with its counters.
    pub fn groups(&self) -> impl Iterator<Item = (&'static str, GroupStats)> {
        let end = self.log.end();
        self.groups.iter().map(move |group| (group.name, GroupStats { lag: end - group.offset, ..group.stats }))
    }

    /// A new group starts behind what has been published so far, the inbox being part of the next wave.
    pub(super) fn add_group(&mut self, name: &'static str, handler: Handler<E>) {
        let offset = self.log.end();
        self.groups.push(Group { name, offset, stats: GroupStats::default(), handler: Some(handler) });
    }

    /// Takes the inbox into the log. Returns how many events that were.
    pub(super) fn accept(&mut self, now: u64) -> usize {
        let count = self.inbox.len();
        for event in self.inbox.drain(..) {
            self.log.append(event, now);
        }
        count
    }

    /// Forgets what the retention does not keep, and moves the groups that had not seen it.
    pub(super) fn retain(&mut self) {
        self.log.keep(self.max_len);
        let start = self.log.start();
        for group in &mut self.groups {
            let missed = start.saturating_sub(group.offset);
            group.stats.evicted += missed;
            group.offset += missed;
        }
    }
}

/// Gives every group of the topic what it has not seen, in the order in which they subscribed.
pub(super) fn deliver<E: Event>(world: &mut World) {
    let groups = world.resource::<Topic<E>>().groups.len();
    for index in 0..groups {
        deliver_to::<E>(world, index);
    }
}

/// Runs one group's handler until it has taken everything, or takes no more.
///
/// The log and the handler are lent out of the topic meanwhile, so that the handler can publish to the very topic that it
/// reads from. An error gives up the event that was taken last and goes on with the one after it.
fn deliver_to<E: Event>(world: &mut World, index: usize) {
    let mut topic = world.resource_mut::<Topic<E>>();
    let group = &mut topic.groups[index];
    let (name, mut offset) = (group.name, group.offset);
    let Some(mut handler) = group.handler.take() else { return };
    let stand_in = Log::empty(topic.log.end());
    let log = std::mem::replace(&mut topic.log, stand_in);

    let mut stats = GroupStats::default();
    while offset < log.end() {
        let before = offset;
        let outcome = handler.run_without_applying_deferred(Batch::new(&log, &mut offset), world);
        handler.apply_deferred(world);
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(error) => Err(HandlerError::new(error.to_string())),
        };
        if outcome.is_err() && offset == before {
            offset += 1;
        }
        let taken = offset - before;
        stats.delivered += taken;
        match outcome {
            Ok(()) => {
                stats.acked += taken;
                break;
            }
            Err(error) => {
                stats.acked += taken - 1;
                stats.failed += 1;
                report::<E>(world, name, offset - 1, error);
            }
        }
    }

    let mut topic = world.resource_mut::<Topic<E>>();
    topic.log = log;
    let group = &mut topic.groups[index];
    group.handler = Some(handler);
    group.offset = offset;
    group.stats.delivered += stats.delivered;
    group.stats.acked += stats.acked;
    group.stats.failed += stats.failed;
}

/// Publishes the failure, unless it was the topic of failures itself that could not be handled: then it is only counted.
fn report<E: Event>(world: &mut World, group: &'static str, seq: u64, error: HandlerError) {
    if std::any::TypeId::of::<E>() == std::any::TypeId::of::<Failure>() {
        return;
    }
    let topic = world.resource::<Topic<E>>().name;
    if let Some(mut failures) = world.get_resource_mut::<Topic<Failure>>() {
        failures.publish(Failure { topic, group, seq, error });
    }
}
