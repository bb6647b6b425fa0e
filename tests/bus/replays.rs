//! Where a group starts, where it goes back to, and what comes back to it.

use std::mem;

use bevy_ecs::prelude::*;
use blockers::bus::{Backoff, Batch, Bus, BusExt, DeadLetter, Envelope, HandlerError, PullError, Start, Topic};

use super::common::{
    FREE, Ping, Seen, THERE, balances, balances_from, failing, letters, noting, once_on, publish, pulled, retained,
    seen, stats, stats_of, times, world, world_with,
};

use super::common::counts;

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
fn a_group_that_is_moved_before_its_start_has_come_starts_with_what_comes_then() {
    for (to, given) in [(Start::Earliest, vec![1, 2, 3]), (Start::Seq(1), vec![2, 3]), (Start::Latest, vec![3])] {
        let mut world = world();
        let late = world.subscribe::<Ping>("late").start(Start::Seq(10)).pull().expect(FREE);
        publish(&mut world, [1, 2]);
        world.deliver(0);
        world.seek::<Ping>("late", to).expect(THERE);
        publish(&mut world, [3]);
        world.deliver(1);
        balances_from::<Ping>(&world, "late", 2);
        assert_eq!(pulled(&mut world, &late, 10, 1), given, "{to:?}");
        balances_from::<Ping>(&world, "late", 2);
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
    let table: [(Start, usize); 5] =
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
    assert_eq!(world.resource::<Bus>().topics(), ["ping", "ping.dead", "failure"]);
}
