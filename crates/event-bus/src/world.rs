//! The bus as an extension of bevy's `World`. Every call finds its topic by the type of the event.

use std::any::type_name;
use std::borrow::Cow;

use bevy_ecs::prelude::*;

use super::dead_letter::DeadLetter;
use super::delivery;
use super::envelope::Envelope;
use super::error::WiringError;
use super::handler::{HandlerSystem, handler};
use super::pull::{Consumer, PullError};
use super::registry::{Bus, Delivery};
use super::start::Start;
use super::stats::TopicReport;
use super::subscription::{AtMostOnce, Subscription, TopicBuilder};
use super::topic::{Event, Topic};

/// The calls of the bus on a `World`.
pub trait BusExt {
    /// Starts to build the topic of an event type. [`TopicBuilder::create`] completes it.
    fn add_topic<E: Event>(&mut self, name: impl Into<Cow<'static, str>>) -> TopicBuilder<'_, E>;

    /// Returns the topic of an event type.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`].
    fn topic<E: Event>(&self) -> Result<&Topic<E>, WiringError>;

    /// Starts to build a subscription. [`Subscription::handler`] or [`Subscription::pull`] completes it.
    fn subscribe<E: Event>(&mut self, group: impl Into<Cow<'static, str>>) -> Subscription<'_, E, AtMostOnce>;

    /// Adds a competing handler to a push group. Each event goes to one of the handlers.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`], or [`WiringError::NoGroup`], which is also returned for a pull group.
    fn join<E: Event, M: 'static>(
        &mut self,
        group: impl Into<Cow<'static, str>>,
        system: impl HandlerSystem<E, M>,
    ) -> Result<(), WiringError>;

    /// Removes a group. It gets no more events, even if it is running.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::NoGroup`].
    fn unsubscribe<E: Event>(&mut self, group: &str) -> Result<(), WiringError>;

    /// Moves a group's offset: back to replay events, forward to skip some. A position outside of the retained events
    /// is clamped to them. The group's in-flight events are skipped. During a delivery of this topic, the seek is
    /// deferred until all handlers of the topic have run.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::NoGroup`].
    fn seek<E: Event>(&mut self, group: &str, to: Start) -> Result<(), WiringError>;

    /// Redelivers a dead letter to the group that gave it up, and to no other. Its attempts start at zero again.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`], or [`WiringError::NoGroup`] if that group no longer exists.
    fn redeliver<E: Event + Clone>(&mut self, letter: &DeadLetter<E>) -> Result<(), WiringError>;

    /// Publishes an event from outside of a system. Returns its `seq`. Systems take a [`Publisher`](super::Publisher).
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::Full`].
    fn publish<E: Event>(&mut self, event: E) -> Result<u64, WiringError>;

    /// Returns at most `most` events: those that are due for a retry, then new ones.
    ///
    /// # Errors
    /// [`PullError::Gone`].
    fn pull<E: Event + Clone>(
        &mut self,
        by: &Consumer<E>,
        most: usize,
        now: u64,
    ) -> Result<Vec<Envelope<E>>, PullError>;

    /// Acknowledges a pulled event.
    ///
    /// # Errors
    /// [`PullError`] if the event is not in flight.
    fn ack<E: Event + Clone>(&mut self, by: &Consumer<E>, seq: u64) -> Result<(), PullError>;

    /// Rejects a pulled event. It is delivered again after the backoff, or given up after `max_deliver` attempts.
    ///
    /// # Errors
    /// [`PullError`] if the event is not in flight.
    fn nack<E: Event + Clone>(&mut self, by: &Consumer<E>, seq: u64, now: u64) -> Result<(), PullError>;

    /// Returns all topics with their groups and counters, in order of creation.
    fn topic_reports(&self, now: u64) -> Vec<TopicReport>;

    /// Delivers all published events: see [`Bus::deliver`].
    fn deliver(&mut self, now: u64) -> Delivery;
}

impl BusExt for World {
    fn add_topic<E: Event>(&mut self, name: impl Into<Cow<'static, str>>) -> TopicBuilder<'_, E> {
        TopicBuilder::new(self, name.into())
    }

    fn topic<E: Event>(&self) -> Result<&Topic<E>, WiringError> {
        self.get_resource::<Topic<E>>().ok_or(WiringError::NoTopic(type_name::<E>()))
    }

    fn subscribe<E: Event>(&mut self, group: impl Into<Cow<'static, str>>) -> Subscription<'_, E, AtMostOnce> {
        Subscription::new(self, group.into())
    }

    fn join<E: Event, M: 'static>(
        &mut self,
        group: impl Into<Cow<'static, str>>,
        system: impl HandlerSystem<E, M>,
    ) -> Result<(), WiringError> {
        let handler = handler(self, system);
        self.topic::<E>()?.join(&group.into(), handler)
    }

    fn unsubscribe<E: Event>(&mut self, group: &str) -> Result<(), WiringError> {
        self.topic::<E>()?.unsubscribe(group)
    }

    fn seek<E: Event>(&mut self, group: &str, to: Start) -> Result<(), WiringError> {
        self.topic::<E>()?.seek(group, to)
    }

    fn redeliver<E: Event + Clone>(&mut self, letter: &DeadLetter<E>) -> Result<(), WiringError> {
        self.topic::<E>()?.take_back(&letter.verdict.group, letter.event.clone())
    }

    fn publish<E: Event>(&mut self, event: E) -> Result<u64, WiringError> {
        self.topic::<E>()?.publish(event).map_err(WiringError::Full)
    }

    fn pull<E: Event + Clone>(
        &mut self,
        by: &Consumer<E>,
        most: usize,
        now: u64,
    ) -> Result<Vec<Envelope<E>>, PullError> {
        pulling(self, by)?.puller(by, |group, log| group.pull(log, most, now))
    }

    fn ack<E: Event + Clone>(&mut self, by: &Consumer<E>, seq: u64) -> Result<(), PullError> {
        pulling(self, by)?.puller(by, |group, log| group.ack(log, seq))?
    }

    fn nack<E: Event + Clone>(&mut self, by: &Consumer<E>, seq: u64, now: u64) -> Result<(), PullError> {
        let topic = pulling(self, by)?.clone();
        delivery::nack(self, &topic, by, seq, now)
    }

    fn topic_reports(&self, now: u64) -> Vec<TopicReport> {
        self.get_resource::<Bus>().map_or_else(Vec::new, |bus| bus.topic_reports(now))
    }

    fn deliver(&mut self, now: u64) -> Delivery {
        let bus = self.get_resource::<Bus>().cloned();
        bus.map_or_else(Delivery::default, |bus| bus.deliver(self, now))
    }
}

fn pulling<'w, E: Event>(world: &'w World, by: &Consumer<E>) -> Result<&'w Topic<E>, PullError> {
    world.get_resource::<Topic<E>>().ok_or_else(|| PullError::Gone { group: by.group.clone() })
}
