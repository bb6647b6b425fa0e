//! The state machines of topics and groups, over sequence numbers. They know neither events nor bevy, so they are
//! compiled once and can be tested without a world.
//!
//! - A topic **accepts** events in [`TopicCore::accepted`].
//! - A group is **given** new events in [`GroupCore::given`] or [`GroupCore::given_all`], and in-flight ones in
//!   [`GroupCore::attempted`] or [`GroupCore::pull_again`].
//! - It **settles** new events in [`GroupCore::settle`], and in-flight ones in [`GroupCore::ack`].
//! - It **gives up** events in [`GroupCore::give_up`], and in [`GroupCore::evict`] those that the log does not keep.
//! - [`GroupCounters::pass`] is the short way for events that are given and acknowledged at once.

pub(crate) mod attempt;
pub(crate) mod config;
pub(crate) mod counters;
pub(crate) mod dedup;
pub(crate) mod group;
pub(crate) mod in_flight;
pub(crate) mod losses;
pub(crate) mod orders;
pub(crate) mod pulling;
pub(crate) mod rate;
pub(crate) mod run;
pub(crate) mod screen;
pub(crate) mod stats;
pub(crate) mod store;
pub(crate) mod time;
pub(crate) mod topic;
pub(crate) mod topic_state;

#[cfg(all(test, not(target_arch = "wasm32")))]
#[expect(clippy::unwrap_used, reason = "a test may fail that way")]
mod interleavings;
