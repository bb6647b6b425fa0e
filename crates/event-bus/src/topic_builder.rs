//! Builds a topic.

use std::any::{Any, type_name};
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Weak};
use std::time::Duration;

use bevy_ecs::prelude::*;

use crate::bus::{Bus, CloseOnDrop};
use crate::dead_letter::{DeadLetter, DeadLetterSink};
use crate::engine::config::{DiscardPolicy, TopicConfig};
use crate::envelope::TopicId;
use crate::error::WiringError;
use crate::events::{DeadLetters, Events};
use crate::failure::{Failure, FailureSink};
use crate::selector::Look;
use crate::shared::Shared;
use crate::topic::Topic;

/// Builds a topic. [`TopicBuilder::create`] completes it.
#[must_use = "a topic does not exist before `create`"]
pub struct TopicBuilder<'w, E: Send + Sync + 'static> {
    world: &'w mut World,
    name: Cow<'static, str>,
    config: TopicConfig,
    size: Option<Look<E, usize>>,
    dead_letters: Option<DeadLetterConfig<E>>,
}

/// The dead letter topic of a topic. Its functions are stored as pointers, because only they need `E: Clone`.
struct DeadLetterConfig<E> {
    keep: usize,
    check: fn(&mut World, &str) -> Result<(), WiringError>,
    make: fn(&mut World, Cow<'static, str>, usize, usize) -> Sink<E>,
}

/// The dead letter topic, as its topic uses it, and a function that adds it to the bus.
type Sink<E> = (Arc<dyn DeadLetterSink<E>>, Box<dyn FnOnce(&mut World)>);

impl<E: Send + Sync + 'static> fmt::Debug for TopicBuilder<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TopicBuilder").field("name", &self.name).field("config", &self.config).finish_non_exhaustive()
    }
}

impl<'w, E: Send + Sync + 'static> TopicBuilder<'w, E> {
    pub(crate) fn new(world: &'w mut World, name: Cow<'static, str>) -> Self {
        Self { world, name, config: TopicConfig::default(), size: None, dead_letters: None }
    }

    /// Retains at most this many events. The default is 1024.
    ///
    /// Also sets the default of [`Self::max_inbox`], if it is more than that.
    pub fn max_len(mut self, events: usize) -> Self {
        self.config.max_len = events;
        self.config.max_inbox = events.max(TopicConfig::LEN);
        self
    }

    /// Lets at most this many published events wait for their delivery; at least one. The default is `max_len` or 1024,
    /// whichever is more. If more are published before the next delivery, the oldest are evicted.
    pub fn max_inbox(mut self, events: usize) -> Self {
        self.config.max_inbox = events;
        self
    }

    /// Retains events until they are this old.
    pub fn max_age(mut self, age: Duration) -> Self {
        self.config.max_age = Some(age);
        self
    }

    /// Retains at most this many bytes of events, as measured by `size`.
    pub fn max_bytes(mut self, bytes: usize, size: impl Fn(&E) -> usize + Send + Sync + 'static) -> Self {
        self.config.max_bytes = Some(bytes);
        self.size = Some(Box::new(size));
        self
    }

    /// Sets what the topic does when it is full.
    pub fn discard(mut self, discard: DiscardPolicy) -> Self {
        self.config.discard = discard;
        self
    }

    /// Evicts no event before the at-least-once groups are done with it, even if the log exceeds its limits. If the
    /// inbox is full, new events are refused. To bound the log as well, use [`DiscardPolicy::New`].
    pub fn keep_until_done(mut self) -> Self {
        self.config.keep_until_done = true;
        self
    }

    /// Also creates a topic `NAME.dead`, which retains at most `keep` dead letters. Groups of that topic have no dead
    /// letters themselves.
    pub fn dead_letters(mut self, keep: usize) -> Self
    where
        E: Clone,
    {
        let make = |world: &mut World, name, keep, place| -> Sink<E> {
            let config = TopicConfig { max_len: keep, ..TopicConfig::default() };
            let hub = world.resource::<Bus>().hub();
            let shared = Shared::new(name, TopicId::new(place), hub, config, Events::<DeadLetter<E>>::new(None, None));
            let topic = Topic(Arc::new(shared));
            let sink = topic.0.clone();
            (sink, Box::new(move |world: &mut World| add(world, topic)))
        };
        self.dead_letters = Some(DeadLetterConfig { keep, check: check::<DeadLetter<E>>, make });
        self
    }

    /// Creates the topic.
    ///
    /// # Errors
    /// [`WiringError::EventHasTopic`] if the event type already has a topic, or [`WiringError::TopicExists`] if the
    /// name is taken. The same for the topic of dead letters.
    pub fn create(self) -> Result<Topic<E>, WiringError> {
        let Self { world, name, config, size, dead_letters } = self;
        check::<E>(world, &name)?;
        let place = world.resource::<Bus>().len();
        let (mut sink, mut add_sink) = (None, None);
        if let Some(DeadLetterConfig { keep, check, make }) = dead_letters {
            let name: Cow<'static, str> = format!("{name}.dead").into();
            check(world, &name)?;
            let (letters, add) = make(world, name, keep, place + 1);
            (sink, add_sink) = (Some(letters), Some(add));
        }
        let hub = world.resource::<Bus>().hub();
        let dead_letters = sink.map(|sink| DeadLetters { topic: name.clone(), sink });
        let events = Events::new(size, dead_letters);
        let topic = Topic(Arc::new(Shared::new(name, TopicId::new(place), hub, config, events)));
        add(world, topic.clone());
        if let Some(add_sink) = add_sink {
            add_sink(world);
        }
        Ok(topic)
    }
}

/// Adds a topic to its world and to the bus.
fn add<E: Send + Sync + 'static>(world: &mut World, topic: Topic<E>) {
    if let Some(failures) = (&topic.0 as &dyn Any).downcast_ref::<Arc<Shared<Events<Failure>>>>() {
        let sink: Weak<dyn FailureSink> = Arc::downgrade(&(failures.clone() as Arc<dyn FailureSink>));
        topic.0.hub.set_failures(sink);
    }
    world.resource::<Bus>().add(topic.0.clone());
    world.insert_resource(topic);
}

/// Returns an error if there is a topic of this event type or of this name.
pub(crate) fn check<E: Send + Sync + 'static>(world: &mut World, name: &str) -> Result<(), WiringError> {
    if let Some(topic) = world.get_resource::<Topic<E>>() {
        return Err(WiringError::EventHasTopic { event: type_name::<E>(), topic: topic.0.name.clone() });
    }
    check_name(world, name)
}

/// Returns an error if there is a topic of this name. The first topic of a world creates its bus. Not generic, so that
/// it is compiled once.
fn check_name(world: &mut World, name: &str) -> Result<(), WiringError> {
    if !world.contains_resource::<Bus>() {
        let bus = Bus::default();
        world.insert_resource(CloseOnDrop(bus.clone()));
        world.insert_resource(bus);
    }
    if world.resource::<Bus>().topics().iter().any(|other| other == name) {
        return Err(WiringError::TopicExists(name.to_owned().into()));
    }
    Ok(())
}
