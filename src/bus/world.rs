//! The bus as a world has it: every call finds the topic by the type of its events.

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

/// The bus as a world has it.
pub trait BusExt {
    /// Makes the topic of an event type, to be finished with [`TopicBuilder::create`].
    fn add_topic<E: Event>(&mut self, name: impl Into<Cow<'static, str>>) -> TopicBuilder<'_, E>;

    /// The topic of an event type.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`].
    fn topic<E: Event>(&self) -> Result<&Topic<E>, WiringError>;

    /// Starts a subscription to a topic, to be finished with [`Subscription::handler`] or [`Subscription::pull`].
    fn subscribe<E: Event>(&mut self, group: impl Into<Cow<'static, str>>) -> Subscription<'_, E, AtMostOnce>;

    /// Lets another handler compete for the events of a push group.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`], or [`WiringError::NoGroup`] also for a group that pulls.
    fn join<E: Event, M: 'static>(
        &mut self,
        group: impl Into<Cow<'static, str>>,
        system: impl HandlerSystem<E, M>,
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

    /// All topics with their groups and counters, in the order in which they were made.
    fn topic_reports(&self, now: u64) -> Vec<TopicReport>;

    /// Delivers everything that has been published: see [`Bus::deliver`].
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
