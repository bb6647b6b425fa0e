//! StartAt positions, seeks and replays, and redelivered dead letters.

use std::mem;
use std::sync::Arc;

use bevy_ecs::prelude::*;
use blockers_event_bus::{
    Backoff, Batch, Bus, DeadLetter, Envelope, HandlerError, PullError, StartAt, Topic, WorldBusExt,
};

use super::common::{
    Ping, Seen, WorldTestExt, at, balances, balances_from, failing, letters, ms, noting, once_on, publish, pulled,
    retained, seen, stats, stats_of, times, world, world_with,
};

use super::common::counts;

// Where a group starts.

#[test]
fn a_push_group_starts_at_its_configured_position() {
    let mut world = world_with(|pings| pings.max_len(4));
    for number in 1..=5u32 {
        publish(&mut world, [number]);
        world.deliver_at(u64::from(number) * 10);
    }
    // Number n has `seq` n - 1 and time 10 n; the first is evicted.
    let cases: [(&'static str, StartAt, u64, &[u32]); 9] = [
        ("earliest", StartAt::Earliest, 1, &[2, 3, 4, 5]),
        ("latest", StartAt::Latest, 5, &[]),
        ("seq 3", StartAt::Seq(3), 3, &[4, 5]),
        ("seq 0", StartAt::Seq(0), 1, &[2, 3, 4, 5]),
        ("seq 5", StartAt::Seq(5), 5, &[]),
        ("seq 6", StartAt::Seq(6), 6, &[]),
        ("time 30", StartAt::Time(at(30)), 2, &[3, 4, 5]),
        ("time 31", StartAt::Time(at(31)), 3, &[4, 5]),
        ("time 99", StartAt::Time(at(99)), 5, &[]),
    ];
    for (name, start, seq, numbers) in cases {
        world.subscribe::<Ping>(name).start(start).handler(noting(name)).unwrap();
        world.deliver_at(60);
        assert_eq!(seen(&mut world), numbers.iter().map(|&number| (name, number)).collect::<Vec<_>>());
        balances_from::<Ping>(&world, name, seq);
    }
    publish(&mut world, [6, 7]);
    world.deliver_at(70);
    let last = seen(&mut world);
    for (name, _, seq, _) in cases {
        let own: Vec<_> = last.iter().filter(|(other, _)| *other == name).map(|(_, number)| *number).collect();
        assert_eq!(own, if name == "seq 6" { vec![7] } else { vec![6, 7] }, "{name}");
        balances_from::<Ping>(&world, name, seq);
    }
}

#[test]
fn a_group_moved_before_its_start_is_published_starts_at_the_time_of_the_seek() {
    for (to, given) in [(StartAt::Earliest, vec![1, 2, 3]), (StartAt::Seq(1), vec![2, 3]), (StartAt::Latest, vec![3])] {
        let mut world = world();
        let late = world.subscribe::<Ping>("late").start(StartAt::Seq(10)).pull().unwrap();
        publish(&mut world, [1, 2]);
        world.deliver_at(0);
        world.seek::<Ping>("late", to).unwrap();
        publish(&mut world, [3]);
        world.deliver_at(1);
        balances_from::<Ping>(&world, "late", 2);
        assert_eq!(pulled(&mut world, &late, 10, 1), given, "{to:?}");
        balances_from::<Ping>(&world, "late", 2);
    }
}

#[test]
fn a_pull_group_starts_at_its_configured_position() {
    let mut world = world();
    publish(&mut world, [1, 2, 3]);
    world.deliver_at(0);
    let early = world.subscribe::<Ping>("early").start(StartAt::Earliest).pull().unwrap();
    let late = world.subscribe::<Ping>("late").pull().unwrap();
    let between = world.subscribe::<Ping>("between").start(StartAt::Seq(2)).pull().unwrap();
    assert_eq!(pulled(&mut world, &early, 9, 0), [1, 2, 3]);
    assert!(pulled(&mut world, &late, 9, 0).is_empty());
    assert_eq!(pulled(&mut world, &between, 9, 0), [3]);
}

// Seek and replay.

/// The envelopes that a handler received.
#[derive(Resource, Default)]
struct Kept(Vec<Envelope<Ping>>);

#[test]
fn a_replay_delivers_the_same_events_in_the_same_order_and_moves_no_other_group() {
    let mut world = world();
    world.init_resource::<Kept>();
    let keep = |batch: Batch<Ping>, mut kept: ResMut<Kept>| kept.0.extend(batch.cloned());
    world.subscribe::<Ping>("a").handler(keep).unwrap();
    world.subscribe::<Ping>("other").handler(noting("other")).unwrap();
    publish(&mut world, [1, 2, 3]);
    world.deliver_at(10);
    publish(&mut world, [4, 5]);
    world.deliver_at(20);
    let first = mem::take(&mut world.resource_mut::<Kept>().0);
    assert_eq!((first.len(), seen(&mut world).len()), (5, 5));
    let before = stats(&world, "other");
    let cases: [(StartAt, usize); 5] = [
        (StartAt::Earliest, 0),
        (StartAt::Seq(3), 3),
        (StartAt::Time(at(11)), 3),
        (StartAt::Time(at(10)), 0),
        (StartAt::Seq(4), 4),
    ];
    let mut replayed = 0;
    for (start, from) in cases {
        world.seek::<Ping>("a", start).unwrap();
        let delivery = world.deliver_at(30);
        assert_eq!((delivery.waves, delivery.events), (1, 0), "a replay adds no event");
        assert_eq!(mem::take(&mut world.resource_mut::<Kept>().0), first[from..], "{start:?}");
        replayed += (first.len() - from) as u64;
        assert_eq!(stats(&world, "a").replayed, replayed);
        balances(&world, "a");
    }
    assert!(seen(&mut world).is_empty());
    assert_eq!(stats(&world, "other"), before);
}

#[test]
fn a_seek_forward_skips_and_counts_unseen_and_in_flight_events() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(100)));
    subscription.handler(failing("a", once_on(1))).unwrap();
    publish(&mut world, [1, 2, 3]);
    assert_eq!(world.deliver_at(0).next_due, Some(100));
    world.seek::<Ping>("a", StartAt::Latest).unwrap();
    assert_eq!(stats(&world, "a").skipped, 3);
    assert_eq!(world.deliver_at(1).next_due, None);
    publish(&mut world, [4]);
    world.deliver_at(100);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 4)]);
    balances(&world, "a");
}

#[test]
fn a_seek_of_a_pull_group_drops_its_in_flight_events() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    publish(&mut world, 0..5);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 2, 0), [0, 1]);
    world.seek::<Ping>("a", StartAt::Seq(4)).unwrap();
    assert_eq!(stats(&world, "a").skipped, 4);
    assert_eq!(world.ack(&a, 0), Err(PullError::NotInFlight { group: "a".into(), seq: 0 }));
    assert_eq!(pulled(&mut world, &a, 9, 0), [4]);
    balances(&world, "a");
    world.seek::<Ping>("a", StartAt::Earliest).unwrap();
    assert_eq!(pulled(&mut world, &a, 9, 0), [0, 1, 2, 3, 4]);
    balances(&world, "a");
}

#[test]
fn a_seek_by_a_handler_is_deferred_until_all_groups_of_the_wave_have_run() {
    let mut world = world();
    let mut first = true;
    let back = move |batch: Batch<Ping>, mut seen: ResMut<Seen>, mut commands: Commands| {
        seen.0.extend(batch.map(|ping| ("a", ping.0)));
        if mem::take(&mut first) {
            commands.queue(|world: &mut World| world.seek::<Ping>("a", StartAt::Earliest).unwrap());
        }
    };
    world.subscribe::<Ping>("a").handler(back).unwrap();
    world.subscribe::<Ping>("b").handler(noting("b")).unwrap();
    publish(&mut world, [1, 2]);
    assert_eq!(world.deliver_at(0).waves, 2);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2), ("b", 1), ("b", 2), ("a", 1), ("a", 2)]);
    balances(&world, "a");
    balances(&world, "b");
}

// Dead letters.

#[test]
fn a_dead_letter_is_redelivered_only_to_the_group_that_gave_it_up() {
    let mut world = world();
    world.subscribe::<Ping>("before").at_least_once().handler(noting("before")).unwrap();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(1).handler(failing("a", times(1))).unwrap();
    world.subscribe::<Ping>("after").handler(noting("after")).unwrap();
    publish(&mut world, [7, 8]);
    world.deliver_at(0);
    seen(&mut world);
    let letter = letters(&world).remove(0);
    world.redeliver(&letter).unwrap();
    assert_eq!(stats(&world, "a").pending, 1);
    balances(&world, "a");
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("a", 7)]);
    let stats = stats(&world, "a");
    assert_eq!((stats.dead, stats.redelivered, stats.acked), (1, 1, 2));
    assert_eq!(world.resource::<Topic<Ping>>().stats(at(1)).published, 2, "a redelivery adds no event");
    for group in ["before", "a", "after"] {
        balances(&world, group);
    }
}

#[test]
fn a_dead_letter_can_be_redelivered_after_its_event_was_evicted() {
    let mut world = world_with(|pings| pings.max_len(1));
    world.subscribe::<Ping>("a").at_least_once().max_deliver(2).handler(failing("a", times(3))).unwrap();
    publish(&mut world, [7]);
    world.deliver_at(0);
    publish(&mut world, [8]);
    world.deliver_at(1);
    seen(&mut world);
    assert_eq!(retained(&world), [8]);
    let letter = letters(&world).remove(0);
    world.redeliver(&letter).unwrap();
    world.deliver_at(2);
    assert_eq!(seen(&mut world), [("a", 7)]);
    balances(&world, "a");
}

#[test]
fn a_redelivered_dead_letter_gets_all_attempts_again_and_can_become_a_dead_letter_again() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").at_least_once().max_deliver(3).backoff(Backoff::Fixed(ms(10)));
    subscription.handler(failing("a", |number| number == 7)).unwrap();
    publish(&mut world, [7]);
    for now in 0..=20 {
        world.deliver_at(now);
    }
    assert_eq!(seen(&mut world), [("a", 7); 3]);
    let letter = letters(&world).remove(0);
    world.redeliver(&letter).unwrap();
    publish(&mut world, [8]);
    for now in 30..=50 {
        world.deliver_at(now);
        balances(&world, "a");
    }
    assert_eq!(seen(&mut world), [("a", 7), ("a", 7), ("a", 7), ("a", 8)], "it is delivered before new events");
    let letters = letters(&world);
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[1], letter, "the second dead letter equals the first");
}

#[test]
fn a_handler_of_dead_letters_can_redeliver_them() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(1).handler(failing("a", times(2))).unwrap();
    let redeliver = |batch: Batch<DeadLetter<Ping>>, world: &mut World| {
        for letter in batch {
            world.redeliver(letter.event()).unwrap();
        }
    };
    world.subscribe::<DeadLetter<Ping>>("redeliver").handler(redeliver).unwrap();
    publish(&mut world, [7, 8]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 7), ("a", 8), ("a", 7), ("a", 8)]);
    assert_eq!(counts(&world, "a"), (4, 2, 2, 2));
    balances(&world, "a");
}

#[test]
fn a_failed_handler_of_dead_letters_creates_no_further_dead_letters() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(1).handler(failing("a", |_| true)).unwrap();
    let fail = |batch: Batch<DeadLetter<Ping>>| batch.take(1).try_for_each(|_| Err(HandlerError::new("failed")));
    world.subscribe::<DeadLetter<Ping>>("inspector").at_least_once().max_deliver(2).handler(fail).unwrap();
    publish(&mut world, [7]);
    world.deliver_at(0);
    let inspector = stats_of::<DeadLetter<Ping>>(&world, "inspector", 0);
    assert_eq!((inspector.delivered, inspector.failed, inspector.dead), (2, 2, 1));
    balances_from::<DeadLetter<Ping>>(&world, "inspector", 0);
    assert_eq!(letters(&world).len(), 1);
    assert_eq!(world.resource::<Bus>().topics(), ["ping", "ping.dead", "failure"]);
}

#[test]
fn the_body_of_a_redelivered_event_is_dropped_when_its_group_is_done_with_it() {
    #[derive(Clone)]
    struct Owner(#[expect(dead_code, reason = "only its owners are counted")] Arc<()>);

    let owned = Arc::new(());
    let mut world = World::new();
    world.add_topic::<Owner>("owner").dead_letters(1).create().unwrap();
    let mut fails = true;
    let first_fails = move |batch: Batch<Owner>| match batch.count() > 0 && mem::take(&mut fails) {
        true => Err(HandlerError::fatal("no")),
        false => Ok(()),
    };
    world.subscribe::<Owner>("pushed").at_least_once().listener(first_fails).unwrap();
    let pull = world.subscribe::<Owner>("pulled").at_least_once().pull().unwrap();
    world.publish(Owner(owned.clone())).unwrap();
    world.deliver_at(0);
    world.ack_all(&pull, world.pull(&pull, 1, at(0)).unwrap()[0].seq()).unwrap();
    world.deliver_at(1);
    let letter = world.topic::<DeadLetter<Owner>>().unwrap().retained().remove(0).into_event();
    let before = Arc::strong_count(&owned);
    world.redeliver(&letter).unwrap();
    assert_eq!(Arc::strong_count(&owned), before + 1);
    world.deliver_at(2);
    assert_eq!(Arc::strong_count(&owned), before, "the handler has taken it");

    let mut other = letter.clone();
    other.verdict.group = "pulled".into();
    world.redeliver(&other).unwrap();
    drop(other);
    let seq = world.pull(&pull, 1, at(3)).unwrap()[0].seq();
    assert_eq!(Arc::strong_count(&owned), before + 1);
    world.ack(&pull, seq).unwrap();
    assert_eq!(Arc::strong_count(&owned), before, "the consumer has acked it");
}
