//! An event bus for one process, on a bevy world: a log per topic, an offset per group, systems as handlers.
//!
//! It knows bevy_ecs and nothing else of this program. Producers publish events to the topic of their type; every group that
//! subscribed to the topic sees every event, in one order, and neither side knows of the other.
//!
//! ```
//! use bevy_ecs::prelude::*;
//! use blockers::bus::{Batch, BusExt, HandlerResult, Publisher, Topic};
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
//! assert_eq!(world.resource::<Topic<Pressed>>().groups(1_000).next().map(|(_, stats)| stats.acked), Some(1));
//! # Ok::<(), blockers::bus::WiringError>(())
//! ```
//!
//! # How it delivers
//! [`BusExt::deliver`] runs in waves. Each takes every topic's inbox into its log and then gives every group what it has not
//! seen, topics in the order in which they were made, groups in the order in which they subscribed. What handlers publish
//! meanwhile is the next wave, so every group sees one order. After [`MAX_WAVES`] it stops, counts an overrun, and goes on
//! at the next call: a cycle that feeds itself is never a hang.
//!
//! # When a handler fails
//! It returns `Err`, or one of its parameters is missing. The event that it took last is given up for this group and
//! counted, a [`Failure`] is published, and the same handler goes on with the next event. No other group notices. `Commands`
//! that it had given before are applied all the same. A failure while handling a [`Failure`] is only counted.
//! A panic unwinds through `deliver` natively and leaves that topic without its log and that handler: the program is meant to
//! end. In wasm it aborts.
//!
//! Time comes from the caller. There is no clock, no randomness and no thread in here.

mod envelope;
mod log;
mod retention;
mod start;

mod backoff;
mod dedup;
mod policy;

mod batch;
mod handler;
mod ledger;
mod pull;
mod push;
mod stats;

mod dead_letter;
mod failure;

mod delivery;
mod publisher;
mod registry;
mod report;
mod request;
mod subscription;
mod topic;

pub use backoff::Backoff;
pub use batch::Batch;
pub use dead_letter::{DeadLetter, Reason, Verdict};
pub use envelope::Envelope;
pub use failure::Failure;
pub use handler::{HandlerError, HandlerResult, Outcome};
pub use publisher::Publisher;
pub use pull::{Consumer, PullError};
pub use registry::{Bus, BusExt, Delivery, MAX_EVENTS, MAX_WAVES, WiringError};
pub use request::{Answer, NoAnswer, Replier, Request, RequestExt, Requester};
pub use retention::Discard;
pub use start::Start;
pub use stats::{GroupStats, TopicReport, TopicStats};
pub use subscription::{AtLeastOnce, AtMostOnce, Promise, Subscription, TopicBuilder};
pub use topic::{Event, Full, Topic};
