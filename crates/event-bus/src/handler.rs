//! Handlers: bevy systems that take a [`Batch`], and their results.

use bevy_ecs::prelude::*;
use bevy_ecs::system::{SystemParam, SystemParamFunction, SystemParamValidationError, SystemState};

use crate::batch::{Batch, BatchSource};
use crate::handler_error::{HandlerError, HandlerResult};

/// The types that a handler may return: `()` or [`HandlerResult`].
#[diagnostic::on_unimplemented(
    message = "a handler cannot return `{Self}`",
    note = "it returns nothing or a `HandlerResult`; `?` or `HandlerError::new` make a `HandlerError` of another error"
)]
pub trait IntoHandlerResult: 'static {
    #[doc(hidden)]
    fn result(self) -> HandlerResult;
}

impl IntoHandlerResult for () {
    fn result(self) -> HandlerResult {
        Ok(())
    }
}

impl IntoHandlerResult for HandlerResult {
    fn result(self) -> HandlerResult {
        self
    }
}

/// A function that can be a handler: any function that can be a bevy system, with a [`Batch`] as input and an
/// [`IntoHandlerResult`] type as output.
///
/// It behaves as a bevy system, with one exception: for a handler that takes the whole `World`, change detection
/// reports the changes since the world's trackers were cleared, not since the last run of the handler.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a handler of `{E}`",
    note = "a handler takes a `Batch<{E}>`, then whatever a system may take, and returns nothing or a `HandlerResult`"
)]
pub trait HandlerSystem<E: 'static, M>:
    SystemParamFunction<M, In = Batch<'static, E>, Out: IntoHandlerResult, Param: 'static>
{
}

impl<E: 'static, M, F> HandlerSystem<E, M> for F where
    F: SystemParamFunction<M, In = Batch<'static, E>, Out: IntoHandlerResult, Param: 'static>
{
}

/// A handler that is ready to run. The type is erased at this point, so that there is only one indirect call per run.
pub(crate) type Handler<E> = Box<dyn Call<E>>;

pub(crate) trait Call<E>: Send + Sync {
    /// Calls the handler with the offered events. Returns its error, or one that says why it could not run.
    fn call(&mut self, source: &mut BatchSource<'_, E>, world: &mut World) -> HandlerResult;
}

struct Runner<M, F: SystemParamFunction<M, Param: 'static>> {
    function: F,
    state: SystemState<F::Param>,
    /// `true` if commands must be applied after a run: the handler has some, or it takes the `World`, which may have
    /// some.
    commands: bool,
}

impl<E: 'static, M: 'static, F: HandlerSystem<E, M>> Call<E> for Runner<M, F> {
    fn call(&mut self, source: &mut BatchSource<'_, E>, world: &mut World) -> HandlerResult {
        // The batch overwrites this when it is dropped. That does not happen if a parameter is missing or the handler
        // leaks it.
        source.offer.left = source.len();
        let params = match self.state.get_mut(world) {
            Ok(params) => params,
            Err(error) => return Err(missing(&error)),
        };
        let outcome = self.function.run(source.batch(), params);
        if self.commands {
            apply(&mut self.state, world);
        }
        outcome.result()
    }
}

/// Prepares the function of a system to run in this world.
pub(crate) fn handler<E: 'static, M: 'static>(world: &mut World, function: impl HandlerSystem<E, M>) -> Handler<E> {
    let state = SystemState::new(world);
    // A handler that takes the whole `World` is recognized by not being `Send`. Others that are not `Send` are
    // included, too, which is harmless: they have nothing to apply.
    let commands = state.meta().has_deferred() || !state.meta().is_send();
    Box::new(Runner { function, state, commands })
}

/// A handler that needs no world.
struct Listener<F>(F);

impl<E: 'static, R: IntoHandlerResult, F: FnMut(Batch<'_, E>) -> R + Send + Sync> Call<E> for Listener<F> {
    #[inline]
    fn call(&mut self, source: &mut BatchSource<'_, E>, _: &mut World) -> HandlerResult {
        // As above, if the batch is leaked.
        source.offer.left = source.len();
        (self.0)(source.batch()).result()
    }
}

pub(crate) fn listener<E, R, F>(function: F) -> Handler<E>
where
    E: 'static,
    R: IntoHandlerResult,
    F: FnMut(Batch<'_, E>) -> R + Send + Sync + 'static,
{
    Box::new(Listener(function))
}

/// Not generic, so that it is compiled once.
#[cold]
fn missing(error: &SystemParamValidationError) -> HandlerError {
    HandlerError::new(error.to_string())
}

/// Not inlined, to keep it out of the path of handlers without commands.
#[inline(never)]
fn apply<P: SystemParam>(state: &mut SystemState<P>, world: &mut World) {
    state.apply(world);
    world.flush();
}
