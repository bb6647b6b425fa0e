//! An event bus for one process, on a bevy_ecs world: a log per topic, an offset per group, systems as handlers.
//!
//! Producers publish events to the topic of their type. Every group that is subscribed to the topic receives every
//! event, in the same order. Producers and consumers do not refer to each other. The crate depends on bevy_ecs only,
//! and re-exports it.
//!
//! ```
//! use blockers_event_bus::bevy_ecs::prelude::*;
//! use blockers_event_bus::prelude::*;
//!
//! struct Order(u64);
//! struct Paid(u64);
//!
//! #[derive(Resource, Default)]
//! struct Shipped(Vec<u64>);
//!
//! let mut world = World::new();
//! world.init_resource::<Shipped>();
//! world.add_topic::<Order>("orders").create()?;
//! world.add_topic::<Paid>("payments").max_len(16).create()?;
//!
//! // Handlers are ordinary systems. Events that a handler publishes are delivered in the next wave.
//! world.subscribe::<Order>("payment").at_least_once().handler(|batch: Batch<Order>, paid: Publisher<Paid>| {
//!     for order in batch {
//!         paid.publish(Paid(order.0))?;
//!     }
//!     HandlerResult::Ok(())
//! })?;
//! world.subscribe::<Paid>("shipping").handler(|batch: Batch<Paid>, mut shipped: ResMut<Shipped>| {
//!     shipped.0.extend(batch.map(|paid| paid.0));
//! })?;
//!
//! world.publish(Order(7))?;
//! let now = Timestamp::from_millis(1_000);
//! let delivery = world.deliver(now);
//! assert_eq!((delivery.waves, delivery.events), (2, 2));
//! assert_eq!(world.resource::<Shipped>().0, [7]);
//! assert_eq!(world.topic::<Order>()?.group("payment", now).map(|stats| stats.acked), Some(1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Delivery
//! [`Bus::deliver`] runs in waves. A wave first appends every topic's inbox to its log. Then it delivers to every group
//! the events that the group has not seen: topics in order of creation, groups in order of subscription. Events that
//! handlers publish in the meantime are delivered in the next wave, so every group sees the same order. After
//! [`MAX_WAVES`] waves or [`MAX_EVENTS`] events the call stops and counts an overrun, and the next call continues. So
//! handlers that keep triggering each other cannot hang the program.
//!
//! Call it once in each frame or turn of your loop, after the producers have run. [`Delivery::next_due`] says when it
//! is needed again without a new event.
//!
//! # Guarantees
//! A subscription states what its group is guaranteed. Combinations that make no sense do not compile:
//!
//! ```
//! # use bevy_ecs::prelude::*;
//! # use blockers_event_bus::prelude::*;
//! # use std::time::Duration;
//! # #[derive(Clone)]
//! # struct Order(u64);
//! # let mut world = World::new();
//! world.add_topic::<Order>("orders").max_len(256).dead_letters(16).create()?;
//! // A late notice is worse than none.
//! let notices = world.subscribe::<Order>("notices").at_most_once().ttl(Duration::from_millis(150));
//! notices.handler(|batch: Batch<Order>| batch.for_each(drop))?;
//! // The payment must be made for every order, and may fail for a while.
//! let (first, most) = (Duration::from_millis(250), Duration::from_secs(4));
//! let payment = world.subscribe::<Order>("payment").at_least_once().max_deliver(5);
//! payment.backoff(Backoff::Doubling { first, most }).handler(|batch: Batch<Order>| batch.for_each(drop))?;
//! // A consumer that pulls events at its own pace, starting with the oldest.
//! let report = world.subscribe::<Order>("report").start(StartAt::Earliest).pull()?;
//! world.publish(Order(1))?;
//! world.deliver(Timestamp::ZERO);
//! assert_eq!(world.pull(&report, 10, Timestamp::ZERO)?.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # When a handler fails
//! A handler fails when it returns `Err`, or when one of its parameters is missing. The failure concerns the event that
//! it took last; the events before it are acknowledged. A [`Failure`] is published, and no other group is affected.
//! `Commands` that the handler queued before it failed are still applied, and events that it published stay published.
//!
//! - At most once: the event counts as acknowledged, and the handler continues with the next one.
//! - At least once: the event is retried after the backoff. Until then it holds back its own group, which preserves the
//!   order; in a group that is [`unordered`](Subscription::unordered) it holds back nothing, and in one that is
//!   [`ordered_by`](Subscription::ordered_by) only the events with its key. After `max_deliver` attempts it is given
//!   up, and becomes a [`DeadLetter`] if its topic has dead letters. The [`ErrorKind`] can say otherwise: give it up at
//!   once, or come again later without counting this attempt.
//!
//! A failure while handling a [`Failure`] is only counted. Natively, a panic unwinds through `deliver` and leaves the
//! topic without its groups: [`Topic::report`] still lists them, and they get nothing any more. The program is expected
//! to end. Whatever else that delivery left undone is done by the next one. In wasm a panic aborts.
//!
//! # Threads and time
//! A [`Topic`] is a handle that any thread can keep: to publish, to read counters, to pause or configure a group.
//! Handlers run on the thread that calls `deliver`. The caller passes the time. The crate has no clock, no randomness
//! and no threads.
//!
//! # Costs
//! Publishing takes constant time; if the topic is full, time in proportion to the groups for each event that makes
//! room. A delivery takes time in proportion to the events, the groups that have work, and the topics that limit the
//! age or have pull groups; if handlers of a group compete, each of their calls takes time in proportion to their
//! number. Ack, nack, pull, reply and a retry take logarithmic time in the number of events in flight.
//! [`StartAt::Time`], [`Topic::configure`] and [`Topic::retained`] take time in proportion to the retained events, and
//! an eviction of events that groups still want in proportion to the groups.

pub use bevy_ecs;

mod engine;

mod dead_letter;
mod envelope;
mod error;
mod failure;
mod handler_error;
mod handles;
mod log;
mod selector;

mod batch;
mod handler;

mod events;
mod pull;
mod subscriber;

mod dirty;
mod hub;
mod shared;
mod topic;

mod bus;
mod delivery;
mod drain;

mod consuming;
mod publisher;
mod request;
mod request_ext;
mod subscription;
mod topic_builder;
mod world_ext;

pub mod prelude;

/// Compiles the examples of the documents.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../README.md")]
    struct Readme;
    #[doc = include_str!("../docs/cookbook.md")]
    struct Cookbook;
    #[doc = include_str!("../docs/not-included.md")]
    struct NotIncluded;
}

pub use batch::Batch;
pub use bus::{Bus, Delivery, MAX_EVENTS, MAX_WAVES};
pub use dead_letter::{DeadLetter, Reason, Verdict};
pub use drain::{Drained, Stuck};
pub use engine::config::{Backoff, DeliveryOrder, DiscardPolicy, GroupConfig, RetryPolicy, StartAt, TopicConfig};
pub use engine::stats::{GroupStats, Imbalance, TopicStats};
pub use engine::time::Timestamp;
pub use envelope::{Cause, Envelope, PublishOptions, TopicId};
pub use error::{AskError, PublishError, PullError, WiringError};
pub use failure::Failure;
pub use handler::{HandlerSystem, IntoHandlerResult};
pub use handler_error::{ErrorKind, HandlerError, HandlerResult};
pub use handles::{Group, GroupReport, Member, TopicReport};
pub use publisher::{Publisher, Puller};
pub use pull::{Consumer, Outstanding};
pub use request::{Answer, NoAnswer, Replier, Request, Requester};
pub use request_ext::{RequestExt, RequestsBuilder};
pub use subscription::{AtLeastOnce, AtMostOnce, Guarantee, Subscription};
pub use topic::Topic;
pub use topic_builder::TopicBuilder;
pub use world_ext::WorldBusExt;
