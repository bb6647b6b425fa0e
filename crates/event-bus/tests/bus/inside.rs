//! Handlers that change groups while they run, and reading the state of the bus.

use std::mem;

use bevy_ecs::prelude::*;
use blockers_event_bus::{Backoff, Batch, HandlerError, HandlerResult, StartAt, Topic, WorldBusExt};

use super::common::{
    Ping, Seen, WorldTestExt, at, balances, balances_from, failing, letters, ms, noting, publish, pulled, seen, stats,
    stats_of, world, world_with,
};

use super::common::key;

// Handlers that change groups and entities.

#[test]
fn a_handler_that_unsubscribes_itself_gets_no_more_events_not_even_its_retry() {
    let mut world = world();
    let leave = |mut batch: Batch<Ping>, mut seen: ResMut<Seen>, mut commands: Commands| -> HandlerResult {
        seen.0.extend(batch.next().map(|ping| ("leaver", ping.0)));
        commands.queue(|world: &mut World| drop(world.unsubscribe::<Ping>("leaver")));
        Err(HandlerError::new("after unsubscribing"))
    };
    world.subscribe::<Ping>("leaver").at_least_once().handler(leave).unwrap();
    world.subscribe::<Ping>("other").handler(noting("other")).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    publish(&mut world, [3]);
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("leaver", 1), ("other", 1), ("other", 2), ("other", 3)]);
    let groups: Vec<_> =
        world.resource::<Topic<Ping>>().report(at(1)).groups.into_iter().map(|group| group.name.into_owned()).collect();
    assert_eq!(groups, ["other"]);
    balances(&world, "other");
}

#[test]
fn a_group_that_another_handler_unsubscribes_gets_no_more_events() {
    let mut world = world();
    let mut first = true;
    let end = move |batch: Batch<Ping>, mut seen: ResMut<Seen>, mut commands: Commands| {
        seen.0.extend(batch.map(|ping| ("ender", ping.0)));
        if mem::take(&mut first) {
            commands.queue(|world: &mut World| {
                world.unsubscribe::<Ping>("before").unwrap();
                world.unsubscribe::<Ping>("after").unwrap();
            });
        }
    };
    world.subscribe::<Ping>("before").handler(noting("before")).unwrap();
    world.subscribe::<Ping>("ender").handler(end).unwrap();
    world.subscribe::<Ping>("after").handler(noting("after")).unwrap();
    world.subscribe::<Ping>("last").handler(noting("last")).unwrap();
    for number in [1, 2] {
        publish(&mut world, [number]);
        world.deliver_at(0);
    }
    let expected = [("before", 1), ("ender", 1), ("last", 1), ("ender", 2), ("last", 2)];
    assert_eq!(seen(&mut world), expected);
    balances(&world, "last");
}

#[test]
fn a_group_that_a_handler_resubscribes_starts_with_the_next_wave() {
    let mut world = world();
    let mut first = true;
    let renew = move |batch: Batch<Ping>, mut commands: Commands| {
        if batch.count() > 0 && mem::take(&mut first) {
            commands.queue(|world: &mut World| {
                world.unsubscribe::<Ping>("b").unwrap();
                world.subscribe::<Ping>("b").handler(noting("new b")).unwrap();
            });
        }
    };
    world.subscribe::<Ping>("a").handler(renew).unwrap();
    world.subscribe::<Ping>("b").handler(noting("old b")).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    publish(&mut world, [2]);
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("new b", 2)]);
    balances_from::<Ping>(&world, "b", 1);
}

#[test]
fn an_entity_despawned_by_a_handler_does_not_exist_for_the_next_handler() {
    #[derive(Component)]
    struct Target;
    struct Hit(Entity);
    let mut world = World::new();
    world.init_resource::<Seen>();
    world.add_topic::<Hit>("hit").create().unwrap();
    let look = |batch: Batch<Hit>, targets: Query<&Target>, mut seen: ResMut<Seen>| {
        seen.0.extend(batch.map(|hit| ("exists", u32::from(targets.contains(hit.0)))));
    };
    let despawn = |batch: Batch<Hit>, mut commands: Commands| batch.for_each(|hit| commands.entity(hit.0).despawn());
    world.subscribe::<Hit>("before").handler(look).unwrap();
    world.subscribe::<Hit>("despawn").handler(despawn).unwrap();
    world.subscribe::<Hit>("after").handler(look).unwrap();
    let target = world.spawn(Target).id();
    world.publish(Hit(target)).unwrap();
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("exists", 1), ("exists", 0)]);
}

/// What a handler reads about its own topic.
#[derive(PartialEq, Debug)]
struct Glance {
    numbers: Vec<u32>,
    published: u64,
    /// The name, `acked` and `next` of each group.
    groups: Vec<(String, u64, u64)>,
    /// The number of topics in the report of the bus.
    topics: usize,
}

#[derive(Resource, Default)]
struct Read(Vec<Glance>);

#[test]
fn a_handler_can_read_its_own_topic_while_it_runs() {
    let mut world = world();
    world.init_resource::<Read>();
    let look = |batch: Batch<Ping>, world: &mut World| {
        let _ = batch.count();
        let pings = world.resource::<Topic<Ping>>();
        let groups = pings.report(at(0)).groups.into_iter();
        let groups = groups.map(|group| (group.name.into_owned(), group.stats.acked, group.stats.next));
        let glance = Glance {
            numbers: pings.retained().into_iter().map(|ping| ping.0).collect(),
            published: pings.stats(at(0)).published,
            groups: groups.collect(),
            topics: world.topic_reports(at(0)).len(),
        };
        world.resource_mut::<Read>().0.push(glance);
    };
    world.subscribe::<Ping>("first").handler(noting("first")).unwrap();
    world.subscribe::<Ping>("reader").handler(look).unwrap();
    let pull = world.subscribe::<Ping>("pull").pull().unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &pull, 1, 0), [1]);
    publish(&mut world, [3]);
    world.deliver_at(0);
    let topics = world.topic_reports(at(0)).len();
    assert!(topics > 0);
    // The events of the running batch of the reader are not acknowledged yet.
    let groups = |first: u64, reader: u64, pulled: u64| {
        [("first", first), ("reader", reader), ("pull", pulled)]
            .map(|(name, done)| (name.to_owned(), done, done))
            .to_vec()
    };
    let first = Glance { numbers: vec![1, 2], published: 2, groups: groups(2, 0, 0), topics };
    let second = Glance { numbers: vec![1, 2, 3], published: 3, groups: groups(3, 2, 1), topics };
    assert_eq!(world.resource::<Read>().0, [first, second]);
    assert_eq!(world.resource::<Topic<Ping>>().report(at(0)).groups.len(), 3);
}

// The counters, and other values that can be read.

#[test]
fn the_counters_balance_after_every_step() {
    let mut world = world_with(|pings| pings.max_len(8));
    let subscription =
        world.subscribe::<Ping>("a").at_least_once().max_deliver(2).backoff(Backoff::Fixed(ms(2))).ttl(ms(5));
    subscription.handler(failing("a", |number| number % 2 == 0)).unwrap();
    let subscription = world.subscribe::<Ping>("b").effectively_once(3, key).max_deliver(2).ttl(ms(20));
    let b = subscription.backoff(Backoff::Doubling { first: ms(1), most: ms(4) }).pull().unwrap();
    for now in 0..300u32 {
        let time = u64::from(now);
        publish(&mut world, (0..now % 3).map(|n| (now / 4 + n) % 7));
        world.deliver_at(time);
        if now % 2 == 0 {
            for event in world.pull(&b, 3, at(time)).unwrap() {
                match event.0 % 3 {
                    0 => world.ack(&b, event.seq()).expect("the event was just pulled"),
                    1 => world.nack(&b, event.seq(), at(time), "nacked").expect("the event was just pulled"),
                    _ => {}
                }
            }
        }
        if now % 11 == 0 {
            world.seek::<Ping>("a", StartAt::Earliest).unwrap();
        }
        if now % 29 == 0 {
            world.seek::<Ping>("b", StartAt::Time(at(time.saturating_sub(3)))).unwrap();
        }
        if now % 7 == 0
            && let Some(letter) = letters(&world).last()
        {
            world.redeliver(letter).unwrap();
        }
        balances(&world, "a");
        balances(&world, "b");
    }
    let (a, b) = (stats(&world, "a"), stats(&world, "b"));
    let both = [
        (a.failed.min(b.failed), "failed"),
        (a.acked.min(b.acked), "acked"),
        (a.dead.min(b.dead), "given up"),
        (a.expired, "expired"),
        (b.duplicates, "a duplicate"),
        (b.evicted, "evicted"),
        (b.skipped, "skipped"),
        (a.replayed.min(b.replayed), "replayed"),
        (a.redelivered + b.redelivered, "redelivered"),
    ];
    for (count, what) in both {
        assert!(count > 0, "no event was {what}, so the test does not cover this: {a:?} {b:?}");
    }
}

#[test]
fn the_rate_covers_the_last_ten_seconds_or_less_at_the_start_and_reading_it_changes_nothing() {
    let mut world = world();
    publish(&mut world, 0..30);
    world.deliver_at(0);
    let rate = |world: &World, now| world.resource::<Topic<Ping>>().stats(at(now)).rate;
    assert_eq!((rate(&world, 0), rate(&world, 1_500), rate(&world, 10_999)), (30.0, 30.0, 3.0));
    assert_eq!(rate(&world, 11_000), 0.0);
    publish(&mut world, 0..20);
    world.deliver_at(9_500);
    assert_eq!(rate(&world, 1_000_000), 0.0);
    assert_eq!((rate(&world, 10_000), rate(&world, 11_000)), (5.0, 2.0));
    assert_eq!((rate(&world, 19_999), rate(&world, 20_000)), (2.0, 0.0));
}

#[test]
fn lag_counts_the_unseen_events_and_the_age_is_that_of_the_oldest_unfinished() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    publish(&mut world, [1, 2]);
    assert_eq!(world.resource::<Topic<Ping>>().stats(at(0)).inbox_len, 2);
    world.deliver_at(100);
    publish(&mut world, [3]);
    world.deliver_at(150);
    let read = |world: &World, now| {
        let stats = stats_of::<Ping>(world, "a", now);
        (stats.lag, stats.oldest_unfinished.as_millis(), stats.next)
    };
    assert_eq!((read(&world, 150), read(&world, 180)), ((3, 50, 0), (3, 80, 0)));
    assert_eq!(pulled(&mut world, &a, 2, 180), [1, 2]);
    assert_eq!(read(&world, 180), (1, 80, 2), "a pulled event is seen, and not finished before it is acked");
    world.ack(&a, 0).unwrap();
    world.ack(&a, 1).unwrap();
    assert_eq!(read(&world, 180), (1, 30, 2));
    assert_eq!(pulled(&mut world, &a, 2, 180), [3]);
    assert_eq!(read(&world, 180), (0, 30, 3));
    world.ack(&a, 2).unwrap();
    assert_eq!(read(&world, 180), (0, 0, 3));
    let topic = world.resource::<Topic<Ping>>().stats(at(180));
    assert_eq!((topic.published, topic.len, topic.inbox_len), (3, 3, 0));
}

#[test]
fn a_report_lists_every_topic_and_group_in_order_of_creation() {
    let mut world = world();
    world.subscribe::<Ping>("b").pull().unwrap();
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    let reports = world.topic_reports(at(5));
    assert_eq!(reports.iter().map(|topic| &*topic.name).collect::<Vec<_>>(), ["ping", "ping.dead", "failure"]);
    assert_eq!(reports[0].stats, world.resource::<Topic<Ping>>().stats(at(5)));
    let expected = ["b", "a"].map(|group| (group.to_owned(), stats_of::<Ping>(&world, group, 5)));
    let found: Vec<_> = reports[0].groups.iter().map(|group| (group.name.to_string(), group.stats)).collect();
    assert_eq!(found, expected);
}

/// A different event type for each number.
#[derive(Clone)]
struct Of<const N: usize>;

macro_rules! topics {
    ($world:ident: $($number:literal)*) => {
        $($world.add_topic::<Of<$number>>(stringify!($number)).create().unwrap();)*
    };
}

#[test]
fn a_topic_past_the_62nd_created_by_a_handler_is_delivered_in_the_next_wave() {
    let mut world = World::new();
    world.init_resource::<Seen>();
    topics!(world: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63);
    let make = |batch: Batch<Of<3>>, world: &mut World| {
        let _ = batch.count();
        world.add_topic::<Ping>("ping").create().unwrap();
        // Two topics, because topics past the 62nd share one flag.
        world.add_topic::<Of<64>>("64").create().unwrap();
        world.subscribe::<Ping>("late").handler(noting("late")).unwrap();
        world.publish(Ping(1)).unwrap();
    };
    world.subscribe::<Of<3>>("maker").handler(make).unwrap();
    world
        .subscribe::<Of<63>>("last")
        .handler(|batch: Batch<Of<63>>, mut seen: ResMut<Seen>| {
            seen.0.extend(batch.map(|_| ("last", 63)));
        })
        .unwrap();
    world.publish(Of::<63>).unwrap();
    world.publish(Of::<3>).unwrap();
    let delivery = world.deliver_at(0);
    assert_eq!((delivery.waves, delivery.events), (2, 3));
    assert_eq!(seen(&mut world), [("last", 63), ("late", 1)]);
    assert_eq!(world.deliver_at(0).waves, 0);
}

#[test]
fn what_a_handler_of_a_topic_past_the_62nd_leaves_is_delivered_again() {
    let mut world = World::new();
    topics!(world: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63);
    let mut calls = 0;
    let lazy = move |batch: Batch<Of<62>>| {
        calls += 1;
        if calls > 1 {
            batch.for_each(drop);
        }
    };
    world.subscribe::<Of<62>>("lazy").handler(lazy).unwrap();
    world.subscribe::<Of<63>>("eager").handler(|batch: Batch<Of<63>>| batch.for_each(drop)).unwrap();
    world.publish(Of::<62>).unwrap();
    world.publish(Of::<63>).unwrap();
    assert_eq!(world.deliver_at(0).next_due, Some(0));
    assert_eq!(world.deliver_at(1).next_due, None);
    assert_eq!(stats_of::<Of<62>>(&world, "lazy", 1).acked, 1);
}

/// A value that publishes an event when it is dropped.
struct Last(Topic<Ping>);

impl Drop for Last {
    fn drop(&mut self) {
        let _ = self.0.publish(Ping(9));
    }
}

#[test]
fn a_value_owned_by_a_handler_can_publish_when_it_is_dropped() {
    let mut world = world();
    let topic = world.resource::<Topic<Ping>>().clone();
    let publishing = |topic: &Topic<Ping>| {
        let last = Last(topic.clone());
        move |batch: Batch<Ping>| drop((batch, &last))
    };
    world.subscribe::<Ping>("heard").handler(noting("heard")).unwrap();
    world.subscribe::<Ping>("ends").handler(noting("ends")).unwrap();
    let handle = topic.clone();
    let once = move |batch: Batch<Ping>, world: &mut World| {
        if batch.map(|ping| ping.0).any(|number| number == 1) {
            world.join_named::<Ping, _>("ends", publishing(&handle)).unwrap();
            world.unsubscribe::<Ping>("ends").unwrap();
        }
    };
    world.subscribe::<Ping>("once").handler(once).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("heard", 1), ("ends", 1), ("heard", 9)]);
    world.subscribe::<Ping>("again").handler(publishing(&topic)).unwrap();
    world.unsubscribe::<Ping>("again").unwrap();
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("heard", 9)]);
}
