//! The state machines of topics and groups, over sequence numbers. They know neither events nor bevy, so they are
//! compiled once and can be tested without a world. What needs the type of the events is behind [`store::Store`] and
//! [`store::Members`].
//!
//! - A topic **accepts** events in [`TopicCore::accepted`].
//! - A group is **given** new events in [`GroupCore::given`] or [`GroupCore::given_all`], and in-flight ones in
//!   [`GroupCore::attempted`] or [`GroupCore::pull_again`].
//! - It **settles** new events in [`GroupCore::settle`], and in-flight ones in [`GroupCore::ack`].
//! - It **gives up** events in [`GroupCore::give_up`], and in [`GroupCore::evict`] those that the log does not keep.
//! - [`Lane`] is the short way for events that are given and acknowledged at once: it counts them for all groups that
//!   are up to date and get every event.
//!
//! [`TopicCore::accepted`]: topic::TopicCore::accepted
//! [`GroupCore::given`]: group::GroupCore::given
//! [`GroupCore::given_all`]: group::GroupCore::given_all
//! [`GroupCore::attempted`]: group::GroupCore::attempted
//! [`GroupCore::pull_again`]: group::GroupCore::pull_again
//! [`GroupCore::settle`]: group::GroupCore::settle
//! [`GroupCore::ack`]: group::GroupCore::ack
//! [`GroupCore::give_up`]: group::GroupCore::give_up
//! [`GroupCore::evict`]: group::GroupCore::evict
//! [`Lane`]: counters::Lane

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
