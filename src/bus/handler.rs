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
pub trait Outcome: 'static {
    /// The same as a result.
    ///
    /// # Errors
    /// The handler's own.
    fn into_result(self) -> HandlerResult;
}

impl Outcome for () {
    fn into_result(self) -> HandlerResult {
        Ok(())
    }
}

impl Outcome for HandlerResult {
    fn into_result(self) -> HandlerResult {
        self
    }
}

/// A handler whose type has been forgotten, ready to run.
pub(super) struct Handler<E: 'static> {
    pub(super) system: BoxedSystem<Batch<'static, E>, HandlerResult>,
    /// Has it commands to be applied when it has run?
    pub(super) deferred: bool,
}

impl<E: 'static> Handler<E> {
    pub(super) fn new<O: Outcome, M>(
        world: &mut World,
        system: impl IntoSystem<Batch<'static, E>, O, M> + 'static,
    ) -> Self {
        let mut system: BoxedSystem<_, _> = Box::new(IntoSystem::into_system(system.map(O::into_result)));
        system.initialize(world);
        Self { deferred: system.has_deferred(), system }
    }
}
