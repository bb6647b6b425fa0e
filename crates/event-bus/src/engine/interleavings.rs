//! The state machines of a topic and its groups under threads: a producer, the bus and a consumer that pulls, in many
//! orders. No event is lost without being counted, and none is handled twice.

use std::collections::VecDeque;
use std::time::Duration;

use shuttle::sync::{Arc, Mutex};
use shuttle::thread;

use super::config::{Backoff, DiscardPolicy, GroupConfig, RetryPolicy, TopicConfig};
use super::counters::GroupCounters;
use super::group::{GroupCore, Next};
use super::screen::Facts;
use super::time::Timestamp;
use super::topic::{Admission, Log, TopicCore};
use crate::handler_error::HandlerError;

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

/// What a topic has under its lock.
struct Topic {
    core: TopicCore,
    inbox: VecDeque<u64>,
    log: Numbers,
    /// `None` while it is lent.
    push: Option<GroupCore>,
    pull: GroupCore,
    counters: [std::sync::Arc<GroupCounters>; 2],
}

impl Topic {
    fn new(config: TopicConfig) -> Self {
        let retry = Some(RetryPolicy { max_deliver: u32::MAX, backoff: Backoff::Fixed(Duration::from_millis(1)) });
        let group = GroupConfig { retry, ..GroupConfig::default() };
        let counters =
            ["push", "pull"].map(|name| std::sync::Arc::new(GroupCounters::new(name.into(), 0, name == "pull", 0)));
        let push = Some(GroupCore::new(counters[0].clone(), group, None));
        let pull = GroupCore::new(counters[1].clone(), group, None);
        let log = Numbers { start: 0, end: 0 };
        Self { core: TopicCore::new(config), inbox: VecDeque::new(), log, push, pull, counters }
    }

    fn wanted(&self) -> Option<u64> {
        self.counters.iter().map(|counters| counters.wanted()).min()
    }

    /// Publishes one event. Returns `false` if the topic is full.
    fn publish(&mut self) -> bool {
        loop {
            let len = (self.log.end - self.log.start) as usize;
            match self.core.admit(0, len, self.inbox.len()) {
                Admission::Yes => break,
                Admission::AfterForgetting if self.core.may_forget(&self.log, self.wanted()) => self.log.start += 1,
                Admission::AfterDropping => drop(self.inbox.pop_front()),
                _ => return false,
            }
        }
        let seq = self.core.published(0);
        self.inbox.push_back(seq);
        true
    }

    fn accept(&mut self) {
        let Some(&oldest) = self.inbox.front() else { return };
        if oldest != self.log.end {
            self.evict(self.log.end);
            self.log.start = oldest;
        }
        self.log.end = oldest + self.inbox.len() as u64;
        self.core.accepted(self.inbox.len(), Timestamp::ZERO);
        self.inbox.clear();
    }

    fn evict(&mut self, end: u64) {
        for group in self.push.iter_mut().chain([&mut self.pull]) {
            group.evict(self.log.start, end, &|_| true);
        }
        self.log.start = end;
    }

    fn retain(&mut self) {
        let len = (self.log.end - self.log.start) as usize;
        let excess = self.core.excess(&self.log, len, Timestamp::ZERO, &|_| 0, &|| self.wanted().unwrap_or(0));
        self.evict(self.log.start + excess as u64);
    }
}

/// Runs a group that is lent: every third event fails once. The log must have each event that it takes.
fn run(group: &mut GroupCore, log: Numbers, now: Timestamp, handled: &mut Vec<u64>, failed: &mut Vec<u64>) {
    group.counters.skip_gap(log.start);
    let error = HandlerError::new("the first attempt fails");
    loop {
        match group.decide(now) {
            Next::InFlight(key) => {
                group.attempted();
                group.ack(key, Facts::default());
                handled.push(key.seq);
            }
            Next::New if group.next() < log.end => {
                let seq = group.next();
                assert!(log.timestamp(seq).is_some(), "event {seq} is gone although the group wants it");
                let taken = group.given_all(1, seq + 1);
                let fails = seq % 3 == 2 && !failed.contains(&seq);
                if fails {
                    failed.push(seq);
                } else {
                    handled.push(seq);
                }
                group.settle(&taken, fails.then_some(&error), Facts::default(), now);
            }
            _ => break,
        }
    }
}

/// Runs a producer, the bus and a consumer at the same time, and checks what each group has handled.
fn interleave(config: TopicConfig, loses: bool) {
    let topic = Arc::new(Mutex::new(Topic::new(config)));
    let producer = {
        let topic = topic.clone();
        thread::spawn(move || {
            let mut left = EVENTS;
            while left > 0 {
                if topic.lock().unwrap().publish() {
                    left -= 1;
                } else {
                    thread::yield_now();
                }
            }
        })
    };
    let consumer = {
        let topic = topic.clone();
        thread::spawn(move || {
            let mut handled = Vec::new();
            while handled.last() != Some(&(EVENTS - 1)) {
                let mut guard = topic.lock().unwrap();
                let Topic { pull, log, .. } = &mut *guard;
                pull.counters.skip_gap(log.start);
                let next = pull.next();
                if next < log.end {
                    assert!(log.timestamp(next).is_some(), "event {next} is gone although the group wants it");
                    let taken = pull.given_all(1, next + 1);
                    assert_eq!(taken.given, 1);
                    pull.await_ack(next, Facts::default(), Timestamp::ZERO);
                }
                drop(guard);
                thread::yield_now();
                let mut topic = topic.lock().unwrap();
                if let Some(key) = topic.pull.awaiting_ack(next) {
                    topic.pull.ack(key, Facts::default());
                    handled.push(next);
                } else if topic.counters[1].next() >= EVENTS {
                    break;
                }
            }
            handled
        })
    };
    let (mut handled, mut failed) = (Vec::new(), Vec::new());
    for now in 0.. {
        let mut guard = topic.lock().unwrap();
        guard.accept();
        guard.core.lent = true;
        let (mut group, log) = (guard.push.take().unwrap(), guard.log);
        drop(guard);
        thread::yield_now();
        run(&mut group, log, Timestamp::from_millis(now), &mut handled, &mut failed);
        let done = group.next() >= EVENTS && !group.has_in_flight();
        let mut guard = topic.lock().unwrap();
        guard.core.lent = false;
        guard.push = Some(group);
        guard.retain();
        drop(guard);
        if done {
            break;
        }
        thread::yield_now();
    }
    producer.join().unwrap();
    let pulled = consumer.join().unwrap();
    let guard = topic.lock().unwrap();
    for (counters, handled) in guard.counters.iter().zip([handled, pulled]) {
        assert!(handled.windows(2).all(|pair| pair[0] < pair[1]), "{handled:?} is not in order");
        let stats = counters.stats(guard.log.end, None, Timestamp::ZERO);
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
