//! The bus as an extension of bevy's `World`. Every call finds its topic by the type of the event.

use std::borrow::Cow;

use bevy_ecs::prelude::*;

use crate::bus::{Bus, Delivery};
use crate::dead_letter::DeadLetter;
use crate::engine::config::StartAt;
use crate::engine::stats::GroupStats;
use crate::engine::time::Timestamp;
use crate::envelope::Envelope;
use crate::error::{PublishError, PullError, WiringError};
use crate::handler::{HandlerSystem, handler};
use crate::handler_error::HandlerError;
use crate::handles::{Group, Member, TopicReport};
use crate::pull::{Consumer, Outstanding};
use crate::subscription::{AtMostOnce, Subscription};
use crate::topic::Topic;
use crate::topic_builder::TopicBuilder;

/// The calls of the bus on a `World`.
///
/// ```
/// use bevy_ecs::prelude::*;
/// use blockers_event_bus::prelude::*;
/// use std::time::Duration;
///
/// #[derive(Clone, Debug)]
/// struct Order(u64);
///
/// let mut world = World::new();
/// world.add_topic::<Order>("orders").dead_letters(16).create()?;
/// let consumer = world.subscribe::<Order>("audit").at_least_once().ack_wait(Duration::from_secs(30)).pull()?;
/// for number in 0..4 {
///     world.publish(Order(number))?;
/// }
/// let now = Timestamp::from_millis(0);
/// world.deliver(now);
/// assert_eq!(world.pull(&consumer, 10, now)?.len(), 4);
/// world.ack_all(&consumer, 1)?;
/// world.nack(&consumer, 2, now, HandlerError::fatal("this order is not valid"))?;
/// assert_eq!(world.outstanding(&consumer)?[0].seq, 3);
/// assert_eq!(world.deliver(now).next_due, Some(Timestamp::from_millis(30_000)), "the end of the wait for an ack");
/// let letter = world.topic::<DeadLetter<Order>>()?.retained().remove(0).into_event();
/// world.redeliver(&letter)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait WorldBusExt {
    /// Starts to build the topic of an event type. [`TopicBuilder::create`] completes it.
    fn add_topic<E: Send + Sync + 'static>(&mut self, name: impl Into<Cow<'static, str>>) -> TopicBuilder<'_, E>;

    /// Returns the topic of an event type.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`].
    fn topic<E: Send + Sync + 'static>(&self) -> Result<&Topic<E>, WiringError>;

    /// Starts to build a subscription. [`Subscription::handler`], [`Subscription::listener`] or [`Subscription::pull`]
    /// completes it.
    fn subscribe<E: Send + Sync + 'static>(
        &mut self,
        group: impl Into<Cow<'static, str>>,
    ) -> Subscription<'_, E, AtMostOnce>;

    /// Adds a competing handler to a group. Each event goes to one of the handlers. During a delivery of this topic, it
    /// joins when all handlers of the topic have run.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`], or [`WiringError::NoGroup`] if the group has ended.
    fn join<E: Send + Sync + 'static, M: 'static>(
        &mut self,
        group: &Group<E>,
        system: impl HandlerSystem<E, M>,
    ) -> Result<Member<E>, WiringError>;

    /// Removes a handler from its group. Without a handler, the events of the group wait for one that joins. During a
    /// delivery of this topic, it leaves when all handlers of the topic have run.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`], or [`WiringError::NoGroup`] if the group has ended.
    fn leave<E: Send + Sync + 'static>(&self, member: &Member<E>) -> Result<(), WiringError>;

    /// Removes a group. It gets no more events, even if it is running. Returns its counters.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::NoGroup`].
    fn unsubscribe<E: Send + Sync + 'static>(&self, group: &str) -> Result<GroupStats, WiringError>;

    /// Moves a group's offset: back to replay events, forward to skip some. A position outside of the retained events
    /// is clamped to them. The group's in-flight events are skipped. During a delivery of this topic, the seek is
    /// deferred until all handlers of the topic have run.
    ///
    /// An effectively-once group leaves out the events that it remembers; [`Self::seek_fresh`] makes it forget them.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::NoGroup`].
    fn seek<E: Send + Sync + 'static>(&self, group: &str, to: StartAt) -> Result<(), WiringError>;

    /// Does the same, and makes an effectively-once group forget the keys of the events that it has handled.
    ///
    /// # Errors
    /// As [`Self::seek`].
    fn seek_fresh<E: Send + Sync + 'static>(&self, group: &str, to: StartAt) -> Result<(), WiringError>;

    /// Redelivers a dead letter to the group that gave it up, and to no other. Its attempts start at zero again.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`], or [`WiringError::NoGroup`] if there is no group of that name.
    fn redeliver<E: Clone + Send + Sync + 'static>(&self, letter: &DeadLetter<E>) -> Result<(), WiringError>;

    /// Publishes an event from outside of a system. Returns its `seq`. Systems take a [`Publisher`](crate::Publisher).
    ///
    /// # Errors
    /// [`PublishError`].
    fn publish<E: Send + Sync + 'static>(&self, event: E) -> Result<u64, PublishError<E>>;

    /// Returns at most `limit` events. As [`Topic::pull`].
    ///
    /// # Errors
    /// [`PullError::Gone`].
    fn pull<E: Send + Sync + 'static>(
        &self,
        consumer: &Consumer<E>,
        limit: usize,
        now: Timestamp,
    ) -> Result<Vec<Envelope<E>>, PullError>;

    /// Acknowledges a pulled event. As [`Topic::ack`].
    ///
    /// # Errors
    /// [`PullError`] if the event is not in flight.
    fn ack<E: Send + Sync + 'static>(&self, consumer: &Consumer<E>, seq: u64) -> Result<(), PullError>;

    /// Acknowledges all pulled events up to this `seq`. Returns how many there were.
    ///
    /// # Errors
    /// [`PullError::Gone`].
    fn ack_all<E: Send + Sync + 'static>(&self, consumer: &Consumer<E>, up_to: u64) -> Result<usize, PullError>;

    /// Rejects a pulled event. As [`Topic::nack`].
    ///
    /// # Errors
    /// [`PullError`] if the event is not in flight.
    fn nack<E: Send + Sync + 'static>(
        &self,
        consumer: &Consumer<E>,
        seq: u64,
        now: Timestamp,
        error: impl Into<HandlerError>,
    ) -> Result<(), PullError>;

    /// Returns the events of the group that were pulled and are neither acked nor nacked.
    ///
    /// # Errors
    /// [`PullError::Gone`].
    fn outstanding<E: Send + Sync + 'static>(&self, consumer: &Consumer<E>) -> Result<Vec<Outstanding>, PullError>;

    /// Returns all topics with their groups and counters, in order of creation.
    fn topic_reports(&self, now: Timestamp) -> Vec<TopicReport>;

    /// Delivers all published events: see [`Bus::deliver`].
    fn deliver(&mut self, now: Timestamp) -> Delivery;
}

impl WorldBusExt for World {
    fn add_topic<E: Send + Sync + 'static>(&mut self, name: impl Into<Cow<'static, str>>) -> TopicBuilder<'_, E> {
        TopicBuilder::new(self, name.into())
    }

    fn topic<E: Send + Sync + 'static>(&self) -> Result<&Topic<E>, WiringError> {
        Topic::find(self)
    }

    fn subscribe<E: Send + Sync + 'static>(
        &mut self,
        group: impl Into<Cow<'static, str>>,
    ) -> Subscription<'_, E, AtMostOnce> {
        Subscription::new(self, group.into())
    }

    fn join<E: Send + Sync + 'static, M: 'static>(
        &mut self,
        group: &Group<E>,
        system: impl HandlerSystem<E, M>,
    ) -> Result<Member<E>, WiringError> {
        let handler = handler(self, system);
        Topic::find(self)?.join(group, handler)
    }

    fn leave<E: Send + Sync + 'static>(&self, member: &Member<E>) -> Result<(), WiringError> {
        Topic::find(self)?.leave(member)
    }

    fn unsubscribe<E: Send + Sync + 'static>(&self, group: &str) -> Result<GroupStats, WiringError> {
        Topic::<E>::find(self)?.unsubscribe(group)
    }

    fn seek<E: Send + Sync + 'static>(&self, group: &str, to: StartAt) -> Result<(), WiringError> {
        Topic::<E>::find(self)?.seek(group, to, false)
    }

    fn seek_fresh<E: Send + Sync + 'static>(&self, group: &str, to: StartAt) -> Result<(), WiringError> {
        Topic::<E>::find(self)?.seek(group, to, true)
    }

    fn redeliver<E: Clone + Send + Sync + 'static>(&self, letter: &DeadLetter<E>) -> Result<(), WiringError> {
        Topic::find(self)?.redeliver(&letter.verdict.group, letter.event.clone())
    }

    fn publish<E: Send + Sync + 'static>(&self, event: E) -> Result<u64, PublishError<E>> {
        match self.get_resource::<Topic<E>>() {
            Some(topic) => topic.publish(event),
            None => Err(PublishError::NoTopic(event)),
        }
    }

    fn pull<E: Send + Sync + 'static>(
        &self,
        consumer: &Consumer<E>,
        limit: usize,
        now: Timestamp,
    ) -> Result<Vec<Envelope<E>>, PullError> {
        pulled(self, consumer)?.pull(consumer, limit, now)
    }

    fn ack<E: Send + Sync + 'static>(&self, consumer: &Consumer<E>, seq: u64) -> Result<(), PullError> {
        pulled(self, consumer)?.ack(consumer, seq)
    }

    fn ack_all<E: Send + Sync + 'static>(&self, consumer: &Consumer<E>, up_to: u64) -> Result<usize, PullError> {
        pulled(self, consumer)?.ack_all(consumer, up_to)
    }

    fn nack<E: Send + Sync + 'static>(
        &self,
        consumer: &Consumer<E>,
        seq: u64,
        now: Timestamp,
        error: impl Into<HandlerError>,
    ) -> Result<(), PullError> {
        pulled(self, consumer)?.nack(consumer, seq, now, error)
    }

    fn outstanding<E: Send + Sync + 'static>(&self, consumer: &Consumer<E>) -> Result<Vec<Outstanding>, PullError> {
        pulled(self, consumer)?.outstanding(consumer)
    }

    fn topic_reports(&self, now: Timestamp) -> Vec<TopicReport> {
        self.get_resource::<Bus>().map_or_else(Vec::new, |bus| bus.topic_reports(now))
    }

    fn deliver(&mut self, now: Timestamp) -> Delivery {
        let bus = self.get_resource::<Bus>().cloned();
        bus.map_or_else(Delivery::default, |bus| bus.deliver(self, now))
    }
}

fn pulled<'w, E: Send + Sync + 'static>(world: &'w World, consumer: &Consumer<E>) -> Result<&'w Topic<E>, PullError> {
    world.get_resource::<Topic<E>>().ok_or_else(|| consumer.gone())
}
