//! What groups that push and groups that pull have in common.

use std::collections::VecDeque;

use crate::engine::config::DeliveryOrder;
use crate::engine::group::GroupCore;
use crate::engine::in_flight::Key;
use crate::engine::screen::Facts;
use crate::envelope::Envelope;
use crate::log::Log;
use crate::selector::Selector;

/// A group without its handlers: the state machine, the functions of the subscription, and the bodies of redelivered
/// dead letters.
pub(crate) struct GroupState<E> {
    pub(crate) core: GroupCore,
    pub(crate) selector: Option<Box<Selector<E>>>,
    copies: Copies<E>,
}

/// Envelopes by the number of their copy. The numbers are consecutive.
struct Copies<E> {
    /// The number of the first body.
    first: u64,
    bodies: VecDeque<Option<Envelope<E>>>,
}

impl<E> GroupState<E> {
    pub(crate) fn new(core: GroupCore, selector: Option<Box<Selector<E>>>) -> Self {
        Self { core, selector, copies: Copies { first: 0, bodies: VecDeque::new() } }
    }

    pub(crate) fn by_key(&self) -> bool {
        self.core.config.order == DeliveryOrder::ByKey
    }

    /// Returns what the group must know of an event.
    pub(crate) fn facts(&self, event: &E) -> Facts {
        let by_key = self.by_key();
        self.selector.as_ref().map_or_else(Facts::default, |selector| selector.facts(event, by_key))
    }

    /// Returns an in-flight event, if it is retained.
    pub(crate) fn envelope<'a>(&'a self, log: &'a Log<E>, key: Key) -> Option<&'a Envelope<E>> {
        if key.copy == 0 { log.get(key.seq) } else { self.copies.get(key.copy) }
    }

    /// Accepts a redelivered dead letter.
    pub(crate) fn redeliver(&mut self, envelope: Envelope<E>) {
        let lane = self.facts(envelope.event()).lane;
        let key = self.core.redeliver(envelope.seq(), lane);
        self.copies.insert(key.copy, envelope);
    }

    /// Moves the offset. See [`GroupCore::seek`].
    pub(crate) fn seek(&mut self, to: u64, end: u64, forget_keys: bool) {
        self.core.seek(to, end, forget_keys);
        self.copies.bodies.clear();
    }

    /// Drops the body of a redelivered event that is not in flight any more.
    pub(crate) fn forget_if_done(&mut self, key: Key) {
        if key.copy != 0 && !self.core.is_in_flight(key) {
            self.copies.remove(key.copy);
        }
    }
}

impl<E> Copies<E> {
    fn place(&self, copy: u64) -> Option<usize> {
        copy.checked_sub(self.first).map(|place| place as usize)
    }

    fn insert(&mut self, copy: u64, envelope: Envelope<E>) {
        if self.bodies.is_empty() {
            self.first = copy;
        }
        self.bodies.push_back(Some(envelope));
    }

    fn get(&self, copy: u64) -> Option<&Envelope<E>> {
        self.bodies.get(self.place(copy)?)?.as_ref()
    }

    /// Takes constant time, amortized.
    fn remove(&mut self, copy: u64) {
        if let Some(body) = self.place(copy).and_then(|place| self.bodies.get_mut(place)) {
            *body = None;
        }
        while let Some(None) = self.bodies.front() {
            self.bodies.pop_front();
            self.first += 1;
        }
    }
}
