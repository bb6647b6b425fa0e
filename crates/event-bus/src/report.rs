//! Publishes failures and dead letters to their topics: a [`Failure`] for each failed attempt, and a [`DeadLetter`] for
//! each event that is given up or evicted, if its topic has dead letters.

use std::any::TypeId;
use std::borrow::Cow;

use bevy_ecs::prelude::*;

use super::dead_letter::{DeadLetter, Reason, Verdict};
use super::envelope::Envelope;
use super::failure::Failure;
use super::handler::HandlerError;
use super::topic::{Event, Shared, Topic};

/// The function that publishes a dead letter. It is a pointer, because only it needs `E: Clone`.
pub(super) type Letters<E> = fn(&mut World, &Envelope<E>, Verdict);

/// A group that was not done with an evicted event, the number of its attempts, and the error of the last one.
pub(super) type Loser = (Cow<'static, str>, u32, Option<String>);

/// An evicted event, and the groups that were not done with it.
pub(super) struct Lost<E> {
    pub(super) envelope: Envelope<E>,
    pub(super) by: Vec<Loser>,
}

impl<E: Event> Shared<E> {
    /// Publishes a failure. Failures of handlers of [`Failure`] are not published, only counted: they could repeat for
    /// ever.
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
            // A full topic counts what it refuses.
            let _ = failures.publish(Failure { topic: self.name.clone(), group, seq, attempts, given_up, error });
        }
    }

    /// Sends a dead letter for an event that was given up after `max_deliver` attempts.
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

    /// Sends the dead letters for evicted events. Flags the topic, because these events no longer hold back their
    /// groups.
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

/// Publishes a dead letter. The [`Letters`] of a topic point to this function.
pub(super) fn send_letter<E: Event + Clone>(world: &mut World, event: &Envelope<E>, verdict: Verdict) {
    if let Some(letters) = world.get_resource::<Topic<DeadLetter<E>>>() {
        // A full topic counts what it refuses.
        let _ = letters.publish(DeadLetter { event: event.clone(), verdict });
    }
}
