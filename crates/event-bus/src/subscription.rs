//! Builds a subscription.
//!
//! Combinations that make no sense do not compile. For example, only an at-least-once group has `max_deliver`:
//!
//! ```compile_fail
//! # use bevy_ecs::prelude::*; use blockers_event_bus::prelude::*;
//! # struct Order;
//! # let mut world = World::new();
//! world.subscribe::<Order>("payment").at_most_once().max_deliver(3);
//! ```

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use bevy_ecs::prelude::*;

use crate::batch::Batch;
use crate::engine::config::{Backoff, DeliveryOrder, GroupConfig, RetryPolicy, StartAt};
use crate::engine::orders::NewGroup;
use crate::error::WiringError;
use crate::handler::{Handler, HandlerSystem, IntoHandlerResult, handler, listener};
use crate::handles::Group;
use crate::pull::Consumer;
use crate::selector::Selector;
use crate::topic::Topic;

/// At most once: an event is acknowledged when it is delivered.
#[derive(Debug)]
pub struct AtMostOnce;

/// At least once: an event is retried until it is acknowledged or given up.
#[derive(Debug)]
pub struct AtLeastOnce;

/// A delivery guarantee: [`AtMostOnce`] or [`AtLeastOnce`].
pub trait Guarantee: sealed::Sealed {}

impl Guarantee for AtMostOnce {}
impl Guarantee for AtLeastOnce {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::AtMostOnce {}
    impl Sealed for super::AtLeastOnce {}
}

/// Builds a subscription. [`Subscription::handler`], [`Subscription::listener`] or [`Subscription::pull`] completes it.
///
/// ```
/// use bevy_ecs::prelude::*;
/// use blockers_event_bus::prelude::*;
/// use std::time::Duration;
///
/// struct Order { id: u64, customer: u64, total: u32 }
/// #[derive(Resource, Default)]
/// struct Paid(Vec<u64>);
///
/// let mut world = World::new();
/// world.init_resource::<Paid>();
/// world.add_topic::<Order>("orders").create()?;
/// world
///     .subscribe::<Order>("payment")
///     .filter(|order| order.total > 0)
///     .effectively_once(1_000, |order| order.id)
///     .ordered_by(|order| order.customer)
///     .max_deliver(4)
///     .backoff(Backoff::Fixed(Duration::from_secs(1)))
///     .handler(|batch: Batch<Order>, mut paid: ResMut<Paid>| -> HandlerResult {
///         for order in batch {
///             if order.customer == 1 && paid.0.is_empty() {
///                 return Err("the card does not work now".into());
///             }
///             paid.0.push(order.id);
///         }
///         Ok(())
///     })?;
/// for (id, customer, total) in [(0, 1, 5), (1, 2, 5), (2, 1, 5), (3, 2, 0), (1, 2, 5)] {
///     world.publish(Order { id, customer, total })?;
/// }
/// world.deliver(Timestamp::from_millis(0));
/// assert_eq!(world.resource::<Paid>().0, [1], "the orders of customer 1 wait");
/// world.deliver(Timestamp::from_millis(1_000));
/// assert_eq!(world.resource::<Paid>().0, [1, 0, 2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "a subscription does not exist before `handler`, `listener` or `pull`"]
pub struct Subscription<'w, E: Send + Sync + 'static, G: Guarantee> {
    world: &'w mut World,
    /// Boxed, because every step of the builder moves it.
    group: Box<NewGroup>,
    selector: Option<Box<Selector<E>>>,
    guarantee: PhantomData<G>,
}

impl<E: Send + Sync + 'static, G: Guarantee> fmt::Debug for Subscription<'_, E, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NewGroup { name, config, .. } = &*self.group;
        f.debug_struct("Subscription").field("group", name).field("config", config).finish_non_exhaustive()
    }
}

impl<'w, E: Send + Sync + 'static> Subscription<'w, E, AtMostOnce> {
    #[inline(never)]
    pub(crate) fn new(world: &'w mut World, group: Cow<'static, str>) -> Self {
        let group = NewGroup { name: group, config: GroupConfig::default(), start: StartAt::Latest, window: None };
        Self { world, group: Box::new(group), selector: None, guarantee: PhantomData }
    }

    /// Delivers every event at most once, also after an error. This is the default.
    pub fn at_most_once(self) -> Self {
        self
    }
}

impl<'w, E: Send + Sync + 'static, G: Guarantee> Subscription<'w, E, G> {
    /// Retries an event that failed. The default is five attempts without a pause.
    pub fn at_least_once(mut self) -> Subscription<'w, E, AtLeastOnce> {
        self.group.config.retry.get_or_insert_default();
        let Self { world, group, selector, .. } = self;
        Subscription { world, group, selector, guarantee: PhantomData }
    }

    /// Delivers at least once, and leaves out an event whose key is among those of the last `window` events that are
    /// acknowledged or in progress. This includes retries and redelivered dead letters.
    pub fn effectively_once(
        self,
        window: usize,
        key: impl Fn(&E) -> u64 + Send + Sync + 'static,
    ) -> Subscription<'w, E, AtLeastOnce> {
        let mut subscription = self.at_least_once();
        subscription.group.window = Some(window);
        subscription.selector().key = Some(Box::new(key));
        subscription
    }

    fn selector(&mut self) -> &mut Selector<E> {
        self.selector.get_or_insert_default()
    }
}

impl<E: Send + Sync + 'static> Subscription<'_, E, AtLeastOnce> {
    fn retry(&mut self) -> &mut RetryPolicy {
        self.group.config.retry.get_or_insert_default()
    }

    /// Sets after how many attempts an event is given up; 0 counts as 1.
    pub fn max_deliver(mut self, attempts: u32) -> Self {
        self.retry().max_deliver = attempts;
        self
    }

    /// Sets the pause after a failed attempt.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.retry().backoff = backoff;
        self
    }

    /// Sets how long a consumer that pulls may take to ack an event. Then that attempt has failed, and the event is due
    /// again at once. Without it an event whose consumer is lost stays in flight for ever. Of no effect for handlers.
    pub fn ack_wait(mut self, wait: Duration) -> Self {
        self.group.config.ack_wait = Some(wait);
        self
    }

    /// Lets other events pass while one waits for its retry. The order of the topic is not kept.
    pub fn unordered(mut self) -> Self {
        self.group.config.order = DeliveryOrder::Unordered;
        self
    }

    /// Lets other events pass while one waits for its retry, except those with the same key: their order is kept. In a
    /// pull group, an event also waits while an earlier one of its key waits for its ack.
    pub fn ordered_by(mut self, key: impl Fn(&E) -> u64 + Send + Sync + 'static) -> Self {
        self.group.config.order = DeliveryOrder::ByKey;
        self.selector().lane = Some(Box::new(key));
        self
    }
}

impl<E: Send + Sync + 'static, G: Guarantee> Subscription<'_, E, G> {
    /// Leaves out events that are this old, or older. They are counted as expired, and make no dead letters. With zero
    /// the group gets no events at all.
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.group.config.ttl = Some(ttl);
        self
    }

    /// Leaves out the events for which this returns `false`.
    pub fn filter(mut self, wants: impl Fn(&E) -> bool + Send + Sync + 'static) -> Self {
        self.selector().wants = Some(Box::new(wants));
        self
    }

    /// Sets where the group starts. The default is [`StartAt::Latest`].
    pub fn start(mut self, start: StartAt) -> Self {
        self.group.start = start;
        self
    }

    /// Subscribes the group, with this system as its handler. A closure must state the type of its batch:
    /// `|batch: Batch<Order>| ..`.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::GroupExists`].
    ///
    /// # Panics
    /// If the parameters of the system conflict with each other, as in bevy.
    pub fn handler<M: 'static>(self, system: impl HandlerSystem<E, M>) -> Result<Group<E>, WiringError> {
        let handler = handler(self.world, system);
        self.complete(handler)
    }

    /// Subscribes the group, with a function as its handler that needs nothing of the world. A call of it is cheaper
    /// than that of a system.
    ///
    /// ```
    /// # use bevy_ecs::prelude::*;
    /// # use blockers_event_bus::prelude::*;
    /// use std::sync::mpsc;
    ///
    /// # struct Order(u64);
    /// # let mut world = World::new();
    /// world.add_topic::<Order>("orders").create()?;
    /// let (printer, printed) = mpsc::sync_channel(16);
    /// world.subscribe::<Order>("printer").at_least_once().listener(move |batch: Batch<Order>| {
    ///     for order in batch {
    ///         printer.try_send(order.0)?;
    ///     }
    ///     HandlerResult::Ok(())
    /// })?;
    /// world.publish(Order(7))?;
    /// world.deliver(Timestamp::ZERO);
    /// assert_eq!(printed.try_recv(), Ok(7));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::GroupExists`].
    pub fn listener<R: IntoHandlerResult>(
        self,
        function: impl FnMut(Batch<'_, E>) -> R + Send + Sync + 'static,
    ) -> Result<Group<E>, WiringError> {
        self.complete(listener(function))
    }

    /// Not inlined, so that it is compiled once per event type and not once per handler.
    #[inline(never)]
    fn complete(self, handler: Handler<E>) -> Result<Group<E>, WiringError> {
        Ok(free(self.world, &self.group.name)?.add_push(*self.group, self.selector, handler))
    }

    /// Subscribes the group without a handler. The returned consumer pulls its events.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] or [`WiringError::GroupExists`].
    pub fn pull(self) -> Result<Consumer<E>, WiringError>
    where
        E: Clone,
    {
        Ok(free(self.world, &self.group.name)?.add_pull(*self.group, self.selector))
    }
}

/// Returns the topic, if it has no group of this name.
fn free<'w, E: Send + Sync + 'static>(world: &'w World, group: &str) -> Result<&'w Topic<E>, WiringError> {
    let topic = Topic::find(world)?;
    topic.check_free(group)?;
    Ok(topic)
}
