//! Handlers: bevy systems that take a [`Batch`], and their results.

use std::error::Error;
use std::{fmt, slice};

use bevy_ecs::prelude::*;
use bevy_ecs::system::{SystemParam, SystemParamFunction, SystemState};

use super::batch::{Batch, Offer};

/// Why a handler failed, as a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandlerError(Box<Sentence>);

/// The message, boxed in [`HandlerError`], so that a [`HandlerResult`] is only one pointer wide: most results are `Ok`.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Sentence(String);

impl HandlerError {
    /// Creates an error with this message.
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

/// The result of a handler, for the events that it took.
pub type HandlerResult = Result<(), HandlerError>;

/// The types that a handler may return: `()` or [`HandlerResult`].
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

/// A function that can be a handler: any function that can be a bevy system, with a [`Batch`] as input and an
/// [`Outcome`] as output.
///
/// It behaves as a bevy system, with one exception: for a handler that takes the whole `World`, change detection
/// reports the changes since the world's trackers were cleared, not since the last run of the handler.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a handler of `{E}`",
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

/// A handler that is ready to run. The type is erased at this point, so that there is only one indirect call per run.
pub(super) type Handler<E> = Box<dyn Call<E>>;

pub(super) trait Call<E>: Send + Sync {
    /// Calls the handler with the offered events. Returns its error, or one that says why it could not run.
    fn call(&mut self, offer: &mut Offer<'_, E>, world: &mut World) -> HandlerResult;
}

struct Runner<M, F: SystemParamFunction<M, Param: 'static>> {
    function: F,
    state: SystemState<F::Param>,
    /// `true` if commands must be applied after a run: the handler has some, or it takes the `World`, which may have
    /// some.
    commands: bool,
}

impl<E: 'static, M: 'static, F: HandlerSystem<E, M>> Call<E> for Runner<M, F> {
    fn call(&mut self, offer: &mut Offer<'_, E>, world: &mut World) -> HandlerResult {
        // The batch overwrites this when it is dropped. That does not happen if a parameter is missing or the handler
        // leaks it.
        offer.left = offer.events.0.len() + offer.events.1.len();
        let params = match self.state.get_mut(world) {
            Ok(params) => params,
            Err(error) => return Err(HandlerError::new(error.to_string())),
        };
        let outcome = match offer.events {
            // Separate calls, so that the loops of handlers are also compiled for the frequent cases: most batches have
            // one event, and hardly any has two slices.
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

/// Prepares the function of a system to run in this world.
pub(super) fn handler<E: 'static, M: 'static>(world: &mut World, function: impl HandlerSystem<E, M>) -> Handler<E> {
    let state = SystemState::new(world);
    // A handler that takes the whole `World` is recognized by not being `Send`. Others that are not `Send` are
    // included, too, which is harmless: they have nothing to apply.
    let commands = state.meta().has_deferred() || !state.meta().is_send();
    Box::new(Runner { function, state, commands })
}

/// Not inlined, to keep it out of the path of handlers without commands.
#[inline(never)]
fn apply<P: SystemParam>(state: &mut SystemState<P>, world: &mut World) {
    state.apply(world);
    world.flush();
}
