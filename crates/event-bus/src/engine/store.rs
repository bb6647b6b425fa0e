//! The events of a topic, and what its groups do with them, as the state machines see them: by number. What needs the
//! type of the events is behind these traits.

use std::any::Any;

use super::attempt::{Attempt, Loss};
use super::in_flight::Key;
use super::screen::{Facts, Screen};
use super::time::Timestamp;
use super::topic::Log;
use crate::handler_error::HandlerResult;

/// A group of a store, by its kind and its place in order of subscription.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    Push(usize),
    Pull(usize),
}

/// An event, as a group sees it before it decides.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) timestamp: Timestamp,
    pub(crate) facts: Facts,
}

/// Something of the caller's that is dropped when nothing is locked, because it may publish when it is dropped.
pub(crate) type Leftover = Box<dyn Any + Send + Sync>;

/// The events of one topic, and those parts of its groups that need their type. As a [`Log`], it is that of the topic.
pub(crate) trait Store: Log + Send {
    // The log and the inbox.

    fn inbox_len(&self) -> usize;

    fn oldest_in_inbox(&self) -> Option<u64>;

    /// Returns how many events fit into the log and the inbox without a new allocation.
    fn capacity(&self) -> usize;

    /// Returns the size of an event in the log or the inbox, in bytes; 0 if the topic does not count bytes.
    fn size(&self, seq: u64) -> usize;

    /// Appends the events of the inbox to the log.
    fn append(&mut self, max_len: usize, now: Timestamp);

    /// Drops this many of the oldest events of the log.
    fn forget(&mut self, oldest: usize);

    /// Drops the oldest event of the inbox, with a dead letter for each group that loses it.
    fn drop_oldest_in_inbox(&mut self, now: Timestamp, losses: Vec<Loss>);

    // Groups.

    /// Returns what a group must know of an event; `None` if it is not retained.
    fn look(&self, group: Place, key: Key, by_key: bool) -> Option<Look>;

    /// Returns `false` if the group's filter leaves out an event in the log.
    fn wants(&self, group: Place, seq: u64) -> bool;

    /// Publishes a dead letter, if the topic has them and the event is retained. `group` is needed for the copy of a
    /// redelivered event.
    fn bury(&self, group: Option<Place>, loss: Loss);

    /// Returns `true` if the group has exactly one handler, and no filter.
    fn is_plain(&self, group: Place) -> bool;

    fn remove(&mut self, group: Place) -> Leftover;

    /// Adds the handler that waits under this number. It is left over if there is no such group.
    fn join(&mut self, group: Option<Place>, member: u64) -> Option<Leftover>;

    /// Removes a handler.
    fn leave(&mut self, group: Place, member: u64) -> Option<Leftover>;

    /// Gives a group the event that waits under this number, as its copy of that number. Returns its `seq` and its
    /// lane. It is left over if there is no such group.
    fn redeliver(
        &mut self,
        group: Option<Place>,
        number: u64,
        copy: u64,
        by_key: bool,
    ) -> Result<(u64, Option<u64>), Option<Leftover>>;

    /// Drops a redelivered event.
    fn forget_copy(&mut self, group: Place, copy: u64);

    /// Drops all redelivered events of a group.
    fn forget_copies(&mut self, group: Place);
}

/// The handlers of one group in one wave.
pub(crate) trait Members {
    fn count(&self) -> usize;

    /// Offers the new events from `next` on to the member whose turn it is, as the screen allows it.
    fn offer(&mut self, next: u64, screen: Screen) -> Offered;

    /// Offers an in-flight event to the member whose turn it is. Returns its result, and whether it took the event;
    /// `None` if the event does not exist any more.
    fn offer_again(&mut self, key: Key, attempt: u32) -> Option<(HandlerResult, bool)>;

    fn look(&self, key: Key, by_key: bool) -> Option<Look>;

    /// Publishes a dead letter, if the topic has them and the event is retained.
    fn bury(&mut self, loss: Loss);

    /// Publishes a failed attempt.
    fn report(&mut self, attempt: Attempt);

    /// Drops a redelivered event.
    fn forget_copy(&mut self, copy: u64);
}

/// What a handler did with new events.
pub(crate) struct Offered {
    pub(crate) outcome: HandlerResult,
    /// The `seq` after the last event that it took.
    pub(crate) next: u64,
    pub(crate) screen: Screen,
}
