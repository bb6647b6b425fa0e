//! Those parts of a group that need the type of the events: its handlers, the functions of its subscription, and the
//! bodies of redelivered dead letters.

use std::collections::VecDeque;

use crate::engine::in_flight::Key;
use crate::engine::store::Look;
use crate::envelope::Envelope;
use crate::handler::Handler;
use crate::log::Log;
use crate::selector::Selector;

/// A group without its state machine.
pub(crate) struct Subscriber<E> {
    /// The members, in the order of their turns, with their numbers. If there are several, they compete: each event
    /// goes to one of them. A group whose consumers pull has none.
    pub(crate) handlers: Vec<(u64, Handler<E>)>,
    pub(crate) selector: Option<Box<Selector<E>>>,
    pub(crate) copies: Copies<E>,
}

/// Envelopes by the number of their copy. The numbers are consecutive.
pub(crate) struct Copies<E> {
    /// The number of the first body.
    first: u64,
    bodies: VecDeque<Option<Envelope<E>>>,
}

impl<E: 'static> Subscriber<E> {
    pub(crate) fn new(selector: Option<Box<Selector<E>>>) -> Self {
        Self { handlers: Vec::new(), selector, copies: Copies { first: 0, bodies: VecDeque::new() } }
    }

    /// Returns an event, if it is retained.
    pub(crate) fn envelope<'a>(&'a self, log: &'a Log<E>, key: Key) -> Option<&'a Envelope<E>> {
        if key.copy == 0 { log.get(key.seq) } else { self.copies.get(key.copy) }
    }

    /// Returns what the group must know of an event.
    pub(crate) fn look(&self, log: &Log<E>, key: Key, by_key: bool) -> Option<Look> {
        let envelope = self.envelope(log, key)?;
        let selector = self.selector.as_ref();
        let facts = selector.map(|selector| selector.facts(envelope.event(), by_key)).unwrap_or_default();
        Some(Look { timestamp: envelope.timestamp(), facts })
    }
}

impl<E> Copies<E> {
    fn place(&self, copy: u64) -> usize {
        usize::try_from(copy.wrapping_sub(self.first)).unwrap_or(usize::MAX)
    }

    pub(crate) fn insert(&mut self, copy: u64, envelope: Envelope<E>) {
        if self.bodies.is_empty() {
            self.first = copy;
        }
        self.bodies.push_back(Some(envelope));
    }

    pub(crate) fn get(&self, copy: u64) -> Option<&Envelope<E>> {
        self.bodies.get(self.place(copy))?.as_ref()
    }

    /// Takes constant time, amortized.
    pub(crate) fn remove(&mut self, copy: u64) {
        let place = self.place(copy);
        if let Some(body) = self.bodies.get_mut(place) {
            *body = None;
        }
        while let Some(None) = self.bodies.front() {
            self.bodies.pop_front();
            self.first += 1;
        }
    }

    pub(crate) fn clear(&mut self) {
        self.bodies.clear();
    }
}
