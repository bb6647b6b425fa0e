//! What a consumer is: a bevy system over a [`Batch`], and what it may answer.

use std::error::Error;
use std::fmt;

use bevy_ecs::prelude::*;
use bevy_ecs::system::BoxedSystem;

use super::batch::Batch;

/// Why a handler could not deal with an event, in a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandlerError(String);

impl HandlerError {
    /// An error with this sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for HandlerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: Error> From<E> for HandlerError {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// What a handler answers for the events it took.
pub type HandlerResult = Result<(), HandlerError>;

/// What a handler's system may return: nothing, or a [`HandlerResult`].
pub trait Outcome: sealed::Sealed {}

impl Outcome for () {}

impl Outcome for HandlerResult {}

mod sealed {
    use super::{Batch, BoxedSystem, HandlerResult, Runner};

    /// How a system with this outcome is kept. One kind of box for each is less code than to turn one kind into the other: a
    /// system that wraps another one is a system of its own.
    pub trait Sealed: Sized + 'static {
        fn runner<E: 'static>(system: BoxedSystem<Batch<'static, E>, Self>) -> Runner<E>;
    }

    impl Sealed for () {
        fn runner<E: 'static>(system: BoxedSystem<Batch<'static, E>, Self>) -> Runner<E> {
            Runner::Infallible(system)
        }
    }

    impl Sealed for HandlerResult {
        fn runner<E: 'static>(system: BoxedSystem<Batch<'static, E>, Self>) -> Runner<E> {
            Runner::Fallible(system)
        }
    }
}

/// A system whose type has been forgotten.
pub enum Runner<E: 'static> {
    Infallible(BoxedSystem<Batch<'static, E>, ()>),
    Fallible(BoxedSystem<Batch<'static, E>, HandlerResult>),
}

/// A handler, ready to run.
pub(super) struct Handler<E: 'static> {
    runner: Runner<E>,
    /// Has it commands to be applied when it has run?
    deferred: bool,
}

impl<E: 'static> Handler<E> {
    pub(super) fn new<O: Outcome, M>(
        world: &mut World,
        system: impl IntoSystem<Batch<'static, E>, O, M> + 'static,
    ) -> Self {
        let mut system: BoxedSystem<_, _> = Box::new(IntoSystem::into_system(system));
        system.initialize(world);
        Self { deferred: system.has_deferred(), runner: O::runner(system) }
    }

    /// Gives it a batch. What it could not do, or that it could not run at all, is the error.
    pub(super) fn call(&mut self, batch: Batch<E>, world: &mut World) -> HandlerResult {
        let outcome = match &mut self.runner {
            Runner::Infallible(system) => system.run_without_applying_deferred(batch, world).map(Ok),
            Runner::Fallible(system) => system.run_without_applying_deferred(batch, world),
        };
        if self.deferred {
            match &mut self.runner {
                Runner::Infallible(system) => system.apply_deferred(world),
                Runner::Fallible(system) => system.apply_deferred(world),
            }
        }
        outcome.unwrap_or_else(|error| Err(HandlerError::new(error.to_string())))
    }
}
