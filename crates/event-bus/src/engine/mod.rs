//! The state machines of topics and groups, over sequence numbers. They know neither events nor bevy, so they are
//! compiled once and can be tested without a world.
//!
//! An event is **accepted** by [`TopicCore::accepted`], **given** by [`GroupCore::given`], **settled** by
//! [`GroupCore::settle`] and **given up** by [`GroupCore::give_up`]: each of these happens in one place.

pub(crate) mod config;
pub(crate) mod counters;
pub(crate) mod dedup;
pub(crate) mod group;
pub(crate) mod in_flight;
pub(crate) mod rate;
pub(crate) mod run;
pub(crate) mod screen;
pub(crate) mod stats;
pub(crate) mod time;
pub(crate) mod topic;

#[cfg(all(test, not(target_arch = "wasm32")))]
#[expect(clippy::unwrap_used, reason = "a test may fail that way")]
mod interleavings;
