//! The builders of topics and subscriptions.
//!
//! Combinations that make no sense do not compile. For example, only an at-least-once group has `max_deliver`:
//!
//! ```compile_fail
//! # use bevy_ecs::prelude::*; use blockers_event_bus::*;
//! # struct Rung;
//! # let mut world = World::new();
//! world.subscribe::<Rung>("bell").at_most_once().max_deliver(3);
//! ```

use std::borrow::Cow;
use std::marker::PhantomData;

use bevy_ecs::prelude::*;

use super::backoff::Backoff;
use super::dead_letter::DeadLetter;
use super::dedup::Dedup;
use super::error::WiringError;
use super::handler::{HandlerSystem, handler};
use super::policy::{Guarantee, Policy};
use super::pull::Consumer;
use super::registry::Bus;
use super::report::{Letters, send_letter};
use super::retention::{Discard, Retention};
use super::start::Start;
use super::state::Terms;
use super::topic::{Event, Topic};
use super::world::BusExt;

/// Builds a topic.
#[must_use = "a topic does not exist before `create`"]
pub struct TopicBuilder<'w, E: Event> {
    world: &'w mut World,
    name: Cow<'static, str>,
    retention: Retention<E>,
    letters: Option<LetterBox<E>>,
}

/// The dead letter topic of a topic. Its functions are stored as pointers, because only they need `E: Clone`.
struct LetterBox<E: Event> {
    keep: usize,
    check: fn(&mut World, &str) -> Result<(), WiringError>,
    make: fn(&mut World, Cow<'static, str>, usize) -> Result<(), WiringError>,
    send: Letters<E>,
}

impl<E: Event> Clone for LetterBox<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: Event> Copy for LetterBox<E> {}

impl<'w, E: Event> TopicBuilder<'w, E> {
    pub(super) fn new(world: &'w mut World, name: Cow<'static, str>) -> Self {
        Self { world, name, retention: Retention::default(), letters: None }
    }

    /// Retains at most this many events. The default is 1024.
    pub fn max_len(mut self, events: usize) -> Self {
        self.retention.max_len = events;
        self
    }

    /// Retains events until they are this many milliseconds old.
    pub fn max_age(mut self, milliseconds: u64) -> Self {
        self.retention.max_age = Some(milliseconds);
        self
    }

    /// Retains at most this many bytes of events, as measured by `size`.
    pub fn max_bytes(mut self, bytes: usize, size: fn(&E) -> usize) -> Self {
        self.retention.max_bytes = Some((bytes, size));
        self
    }

    /// Sets what the topic does when it is full.
    pub fn discard(mut self, discard: Discard) -> Self {
        self.retention.discard = discard;
        self
    }

    /// Also creates a topic `NAME.dead`, which retains at most `keep` dead letters. Groups of that topic have no dead
    /// letters themselves.
    pub fn dead_letters(mut self, keep: usize) -> Self
    where
        E: Clone,
    {
        let make = |world: &mut World, name, keep| {
            make::<DeadLetter<E>>(world, name, Retention { max_len: keep, ..Retention::default() }, None)
        };
        self.letters = Some(LetterBox { keep, check: check::<DeadLetter<E>>, make, send: send_letter::<E> });
        self
    }

    /// Creates the topic.
    ///
    /// # Errors
    /// [`WiringError::TopicExists`] if the event type already has a topic, or the name is taken.
    pub fn create(self) -> Result<(), WiringError> {
        let letters_name: Cow<'static, str> = format!("{}.dead", self.name).into();
        if let Some(letters) = &self.letters {
            (letters.check)(self.world, &letters_name)?;
        }
        make(self.world, self.name.clone(), self.retention, self.letters.map(|letters| letters.send))?;
        match self.letters {
            Some(letters) => (letters.make)(self.world, letters_name, letters.keep),
            None => Ok(()),
        }
    }
}

fn make<E: Event>(
    world: &mut World,
    name: Cow<'static, str>,
    retention: Retention<E>,
    letters: Option<Letters<E>>,
) -> Result<(), WiringError> {
    check::<E>(world, &name)?;
    let restless = retention.max_age.is_some();
    let bus = world.resource::<Bus>();
    let topic = Topic::new(name, retention, letters, bus.flag());
    bus.add(topic.0.clone(), restless);
    world.insert_resource(topic);
    Ok(())
}

/// Returns an error if there is a topic of this event type or of this name.
pub(super) fn check<E: Event>(world: &mut World, name: &str) -> Result<(), WiringError> {
    let taken = world.get_resource_or_init::<Bus>().topics().iter().any(|other| other == name);
    if taken || world.contains_resource::<Topic<E>>() {
        return Err(WiringError::TopicExists(name.to_owned().into()));
    }
    Ok(())
}

/// At most once: an event is acknowledged when it is delivered.
pub struct AtMostOnce;

/// At least once: an event is retried until it is acknowledged or given up.
pub struct AtLeastOnce {
    max_deliver: u32,
    backoff: Backoff,
}

/// A delivery guarantee: [`AtMostOnce`] or [`AtLeastOnce`].
pub trait Promise {
    #[doc(hidden)]
    fn max_deliver(&self) -> Option<(u32, Backoff)>;
}

impl Promise for AtMostOnce {
    fn max_deliver(&self) -> Option<(u32, Backoff)> {
        None
    }
}

impl Promise for AtLeastOnce {
    fn max_deliver(&self) -> Option<(u32, Backoff)> {
        Some((self.max_deliver, self.backoff))
    }
}

/// Builds a subscription. [`Subscription::handler`] or [`Subscription::pull`] completes it.
#[must_use = "a subscription does not exist before `handler` or `pull`"]
pub struct Subscription<'w, E: Event, P: Promise> {
    world: &'w mut World,
    group: Cow<'static, str>,
    promise: P,
    ttl: Option<u64>,
    start: Start,
    dedup: Option<Box<Dedup<E>>>,
    event: PhantomData<E>,
}

impl<'w, E: Event> Subscription<'w, E, AtMostOnce> {
    pub(super) fn new(world: &'w mut World, group: Cow<'static, str>) -> Self {
        Self { world, group, promise: AtMostOnce, ttl: None, start: Start::Latest, dedup: None, event: PhantomData }
    }

    /// Delivers every event at most once, also after an error. This is the default.
    pub fn at_most_once(self) -> Self {
        self
    }

    /// Retries an event that failed. The default is five attempts without a pause.
    pub fn at_least_once(self) -> Subscription<'w, E, AtLeastOnce> {
        let Self { world, group, ttl, start, dedup, event, .. } = self;
        Subscription {
            world,
            group,
            promise: AtLeastOnce { max_deliver: 5, backoff: Backoff::None },
            ttl,
            start,
            dedup,
            event,
        }
    }

    /// Delivers at least once, and leaves out an event whose key is among those of the last `window` acknowledged
    /// events.
    pub fn effectively_once(self, window: usize, key: fn(&E) -> u64) -> Subscription<'w, E, AtLeastOnce> {
        Subscription { dedup: Some(Box::new(Dedup::new(window, key))), ..self.at_least_once() }
    }
}

impl<E: Event> Subscription<'_, E, AtLeastOnce> {
    /// Sets after how many attempts an event is given up; 0 counts as 1.
    pub fn max_deliver(mut self, tries: u32) -> Self {
        self.promise.max_deliver = tries.max(1);
        self
    }

    /// Sets the pause after a failed attempt.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.promise.backoff = backoff;
        self
    }
}

impl<E: Event, P: Promise> Subscription<'_, E, P> {
    /// Leaves out events that are this many milliseconds old, or older. With 0 the group gets no events at all.
    pub fn ttl(mut self, milliseconds: u64) -> Self {
        self.ttl = Some(milliseconds);
        self
    }

    /// Sets where the group starts. The default is [`Start::Latest`].
    pub fn start(mut self, start: Start) -> Self {
        self.start = start;
        self
    }

    /// Subscribes the group, with this system as its handler.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::GroupExists`].
    pub fn handler<M: 'static>(mut self, system: impl HandlerSystem<E, M>) -> Result<(), WiringError> {
        let handler = handler(self.world, system);
        let terms = self.terms();
        free(self.world, &self.group)?.add_push(self.group, terms, handler);
        Ok(())
    }

    /// Subscribes the group without a handler. The returned consumer pulls its events.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::GroupExists`].
    pub fn pull(mut self) -> Result<Consumer<E>, WiringError> {
        let terms = self.terms();
        let id = free(self.world, &self.group)?.add_pull(self.group.clone(), terms);
        Ok(Consumer::new(self.group, id))
    }

    fn terms(&mut self) -> Terms<E> {
        let guarantee = match self.promise.max_deliver() {
            None => Guarantee::AtMostOnce,
            Some((max_deliver, backoff)) => Guarantee::AtLeastOnce { max_deliver, backoff },
        };
        Terms { policy: Policy { guarantee, ttl: self.ttl }, start: self.start, dedup: self.dedup.take() }
    }
}

/// Returns the topic, if it has no group of this name.
fn free<'w, E: Event>(world: &'w World, group: &str) -> Result<&'w Topic<E>, WiringError> {
    let topic = world.topic::<E>()?;
    topic.check_free(group)?;
    Ok(topic)
}
