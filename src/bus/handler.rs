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

/// A handler whose type has been forgotten.
pub(super) type Handler<E> = BoxedSystem<Batch<'static, E>, HandlerResult>;

/// Makes a handler of a system, ready to run.
pub(super) fn boxed<E: 'static, O: Outcome, M>(
    world: &mut World,
    system: impl IntoSystem<Batch<'static, E>, O, M> + 'static,
) -> Handler<E> {
    let mut handler: Handler<E> = Box::new(IntoSystem::into_system(system.map(O::into_result)));
    handler.initialize(world);
    handler
}
