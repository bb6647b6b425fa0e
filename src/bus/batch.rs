//! What a handler is given: the events that its group has not seen.

use bevy_ecs::system::SystemInput;

use super::envelope::Envelope;
use super::log::Log;

/// The events from a group's offset to the end of the wave, as the input of a system.
///
/// It is an iterator, and taking an event moves the group's offset past it. So `for event in batch { … ? }` stops with the
/// offset just behind the event that failed, and what was not taken stays for the next time.
pub struct Batch<'a, E: 'static> {
    log: &'a Log<E>,
    offset: &'a mut u64,
}

impl<'a, E> Batch<'a, E> {
    pub(super) fn new(log: &'a Log<E>, offset: &'a mut u64) -> Self {
        Self { log, offset }
    }
}

impl<'a, E> Iterator for Batch<'a, E> {
    type Item = &'a Envelope<E>;

    fn next(&mut self) -> Option<Self::Item> {
        let envelope = self.log.get(*self.offset)?;
        *self.offset += 1;
        Some(envelope)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest = (self.log.end() - *self.offset) as usize;
        (rest, Some(rest))
    }
}

impl<E> ExactSizeIterator for Batch<'_, E> {}

impl<E: 'static> SystemInput for Batch<'_, E> {
    type Param<'i> = Batch<'i, E>;
    type Inner<'i> = Batch<'i, E>;

    fn wrap(this: Self::Inner<'_>) -> Self::Param<'_> {
        this
    }
}
