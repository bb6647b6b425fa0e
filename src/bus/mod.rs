//! An event bus for one process, on a bevy world: a log per topic, an offset per group, systems as handlers.
//!
//! It knows bevy_ecs and nothing else of this program. Producers publish events to the topic of their type; every group that
//! subscribed to the topic sees every event, in one order, and neither side knows of the other.
//!
//! ```
//! use bevy_ecs::prelude::*;
//! use blockers::bus::{Batch, BusExt, HandlerResult, Publisher};
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
//! // Handlers are ordinary systems. What one publishes is the next wave.
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
//! # Ok::<(), blockers::bus::WiringError>(())
//! ```
//!
//! # How it delivers
//! [`Bus::deliver`] runs in waves. Each takes every topic's inbox into its log and then gives every group what it has not
//! seen, topics in the order in which they were made, groups in the order in which they subscribed. What handlers publish
//! meanwhile is the next wave, so every group sees one order. After [`MAX_WAVES`] it stops, counts an overrun, and goes on
//! at the next call: a cycle that feeds itself is never a hang.
//!
//! # What a group is promised
//! One sentence says it, and what makes no sense cannot be said:
//!
//! ```
//! # use bevy_ecs::prelude::*;
//! # use blockers::bus::*;
//! # #[derive(Clone)]
//! # struct Rung;
//! # let mut world = World::new();
//! world.add_topic::<Rung>("rung").max_len(256).dead_letters(16).create()?;
//! // A bell that rings late is worse than none.
//! world.subscribe::<Rung>("bell").at_most_once().ttl(150).handler(|_: Batch<Rung>| {})?;
//! // The book must have every ring, and the shop may be closed for a while.
//! let book = world.subscribe::<Rung>("book").at_least_once();
//! book.max_deliver(5).backoff(Backoff::Doubling { first: 250, most: 4_000 }).handler(|_: Batch<Rung>| {})?;
//! // A consumer that asks when it likes, from the beginning.
//! let visitor = world.subscribe::<Rung>("visitor").start(Start::Earliest).pull()?;
//! world.publish(Rung)?;
//! world.deliver(0);
//! assert_eq!(world.pull(&visitor, 10, 0)?.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # When a handler fails
//! It returns `Err`, or one of its parameters is missing. That is about the event that it took last; those before it are done.
//! A [`Failure`] is published, no other group notices, and `Commands` that the handler had given before are applied all the
//! same. At most once, the event is done all the same, and the handler goes on with the next one. At least once, the event is
//! tried again after the backoff and holds its own group back until then, which keeps the order; after `max_deliver` tries it
//! is given up, and becomes a [`DeadLetter`] if its topic has them. A failure while handling a [`Failure`] is only counted.
//! A panic unwinds through `deliver` natively and leaves the topic without its groups: the program is meant to end. What else that
//! delivery left undone, the next one does. In wasm a panic aborts.
//!
//! Time comes from the caller. There is no clock, no randomness and no thread in here.

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
