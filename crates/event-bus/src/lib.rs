//! An event bus for one process, on a bevy_ecs world: a log per topic, an offset per group, systems as handlers.
//!
//! Producers publish events to the topic of their type. Every group that is subscribed to the topic receives every
//! event, in the same order. Producers and consumers do not refer to each other. The crate depends on bevy_ecs only.
//!
//! ```
//! use bevy_ecs::prelude::*;
//! use blockers_event_bus::{Batch, BusExt, HandlerResult, Publisher};
//!
//! #[derive(Clone)]
//! struct Pressed(u8);
//! #[derive(Clone)]
//! struct Greeted(u8);
//!
//! #[derive(Resource, Default)]
//! struct Doors(Vec<u8>);
//!
//! let mut world = World::new();
//! world.init_resource::<Doors>();
//! world.add_topic::<Pressed>("pressed").create()?;
//! world.add_topic::<Greeted>("greeted").max_len(16).create()?;
//!
//! // Handlers are ordinary systems. Events that a handler publishes are delivered in the next wave.
//! world.subscribe::<Pressed>("bell").handler(|batch: Batch<Pressed>, mut greeted: Publisher<Greeted>| {
//!     for pressed in batch {
//!         greeted.publish(Greeted(pressed.0))?;
//!     }
//!     HandlerResult::Ok(())
//! })?;
//! world.subscribe::<Greeted>("door").handler(|batch: Batch<Greeted>, mut doors: ResMut<Doors>| {
//!     doors.0.extend(batch.map(|greeted| greeted.0));
//! })?;
//!
//! world.publish(Pressed(7))?;
//! let delivery = world.deliver(1_000);
//! assert_eq!((delivery.waves, delivery.events), (2, 2));
//! assert_eq!(world.resource::<Doors>().0, [7]);
//! assert_eq!(world.topic::<Pressed>()?.group("bell", 1_000).map(|stats| stats.acked), Some(1));
//! # Ok::<(), blockers_event_bus::WiringError>(())
//! ```
//!
//! # Delivery
//! [`Bus::deliver`] runs in waves. A wave first appends every topic's inbox to its log. Then it delivers to every group
//! the events that the group has not seen: topics in order of creation, groups in order of subscription. Events that
//! handlers publish in the meantime are delivered in the next wave, so every group sees the same order. After
//! [`MAX_WAVES`] waves or [`MAX_EVENTS`] events the call stops and counts an overrun, and the next call continues. So
//! handlers that keep triggering each other cannot hang the program.
//!
//! # Guarantees
//! A subscription states what its group is guaranteed. Combinations that make no sense do not compile:
//!
//! ```
//! # use bevy_ecs::prelude::*;
//! # use blockers_event_bus::*;
//! # #[derive(Clone)]
//! # struct Rung;
//! # let mut world = World::new();
//! world.add_topic::<Rung>("rung").max_len(256).dead_letters(16).create()?;
//! // Ringing late is worse than not ringing.
//! world.subscribe::<Rung>("bell").at_most_once().ttl(150).handler(|_: Batch<Rung>| {})?;
//! // The audit must record every ring, and may fail for a while.
//! let audit = world.subscribe::<Rung>("audit").at_least_once();
//! audit.max_deliver(5).backoff(Backoff::Doubling { first: 250, most: 4_000 }).handler(|_: Batch<Rung>| {})?;
//! // A consumer that pulls events at its own pace, starting with the oldest.
//! let report = world.subscribe::<Rung>("report").start(Start::Earliest).pull()?;
//! world.publish(Rung)?;
//! world.deliver(0);
//! assert_eq!(world.pull(&report, 10, 0)?.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # When a handler fails
//! A handler fails when it returns `Err`, or when one of its parameters is missing. The failure concerns the event that
//! it took last; the events before it are acknowledged. A [`Failure`] is published, and no other group is affected.
//! `Commands` that the handler queued before it failed are still applied.
//!
//! - At most once: the event counts as acknowledged, and the handler continues with the next one.
//! - At least once: the event is retried after the backoff. Until then it holds back its own group, which preserves the
//!   order. After `max_deliver` attempts it is given up, and becomes a [`DeadLetter`] if its topic has dead letters.
//!
//! A failure while handling a [`Failure`] is only counted. Natively, a panic unwinds through `deliver` and leaves the
//! topic without its groups: the program is expected to end. Whatever else that delivery left undone is done by the
//! next one. In wasm a panic aborts.
//!
//! The caller passes the time. The crate has no clock, no randomness and no threads.

mod envelope;
mod log;
mod retention;
mod start;

mod backoff;
mod dedup;
mod policy;

mod account;
mod batch;
mod handler;
mod ledger;
mod pull;
mod push;
mod stats;

mod dead_letter;
mod failure;

mod error;
mod flags;
mod publisher;
mod report;
mod state;
mod topic;

mod delivery;
mod registry;
mod request;
mod subscription;
mod world;

pub use backoff::Backoff;
pub use batch::Batch;
pub use dead_letter::{DeadLetter, Reason, Verdict};
pub use envelope::Envelope;
pub use error::WiringError;
pub use failure::Failure;
pub use handler::{HandlerError, HandlerResult, HandlerSystem, Outcome};
pub use publisher::Publisher;
pub use pull::{Consumer, PullError};
pub use registry::{Bus, Delivery, MAX_EVENTS, MAX_WAVES};
pub use request::{Answer, NoAnswer, Replier, Request, RequestExt, Requester};
pub use retention::Discard;
pub use start::Start;
pub use stats::{GroupStats, TopicReport, TopicStats};
pub use subscription::{AtLeastOnce, AtMostOnce, Promise, Subscription, TopicBuilder};
pub use topic::{Event, Full, Topic};
pub use world::BusExt;
