//! Where failures and dead letters go: to topics like any other.
//!
//! Comes in: what a group could not do. Goes out: a [`Failure`], and a [`DeadLetter`] if the topic has them.

use std::any::TypeId;
use std::borrow::Cow;

use bevy_ecs::prelude::*;

use super::dead_letter::{DeadLetter, Reason, Verdict};
use super::envelope::Envelope;
use super::failure::Failure;
use super::handler::HandlerError;
use super::topic::{Event, Shared, Topic};

/// How a topic sends a dead letter: it knows that its events can be cloned.
pub(super) type Letters<E> = fn(&mut World, &Envelope<E>, Verdict);

/// A group that wanted an event, how often it had tried it, and what it said the last time.
pub(super) type Loser = (Cow<'static, str>, u32, Option<String>);

/// An event that the topic forgot, and the groups that wanted it.
pub(super) struct Lost<E> {
    pub(super) envelope: Envelope<E>,
    pub(super) by: Vec<Loser>,
}

impl<E: Event> Shared<E> {
    /// Publishes the failure, unless it was the topic of failures itself that could not be handled: then it is only counted.
    pub(super) fn failure(
        &self,
        world: &mut World,
        group: Cow<'static, str>,
        seq: u64,
        attempts: u32,
        given_up: bool,
        error: HandlerError,
    ) {
        if TypeId::of::<E>() == TypeId::of::<Failure>() {
            return;
        }
        if let Some(failures) = world.get_resource::<Topic<Failure>>() {
            // A topic that is full counts what it refuses.
            let _ = failures.publish(Failure { topic: self.name.clone(), group, seq, attempts, given_up, error });
        }
    }

    /// Sends a dead letter for an event that was tried as often as it may be.
    pub(super) fn dead(
        &self,
        world: &mut World,
        envelope: &Envelope<E>,
        group: Cow<'static, str>,
        attempts: u32,
        last_error: Option<String>,
    ) {
        self.letter(world, envelope, group, Reason::MaxDeliver, attempts, last_error);
    }

    /// Sends the dead letters for what the topic forgot too early. That holds its groups back no longer.
    pub(super) fn lost(&self, world: &mut World, lost: Vec<Lost<E>>) {
        self.raise();
        for Lost { envelope, by } in lost {
            for (group, attempts, last_error) in by {
                self.letter(world, &envelope, group, Reason::Evicted, attempts, last_error);
            }
        }
    }

    fn letter(
        &self,
        world: &mut World,
        envelope: &Envelope<E>,
        group: Cow<'static, str>,
        reason: Reason,
        attempts: u32,
        last_error: Option<String>,
    ) {
        if let Some(letters) = self.letters {
            letters(world, envelope, Verdict { topic: self.name.clone(), group, reason, attempts, last_error });
        }
    }
}

/// Publishes a dead letter: what a topic with [`Letters`] does.
pub(super) fn send_letter<E: Event + Clone>(world: &mut World, event: &Envelope<E>, verdict: Verdict) {
    if let Some(letters) = world.get_resource::<Topic<DeadLetter<E>>>() {
        // A topic that is full counts what it refuses.
        let _ = letters.publish(DeadLetter { event: event.clone(), verdict });
    }
}
