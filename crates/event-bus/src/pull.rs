//! Handles on groups whose consumers pull.

use std::borrow::Cow;
use std::fmt;

use crate::engine::time::Timestamp;
use crate::envelope::Envelope;
use crate::error::PullError;

/// A consumer's handle on its group. Its clones compete for the group's events.
///
/// ```
/// use bevy_ecs::prelude::*;
/// use blockers_event_bus::prelude::*;
///
/// #[derive(Clone)]
/// struct Order(u64);
///
/// let mut world = World::new();
/// world.add_topic::<Order>("orders").create()?;
/// let one = world.subscribe::<Order>("audit").at_least_once().pull()?;
/// let two = one.clone();
/// for number in 0..3 {
///     world.publish(Order(number))?;
/// }
/// let now = Timestamp::ZERO;
/// world.deliver(now);
/// assert_eq!(world.pull(&one, 2, now)?.len(), 2);
/// assert_eq!(world.pull(&two, 2, now)?[0].0, 2);
/// assert_eq!(world.ack_all(&one, 2)?, 3, "the events of the group, whichever clone pulled them");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Consumer<E> {
    pub(crate) group: Cow<'static, str>,
    /// The number of the group, so that this is never a handle on a later group of the same name.
    pub(crate) id: u64,
    /// A pointer, so that only the subscription needs `E: Clone`.
    pub(crate) clone: fn(&Envelope<E>) -> Envelope<E>,
}

impl<E> Consumer<E> {
    pub(crate) fn new(group: Cow<'static, str>, id: u64, clone: fn(&Envelope<E>) -> Envelope<E>) -> Self {
        Self { group, id, clone }
    }

    /// Returns the name of the group.
    #[must_use]
    pub fn group(&self) -> &str {
        &self.group
    }

    pub(crate) fn gone(&self) -> PullError {
        PullError::Gone { group: self.group.clone() }
    }
}

impl<E> Clone for Consumer<E> {
    fn clone(&self) -> Self {
        Self::new(self.group.clone(), self.id, self.clone)
    }
}

impl<E> fmt::Debug for Consumer<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consumer").field("group", &self.group).finish_non_exhaustive()
    }
}

/// An event that was pulled and is neither acked nor nacked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Outstanding {
    /// The event's `seq`.
    pub seq: u64,
    /// Which attempt this is, counted from 1.
    pub attempt: u32,
    /// When it was pulled.
    pub since: Timestamp,
}
