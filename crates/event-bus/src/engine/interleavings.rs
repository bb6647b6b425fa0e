//! The state of a topic under threads: a producer, the bus and a consumer that pulls, in many orders. No event is lost
//! without being counted, and none is handled twice.

use std::collections::VecDeque;
use std::time::Duration;

use shuttle::sync::{Arc, Mutex};
use shuttle::thread;

use super::attempt::{Attempt, Loss};
use super::config::{Backoff, DiscardPolicy, GroupConfig, RetryPolicy, StartAt, TopicConfig};
use super::in_flight::Key;
use super::orders::NewGroup;
use super::run::{RunInfo, Wave};
use super::screen::{Facts, Screen};
use super::store::{Leftover, Look, Members, Offered, Place, Store};
use super::time::Timestamp;
use super::topic::Log;
use super::topic_state::TopicState;
use crate::handler_error::{HandlerError, HandlerResult};

/// Events that the producer publishes.
const EVENTS: u64 = 12;
const SCHEDULES: usize = 3_000;

/// A log that has only the numbers of its events.
#[derive(Clone, Copy)]
struct Numbers {
    start: u64,
    end: u64,
}

impl Log for Numbers {
    fn start(&self) -> u64 {
        self.start
    }

    fn end(&self) -> u64 {
        self.end
    }

    fn timestamp(&self, seq: u64) -> Option<Timestamp> {
        (self.start..self.end).contains(&seq).then_some(Timestamp::ZERO)
    }
}

fn look(log: Numbers, key: Key) -> Option<Look> {
    log.timestamp(key.seq).map(|timestamp| Look { timestamp, facts: Facts::default() })
}

/// A store that has only the numbers of its events. Its groups have no functions, and there are no redeliveries.
struct Counted {
    log: Numbers,
    inbox: VecDeque<u64>,
}

impl Log for Counted {
    fn start(&self) -> u64 {
        self.log.start
    }

    fn end(&self) -> u64 {
        self.log.end
    }

    fn timestamp(&self, seq: u64) -> Option<Timestamp> {
        self.log.timestamp(seq)
    }
}

impl Store for Counted {
    fn inbox_len(&self) -> usize {
        self.inbox.len()
    }

    fn oldest_in_inbox(&self) -> Option<u64> {
        self.inbox.front().copied()
    }

    fn capacity(&self) -> usize {
        0
    }

    fn size(&self, _: u64) -> usize {
        0
    }

    fn append(&mut self, _: usize, _: Timestamp) {
        if self.log.start == self.log.end {
            self.log.start = self.inbox[0];
        }
        self.log.end = self.inbox[self.inbox.len() - 1] + 1;
        self.inbox.clear();
    }

    fn forget(&mut self, oldest: usize) {
        self.log.start += oldest as u64;
    }

    fn drop_oldest_in_inbox(&mut self, _: Timestamp, _: Vec<Loss>) {
        self.inbox.pop_front();
    }

    fn look(&self, _: Place, key: Key, _: bool) -> Option<Look> {
        look(self.log, key)
    }

    fn wants(&self, _: Place, _: u64) -> bool {
        true
    }

    fn bury(&self, _: Option<Place>, _: Loss) {}

    fn is_plain(&self, _: Place) -> bool {
        true
    }

    fn remove(&mut self, _: Place) -> Leftover {
        Box::new(())
    }

    fn join(&mut self, _: Option<Place>, _: u64) -> Option<Leftover> {
        None
    }

    fn leave(&mut self, _: Place, _: u64) -> Option<Leftover> {
        None
    }

    fn redeliver(&mut self, _: Option<Place>, _: u64, _: u64, _: bool) -> Result<(u64, Option<u64>), Option<Leftover>> {
        Err(None)
    }

    fn forget_copy(&mut self, _: Place, _: u64) {}

    fn forget_copies(&mut self, _: Place) {}
}

/// A handler that fails once for every third event.
#[derive(Default)]
struct Handler {
    log: Option<Numbers>,
    handled: Vec<u64>,
    failed: Vec<u64>,
}

impl Handler {
    fn log(&self) -> Numbers {
        self.log.unwrap()
    }

    fn handle(&mut self, seq: u64) -> HandlerResult {
        assert!(look(self.log(), Key::in_log(seq)).is_some(), "event {seq} is gone although the group wants it");
        if seq % 3 == 2 && !self.failed.contains(&seq) {
            self.failed.push(seq);
            return Err(HandlerError::new("the first attempt fails"));
        }
        self.handled.push(seq);
        Ok(())
    }

    /// Handles the events from `next` on, until one fails. Returns the number of those that are left.
    fn handle_all(&mut self, next: u64) -> (HandlerResult, u64) {
        let end = self.log().end;
        let failed = (next..end).find_map(|seq| self.handle(seq).err().map(|error| (seq, error)));
        failed.map_or((Ok(()), 0), |(seq, error)| (Err(error), end - seq - 1))
    }
}

impl Members for Handler {
    fn count(&self) -> usize {
        1
    }

    fn offer(&mut self, next: u64, mut screen: Screen) -> Offered {
        let (outcome, left) = self.handle_all(next);
        let end = self.log().end - left;
        assert!((next..end).all(|seq| screen.passes(seq, Timestamp::ZERO, Facts::default())));
        Offered { outcome, next: end, screen }
    }

    fn offer_again(&mut self, key: Key, _: u32) -> Option<(HandlerResult, bool)> {
        Some((self.handle(key.seq), true))
    }

    fn look(&self, key: Key, _: bool) -> Option<Look> {
        look(self.log(), key)
    }

    fn bury(&mut self, _: Loss) {}

    fn report(&mut self, _: Attempt) {}

    fn forget_copy(&mut self, _: u64) {}
}

/// Runs a wave, as a topic with events of one type does it.
fn wave(topic: &Mutex<TopicState<Counted>>, handlers: &mut [Handler], now: Timestamp) {
    let mut state = topic.lock().unwrap();
    state.accept(now);
    let mut groups = state.lend();
    let (log, lane) = (state.store.log, state.core.lane.clone());
    drop(state);
    thread::yield_now();
    let info = RunInfo { start: log.start, end: log.end, now };
    let count = (log.end - lane.next().clamp(log.start, log.end)) as usize;
    let mut wave = Wave::begin(&lane, groups.len(), info, count);
    let mut passed = Vec::new();
    for (place, (core, handler)) in groups.iter_mut().zip(handlers).enumerate() {
        handler.log = Some(log);
        if !wave.go_on(place, core) {
            wave.run(core, handler);
        } else if count > 0 {
            let (outcome, left) = handler.handle_all(lane.next());
            if outcome.is_err() {
                wave.leave_lane(core, handler, outcome, left as usize);
            } else {
                passed.push((place, core.counters.clone()));
            }
        }
        let before = passed.iter().filter(|(other, _)| *other < place);
        assert!(before.clone().all(|(_, counters)| counters.next() == log.end), "they have passed the wave");
        thread::yield_now();
    }
    let mut state = topic.lock().unwrap();
    let result = wave.end(&groups);
    state.restore(groups, result.settled, now);
}

/// Runs a producer, the bus and a consumer at the same time, and checks what each group has handled.
fn interleave(config: TopicConfig, loses: bool) {
    let store = Counted { log: Numbers { start: 0, end: 0 }, inbox: VecDeque::new() };
    let mut topic = TopicState::new(config, false, store);
    let retry = Some(RetryPolicy { max_deliver: u32::MAX, backoff: Backoff::Fixed(Duration::from_millis(1)) });
    let group = GroupConfig { retry, ..GroupConfig::default() };
    let group =
        |name: &'static str| NewGroup { name: name.into(), config: group, start: StartAt::Latest, window: None };
    topic.any().add_push(group("first"));
    // This one is never in the fast lane.
    let ttl = Some(Duration::from_secs(9));
    topic.any().add_push(NewGroup { config: GroupConfig { retry, ttl, ..GroupConfig::default() }, ..group("limited") });
    topic.any().add_push(group("last"));
    let consumer = topic.any().add_pull(group("pull"));
    let topic = Arc::new(Mutex::new(topic));
    let producer = {
        let topic = topic.clone();
        thread::spawn(move || {
            let mut left = EVENTS;
            while left > 0 {
                let mut state = topic.lock().unwrap();
                if let Some(seq) = state.admit(0, || Timestamp::ZERO) {
                    state.store.inbox.push_back(seq);
                    left -= 1;
                } else {
                    drop(state);
                    thread::yield_now();
                }
            }
        })
    };
    let pulling = {
        let topic = topic.clone();
        thread::spawn(move || {
            let mut handled = Vec::new();
            loop {
                let keys = topic.lock().unwrap().any().pulling(consumer).unwrap().pull(1, Timestamp::ZERO);
                thread::yield_now();
                let mut state = topic.lock().unwrap();
                for key in keys {
                    // It fails if the topic has evicted the event.
                    if state.any().pulling(consumer).unwrap().ack(key.seq).is_ok() {
                        handled.push(key.seq);
                    }
                }
                if state.any().groups(Timestamp::ZERO).all(|(.., stats)| stats.next >= EVENTS) {
                    return handled;
                }
                drop(state);
                thread::yield_now();
            }
        })
    };
    let mut handlers = [Handler::default(), Handler::default(), Handler::default()];
    for now in 0.. {
        wave(&topic, &mut handlers, Timestamp::from_millis(now));
        let done = topic.lock().unwrap().push.iter().all(|core| core.counters.wanted() >= EVENTS);
        if done {
            break;
        }
        thread::yield_now();
    }
    producer.join().unwrap();
    let pulled = pulling.join().unwrap();
    let mut state = topic.lock().unwrap();
    let groups: Vec<_> = state.any().groups(Timestamp::ZERO).map(|(.., stats)| stats).collect();
    for (stats, handled) in groups.into_iter().zip(handlers.map(|handler| handler.handled).into_iter().chain([pulled]))
    {
        assert!(handled.windows(2).all(|pair| pair[0] < pair[1]), "{handled:?} is not in order");
        assert_eq!(stats.balance(EVENTS), Ok(()), "{stats:?}");
        assert_eq!(stats.acked, handled.len() as u64, "{stats:?}");
        assert!(loses || stats.evicted == 0, "{stats:?}");
        assert_eq!(stats.acked + stats.evicted + stats.pending, EVENTS, "{stats:?}");
    }
}

fn config(change: impl FnOnce(&mut TopicConfig)) -> TopicConfig {
    let mut config = TopicConfig { max_len: 3, max_inbox: 3, ..TopicConfig::default() };
    change(&mut config);
    config
}

#[test]
fn a_topic_that_discards_new_events_loses_none_in_any_order_of_the_threads() {
    shuttle::check_random(|| interleave(config(|config| config.discard = DiscardPolicy::New), false), SCHEDULES);
}

#[test]
fn a_topic_that_keeps_events_until_they_are_done_loses_none_in_any_order_of_the_threads() {
    shuttle::check_random(|| interleave(config(|config| config.keep_until_done = true), false), SCHEDULES);
}

#[test]
fn a_topic_that_discards_old_events_counts_each_that_is_lost_in_any_order_of_the_threads() {
    shuttle::check_random(|| interleave(config(|_| ()), true), SCHEDULES);
}
