//! What each policy promises, case by case: how often and when an event is given, to whom, and what becomes of it otherwise.

use std::mem;

use bevy_ecs::prelude::*;
use bevy_ecs::system::RunSystemOnce;
use blockers::bus::{
    Answer, Backoff, Batch, Bus, BusExt, DeadLetter, Delivery, Discard, Envelope, Failure, Full, GroupStats,
    HandlerError, HandlerResult, NoAnswer, PullError, Reason, Replier, Request, RequestExt, Requester, Start, Topic,
    WiringError,
};

use super::common::{
    FREE, Ping, ROOM, Seen, THERE, balances, balances_from, failing, letters, noting, once_on, publish, pulled,
    retained, seen, stats, stats_of, times, verdict, world, world_with,
};

/// Tries, tries that failed, events that are done, events that are given up.
fn counts(world: &World, group: &str) -> (u64, u64, u64, u64) {
    let GroupStats { delivered, failed, acked, dead, .. } = stats(world, group);
    (delivered, failed, acked, dead)
}

// At most once.

#[test]
fn at_most_once_an_event_is_never_given_a_second_time_also_after_an_error() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_most_once().handler(failing("a", |number| number == 2)).expect(FREE);
    publish(&mut world, [1, 2, 3]);
    for now in 0..20 {
        world.deliver(now);
    }
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2), ("a", 3)]);
    assert_eq!(counts(&world, "a"), (3, 1, 3, 0));
    assert!(letters(&world).is_empty());
    balances(&world, "a");
}

#[test]
fn at_most_once_a_pulled_event_is_done_and_nobody_waits_for_an_answer() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_most_once().pull().expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1]);
    let not_out = Err(PullError::NotOut { group: "a".into(), seq: 0 });
    assert_eq!(world.ack(&a, 0), not_out);
    assert_eq!(world.nack(&a, 0, 0), not_out);
    assert!(pulled(&mut world, &a, 9, 1).is_empty());
    assert_eq!(counts(&world, "a"), (1, 0, 1, 0));
    balances(&world, "a");
}

// At least once.

#[test]
fn at_least_once_an_event_is_tried_again_until_it_is_done_before_those_behind_it() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(3).handler(failing("a", times(2))).expect(FREE);
    publish(&mut world, [7, 8]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 7), ("a", 7), ("a", 7), ("a", 8)]);
    assert_eq!(counts(&world, "a"), (4, 2, 2, 0));
    assert!(letters(&world).is_empty());
    balances(&world, "a");
}

#[test]
fn at_least_once_an_event_that_always_fails_is_tried_exactly_max_deliver_times_and_is_one_dead_letter() {
    for most in 1..=4 {
        let mut world = world();
        let mut tries = 0u32;
        let fail = move |mut batch: Batch<Ping>| -> HandlerResult {
            if batch.next().is_some() {
                tries += 1;
                return Err(HandlerError::new(format!("try {tries}")));
            }
            Ok(())
        };
        world.subscribe::<Ping>("a").at_least_once().max_deliver(most).handler(fail).expect(FREE);
        publish(&mut world, [7]);
        for now in 5..10 {
            world.deliver(now);
        }
        let tried = u64::from(most);
        assert_eq!(counts(&world, "a"), (tried, tried, 0, 1));
        let letters = letters(&world);
        assert_eq!(letters.len(), 1);
        let event = &letters[0].event;
        assert_eq!((event.seq(), event.at(), event.body()), (0, 5, &Ping(7)), "it carries the original");
        assert_eq!(letters[0].verdict, verdict("a", Reason::MaxDeliver, most, Some(&format!("try {most}"))));
        let failures = world.resource::<Topic<Failure>>().retained();
        let failures: Vec<_> = failures.map(|failure| (failure.attempts, failure.given_up)).collect();
        assert_eq!(failures, (1..=most).map(|n| (n, n == most)).collect::<Vec<_>>());
        balances(&world, "a");
    }
}

#[test]
fn at_least_once_it_is_five_tries_at_once_if_nothing_is_said() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().handler(failing("a", |_| true)).expect(FREE);
    publish(&mut world, [7]);
    assert_eq!(world.deliver(0).next_due, None);
    assert_eq!(seen(&mut world), [("a", 7); 5]);
    assert_eq!(letters(&world)[0].verdict, verdict("a", Reason::MaxDeliver, 5, Some("7 is bad")));
}

#[test]
fn an_event_that_fails_is_the_only_one_of_its_batch_that_is_tried_again() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(2).handler(failing("a", |n| n % 2 == 0)).expect(FREE);
    publish(&mut world, [1, 2, 3, 4, 5]);
    world.deliver(0);
    let expected = [("a", 1), ("a", 2), ("a", 2), ("a", 3), ("a", 4), ("a", 4), ("a", 5)];
    assert_eq!(seen(&mut world), expected);
    assert_eq!(letters(&world).iter().map(|letter| letter.event.body().0).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(counts(&world, "a"), (7, 4, 3, 2));
    balances(&world, "a");
}

// Backoff.

/// One event fails always; it is tried at these times, and not a millisecond before.
fn tries_come_at(backoff: Backoff, tries: &[u64]) {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").at_least_once().max_deliver(tries.len() as u32).backoff(backoff);
    subscription.handler(failing("a", |_| true)).expect(FREE);
    publish(&mut world, [7]);
    for (n, &now) in tries.iter().enumerate() {
        if n > 0 {
            let early = world.deliver(now - 1);
            assert_eq!(early, Delivery { waves: 0, events: 0, overrun: false, next_due: Some(now) });
            assert!(seen(&mut world).is_empty(), "{backoff:?} before {now}");
            assert_eq!((stats(&world, "a").in_backoff, stats(&world, "a").pending), (1, 0));
        }
        assert_eq!(world.deliver(now).next_due, tries.get(n + 1).copied());
        assert_eq!(seen(&mut world), [("a", 7)], "{backoff:?} at {now}");
        balances(&world, "a");
    }
    assert_eq!(letters(&world).len(), 1);
}

#[test]
fn a_fixed_backoff_is_as_long_after_every_try() {
    tries_come_at(Backoff::Fixed(10), &[1_000, 1_010, 1_020, 1_030]);
}

#[test]
fn a_doubling_backoff_is_twice_as_long_after_every_try_up_to_its_most() {
    tries_come_at(Backoff::Doubling { first: 10, most: 25 }, &[1_000, 1_010, 1_030, 1_055, 1_080]);
}

#[test]
fn without_a_backoff_it_is_tried_again_within_the_same_delivery() {
    let mut world = world();
    world
        .subscribe::<Ping>("a")
        .at_least_once()
        .max_deliver(3)
        .backoff(Backoff::None)
        .handler(failing("a", |_| true))
        .expect(FREE);
    publish(&mut world, [7]);
    assert_eq!(world.deliver(1_000).next_due, None);
    assert_eq!(seen(&mut world), [("a", 7); 3]);
}

#[test]
fn a_backoff_is_counted_from_when_the_try_was_and_not_from_when_it_was_due() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(10));
    subscription.handler(failing("a", |_| true)).expect(FREE);
    publish(&mut world, [7]);
    assert_eq!(world.deliver(0).next_due, Some(10));
    assert_eq!(world.deliver(50).next_due, Some(60), "whoever calls late is called late");
    assert_eq!(seen(&mut world), [("a", 7); 2], "and once, however many times it could have been");
}

#[test]
fn the_next_due_time_is_that_of_the_group_that_is_due_first() {
    let mut world = world();
    for (name, pause) in [("slow", 30), ("quick", 10), ("middling", 20)] {
        let subscription = world.subscribe::<Ping>(name).at_least_once().max_deliver(2).backoff(Backoff::Fixed(pause));
        subscription.handler(failing(name, |_| true)).expect(FREE);
    }
    publish(&mut world, [7]);
    assert_eq!(world.deliver(0).next_due, Some(10));
    seen(&mut world);
    for (now, name, next_due) in [(10, "quick", Some(20)), (20, "middling", Some(30)), (30, "slow", None)] {
        assert_eq!(world.deliver(now).next_due, next_due);
        assert_eq!(seen(&mut world), [(name, 7)]);
    }
}

// Order, and who is held back.

#[test]
fn an_event_that_fails_holds_back_its_own_group_and_no_other_and_the_order_is_kept() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("slow").at_least_once().backoff(Backoff::Fixed(100));
    subscription.handler(failing("slow", once_on(2))).expect(FREE);
    world.subscribe::<Ping>("other").handler(noting("other")).expect(FREE);
    publish(&mut world, [1, 2, 3]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("slow", 1), ("slow", 2), ("other", 1), ("other", 2), ("other", 3)]);
    publish(&mut world, [4]);
    world.deliver(1);
    assert_eq!(seen(&mut world), [("other", 4)]);
    let slow = stats(&world, "slow");
    assert_eq!((slow.in_backoff, slow.pending, slow.lag, slow.acked), (1, 2, 2, 1));
    balances(&world, "slow");
    world.deliver(100);
    assert_eq!(seen(&mut world), [("slow", 2), ("slow", 3), ("slow", 4)]);
    balances(&world, "slow");
    balances(&world, "other");
}

#[test]
fn a_groups_failures_change_nothing_that_another_group_sees() {
    let run = |fails: bool| {
        let mut world = world();
        let subscription = world.subscribe::<Ping>("bad").at_least_once().max_deliver(2).backoff(Backoff::Fixed(3));
        subscription.handler(failing("bad", move |number| fails && number % 2 == 0)).expect(FREE);
        world.subscribe::<Ping>("good").handler(noting("good")).expect(FREE);
        for now in 0..20u32 {
            publish(&mut world, [now]);
            world.deliver(now.into());
        }
        balances(&world, "bad");
        let (mut good, stats) = (seen(&mut world), stats_of::<Ping>(&world, "good", 20));
        good.retain(|(name, _)| *name == "good");
        (good, stats)
    };
    assert_eq!(run(true), run(false));
}

// Effectively once.

/// Pings are the same if their numbers are.
fn key(ping: &Ping) -> u64 {
    ping.0.into()
}

#[test]
fn effectively_once_an_event_is_left_out_that_was_done_in_the_same_batch_or_before() {
    let mut world = world();
    world.subscribe::<Ping>("a").effectively_once(8, key).handler(noting("a")).expect(FREE);
    publish(&mut world, [1, 1, 2]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    publish(&mut world, [2, 3, 1]);
    world.deliver(1);
    assert_eq!(seen(&mut world), [("a", 3)]);
    let stats = stats(&world, "a");
    assert_eq!((stats.delivered, stats.acked, stats.duplicates), (3, 3, 3));
    balances(&world, "a");
}

#[test]
fn effectively_once_an_event_that_failed_is_tried_again_and_is_no_duplicate_of_itself() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").effectively_once(8, key).backoff(Backoff::Fixed(10));
    subscription.handler(failing("a", once_on(1))).expect(FREE);
    publish(&mut world, [1, 1]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 1)]);
    world.deliver(10);
    assert_eq!(seen(&mut world), [("a", 1)], "the one that failed, and then it is done, so not its twin");
    let stats = stats(&world, "a");
    assert_eq!((stats.delivered, stats.failed, stats.acked, stats.duplicates), (2, 1, 1, 1));
    balances(&world, "a");
}

#[test]
fn effectively_once_an_event_that_was_given_up_is_not_done_and_its_twin_is_given() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").effectively_once(8, key).max_deliver(2);
    subscription.handler(failing("a", times(2))).expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    assert_eq!((seen(&mut world).len(), letters(&world).len()), (2, 1));
    publish(&mut world, [1]);
    world.deliver(1);
    assert_eq!(seen(&mut world), [("a", 1)]);
    assert_eq!(stats(&world, "a").duplicates, 0);
    balances(&world, "a");
}

#[test]
fn effectively_once_an_event_is_given_again_when_its_key_has_left_the_window() {
    let mut world = world();
    world.subscribe::<Ping>("a").effectively_once(2, key).handler(noting("a")).expect(FREE);
    publish(&mut world, [1, 2, 1, 3, 2, 1]);
    world.deliver(0);
    assert_eq!(
        seen(&mut world),
        [("a", 1), ("a", 2), ("a", 3), ("a", 1)],
        "3 made the window forget 1, and nothing else"
    );
    assert_eq!(stats(&world, "a").duplicates, 2);
    balances(&world, "a");
}

#[test]
fn effectively_once_an_event_that_is_given_up_pushes_none_out_of_the_window() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").effectively_once(1, key).max_deliver(1);
    subscription.handler(failing("a", |number| number == 2)).expect(FREE);
    publish(&mut world, [1, 2, 1]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)], "1 is still the last event that was done");
    assert_eq!(stats(&world, "a").duplicates, 1);
    balances(&world, "a");
}

#[test]
fn effectively_once_a_pulled_event_that_was_nacked_and_then_acked_is_done() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").effectively_once(8, key).pull().expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1]);
    world.nack(&a, 0, 0).expect(THERE);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1]);
    world.ack(&a, 0).expect(THERE);
    publish(&mut world, [1]);
    world.deliver(1);
    assert!(pulled(&mut world, &a, 9, 1).is_empty());
    assert_eq!(stats(&world, "a").duplicates, 1);
    balances(&world, "a");
}

#[test]
fn effectively_once_a_pulled_event_that_was_given_up_is_not_done_and_its_twin_is_given() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").effectively_once(8, key).max_deliver(1).pull().expect(FREE);
    publish(&mut world, [1, 2]);
    world.deliver(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1, 2]);
    world.nack(&a, 0, 0).expect(THERE);
    world.ack(&a, 1).expect(THERE);
    publish(&mut world, [1, 2]);
    world.deliver(1);
    assert_eq!(pulled(&mut world, &a, 9, 1), [1]);
    balances(&world, "a");
}

// Time to live.

#[test]
fn an_event_is_given_one_millisecond_before_it_is_as_old_as_the_ttl_and_not_then() {
    for (now, given) in [(109, true), (110, false)] {
        let mut world = world();
        publish(&mut world, [1]);
        world.deliver(100);
        let late = Start::Earliest;
        world.subscribe::<Ping>("push").ttl(10).start(late).handler(noting("push")).expect(FREE);
        let pull = world.subscribe::<Ping>("pull").ttl(10).start(late).pull().expect(FREE);
        world.deliver(now);
        assert_eq!(seen(&mut world).len(), usize::from(given), "at {now}");
        assert_eq!(pulled(&mut world, &pull, 9, now).len(), usize::from(given), "at {now}");
        for group in ["push", "pull"] {
            let stats = stats(&world, group);
            assert_eq!((stats.acked, stats.expired), (given.into(), (!given).into()), "at {now}");
            balances(&world, group);
        }
    }
}

#[test]
fn what_has_expired_is_left_out_from_among_what_has_not() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().ttl(10).pull().expect(FREE);
    publish(&mut world, [1]);
    world.deliver(100);
    publish(&mut world, [2, 3]);
    world.deliver(105);
    assert_eq!(pulled(&mut world, &a, 1, 110), [2], "what is left out is not one of the most");
    assert_eq!(stats(&world, "a").expired, 1);
    balances(&world, "a");
}

#[test]
fn a_retry_is_not_made_when_the_event_has_expired_meanwhile() {
    for (pause, tries) in [(9, 2), (10, 1)] {
        let mut world = world();
        let subscription = world.subscribe::<Ping>("a").at_least_once().max_deliver(9).backoff(Backoff::Fixed(pause));
        subscription.ttl(10).handler(failing("a", |_| true)).expect(FREE);
        publish(&mut world, [1]);
        for now in 100..130 {
            world.deliver(now);
        }
        assert_eq!(seen(&mut world).len(), tries, "after {pause}");
        let stats = stats(&world, "a");
        assert_eq!((stats.expired, stats.dead, stats.in_backoff), (1, 0, 0));
        assert!(letters(&world).is_empty());
        balances(&world, "a");
    }
}

#[test]
fn a_nacked_event_is_not_given_again_when_it_has_expired_meanwhile() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().ttl(10).pull().expect(FREE);
    publish(&mut world, [1, 2]);
    world.deliver(100);
    assert_eq!(pulled(&mut world, &a, 9, 100), [1, 2]);
    world.nack(&a, 0, 105).expect(THERE);
    assert_eq!(pulled(&mut world, &a, 9, 109), [1]);
    world.nack(&a, 0, 109).expect(THERE);
    assert!(pulled(&mut world, &a, 9, 110).is_empty());
    world.ack(&a, 1).expect("what was given in time may be acked late");
    let stats = stats(&world, "a");
    assert_eq!((stats.expired, stats.acked), (1, 1));
    balances(&world, "a");
}

#[test]
fn a_replay_gives_nothing_that_has_expired() {
    let mut world = world();
    world.subscribe::<Ping>("a").ttl(10).handler(noting("a")).expect(FREE);
    publish(&mut world, [1]);
    for (now, given) in [(100, 1), (109, 1), (110, 0)] {
        world.deliver(now);
        assert_eq!(seen(&mut world).len(), given, "at {now}");
        world.seek::<Ping>("a", Start::Earliest).expect(THERE);
        balances(&world, "a");
    }
    assert_eq!(stats(&world, "a").expired, 1);
}

#[test]
fn a_dead_letter_that_comes_back_is_not_given_when_it_has_expired() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").at_least_once().max_deliver(1).ttl(10);
    subscription.handler(failing("a", |_| true)).expect(FREE);
    publish(&mut world, [1]);
    world.deliver(100);
    let letter = letters(&world).remove(0);
    for (now, tries) in [(109, 2), (110, 2)] {
        world.redeliver(&letter).expect(THERE);
        world.deliver(now);
        assert_eq!(stats(&world, "a").delivered, tries, "at {now}");
        balances(&world, "a");
    }
    let stats = stats(&world, "a");
    assert_eq!((stats.redelivered, stats.dead, stats.expired), (2, 2, 1));
}

#[test]
fn with_a_ttl_of_zero_nothing_is_given() {
    let mut world = world();
    world.subscribe::<Ping>("a").ttl(0).handler(noting("a")).expect(FREE);
    world.subscribe::<Ping>("b").handler(noting("b")).expect(FREE);
    publish(&mut world, [1, 2]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("b", 1), ("b", 2)]);
    assert_eq!((stats(&world, "a").expired, stats(&world, "a").delivered), (2, 0));
    balances(&world, "a");
}

// Retention.

#[test]
fn a_topic_keeps_no_more_events_than_its_max_len_after_every_delivery() {
    let mut world = world_with(|pings| pings.max_len(3));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    let mut all = Vec::new();
    for (now, count) in [(0, 1), (1, 2), (2, 5), (3, 0), (4, 3)] {
        let first = all.len() as u32;
        publish(&mut world, first..first + count);
        all.extend(first..first + count);
        world.deliver(now);
        assert_eq!(retained(&world), all[all.len().saturating_sub(3)..]);
    }
    assert_eq!(seen(&mut world).len(), all.len(), "and everybody has seen them all");
    balances(&world, "a");
}

#[test]
fn a_topic_keeps_no_event_that_is_as_old_as_its_max_age_after_every_delivery() {
    let mut world = world_with(|pings| pings.max_age(10));
    publish(&mut world, [1]);
    world.deliver(0);
    publish(&mut world, [2]);
    let table: [(u64, &[u32]); 5] = [(5, &[1, 2]), (9, &[1, 2]), (10, &[2]), (14, &[2]), (15, &[])];
    for (now, kept) in table {
        world.deliver(now);
        assert_eq!(retained(&world), kept, "at {now}");
    }
}

#[test]
fn a_topic_keeps_no_more_bytes_than_its_max_bytes_after_every_delivery() {
    let mut world = world_with(|pings| pings.max_bytes(10, |ping| ping.0 as usize));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    let table: [(&[u32], &[u32]); 4] = [(&[4, 4], &[4, 4]), (&[5, 1], &[4, 5, 1]), (&[10], &[10]), (&[3, 11], &[])];
    for (published, kept) in table {
        publish(&mut world, published.iter().copied());
        world.deliver(0);
        assert_eq!(retained(&world), kept);
        let stats = world.resource::<Topic<Ping>>().stats(0);
        assert_eq!((stats.bytes, stats.depth), (kept.iter().sum::<u32>() as usize, kept.len()));
    }
    assert_eq!(seen(&mut world).len(), 7, "what is too big to be kept is given all the same");
    balances(&world, "a");
}

#[test]
fn a_topic_that_discards_the_new_refuses_what_it_has_no_room_for_and_counts_it() {
    let mut world = world_with(|pings| pings.max_len(2).discard(Discard::New));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    publish(&mut world, [1, 2]);
    let refused = world.publish(Ping(3));
    assert_eq!(refused, Err(WiringError::Full(Full { topic: "ping".into() })));
    assert_eq!(refused.map_err(|error| error.to_string()), Err("topic `ping` is full".to_owned()));
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    assert_eq!(world.publish(Ping(4)), Ok(2), "whatever was refused has no number");
    world.deliver(1);
    assert_eq!(seen(&mut world), [("a", 4)]);
    let topic = world.resource::<Topic<Ping>>().stats(1);
    assert_eq!((topic.published, topic.refused), (3, 1));
    assert_eq!(stats(&world, "a").evicted, 0, "room is not made at anybody's cost");
    balances(&world, "a");
}

#[test]
fn a_topic_that_discards_the_new_has_room_again_when_every_group_is_done_also_one_that_pulls() {
    let mut world = world_with(|pings| pings.max_len(2).discard(Discard::New));
    world.subscribe::<Ping>("push").handler(noting("push")).expect(FREE);
    let pull = world.subscribe::<Ping>("pull").at_least_once().pull().expect(FREE);
    publish(&mut world, [1, 2]);
    let full = |world: &mut World, now| {
        world.deliver(now);
        world.publish(Ping(9)).is_err()
    };
    assert!(full(&mut world, 0), "one group has not seen them");
    assert_eq!(pulled(&mut world, &pull, 9, 0), [1, 2]);
    assert!(full(&mut world, 1), "it has not answered");
    world.ack(&pull, 1).expect(THERE);
    assert!(full(&mut world, 2), "it has not done with the oldest");
    world.ack(&pull, 0).expect(THERE);
    assert!(!full(&mut world, 3));
    world.deliver(4);
    assert_eq!(pulled(&mut world, &pull, 9, 4), [9]);
    assert_eq!(world.resource::<Topic<Ping>>().stats(4).refused, 3);
    balances(&world, "push");
    balances(&world, "pull");
}

#[test]
fn a_topic_that_discards_the_new_has_room_for_as_many_as_it_holds_when_all_of_them_are_done() {
    let mut world = world_with(|pings| pings.max_len(3).discard(Discard::New));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    for now in 0..3 {
        publish(&mut world, [1, 2, 3]);
        world.deliver(now);
    }
    assert_eq!((seen(&mut world).len(), stats(&world, "a").acked), (9, 9));
}

#[test]
fn a_topic_that_discards_the_new_has_room_for_any_event_that_it_can_hold_when_all_others_are_done() {
    let mut world = world_with(|pings| pings.max_bytes(10, |ping| ping.0 as usize).discard(Discard::New));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    publish(&mut world, [4]);
    world.deliver(0);
    assert_eq!(world.publish(Ping(7)), Ok(1), "the first is done and may go");
    world.deliver(1);
    assert!(world.publish(Ping(11)).is_err(), "this one it could never hold");
}

#[test]
fn a_topic_that_discards_the_new_has_room_again_when_its_oldest_are_too_old() {
    let mut world = world_with(|pings| pings.max_len(1).max_age(10).discard(Discard::New));
    let slow = world.subscribe::<Ping>("slow").at_least_once().pull().expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    world.deliver(9);
    assert!(world.publish(Ping(2)).is_err());
    world.deliver(10);
    assert_eq!(world.publish(Ping(3)), Ok(1));
    world.deliver(11);
    assert_eq!(letters(&world)[0].verdict, verdict("slow", Reason::Evicted, 0, None));
    assert_eq!(pulled(&mut world, &slow, 9, 11), [3]);
    balances(&world, "slow");
}

// Eviction.

#[test]
fn an_event_that_is_evicted_while_it_is_wanted_is_counted_and_a_dead_letter_of_those_who_were_promised_it() {
    let mut world = world_with(|pings| pings.max_len(2));
    world.subscribe::<Ping>("push once").handler(|_: Batch<Ping>| {}).expect(FREE);
    world.subscribe::<Ping>("push").at_least_once().handler(|_: Batch<Ping>| {}).expect(FREE);
    world.subscribe::<Ping>("pull once").pull().expect(FREE);
    world.subscribe::<Ping>("pull").at_least_once().pull().expect(FREE);
    world.subscribe::<Ping>("done").at_least_once().handler(noting("done")).expect(FREE);
    publish(&mut world, 0..5);
    world.deliver(0);
    for group in ["push once", "push", "pull once", "pull"] {
        let stats = stats(&world, group);
        assert_eq!((stats.evicted, stats.pending, stats.lag, stats.delivered), (3, 2, 2, 0), "{group}");
        balances(&world, group);
    }
    assert_eq!((stats(&world, "done").evicted, stats(&world, "done").acked), (0, 5));
    let letters = letters(&world);
    for group in ["push", "pull"] {
        let own = letters.iter().filter(|letter| letter.verdict.group == group);
        assert_eq!(own.map(|letter| letter.event.seq()).collect::<Vec<_>>(), [0, 1, 2]);
    }
    assert!(letters.iter().all(|letter| letter.verdict.reason == Reason::Evicted && letter.verdict.attempts == 0));
    assert_eq!(letters.len(), 6);
}

#[test]
fn an_event_that_is_evicted_in_its_backoff_is_a_dead_letter_and_holds_its_group_back_no_longer() {
    let mut world = world_with(|pings| pings.max_len(1));
    let subscription = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(1_000));
    subscription.handler(failing("a", once_on(1))).expect(FREE);
    publish(&mut world, [1]);
    assert_eq!(world.deliver(0).next_due, Some(1_000));
    publish(&mut world, [2]);
    assert_eq!(world.deliver(1).next_due, None);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    let letters = letters(&world);
    assert_eq!(letters.len(), 1);
    assert_eq!((letters[0].verdict.reason, letters[0].verdict.attempts), (Reason::Evicted, 1));
    let stats = stats(&world, "a");
    assert_eq!((stats.evicted, stats.dead, stats.acked, stats.in_backoff), (1, 0, 1, 0));
    balances(&world, "a");
}

#[test]
fn the_dead_letter_of_an_event_that_was_tried_and_then_evicted_says_what_the_handler_said() {
    let mut world = world_with(|pings| pings.max_len(1));
    let subscription = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(1_000));
    subscription.handler(failing("a", once_on(1))).expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    publish(&mut world, [2]);
    world.deliver(1);
    assert_eq!(letters(&world)[0].verdict, verdict("a", Reason::Evicted, 1, Some("1 is bad")));
}

#[test]
fn an_event_that_is_evicted_while_a_consumer_has_it_can_be_answered_no_more() {
    let mut world = world_with(|pings| pings.max_len(1));
    let a = world.subscribe::<Ping>("a").at_least_once().pull().expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1]);
    publish(&mut world, [2]);
    world.deliver(1);
    assert_eq!(world.ack(&a, 0), Err(PullError::NotOut { group: "a".into(), seq: 0 }));
    assert_eq!(pulled(&mut world, &a, 9, 1), [2]);
    assert_eq!((stats(&world, "a").evicted, letters(&world).len()), (1, 1));
    balances(&world, "a");
}

#[test]
fn an_event_that_grows_too_old_while_it_is_wanted_is_evicted() {
    let mut world = world_with(|pings| pings.max_age(10));
    let a = world.subscribe::<Ping>("a").at_least_once().pull().expect(FREE);
    publish(&mut world, [1]);
    world.deliver(100);
    world.deliver(109);
    assert_eq!(stats(&world, "a").evicted, 0);
    world.deliver(110);
    assert_eq!(stats(&world, "a").evicted, 1);
    assert_eq!(letters(&world)[0].verdict, verdict("a", Reason::Evicted, 0, None));
    assert!(pulled(&mut world, &a, 9, 110).is_empty());
    balances(&world, "a");
}

#[test]
fn what_a_late_consumer_wanted_and_the_topic_forgot_is_counted_and_nothing_is_given_twice() {
    let mut world = world_with(|pings| pings.max_age(10));
    publish(&mut world, [1, 2]);
    world.deliver(0);
    let late = world.subscribe::<Ping>("late").start(Start::Earliest).pull().expect(FREE);
    world.deliver(10);
    assert_eq!((stats(&world, "late").evicted, stats(&world, "late").lag), (2, 0));
    publish(&mut world, [3]);
    world.deliver(11);
    assert_eq!(pulled(&mut world, &late, 9, 11), [3]);
    assert!(pulled(&mut world, &late, 9, 11).is_empty());
    balances(&world, "late");
}

#[test]
fn what_a_group_wanted_that_a_handler_subscribed_and_the_topic_forgot_is_counted_and_nothing_is_given_twice() {
    let mut world = world_with(|pings| pings.max_len(2));
    let grow = |batch: Batch<Ping>, mut commands: Commands| {
        if batch.count() == 3 {
            commands.queue(|world: &mut World| {
                world.subscribe::<Ping>("late").start(Start::Earliest).handler(noting("late")).expect(FREE);
            });
        }
    };
    world.subscribe::<Ping>("grow").handler(grow).expect(FREE);
    publish(&mut world, [1, 2, 3]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("late", 2), ("late", 3)]);
    assert_eq!(stats(&world, "late").evicted, 1);
    publish(&mut world, [4]);
    world.deliver(1);
    assert_eq!(seen(&mut world), [("late", 4)]);
    balances(&world, "late");
}

// Where a group starts.

#[test]
fn a_group_starts_where_it_says() {
    let mut world = world_with(|pings| pings.max_len(4));
    for number in 1..=5u32 {
        publish(&mut world, [number]);
        world.deliver(u64::from(number) * 10);
    }
    // Number n has `seq` n - 1 and came at 10 n; the first is forgotten.
    let table: [(&'static str, Start, u64, &[u32]); 9] = [
        ("earliest", Start::Earliest, 1, &[2, 3, 4, 5]),
        ("latest", Start::Latest, 5, &[]),
        ("seq 3", Start::Seq(3), 3, &[4, 5]),
        ("seq 0", Start::Seq(0), 1, &[2, 3, 4, 5]),
        ("seq 5", Start::Seq(5), 5, &[]),
        ("seq 6", Start::Seq(6), 6, &[]),
        ("time 30", Start::Time(30), 2, &[3, 4, 5]),
        ("time 31", Start::Time(31), 3, &[4, 5]),
        ("time 99", Start::Time(99), 5, &[]),
    ];
    for (name, start, seq, numbers) in table {
        world.subscribe::<Ping>(name).start(start).handler(noting(name)).expect(FREE);
        world.deliver(60);
        assert_eq!(seen(&mut world), numbers.iter().map(|&number| (name, number)).collect::<Vec<_>>());
        balances_from::<Ping>(&world, name, seq);
    }
    publish(&mut world, [6, 7]);
    world.deliver(70);
    let last = seen(&mut world);
    for (name, _, seq, _) in table {
        let own: Vec<_> = last.iter().filter(|(other, _)| *other == name).map(|(_, number)| *number).collect();
        assert_eq!(own, if name == "seq 6" { vec![7] } else { vec![6, 7] }, "{name}");
        balances_from::<Ping>(&world, name, seq);
    }
}

#[test]
fn a_group_that_pulls_starts_where_it_says() {
    let mut world = world();
    publish(&mut world, [1, 2, 3]);
    world.deliver(0);
    let early = world.subscribe::<Ping>("early").start(Start::Earliest).pull().expect(FREE);
    let late = world.subscribe::<Ping>("late").pull().expect(FREE);
    let between = world.subscribe::<Ping>("between").start(Start::Seq(2)).pull().expect(FREE);
    assert_eq!(pulled(&mut world, &early, 9, 0), [1, 2, 3]);
    assert!(pulled(&mut world, &late, 9, 0).is_empty());
    assert_eq!(pulled(&mut world, &between, 9, 0), [3]);
}

// Seek and replay.

/// Envelopes as they were seen.
#[derive(Resource, Default)]
struct Kept(Vec<Envelope<Ping>>);

#[test]
fn a_replay_gives_the_same_events_in_the_same_order_and_moves_no_other_group() {
    let mut world = world();
    world.init_resource::<Kept>();
    let keep = |batch: Batch<Ping>, mut kept: ResMut<Kept>| kept.0.extend(batch.cloned());
    world.subscribe::<Ping>("a").handler(keep).expect(FREE);
    world.subscribe::<Ping>("other").handler(noting("other")).expect(FREE);
    publish(&mut world, [1, 2, 3]);
    world.deliver(10);
    publish(&mut world, [4, 5]);
    world.deliver(20);
    let first = mem::take(&mut world.resource_mut::<Kept>().0);
    assert_eq!((first.len(), seen(&mut world).len()), (5, 5));
    let before = stats(&world, "other");
    let table =
        [(Start::Earliest, 0), (Start::Seq(3), 3), (Start::Time(11), 3), (Start::Time(10), 0), (Start::Seq(4), 4)];
    let mut replayed = 0;
    for (start, from) in table {
        world.seek::<Ping>("a", start).expect(THERE);
        let delivery = world.deliver(30);
        assert_eq!((delivery.waves, delivery.events), (1, 0), "it is nothing new");
        assert_eq!(mem::take(&mut world.resource_mut::<Kept>().0), first[from..], "{start:?}");
        replayed += (first.len() - from) as u64;
        assert_eq!(stats(&world, "a").replayed, replayed);
        balances(&world, "a");
    }
    assert!(seen(&mut world).is_empty());
    assert_eq!(stats(&world, "other"), before);
}

#[test]
fn a_seek_on_passes_over_what_is_unseen_and_what_is_unfinished_and_counts_it() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(100));
    subscription.handler(failing("a", once_on(1))).expect(FREE);
    publish(&mut world, [1, 2, 3]);
    assert_eq!(world.deliver(0).next_due, Some(100));
    world.seek::<Ping>("a", Start::Latest).expect(THERE);
    assert_eq!(stats(&world, "a").skipped, 3);
    assert_eq!(world.deliver(1).next_due, None);
    publish(&mut world, [4]);
    world.deliver(100);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 4)]);
    balances(&world, "a");
}

#[test]
fn a_seek_of_a_group_that_pulls_leaves_what_its_consumers_have() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().pull().expect(FREE);
    publish(&mut world, 0..5);
    world.deliver(0);
    assert_eq!(pulled(&mut world, &a, 2, 0), [0, 1]);
    world.seek::<Ping>("a", Start::Seq(4)).expect(THERE);
    assert_eq!(stats(&world, "a").skipped, 4);
    assert_eq!(world.ack(&a, 0), Err(PullError::NotOut { group: "a".into(), seq: 0 }));
    assert_eq!(pulled(&mut world, &a, 9, 0), [4]);
    balances(&world, "a");
    world.seek::<Ping>("a", Start::Earliest).expect(THERE);
    assert_eq!(pulled(&mut world, &a, 9, 0), [0, 1, 2, 3, 4]);
    balances(&world, "a");
}

#[test]
fn a_seek_from_inside_a_handler_happens_when_all_groups_of_the_wave_have_run() {
    let mut world = world();
    let mut first = true;
    let back = move |batch: Batch<Ping>, mut seen: ResMut<Seen>, mut commands: Commands| {
        seen.0.extend(batch.map(|ping| ("a", ping.0)));
        if mem::take(&mut first) {
            commands.queue(|world: &mut World| world.seek::<Ping>("a", Start::Earliest).expect(THERE));
        }
    };
    world.subscribe::<Ping>("a").handler(back).expect(FREE);
    world.subscribe::<Ping>("b").handler(noting("b")).expect(FREE);
    publish(&mut world, [1, 2]);
    assert_eq!(world.deliver(0).waves, 2);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2), ("b", 1), ("b", 2), ("a", 1), ("a", 2)]);
    balances(&world, "a");
    balances(&world, "b");
}

// Dead letters.

#[test]
fn a_dead_letter_goes_back_to_the_group_that_gave_it_up_and_to_no_other() {
    let mut world = world();
    world.subscribe::<Ping>("before").at_least_once().handler(noting("before")).expect(FREE);
    world.subscribe::<Ping>("a").at_least_once().max_deliver(1).handler(failing("a", times(1))).expect(FREE);
    world.subscribe::<Ping>("after").handler(noting("after")).expect(FREE);
    publish(&mut world, [7, 8]);
    world.deliver(0);
    seen(&mut world);
    let letter = letters(&world).remove(0);
    world.redeliver(&letter).expect(THERE);
    assert_eq!(stats(&world, "a").pending, 1);
    balances(&world, "a");
    world.deliver(1);
    assert_eq!(seen(&mut world), [("a", 7)]);
    let stats = stats(&world, "a");
    assert_eq!((stats.dead, stats.redelivered, stats.acked), (1, 1, 2));
    assert_eq!(world.resource::<Topic<Ping>>().stats(1).published, 2, "it is no new event");
    for group in ["before", "a", "after"] {
        balances(&world, group);
    }
}

#[test]
fn a_dead_letter_can_go_back_when_the_topic_has_forgotten_the_event() {
    let mut world = world_with(|pings| pings.max_len(1));
    world.subscribe::<Ping>("a").at_least_once().max_deliver(2).handler(failing("a", times(3))).expect(FREE);
    publish(&mut world, [7]);
    world.deliver(0);
    publish(&mut world, [8]);
    world.deliver(1);
    seen(&mut world);
    assert_eq!(retained(&world), [8]);
    let letter = letters(&world).remove(0);
    world.redeliver(&letter).expect(THERE);
    world.deliver(2);
    assert_eq!(seen(&mut world), [("a", 7)]);
    balances(&world, "a");
}

#[test]
fn a_dead_letter_that_came_back_is_tried_as_if_for_the_first_time_and_may_die_again() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").at_least_once().max_deliver(3).backoff(Backoff::Fixed(10));
    subscription.handler(failing("a", |number| number == 7)).expect(FREE);
    publish(&mut world, [7]);
    for now in 0..=20 {
        world.deliver(now);
    }
    assert_eq!(seen(&mut world), [("a", 7); 3]);
    let letter = letters(&world).remove(0);
    world.redeliver(&letter).expect(THERE);
    publish(&mut world, [8]);
    for now in 30..=50 {
        world.deliver(now);
        balances(&world, "a");
    }
    assert_eq!(seen(&mut world), [("a", 7), ("a", 7), ("a", 7), ("a", 8)], "it comes before anything new");
    let letters = letters(&world);
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[1], letter, "the same again");
}

#[test]
fn a_handler_of_dead_letters_can_give_them_back() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(1).handler(failing("a", times(2))).expect(FREE);
    let give_back = |batch: Batch<DeadLetter<Ping>>, world: &mut World| {
        for letter in batch {
            world.redeliver(letter.body()).expect(THERE);
        }
    };
    world.subscribe::<DeadLetter<Ping>>("second chance").handler(give_back).expect(FREE);
    publish(&mut world, [7, 8]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 7), ("a", 8), ("a", 7), ("a", 8)]);
    assert_eq!(counts(&world, "a"), (4, 2, 2, 2));
    balances(&world, "a");
}

#[test]
fn a_handler_of_dead_letters_that_fails_makes_no_dead_letters_of_dead_letters() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(1).handler(failing("a", |_| true)).expect(FREE);
    let fail = |batch: Batch<DeadLetter<Ping>>| batch.take(1).try_for_each(|_| Err(HandlerError::new("me too")));
    world.subscribe::<DeadLetter<Ping>>("undertaker").at_least_once().max_deliver(2).handler(fail).expect(FREE);
    publish(&mut world, [7]);
    world.deliver(0);
    let undertaker = stats_of::<DeadLetter<Ping>>(&world, "undertaker", 0);
    assert_eq!((undertaker.delivered, undertaker.failed, undertaker.dead), (2, 2, 1));
    balances_from::<DeadLetter<Ping>>(&world, "undertaker", 0);
    assert_eq!(letters(&world).len(), 1);
    assert_eq!(world.resource::<Bus>().topics().collect::<Vec<_>>(), ["ping", "ping.dead", "failure"]);
}

// Competing members.

fn join(world: &mut World, group: &'static str, member: &'static str) {
    world.join::<Ping, _, _>(group, noting(member)).expect(THERE);
}

#[test]
fn competing_members_get_each_event_exactly_once_and_all_of_them_together_get_all() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(noting("one")).expect(FREE);
    join(&mut world, "a", "two");
    join(&mut world, "a", "three");
    world.subscribe::<Ping>("b").handler(noting("b")).expect(FREE);
    publish(&mut world, 0..4);
    world.deliver(0);
    publish(&mut world, 4..9);
    world.deliver(1);
    let (b, a): (Vec<_>, Vec<_>) = seen(&mut world).into_iter().partition(|(name, _)| *name == "b");
    assert_eq!(a.iter().map(|(_, number)| *number).collect::<Vec<_>>(), Vec::from_iter(0..9), "in order, too");
    for member in ["one", "two", "three"] {
        assert_eq!(a.iter().filter(|(name, _)| *name == member).count(), 3, "they take turns");
    }
    assert_eq!(b.len(), 9, "another group sees all of them by itself");
    assert_eq!(counts(&world, "a"), (9, 0, 9, 0));
    balances(&world, "a");
}

#[test]
fn a_retry_may_go_to_another_member() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(2).handler(failing("bad", |_| true)).expect(FREE);
    join(&mut world, "a", "good");
    publish(&mut world, [1, 2]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("bad", 1), ("good", 1), ("bad", 2), ("good", 2)]);
    assert_eq!(counts(&world, "a"), (4, 2, 2, 0));
    balances(&world, "a");
}

#[test]
fn competing_members_share_their_groups_ttl_and_window() {
    let mut world = world();
    world.subscribe::<Ping>("a").effectively_once(8, key).ttl(10).handler(noting("one")).expect(FREE);
    join(&mut world, "a", "two");
    publish(&mut world, [1, 1, 2, 1, 2, 3]);
    world.deliver(0);
    assert_eq!(seen(&mut world).iter().map(|(_, number)| *number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(stats(&world, "a").duplicates, 3);
    world.seek::<Ping>("a", Start::Earliest).expect(THERE);
    world.deliver(10);
    assert_eq!((seen(&mut world).len(), stats(&world, "a").expired), (0, 6));
    balances(&world, "a");
}

#[test]
fn a_member_that_joins_from_inside_a_handler_competes_from_the_next_wave_on() {
    let mut world = world();
    let mut first = true;
    let grow = move |batch: Batch<Ping>, mut seen: ResMut<Seen>, mut commands: Commands| {
        seen.0.extend(batch.map(|ping| ("old", ping.0)));
        if mem::take(&mut first) {
            commands.queue(|world: &mut World| join(world, "a", "new"));
        }
    };
    world.subscribe::<Ping>("a").handler(grow).expect(FREE);
    publish(&mut world, [1, 2]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("old", 1), ("old", 2)]);
    publish(&mut world, 3..7);
    world.deliver(1);
    let got: Vec<_> = seen(&mut world);
    assert_eq!(got.iter().map(|(_, number)| *number).collect::<Vec<_>>(), [3, 4, 5, 6]);
    assert_eq!(got.iter().filter(|(name, _)| *name == "new").count(), 2);
    balances(&world, "a");
}

#[test]
fn nobody_can_join_a_group_that_pulls_or_that_there_is_not() {
    let mut world = world();
    world.subscribe::<Ping>("pull").pull().expect(FREE);
    for group in ["pull", "nobody"] {
        let refused = world.join::<Ping, _, _>(group, noting("x"));
        assert_eq!(refused, Err(WiringError::NoGroup { topic: "ping".into(), group: group.into() }));
    }
}

// Pull.

#[test]
fn a_consumer_gets_at_most_as_many_as_it_asks_for_in_order_and_none_twice() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().pull().expect(FREE);
    publish(&mut world, 0..5);
    assert!(pulled(&mut world, &a, 9, 0).is_empty(), "nothing is there before `deliver`");
    assert_eq!(world.deliver(0).next_due, None, "nobody calls a group that pulls");
    assert!(pulled(&mut world, &a, 0, 0).is_empty());
    assert_eq!(pulled(&mut world, &a, 3, 0), [0, 1, 2]);
    assert_eq!(stats(&world, "a").pending, 5, "they are not acked");
    assert_eq!(pulled(&mut world, &a, 3, 0), [3, 4]);
    assert!(pulled(&mut world, &a, 3, 0).is_empty());
    for seq in [3, 0, 4, 1, 2] {
        world.ack(&a, seq).expect("they may be acked in any order");
        balances(&world, "a");
    }
    assert_eq!(counts(&world, "a"), (5, 0, 5, 0));
    assert_eq!(stats(&world, "a").pending, 0);
}

#[test]
fn a_nacked_event_is_given_again_after_the_backoff_before_anything_new() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(10)).pull().expect(FREE);
    publish(&mut world, 0..5);
    world.deliver(0);
    assert_eq!(pulled(&mut world, &a, 3, 0), [0, 1, 2]);
    world.nack(&a, 2, 5).expect(THERE);
    world.nack(&a, 0, 5).expect(THERE);
    assert_eq!((stats(&world, "a").in_backoff, stats(&world, "a").pending), (2, 3));
    balances(&world, "a");
    assert_eq!(pulled(&mut world, &a, 1, 14), [3], "it holds back nobody who pulls");
    assert_eq!(pulled(&mut world, &a, 9, 15), [0, 2, 4]);
    assert_eq!((stats(&world, "a").in_backoff, stats(&world, "a").pending), (0, 5));
    balances(&world, "a");
}

#[test]
fn a_nacked_event_is_given_exactly_max_deliver_times_and_is_one_dead_letter() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().max_deliver(3).pull().expect(FREE);
    publish(&mut world, [7]);
    world.deliver(4);
    for attempt in 1..=3 {
        assert_eq!(pulled(&mut world, &a, 9, 4), [7]);
        world.nack(&a, 0, 4).expect(THERE);
        assert_eq!(stats(&world, "a").failed, attempt);
        balances(&world, "a");
    }
    assert!(pulled(&mut world, &a, 9, 4).is_empty());
    assert!(world.nack(&a, 0, 4).is_err());
    world.deliver(5);
    assert_eq!(counts(&world, "a"), (3, 3, 0, 1));
    let letters = letters(&world);
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].verdict, verdict("a", Reason::MaxDeliver, 3, None), "a nack says no reason");
    assert_eq!((letters[0].event.seq(), letters[0].event.at()), (0, 4));
    world.redeliver(&letters[0]).expect(THERE);
    assert_eq!(pulled(&mut world, &a, 9, 5), [7]);
    world.ack(&a, 0).expect(THERE);
    balances(&world, "a");
}

#[test]
fn clones_of_a_consumer_compete_and_each_may_answer_for_the_other() {
    let mut world = world();
    let one = world.subscribe::<Ping>("a").at_least_once().pull().expect(FREE);
    let two = one.clone();
    assert_eq!((one.group(), two.group()), ("a", "a"));
    publish(&mut world, 0..5);
    world.deliver(0);
    assert_eq!(pulled(&mut world, &one, 2, 0), [0, 1]);
    assert_eq!(pulled(&mut world, &two, 2, 0), [2, 3]);
    world.nack(&two, 1, 0).expect(THERE);
    assert_eq!(pulled(&mut world, &two, 9, 0), [1, 4]);
    for seq in 0..5 {
        world.ack(&one, seq).expect(THERE);
    }
    assert_eq!(counts(&world, "a"), (6, 1, 5, 0));
    balances(&world, "a");
}

#[test]
fn a_handler_can_pull_and_ack() {
    let mut world = world();
    let slow = world.subscribe::<Ping>("slow").at_least_once().pull().expect(FREE);
    let work = move |batch: Batch<Ping>, world: &mut World| {
        let _ = batch.count();
        for ping in world.pull(&slow, 1, 0).expect(THERE) {
            world.resource_mut::<Seen>().0.push(("slow", ping.0));
            world.ack(&slow, ping.seq()).expect(THERE);
        }
    };
    world.subscribe::<Ping>("worker").handler(work).expect(FREE);
    publish(&mut world, [1, 2]);
    world.deliver(0);
    publish(&mut world, [3]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("slow", 1), ("slow", 2)]);
    balances(&world, "slow");
}

// Request and reply.

#[derive(Clone, PartialEq, Debug)]
struct Question(u32);

#[derive(Clone, PartialEq, Debug)]
struct Reply(u32);

/// The answers in the order in which they came.
#[derive(Resource, Default)]
struct Answers(Vec<(u64, Result<u32, NoAnswer>)>);

/// Whether each reply was the one that counts.
#[derive(Resource, Default)]
struct Counted(Vec<bool>);

/// Somebody who asks, and nobody who replies.
fn asking() -> World {
    let mut world = World::new();
    world.init_resource::<Answers>();
    world.init_resource::<Counted>();
    world.add_requests::<Question, Reply>("sum").expect("the names are free");
    let note = |batch: Batch<Answer<Reply>>, mut answers: ResMut<Answers>| {
        answers.0.extend(batch.map(|answer| (answer.id, answer.outcome.clone().map(|reply| reply.0))));
    };
    world.subscribe::<Answer<Reply>>("asker").handler(note).expect(FREE);
    world
}

/// Somebody who replies twice the number.
fn doubling(batch: Batch<Request<Question>>, mut replier: Replier<Question, Reply>, mut counted: ResMut<Counted>) {
    for request in batch {
        counted.0.push(replier.reply(request.id, Reply(2 * request.question.0)).expect(ROOM));
    }
}

fn ask(world: &mut World, number: u32, deadline: u64) -> u64 {
    let ask = move |mut requester: Requester<Question, Reply>| requester.ask(Question(number), deadline).expect(ROOM);
    world.run_system_once(ask).expect("its topics are there")
}

fn reply(world: &mut World, id: u64, number: u32) -> bool {
    let reply = move |mut replier: Replier<Question, Reply>| replier.reply(id, Reply(number)).expect(ROOM);
    world.run_system_once(reply).expect("its topics are there")
}

fn answers(world: &mut World) -> Vec<(u64, Result<u32, NoAnswer>)> {
    mem::take(&mut world.resource_mut::<Answers>().0)
}

#[test]
fn a_request_gets_its_own_reply() {
    let mut world = asking();
    world.subscribe::<Request<Question>>("responder").handler(doubling).expect(FREE);
    let ids: Vec<_> = [5, 6, 7].into_iter().map(|number| ask(&mut world, number, 100)).collect();
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
    assert_eq!(world.deliver(0).next_due, None, "nothing is left that could time out");
    assert_eq!(answers(&mut world), [(ids[0], Ok(10)), (ids[1], Ok(12)), (ids[2], Ok(14))]);
    for now in [99, 100, 101] {
        world.deliver(now);
    }
    assert!(answers(&mut world).is_empty());
}

#[test]
fn replies_may_come_in_any_order() {
    let mut world = asking();
    world.subscribe::<Request<Question>>("responder").pull().expect(FREE);
    let (one, two) = (ask(&mut world, 1, 100), ask(&mut world, 2, 200));
    assert_eq!(world.deliver(0).next_due, Some(100));
    assert!(reply(&mut world, two, 22));
    world.deliver(1);
    assert!(reply(&mut world, one, 11));
    world.deliver(2);
    assert_eq!(answers(&mut world), [(two, Ok(22)), (one, Ok(11))]);
}

#[test]
fn a_second_reply_does_not_count() {
    let mut world = asking();
    for responder in ["one", "two"] {
        world.subscribe::<Request<Question>>(responder).handler(doubling).expect(FREE);
    }
    let id = ask(&mut world, 5, 100);
    world.deliver(0);
    assert_eq!(answers(&mut world), [(id, Ok(10))]);
    assert_eq!(world.resource::<Counted>().0, [true, false]);
    assert!(!reply(&mut world, id, 11));
    assert!(!reply(&mut world, id + 1, 11), "nor one to a question that nobody has asked");
    world.deliver(1);
    assert!(answers(&mut world).is_empty());
}

#[test]
fn a_request_times_out_when_the_clock_says_its_deadline_and_exactly_once() {
    let mut world = asking();
    world.subscribe::<Request<Question>>("silent").handler(|_: Batch<Request<Question>>| {}).expect(FREE);
    let id = ask(&mut world, 5, 100);
    assert_eq!(world.deliver(0).next_due, Some(100));
    assert_eq!(world.deliver(99).next_due, Some(100));
    assert!(answers(&mut world).is_empty());
    assert_eq!(world.deliver(100).next_due, None);
    assert_eq!(answers(&mut world), [(id, Err(NoAnswer::TimedOut))]);
    for now in [100, 101, 1_000] {
        assert_eq!(world.deliver(now).next_due, None);
    }
    assert!(answers(&mut world).is_empty());
}

#[test]
fn a_reply_counts_until_the_deadline_and_a_late_one_is_ignored() {
    let mut world = asking();
    world.subscribe::<Request<Question>>("slow").pull().expect(FREE);
    let (early, late) = (ask(&mut world, 1, 100), ask(&mut world, 2, 100));
    world.deliver(99);
    assert!(reply(&mut world, early, 11));
    world.deliver(100);
    assert!(!reply(&mut world, late, 22));
    world.deliver(101);
    let mut answers = answers(&mut world);
    answers.sort_by_key(|(id, _)| *id);
    assert_eq!(answers, [(early, Ok(11)), (late, Err(NoAnswer::TimedOut))]);
}

#[test]
fn a_request_that_nobody_listens_to_is_answered_so_at_once() {
    let mut world = asking();
    let id = ask(&mut world, 5, 100);
    assert_eq!(world.deliver(0).next_due, None);
    assert_eq!(answers(&mut world), [(id, Err(NoAnswer::NoResponders))]);
    assert_eq!(world.resource::<Topic<Request<Question>>>().stats(0).published, 0);
    world.deliver(100);
    assert!(answers(&mut world).is_empty(), "and does not time out as well");
}

#[test]
fn a_request_whose_responder_has_left_times_out() {
    let mut world = asking();
    world.subscribe::<Request<Question>>("responder").handler(doubling).expect(FREE);
    let id = ask(&mut world, 5, 100);
    world.unsubscribe::<Request<Question>>("responder").expect(THERE);
    world.deliver(0);
    assert!(answers(&mut world).is_empty());
    world.deliver(100);
    assert_eq!(answers(&mut world), [(id, Err(NoAnswer::TimedOut))]);
    let id = ask(&mut world, 6, 200);
    world.deliver(101);
    assert_eq!(answers(&mut world), [(id, Err(NoAnswer::NoResponders))]);
}

// What handlers do to groups and entities.

#[test]
fn a_handler_that_unsubscribes_itself_gets_nothing_more_not_even_its_retry() {
    let mut world = world();
    let leave = |mut batch: Batch<Ping>, mut seen: ResMut<Seen>, mut commands: Commands| -> HandlerResult {
        seen.0.extend(batch.next().map(|ping| ("leaver", ping.0)));
        commands.queue(|world: &mut World| world.unsubscribe::<Ping>("leaver").expect(THERE));
        Err(HandlerError::new("and it fails"))
    };
    world.subscribe::<Ping>("leaver").at_least_once().handler(leave).expect(FREE);
    world.subscribe::<Ping>("other").handler(noting("other")).expect(FREE);
    publish(&mut world, [1, 2]);
    world.deliver(0);
    publish(&mut world, [3]);
    world.deliver(1);
    assert_eq!(seen(&mut world), [("leaver", 1), ("other", 1), ("other", 2), ("other", 3)]);
    let groups: Vec<_> = world.resource::<Topic<Ping>>().groups(1).map(|(name, _)| name.to_owned()).collect();
    assert_eq!(groups, ["other"]);
    balances(&world, "other");
}

#[test]
fn a_group_that_another_groups_handler_ends_gets_nothing_more() {
    let mut world = world();
    let mut first = true;
    let end = move |batch: Batch<Ping>, mut seen: ResMut<Seen>, mut commands: Commands| {
        seen.0.extend(batch.map(|ping| ("ender", ping.0)));
        if mem::take(&mut first) {
            commands.queue(|world: &mut World| {
                world.unsubscribe::<Ping>("before").expect(THERE);
                world.unsubscribe::<Ping>("after").expect(THERE);
            });
        }
    };
    world.subscribe::<Ping>("before").handler(noting("before")).expect(FREE);
    world.subscribe::<Ping>("ender").handler(end).expect(FREE);
    world.subscribe::<Ping>("after").handler(noting("after")).expect(FREE);
    world.subscribe::<Ping>("last").handler(noting("last")).expect(FREE);
    for number in [1, 2] {
        publish(&mut world, [number]);
        world.deliver(0);
    }
    let expected = [("before", 1), ("ender", 1), ("last", 1), ("ender", 2), ("last", 2)];
    assert_eq!(seen(&mut world), expected);
    balances(&world, "last");
}

#[test]
fn a_group_that_a_handler_ends_and_subscribes_again_starts_with_the_next_wave() {
    let mut world = world();
    let mut first = true;
    let renew = move |batch: Batch<Ping>, mut commands: Commands| {
        if batch.count() > 0 && mem::take(&mut first) {
            commands.queue(|world: &mut World| {
                world.unsubscribe::<Ping>("b").expect(THERE);
                world.subscribe::<Ping>("b").handler(noting("new b")).expect(FREE);
            });
        }
    };
    world.subscribe::<Ping>("a").handler(renew).expect(FREE);
    world.subscribe::<Ping>("b").handler(noting("old b")).expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    publish(&mut world, [2]);
    world.deliver(1);
    assert_eq!(seen(&mut world), [("new b", 2)]);
    balances_from::<Ping>(&world, "b", 1);
}

#[test]
fn an_entity_that_a_handler_despawns_is_gone_for_the_next_one() {
    #[derive(Component)]
    struct Target;
    struct Hit(Entity);
    let mut world = World::new();
    world.init_resource::<Seen>();
    world.add_topic::<Hit>("hit").create().expect("it is the first");
    let look = |batch: Batch<Hit>, targets: Query<&Target>, mut seen: ResMut<Seen>| {
        seen.0.extend(batch.map(|hit| ("there", u32::from(targets.contains(hit.0)))));
    };
    let despawn = |batch: Batch<Hit>, mut commands: Commands| batch.for_each(|hit| commands.entity(hit.0).despawn());
    world.subscribe::<Hit>("before").handler(look).expect(FREE);
    world.subscribe::<Hit>("despawn").handler(despawn).expect(FREE);
    world.subscribe::<Hit>("after").handler(look).expect(FREE);
    let target = world.spawn(Target).id();
    world.publish(Hit(target)).expect(ROOM);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("there", 1), ("there", 0)]);
}

/// What a handler read of its own topic: numbers, how many were published, and the groups with what they have done.
#[derive(Resource, Default)]
struct Read(Vec<(Vec<u32>, u64, Vec<(String, u64, u64)>)>);

#[test]
fn a_handler_can_read_its_own_topic_while_it_runs() {
    let mut world = world();
    world.init_resource::<Read>();
    let look = |batch: Batch<Ping>, pings: Res<Topic<Ping>>, mut read: ResMut<Read>| {
        let _ = batch.count();
        let numbers = pings.retained().map(|ping| ping.0).collect();
        let groups = pings.groups(0).map(|(name, stats)| (name.to_owned(), stats.acked, stats.next)).collect();
        read.0.push((numbers, pings.stats(0).published, groups));
    };
    world.subscribe::<Ping>("first").handler(noting("first")).expect(FREE);
    world.subscribe::<Ping>("reader").handler(look).expect(FREE);
    let pull = world.subscribe::<Ping>("pull").pull().expect(FREE);
    publish(&mut world, [1, 2]);
    world.deliver(0);
    assert_eq!(pulled(&mut world, &pull, 1, 0), [1]);
    publish(&mut world, [3]);
    world.deliver(0);
    let read = mem::take(&mut world.resource_mut::<Read>().0);
    let groups = |pushed, pulled| {
        let (first, reader) = (("first".to_owned(), pushed, pushed), ("reader".to_owned(), pushed, pushed));
        vec![first, reader, ("pull".to_owned(), pulled, pulled)]
    };
    assert_eq!(read[0], (vec![1, 2], 2, groups(0, 0)));
    assert_eq!(read[1], (vec![1, 2, 3], 3, groups(2, 1)), "those of push groups are as they were before");
    assert_eq!(read.len(), 2);
}

// The ledger, and what else can be read.

#[test]
fn the_ledger_balances_whatever_is_done() {
    let mut world = world_with(|pings| pings.max_len(4));
    let subscription = world.subscribe::<Ping>("a").at_least_once().max_deliver(2).backoff(Backoff::Fixed(5)).ttl(9);
    subscription.handler(failing("a", |number| number % 2 == 0)).expect(FREE);
    let subscription = world.subscribe::<Ping>("b").effectively_once(3, key).max_deliver(2).ttl(20);
    let b = subscription.backoff(Backoff::Doubling { first: 1, most: 4 }).pull().expect(FREE);
    for now in 0..200u32 {
        let time = u64::from(now);
        publish(&mut world, (0..now % 3).map(|n| (now + n) % 7));
        world.deliver(time);
        if now % 2 == 0 {
            for (n, event) in world.pull(&b, 3, time).expect(THERE).iter().enumerate() {
                match n {
                    0 => world.ack(&b, event.seq()).expect("it was just given"),
                    1 => world.nack(&b, event.seq(), time).expect("it was just given"),
                    _ => {}
                }
            }
        }
        if now % 11 == 0 {
            world.seek::<Ping>("a", Start::Time(time.saturating_sub(3))).expect(THERE);
        }
        if now % 29 == 0 {
            world.seek::<Ping>("b", Start::Earliest).expect(THERE);
        }
        if now % 7 == 0
            && let Some(letter) = letters(&world).last()
        {
            world.redeliver(letter).expect(THERE);
        }
        balances(&world, "a");
        balances(&world, "b");
    }
    let (a, b) = (stats(&world, "a"), stats(&world, "b"));
    for (count, what) in [
        (a.failed.min(b.failed), "failed"),
        (a.acked.min(b.acked), "acked"),
        (a.dead.max(b.dead), "dead"),
        (a.expired.max(b.expired), "expired"),
        (b.duplicates, "duplicates"),
        (a.evicted.max(b.evicted), "evicted"),
        (a.skipped.max(b.skipped), "skipped"),
        (a.replayed.min(b.replayed), "replayed"),
        (a.redelivered + b.redelivered, "redelivered"),
    ] {
        assert!(count > 0, "nothing was {what}: {a:?} {b:?}");
    }
}

#[test]
fn the_rate_is_of_the_last_ten_seconds_and_reading_it_changes_nothing() {
    let mut world = world();
    publish(&mut world, 0..30);
    world.deliver(0);
    let rate = |world: &World, now| world.resource::<Topic<Ping>>().stats(now).rate;
    assert_eq!((rate(&world, 0), rate(&world, 9_999), rate(&world, 10_000)), (3.0, 3.0, 0.0));
    publish(&mut world, 0..20);
    world.deliver(9_500);
    assert_eq!(rate(&world, 1_000_000), 0.0);
    assert_eq!((rate(&world, 9_500), rate(&world, 10_000)), (5.0, 2.0));
    assert_eq!((rate(&world, 18_999), rate(&world, 19_000)), (2.0, 0.0));
}

#[test]
fn lag_is_what_a_group_has_not_seen_and_age_how_old_the_oldest_of_it_is() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().pull().expect(FREE);
    publish(&mut world, [1, 2]);
    assert_eq!(world.resource::<Topic<Ping>>().stats(0).waiting, 2);
    world.deliver(100);
    publish(&mut world, [3]);
    world.deliver(150);
    let read = |world: &World, now| {
        let stats = stats_of::<Ping>(world, "a", now);
        (stats.lag, stats.age, stats.next)
    };
    assert_eq!((read(&world, 150), read(&world, 180)), ((3, 50, 0), (3, 80, 0)));
    assert_eq!(pulled(&mut world, &a, 2, 180), [1, 2]);
    assert_eq!(read(&world, 180), (1, 30, 2), "what was given and is not acked has been seen");
    assert_eq!(pulled(&mut world, &a, 2, 180), [3]);
    assert_eq!(read(&world, 180), (0, 0, 3));
    let topic = world.resource::<Topic<Ping>>().stats(180);
    assert_eq!((topic.published, topic.depth, topic.waiting), (3, 3, 0));
}

#[test]
fn a_report_has_every_topic_and_group_in_the_order_in_which_they_came() {
    let mut world = world();
    world.subscribe::<Ping>("b").pull().expect(FREE);
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    let reports = world.topic_reports(5);
    assert_eq!(reports.iter().map(|topic| &*topic.name).collect::<Vec<_>>(), ["ping", "ping.dead", "failure"]);
    assert_eq!(reports[0].stats, world.resource::<Topic<Ping>>().stats(5));
    let expected = ["b", "a"].map(|group| (group.to_owned(), stats_of::<Ping>(&world, group, 5)));
    assert_eq!(reports[0].groups, expected);
}
