//! What a consumer is: a bevy system over a [`Batch`], and what it may answer.

use std::error::Error;
use std::{fmt, slice};

use bevy_ecs::prelude::*;
use bevy_ecs::system::{SystemParam, SystemParamFunction, SystemState};

use super::batch::{Batch, Offer};

/// Why a handler could not deal with an event, in a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandlerError(Box<Sentence>);

/// It is behind one pointer, so that an answer, which is mostly that all went well, is no more than that.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Sentence(String);

impl HandlerError {
    /// An error with this sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(Box::new(Sentence(sentence.into())))
    }
}

impl fmt::Display for HandlerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.0)
    }
}

impl<E: Error> From<E> for HandlerError {
    fn from(error: E) -> Self {
        Self::new(error.to_string())
    }
}

/// What a handler answers for the events it took.
pub type HandlerResult = Result<(), HandlerError>;

/// What a handler's system may return: nothing, or a [`HandlerResult`].
pub trait Outcome: 'static {
    #[doc(hidden)]
    fn result(self) -> HandlerResult;
}

impl Outcome for () {
    fn result(self) -> HandlerResult {
        Ok(())
    }
}

impl Outcome for HandlerResult {
    fn result(self) -> HandlerResult {
        self
    }
}

/// What can be a handler: any function that can be a bevy system, with a [`Batch`] for its input and an [`Outcome`].
///
/// It is run as bevy runs it, but for one thing: what a handler that has the whole `World` finds changed in it is what changed since
/// the world's trackers were cleared, and not since the handler ran.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no handler of `{E}`",
    note = "a handler takes a `Batch<{E}>`, then whatever a system may take, and returns nothing or a `HandlerResult`"
)]
pub trait HandlerSystem<E: 'static, M>:
    SystemParamFunction<M, In = Batch<'static, E>, Out: Outcome, Param: 'static>
{
}

impl<E: 'static, M, F> HandlerSystem<E, M> for F where
    F: SystemParamFunction<M, In = Batch<'static, E>, Out: Outcome, Param: 'static>
{
}

/// A handler, ready to run; its type is forgotten here, so that one call leads through everything that bevy does.
pub(super) type Handler<E> = Box<dyn Call<E>>;

pub(super) trait Call<E>: Send + Sync {
    /// Gives it what is offered. What it could not do, or that it could not run at all, is the error.
    fn call(&mut self, offer: &mut Offer<'_, E>, world: &mut World) -> HandlerResult;
}

struct Runner<M, F: SystemParamFunction<M, Param: 'static>> {
    function: F,
    state: SystemState<F::Param>,
    /// Has it commands, or the world for itself, which may have some? They are applied when it has run.
    commands: bool,
}

impl<E: 'static, M: 'static, F: HandlerSystem<E, M>> Call<E> for Runner<M, F> {
    fn call(&mut self, offer: &mut Offer<'_, E>, world: &mut World) -> HandlerResult {
        // It may never come to a batch, or to its end.
        offer.left = offer.events.0.len() + offer.events.1.len();
        let params = match self.state.get_mut(world) {
            Ok(params) => params,
            Err(error) => return Err(HandlerError::new(error.to_string())),
        };
        let outcome = match offer.events {
            // So that the loops of handlers are compiled for these, too: most batches have one event, and hardly any has two pieces.
            ([one], []) => self.function.run(offer.batch((slice::from_ref(one), &[])), params),
            (events, []) => self.function.run(offer.batch((events, &[])), params),
            events => self.function.run(offer.batch(events), params),
        };
        if self.commands {
            apply(&mut self.state, world);
        }
        outcome.result()
    }
}

/// Makes a system's function ready to run in this world.
pub(super) fn handler<E: 'static, M: 'static>(world: &mut World, function: impl HandlerSystem<E, M>) -> Handler<E> {
    let state = SystemState::new(world);
    // Whoever has the world for itself cannot be sent. Nor can what takes things that cannot, and has nothing to apply.
    let commands = state.meta().has_deferred() || !state.meta().is_send();
    Box::new(Runner { function, state, commands })
}

/// It is kept out of the way of those who have none.
#[inline(never)]
fn apply<P: SystemParam>(state: &mut SystemState<P>, world: &mut World) {
    state.apply(world);
    world.flush();
}
