//! The bus in a system: parameters that publish and pull.

use std::fmt;
use std::ops::Range;

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::engine::time::Timestamp;
use crate::envelope::{Envelope, PublishOptions};
use crate::error::{PublishError, PullError};
use crate::handler_error::HandlerError;
use crate::pull::{Consumer, Outstanding};
use crate::topic::Topic;

/// A system parameter that publishes events of one type.
///
/// ```
/// use bevy_ecs::prelude::*;
/// use blockers_event_bus::prelude::*;
///
/// struct Order(u64);
///
/// fn sell(orders: Publisher<Order>) -> HandlerResult {
///     orders.publish(Order(1))?;
///     orders.publish_batch([Order(2), Order(3)])?;
///     Ok(())
/// }
///
/// let mut world = World::new();
/// world.add_topic::<Order>("orders").create()?;
/// world.run_system_cached(sell).unwrap().unwrap();
/// assert_eq!(world.deliver(Timestamp::ZERO).events, 3);
/// # Ok::<(), WiringError>(())
/// ```
#[derive(SystemParam)]
pub struct Publisher<'w, E: Send + Sync + 'static> {
    topic: Res<'w, Topic<E>>,
}

impl<E: Send + Sync + 'static> fmt::Debug for Publisher<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Publisher").field(&*self.topic).finish()
    }
}

impl<E: Send + Sync + 'static> Publisher<'_, E> {
    /// Publishes an event. It is delivered with the next wave. Returns its `seq`.
    ///
    /// # Errors
    /// As [`Topic::publish`].
    pub fn publish(&self, event: E) -> Result<u64, PublishError<E>> {
        self.topic.publish(event)
    }

    /// Publishes an event with its time of publication or its cause.
    ///
    /// # Errors
    /// As [`Topic::publish`].
    pub fn publish_with(&self, event: E, options: PublishOptions) -> Result<u64, PublishError<E>> {
        self.topic.publish_with(event, options)
    }

    /// Publishes several events. Returns their `seq`s.
    ///
    /// # Errors
    /// As [`Topic::publish_batch`].
    pub fn publish_batch(&self, events: impl IntoIterator<Item = E>) -> Result<Range<u64>, PublishError<Vec<E>>> {
        self.topic.publish_batch(events)
    }
}

/// A system parameter that pulls events of one type.
///
/// ```
/// use bevy_ecs::prelude::*;
/// use blockers_event_bus::prelude::*;
///
/// #[derive(Clone)]
/// struct Order(u64);
/// #[derive(Resource)]
/// struct Audit(Consumer<Order>);
///
/// fn audit(orders: Puller<Order>, audit: Res<Audit>) -> Result<usize, PullError> {
///     let pulled = orders.pull(&audit.0, 100, Timestamp::ZERO)?;
///     for order in &pulled {
///         orders.ack(&audit.0, order.seq())?;
///     }
///     Ok(pulled.len())
/// }
///
/// let mut world = World::new();
/// world.add_topic::<Order>("orders").create()?;
/// let consumer = world.subscribe::<Order>("audit").at_least_once().pull()?;
/// world.insert_resource(Audit(consumer));
/// world.publish(Order(1))?;
/// world.deliver(Timestamp::ZERO);
/// assert_eq!(world.run_system_cached(audit).unwrap()?, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(SystemParam)]
pub struct Puller<'w, E: Send + Sync + 'static> {
    topic: Res<'w, Topic<E>>,
}

impl<E: Send + Sync + 'static> fmt::Debug for Puller<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Puller").field(&*self.topic).finish()
    }
}

impl<E: Send + Sync + 'static> Puller<'_, E> {
    /// As [`Topic::pull`].
    ///
    /// # Errors
    /// [`PullError::Gone`].
    pub fn pull(&self, consumer: &Consumer<E>, limit: usize, now: Timestamp) -> Result<Vec<Envelope<E>>, PullError> {
        self.topic.pull(consumer, limit, now)
    }

    /// As [`Topic::ack`].
    ///
    /// # Errors
    /// [`PullError`] if the event is not in flight.
    pub fn ack(&self, consumer: &Consumer<E>, seq: u64) -> Result<(), PullError> {
        self.topic.ack(consumer, seq)
    }

    /// As [`Topic::ack_all`].
    ///
    /// # Errors
    /// [`PullError::Gone`].
    pub fn ack_all(&self, consumer: &Consumer<E>, up_to: u64) -> Result<usize, PullError> {
        self.topic.ack_all(consumer, up_to)
    }

    /// As [`Topic::nack`].
    ///
    /// # Errors
    /// [`PullError`] if the event is not in flight.
    pub fn nack(
        &self,
        consumer: &Consumer<E>,
        seq: u64,
        now: Timestamp,
        error: impl Into<HandlerError>,
    ) -> Result<(), PullError> {
        self.topic.nack(consumer, seq, now, error)
    }

    /// As [`Topic::outstanding`].
    ///
    /// # Errors
    /// [`PullError::Gone`].
    pub fn outstanding(&self, consumer: &Consumer<E>) -> Result<Vec<Outstanding>, PullError> {
        self.topic.outstanding(consumer)
    }
}
