//! The sentences in which a program says what it wants: a topic with its limits, a group with its policy.
//!
//! What makes no sense cannot be said: only a group that is promised a second try has a backoff.
//!
//! ```compile_fail
//! # use bevy_ecs::prelude::*; use blockers::bus::*;
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

/// A topic that is to be made.
#[must_use = "a topic is not made before `create`"]
pub struct TopicBuilder<'w, E: Event> {
    world: &'w mut World,
    name: Cow<'static, str>,
    retention: Retention<E>,
    letters: Option<LetterBox<E>>,
}

/// How a topic gets its dead letters: the only thing that needs events that can be cloned.
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

    /// Keeps the newest so many events; 1024 if nothing is said.
    pub fn max_len(mut self, events: usize) -> Self {
        self.retention.max_len = events;
        self
    }

    /// Keeps events until they are so many milliseconds old.
    pub fn max_age(mut self, milliseconds: u64) -> Self {
        self.retention.max_age = Some(milliseconds);
        self
    }

    /// Keeps so many bytes of events, as the function counts them.
    pub fn max_bytes(mut self, bytes: usize, size: fn(&E) -> usize) -> Self {
        self.retention.max_bytes = Some((bytes, size));
        self
    }

    /// Says what the topic does when it is full.
    pub fn discard(mut self, discard: Discard) -> Self {
        self.retention.discard = discard;
        self
    }

    /// Makes a topic `NAME.dead` too, which keeps so many dead letters. Its own handlers make none.
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

    /// Makes the topic.
    ///
    /// # Errors
    /// [`WiringError::TopicExists`] if the event type has one, or the name is taken.
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

/// Is there neither a topic of this event type nor one of this name?
pub(super) fn check<E: Event>(world: &mut World, name: &str) -> Result<(), WiringError> {
    let taken = world.get_resource_or_init::<Bus>().topics().iter().any(|other| other == name);
    if taken || world.contains_resource::<Topic<E>>() {
        return Err(WiringError::TopicExists(name.to_owned().into()));
    }
    Ok(())
}

/// At most once: an event is done when it is given.
pub struct AtMostOnce;

/// At least once: an event is done when it is acked, and is tried again until then, or until it is given up.
pub struct AtLeastOnce {
    max_deliver: u32,
    backoff: Backoff,
}

/// What a guarantee is, as a value.
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

/// A subscription that lacks its consumer.
#[must_use = "a subscription is nothing without its handler"]
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

    /// Says what is so already: no event is given a second time, also not after an error.
    pub fn at_most_once(self) -> Self {
        self
    }

    /// An event that is answered with an error is given again, at once and up to five times if nothing else is said.
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

    /// At least once, and an event whose key was among the last `window` that were done is left out.
    pub fn effectively_once(self, window: usize, key: fn(&E) -> u64) -> Subscription<'w, E, AtLeastOnce> {
        Subscription { dedup: Some(Box::new(Dedup::new(window, key))), ..self.at_least_once() }
    }
}

impl<E: Event> Subscription<'_, E, AtLeastOnce> {
    /// How often an event is tried before it is given up; at least once.
    pub fn max_deliver(mut self, tries: u32) -> Self {
        self.promise.max_deliver = tries.max(1);
        self
    }

    /// How long an event that failed waits before it is tried again.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.promise.backoff = backoff;
        self
    }
}

impl<E: Event, P: Promise> Subscription<'_, E, P> {
    /// Leaves out what is so many milliseconds old, or older. With 0 the group gets nothing at all.
    pub fn ttl(mut self, milliseconds: u64) -> Self {
        self.ttl = Some(milliseconds);
        self
    }

    /// Where to begin; [`Start::Latest`] if nothing is said.
    pub fn start(mut self, start: Start) -> Self {
        self.start = start;
        self
    }

    /// Lets this system handle the group's events.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::GroupExists`].
    pub fn handler<M: 'static>(mut self, system: impl HandlerSystem<E, M>) -> Result<(), WiringError> {
        let handler = handler(self.world, system);
        let terms = self.terms();
        free(self.world, &self.group)?.add_push(self.group, terms, handler);
        Ok(())
    }

    /// Lets a consumer pull the group's events when it wants them.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::GroupExists`].
    pub fn pull(mut self) -> Result<Consumer<E>, WiringError> {
        let terms = self.terms();
        free(self.world, &self.group)?.add_pull(self.group.clone(), terms);
        Ok(Consumer::new(self.group))
    }

    fn terms(&mut self) -> Terms<E> {
        let guarantee = match self.promise.max_deliver() {
            None => Guarantee::AtMostOnce,
            Some((max_deliver, backoff)) => Guarantee::AtLeastOnce { max_deliver, backoff },
        };
        Terms { policy: Policy { guarantee, ttl: self.ttl }, start: self.start, dedup: self.dedup.take() }
    }
}

/// The topic, if it has no group of this name.
fn free<'w, E: Event>(world: &'w World, group: &str) -> Result<&'w Topic<E>, WiringError> {
    let topic = world.topic::<E>()?;
    topic.check_free(group)?;
    Ok(topic)
}
