//! A topic: all events of one type, and the groups that read them.

use std::any::type_name;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use bevy_ecs::prelude::*;

use crate::dirty;
use crate::engine::config::{GroupConfig, StartAt, TopicConfig};
use crate::engine::counters::GroupCounters;
use crate::engine::orders::NewGroup;
use crate::engine::stats::{GroupStats, TopicStats};
use crate::engine::time::Timestamp;
use crate::engine::topic_state::Order;
use crate::envelope::{Envelope, PublishOptions, TopicId};
use crate::error::{PublishError, WiringError};
use crate::events::Events;
use crate::handler::Handler;
use crate::handles::{Group, Member, TopicReport};
use crate::pull::Consumer;
use crate::selector::Selector;
use crate::shared::Shared;
use crate::subscriber::Subscriber;

/// All events of one type in the order in which they were published, and the groups that read them.
///
/// This is a handle: its clones are the same topic, and a producer outside of the world, or on another thread, can keep
/// one. Handlers must not own one: the topic owns its handlers, so neither would ever be dropped. They take a
/// [`Publisher`](crate::Publisher).
///
/// `Drop` and `Clone` of the events, and the functions for their size, filter and keys, run while the topic is locked.
/// They must not call the bus.
///
/// ```
/// use bevy_ecs::prelude::*;
/// use blockers_event_bus::prelude::*;
///
/// struct Order(u64);
///
/// let mut world = World::new();
/// let orders = world.add_topic::<Order>("orders").max_len(2).discard(DiscardPolicy::New).create()?;
/// let producer = std::thread::spawn(move || {
///     assert_eq!(orders.publish(Order(1)).unwrap(), 0);
///     assert_eq!(orders.publish_batch([Order(2), Order(3)]).unwrap_err().into_event()[0].0, 3);
/// });
/// producer.join().unwrap();
/// world.deliver(Timestamp::from_millis(0));
/// assert_eq!(world.topic::<Order>()?.stats(Timestamp::ZERO).len, 2);
/// # Ok::<(), WiringError>(())
/// ```
#[derive(Resource)]
#[component(clone_behavior = Ignore)]
pub struct Topic<E: Send + Sync + 'static>(pub(crate) Arc<Shared<Events<E>>>);

impl<E: Send + Sync + 'static> Clone for Topic<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<E: Send + Sync + 'static> fmt::Debug for Topic<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Topic").field("name", &self.0.name).field("id", &self.0.id).finish_non_exhaustive()
    }
}

/// Two handles are equal if they are the same topic.
impl<E: Send + Sync + 'static> PartialEq for Topic<E> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<E: Send + Sync + 'static> Eq for Topic<E> {}

impl<E: Send + Sync + 'static> Topic<E> {
    /// Returns the topic of a world.
    pub(crate) fn find(world: &World) -> Result<&Self, WiringError> {
        world.get_resource::<Self>().ok_or(WiringError::NoTopic(type_name::<E>()))
    }

    /// Returns the topic's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Returns the topic's number in its bus.
    #[must_use]
    pub fn id(&self) -> TopicId {
        self.0.id
    }

    // Publishing.

    /// Publishes an event. It is delivered with the next wave. Returns its `seq`. Takes constant time if the topic is
    /// not full.
    ///
    /// # Errors
    /// [`PublishError`], with the event: the topic is full and refuses new events, or it is closed.
    #[inline]
    pub fn publish(&self, event: E) -> Result<u64, PublishError<E>> {
        self.publish_with(event, PublishOptions::default())
    }

    /// Publishes an event with its time of publication or its cause.
    ///
    /// # Errors
    /// As [`Self::publish`].
    #[inline]
    pub fn publish_with(&self, event: E, options: PublishOptions) -> Result<u64, PublishError<E>> {
        self.0.publish(event, options)
    }

    /// Publishes several events, one after the other without others between them. Returns their `seq`s.
    ///
    /// The topic is locked while the iterator runs, which must not call the bus.
    ///
    /// # Errors
    /// As [`Self::publish`], with the events that were not published: the first one that was refused, and all after it.
    pub fn publish_batch(&self, events: impl IntoIterator<Item = E>) -> Result<Range<u64>, PublishError<Vec<E>>> {
        let mut state = self.0.lock();
        let mut seqs: Option<Range<u64>> = None;
        let mut events = events.into_iter();
        let refused = events.by_ref().find_map(|event| {
            let published = state.publish(event, PublishOptions::default(), &self.0.hub);
            published.map(|seq| seqs = Some(seqs.as_ref().map_or(seq, |seqs| seqs.start)..seq + 1)).err()
        });
        drop(state);
        if seqs.is_some() {
            self.0.mark_dirty();
        }
        match refused {
            None => Ok(seqs.unwrap_or_default()),
            Some(error) => {
                let closed = matches!(error, PublishError::Closed(_));
                let rest = std::iter::once(error.into_event()).chain(events).collect();
                Err(if closed { PublishError::Closed(rest) } else { PublishError::Full(rest) })
            }
        }
    }

    /// Refuses all further events. Those that were published are still delivered.
    pub fn close(&self) {
        self.0.lock().core.closed = true;
    }

    /// Returns `true` if the topic was closed, or its world is gone.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.lock().core.closed
    }

    // Reading.

    /// Returns a copy of the events that are retained, oldest first.
    #[must_use]
    pub fn retained(&self) -> Vec<Envelope<E>>
    where
        E: Clone,
    {
        self.0.lock().store.log().iter().cloned().collect()
    }

    /// Returns the configuration of the topic.
    #[must_use]
    pub fn config(&self) -> TopicConfig {
        self.0.lock().core.config
    }

    /// Changes the configuration of the topic. It applies to the next publication, and to the next delivery. A
    /// `max_bytes` needs the size of an event, from [`max_bytes`](crate::TopicBuilder::max_bytes). Takes time in
    /// proportion to the number of events that are retained. `change` must not change this topic's configuration, nor
    /// that of its groups, by another call.
    pub fn configure(&self, change: impl FnOnce(&mut TopicConfig)) {
        self.0.any().configure(change);
    }

    /// Returns the counters of the topic.
    #[must_use]
    pub fn stats(&self, now: Timestamp) -> TopicStats {
        self.0.any().lock().stats(now)
    }

    /// Returns a snapshot of the topic and its groups.
    #[must_use]
    pub fn report(&self, now: Timestamp) -> TopicReport {
        self.0.any().report(now)
    }

    /// Returns the counters of this group; `None` if the topic has no such group.
    #[must_use]
    pub fn group(&self, name: &str, now: Timestamp) -> Option<GroupStats> {
        self.0.any().lock().groups(now).find(|(other, ..)| *other == name).map(|(.., stats)| stats)
    }

    /// Returns the configuration of this group; `None` if the topic has no such group.
    #[must_use]
    pub fn group_config(&self, name: &str) -> Option<GroupConfig> {
        self.0.any().lock().config_of(name).map(|(_, config)| config)
    }

    /// Changes the configuration of a group. Events that wait for a retry or an ack keep their times; later failures
    /// follow the new configuration. While handlers of the topic run, the change is deferred until all of them have
    /// run. The same applies to `change` as in [`Self::configure`].
    ///
    /// # Errors
    /// [`WiringError::NoGroup`].
    pub fn configure_group(&self, name: &str, change: impl FnOnce(&mut GroupConfig)) -> Result<(), WiringError> {
        self.0.any().configure_group(name, change)
    }

    /// Returns a handle on a group with handlers.
    ///
    /// # Errors
    /// [`WiringError::NoGroup`], which is also returned for a pull group.
    pub fn group_handle(&self, name: &str) -> Result<Group<E>, WiringError> {
        let topic = self.0.any();
        let state = topic.lock();
        let group = state.find(&|counters| counters.name == name && !counters.pulls);
        let group = group.map(|counters| Group::new(counters.name.clone(), counters.id));
        group.ok_or_else(|| topic.no_group(name))
    }

    /// Returns how many events can be published now until one is refused, or until one that waits for its delivery is
    /// evicted. It does not consider `max_bytes`, and other threads may publish in the meantime. Takes time in
    /// proportion to the number of groups.
    ///
    /// ```
    /// # use bevy_ecs::prelude::*;
    /// # use blockers_event_bus::prelude::*;
    /// # struct Order(u64);
    /// # let mut world = World::new();
    /// let orders = world.add_topic::<Order>("orders").max_len(3).discard(DiscardPolicy::New).create()?;
    /// world.subscribe::<Order>("payment").handler(|batch: Batch<Order>| batch.for_each(drop))?;
    /// orders.publish(Order(1))?;
    /// assert_eq!(orders.room(), 2);
    /// world.deliver(Timestamp::ZERO);
    /// assert_eq!(orders.room(), 3, "every group is done with the first order");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn room(&self) -> usize {
        self.0.any().lock().room()
    }

    /// Returns `true` if the topic has at least one group.
    pub(crate) fn has_groups(&self) -> bool {
        self.0.any().lock().has_groups()
    }

    // Groups.

    pub(crate) fn check_free(&self, name: &str) -> Result<(), WiringError> {
        self.0.any().check_free(name)
    }

    pub(crate) fn add_push(
        &self,
        group: NewGroup,
        selector: Option<Box<Selector<E>>>,
        handler: Handler<E>,
    ) -> Group<E> {
        let name = group.name.clone();
        let mut state = self.0.lock();
        let mut subscriber = Subscriber::new(selector);
        subscriber.handlers.push((0, handler));
        state.store.add_push(subscriber);
        let (id, wants) = state.any().add_push(group);
        drop(state);
        if wants {
            self.0.mark_dirty();
        }
        Group::new(name, id)
    }

    pub(crate) fn add_pull(&self, group: NewGroup, selector: Option<Box<Selector<E>>>) -> Consumer<E>
    where
        E: Clone,
    {
        let name = group.name.clone();
        let mut state = self.0.lock();
        state.store.add_pull(Subscriber::new(selector));
        let id = state.any().add_pull(group);
        drop(state);
        // The bus looks after the due times of topics with pull groups.
        self.0.hub.dirty.mark(dirty::TOPICS_CHANGED);
        Consumer::new(name, id, Envelope::clone)
    }

    /// Removes a group. Returns its counters.
    pub(crate) fn unsubscribe(&self, name: &str) -> Result<GroupStats, WiringError> {
        self.0.any().unsubscribe(name)
    }

    pub(crate) fn join(&self, group: &Group<E>, handler: Handler<E>) -> Result<Member<E>, WiringError> {
        let number = self.0.next_number();
        let is_it = |counters: &GroupCounters| counters.id == group.id;
        let deposit = |events: &mut Events<E>| events.joining.push((number, handler));
        self.0.order_with(&group.name, &is_it, Order::Join(number), deposit)?;
        Ok(Member { group: group.clone(), number })
    }

    pub(crate) fn leave(&self, member: &Member<E>) -> Result<(), WiringError> {
        let Member { group, number } = member;
        self.0.any().order(&group.name, &|counters| counters.id == group.id, Order::Leave(*number))
    }

    pub(crate) fn seek(&self, name: &str, to: StartAt, forget_keys: bool) -> Result<(), WiringError> {
        self.0.any().order(name, &|counters| counters.name == name, Order::Seek { to, forget_keys })
    }

    pub(crate) fn redeliver(&self, name: &str, envelope: Envelope<E>) -> Result<(), WiringError> {
        let number = self.0.next_number();
        let deposit = |events: &mut Events<E>| events.redelivered.push((number, envelope));
        self.0.order_with(name, &|counters| counters.name == name, Order::Redeliver(number), deposit)
    }
}
