//! The events of one type, as their topic stores them, and the groups that read them.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;

use crate::dead_letter::{DeadLetterSink, Verdict};
use crate::engine::attempt::{GivenUp, Loss};
use crate::engine::in_flight::Key;
use crate::engine::store::{Leftover, Look, Place, Store};
use crate::engine::time::Timestamp;
use crate::engine::topic;
use crate::envelope::Envelope;
use crate::handler::Handler;
use crate::log::Log;
use crate::selector;
use crate::subscriber::Subscriber;

/// The store of a topic.
pub(crate) struct Events<E> {
    inbox: VecDeque<Envelope<E>>,
    /// Shared with a wave while handlers run, so that handlers can read the topic, too.
    log: Arc<Log<E>>,
    /// Returns the size of an event.
    size: Option<selector::Look<E, usize>>,
    dead_letters: Option<DeadLetters<E>>,
    /// The groups with handlers, in order of subscription. They are lent to a wave while handlers run.
    push: Vec<Subscriber<E>>,
    /// The groups whose consumers pull, in order of subscription.
    pull: Vec<Subscriber<E>>,
    /// Handlers and redelivered events, which wait for the state machine to carry out an order, with their numbers.
    pub(crate) joining: Vec<(u64, Handler<E>)>,
    pub(crate) redelivered: Vec<(u64, Envelope<E>)>,
}

/// Where the dead letters of a topic are published, and the name of the topic.
pub(crate) struct DeadLetters<E> {
    pub(crate) topic: Cow<'static, str>,
    pub(crate) sink: Arc<dyn DeadLetterSink<E>>,
}

impl<E> Clone for DeadLetters<E> {
    fn clone(&self) -> Self {
        Self { topic: self.topic.clone(), sink: self.sink.clone() }
    }
}

impl<E> DeadLetters<E> {
    pub(crate) fn publish(&self, envelope: &Envelope<E>, loss: Loss) {
        let Loss { group, reason, given_up: GivenUp { attempts, last_error, .. } } = loss;
        let (topic, last_error) = (self.topic.clone(), last_error.map(String::from));
        self.sink.publish_dead_letter(envelope, Verdict { topic, group, reason, attempts, last_error });
    }
}

impl<E: Send + Sync + 'static> Events<E> {
    pub(crate) fn new(size: Option<selector::Look<E, usize>>, dead_letters: Option<DeadLetters<E>>) -> Self {
        Self {
            inbox: VecDeque::new(),
            log: Arc::new(Log::new()),
            size,
            dead_letters,
            push: Vec::new(),
            pull: Vec::new(),
            joining: Vec::new(),
            redelivered: Vec::new(),
        }
    }

    pub(crate) fn counts_bytes(&self) -> bool {
        self.size.is_some()
    }

    #[inline]
    pub(crate) fn size_of(&self, event: &E) -> usize {
        self.size.as_ref().map_or(0, |size| size(event))
    }

    pub(crate) fn log(&self) -> &Log<E> {
        &self.log
    }

    /// Appends an event to the inbox.
    #[inline]
    pub(crate) fn push(&mut self, envelope: Envelope<E>) {
        self.inbox.push_back(envelope);
    }

    pub(crate) fn add_push(&mut self, subscriber: Subscriber<E>) {
        self.push.push(subscriber);
    }

    pub(crate) fn add_pull(&mut self, subscriber: Subscriber<E>) {
        self.pull.push(subscriber);
    }

    pub(crate) fn dead_letters(&self) -> Option<DeadLetters<E>> {
        self.dead_letters.clone()
    }

    /// Moves the push groups out while their handlers run. Returns them and the log that they read.
    #[inline]
    pub(crate) fn lend(&mut self) -> (Vec<Subscriber<E>>, Arc<Log<E>>) {
        (std::mem::take(&mut self.push), self.log.clone())
    }

    /// Takes the push groups back.
    #[inline]
    pub(crate) fn restore(&mut self, mut groups: Vec<Subscriber<E>>) {
        // Groups that subscribed in the meantime come last.
        groups.append(&mut self.push);
        self.push = groups;
    }

    fn group(&self, place: Place) -> Option<&Subscriber<E>> {
        match place {
            Place::Push(place) => self.push.get(place),
            Place::Pull(place) => self.pull.get(place),
        }
    }

    fn group_mut(&mut self, place: Place) -> Option<&mut Subscriber<E>> {
        match place {
            Place::Push(place) => self.push.get_mut(place),
            Place::Pull(place) => self.pull.get_mut(place),
        }
    }

    /// Returns an event that a pull group was given.
    pub(crate) fn envelope(&self, place: Place, key: Key) -> Option<&Envelope<E>> {
        self.group(place)?.envelope(&self.log, key)
    }
}

impl<E: Send + Sync> topic::Log for Events<E> {
    #[inline]
    fn start(&self) -> u64 {
        self.log.start()
    }

    #[inline]
    fn end(&self) -> u64 {
        self.log.end()
    }

    fn timestamp(&self, seq: u64) -> Option<Timestamp> {
        self.log.timestamp(seq)
    }
}

impl<E: Send + Sync + 'static> Store for Events<E> {
    #[inline]
    fn inbox_len(&self) -> usize {
        self.inbox.len()
    }

    fn oldest_in_inbox(&self) -> Option<u64> {
        self.inbox.front().map(Envelope::seq)
    }

    fn capacity(&self) -> usize {
        self.inbox.capacity() + self.log.capacity()
    }

    fn size(&self, seq: u64) -> usize {
        let Some(size) = &self.size else { return 0 };
        let in_inbox = || self.inbox.get(seq.checked_sub(self.inbox.front()?.seq())? as usize);
        self.log.get(seq).or_else(in_inbox).map_or(0, |envelope| size(envelope.event()))
    }

    fn append(&mut self, max_len: usize, now: Timestamp) {
        // The log is shared only while handlers run.
        if let Some(log) = Arc::get_mut(&mut self.log) {
            log.append(&mut self.inbox, max_len, now);
        }
    }

    fn forget(&mut self, oldest: usize) {
        if let Some(log) = Arc::get_mut(&mut self.log) {
            log.forget(oldest);
        }
    }

    fn drop_oldest_in_inbox(&mut self, now: Timestamp, losses: Vec<Loss>) {
        if let (Some(mut envelope), Some(letters)) = (self.inbox.pop_front(), &self.dead_letters) {
            envelope.stamp(now);
            losses.into_iter().for_each(|loss| letters.publish(&envelope, loss));
        }
    }

    fn look(&self, group: Place, key: Key, by_key: bool) -> Option<Look> {
        self.group(group)?.look(&self.log, key, by_key)
    }

    fn wants(&self, group: Place, seq: u64) -> bool {
        let filter = self.group(group).and_then(|group| group.selector.as_ref()?.wants.as_ref());
        filter.zip(self.log.get(seq)).is_none_or(|(wants, envelope)| wants(envelope.event()))
    }

    fn bury(&self, group: Option<Place>, loss: Loss) {
        let Some(letters) = &self.dead_letters else { return };
        let key = loss.given_up.key;
        let envelope = group.map_or_else(|| self.log.get(key.seq), |group| self.envelope(group, key));
        if let Some(envelope) = envelope {
            letters.publish(envelope, loss);
        }
    }

    fn is_plain(&self, group: Place) -> bool {
        self.group(group).is_some_and(|group| {
            group.handlers.len() == 1 && group.selector.as_ref().is_none_or(|selector| selector.wants.is_none())
        })
    }

    fn remove(&mut self, group: Place) -> Leftover {
        Box::new(match group {
            Place::Push(place) => self.push.remove(place),
            Place::Pull(place) => self.pull.remove(place),
        })
    }

    fn join(&mut self, group: Option<Place>, member: u64) -> Option<Leftover> {
        let place = self.joining.iter().position(|(number, _)| *number == member)?;
        let joining = self.joining.remove(place);
        match group {
            Some(group @ Place::Push(_)) => {
                self.group_mut(group)?.handlers.push(joining);
                None
            }
            _ => Some(Box::new(joining)),
        }
    }

    fn leave(&mut self, group: Place, member: u64) -> Option<Leftover> {
        let handlers = &mut self.group_mut(group)?.handlers;
        let place = handlers.iter().position(|(number, _)| *number == member)?;
        Some(Box::new(handlers.remove(place)))
    }

    fn redeliver(
        &mut self,
        group: Option<Place>,
        number: u64,
        copy: u64,
        by_key: bool,
    ) -> Result<(u64, Option<u64>), Option<Leftover>> {
        let place = self.redelivered.iter().position(|(other, _)| *other == number).ok_or(None)?;
        let (_, envelope) = self.redelivered.remove(place);
        let Some(group) = group.and_then(|group| self.group_mut(group)) else { return Err(Some(Box::new(envelope))) };
        let seq = envelope.seq();
        let lane = group.selector.as_ref().and_then(|selector| selector.facts(envelope.event(), by_key).lane);
        group.copies.insert(copy, envelope);
        Ok((seq, lane))
    }

    fn forget_copy(&mut self, group: Place, copy: u64) {
        self.group_mut(group).into_iter().for_each(|group| group.copies.remove(copy));
    }

    fn forget_copies(&mut self, group: Place) {
        self.group_mut(group).into_iter().for_each(|group| group.copies.clear());
    }
}
