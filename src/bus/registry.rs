//! The bus: all topics, and the waves in which they are delivered.

use std::error::Error;
use std::fmt;

use bevy_ecs::prelude::*;

use super::batch::Batch;
use super::handler::{self, Outcome};
use super::topic::{self, Event, Topic};

/// How many waves one [`BusExt::deliver`] may take. Handlers that go on answering each other would else never end.
pub const MAX_WAVES: u32 = 64;

/// The registry of topics. What it needs of each is a few function pointers, so that it knows no event type.
#[derive(Resource, Default)]
pub struct Bus {
    topics: Vec<TopicEntry>,
    overruns: u64,
}

#[derive(Clone, Copy)]
struct TopicEntry {
    name: &'static str,
    accept: fn(&mut World, u64) -> usize,
    deliver: fn(&mut World),
    retain: fn(&mut World),
}

impl Bus {
    /// The topics' names in the order in which they were made, which is the order within a wave.
    pub fn topics(&self) -> impl Iterator<Item = &'static str> {
        self.topics.iter().map(|topic| topic.name)
    }

    /// How often a delivery stopped at [`MAX_WAVES`] with events left; these were delivered by the next call.
    #[must_use]
    pub fn overruns(&self) -> u64 {
        self.overruns
    }
}

/// What one delivery did.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// Waves until nothing was left, or until the cap.
    pub waves: u32,
    /// Events that topics took in.
    pub events: u64,
    /// Did the cap end it, with events left for the next call?
    pub overrun: bool,
}

/// Why the wiring was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WiringError {
    /// The event type has a topic already, or another topic has this name.
    TopicExists(&'static str),
    /// There is no topic for this event type.
    NoTopic(&'static str),
    /// The topic has a group of this name already.
    GroupExists {
        /// The topic's name.
        topic: &'static str,
        /// The name that clashes.
        group: &'static str,
    },
}

impl fmt::Display for WiringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TopicExists(name) => write!(f, "there is a topic for `{name}` already"),
            Self::NoTopic(event) => write!(f, "there is no topic for `{event}`: make it before you subscribe to it"),
            Self::GroupExists { topic, group } => write!(f, "topic `{topic}` has a group `{group}` already"),
        }
    }
}

impl Error for WiringError {}

/// The bus as a world has it.
pub trait BusExt {
    /// Makes the topic of an event type, which keeps its newest `max_len` events.
    ///
    /// # Errors
    /// [`WiringError::TopicExists`] if the type has one, or the name is taken.
    fn add_topic<E: Event>(&mut self, name: &'static str, max_len: usize) -> Result<(), WiringError>;

    /// Starts a subscription to a topic, to be finished with [`Subscription::handler`].
    fn subscribe<E: Event>(&mut self, group: &'static str) -> Subscription<'_, E>;

    /// Publishes an event from outside of any system. Inside one, take a [`Publisher`](super::Publisher).
    ///
    /// # Errors
    /// [`WiringError::NoTopic`].
    fn publish<E: Event>(&mut self, event: E) -> Result<u64, WiringError>;

    /// Delivers everything that has been published, wave after wave, until nothing is left. `now` is the time in
    /// milliseconds on whatever clock the caller keeps; the bus has none.
    fn deliver(&mut self, now: u64) -> Delivery;
}

impl BusExt for World {
    fn add_topic<E: Event>(&mut self, name: &'static str, max_len: usize) -> Result<(), WiringError> {
        let taken = self.get_resource_or_init::<Bus>().topics().any(|other| other == name);
        if taken || self.contains_resource::<Topic<E>>() {
            return Err(WiringError::TopicExists(name));
        }
        self.insert_resource(Topic::<E>::new(name, max_len));
        self.resource_mut::<Bus>().topics.push(TopicEntry {
            name,
            accept: |world, now| world.resource_mut::<Topic<E>>().accept(now),
            deliver: topic::deliver::<E>,
            retain: |world| world.resource_mut::<Topic<E>>().retain(),
        });
        Ok(())
    }

    fn subscribe<E: Event>(&mut self, group: &'static str) -> Subscription<'_, E> {
        Subscription { world: self, group, event: std::marker::PhantomData }
    }

    fn publish<E: Event>(&mut self, event: E) -> Result<u64, WiringError> {
        let topic = self.get_resource_mut::<Topic<E>>();
        topic.map(|mut topic| topic.publish(event)).ok_or(WiringError::NoTopic(std::any::type_name::<E>()))
    }

    fn deliver(&mut self, now: u64) -> Delivery {
        let mut delivery = Delivery::default();
        let count = self.get_resource_or_init::<Bus>().topics.len();
        loop {
            let accepted: usize = (0..count).map(|index| (entry(self, index).accept)(self, now)).sum();
            if accepted == 0 {
                return delivery;
            }
            delivery.waves += 1;
            delivery.events += accepted as u64;
            for index in 0..count {
                (entry(self, index).deliver)(self);
            }
            for index in 0..count {
                (entry(self, index).retain)(self);
            }
            if delivery.waves == MAX_WAVES {
                delivery.overrun = true;
                self.resource_mut::<Bus>().overruns += 1;
                return delivery;
            }
        }
    }
}

fn entry(world: &World, index: usize) -> TopicEntry {
    world.resource::<Bus>().topics[index]
}

/// A subscription that lacks its handler.
#[must_use = "a subscription is nothing without its handler"]
pub struct Subscription<'w, E: Event> {
    world: &'w mut World,
    group: &'static str,
    event: std::marker::PhantomData<E>,
}

impl<E: Event> Subscription<'_, E> {
    /// Lets this system handle the group's events, beginning with those that are published from now on.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::GroupExists`].
    pub fn handler<O: Outcome, M>(
        self,
        system: impl IntoSystem<Batch<'static, E>, O, M> + 'static,
    ) -> Result<(), WiringError> {
        let Some(topic) = self.world.get_resource::<Topic<E>>() else {
            return Err(WiringError::NoTopic(std::any::type_name::<E>()));
        };
        if topic.groups().any(|(name, _)| name == self.group) {
            return Err(WiringError::GroupExists { topic: topic.name(), group: self.group });
        }
        let handler = handler::boxed(self.world, system);
        self.world.resource_mut::<Topic<E>>().add_group(self.group, handler);
        Ok(())
    }
}
