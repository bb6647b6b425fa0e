//! Limits, closing and draining, fresh replays, and causes.

use blockers_event_bus::{
    Backoff, Batch, Bus, Cause, DiscardPolicy, HandlerResult, PublishError, PublishOptions, Publisher, Reason, StartAt,
    Stuck, WorldBusExt,
};

use super::common::{
    Ping, Pong, WorldTestExt, at, balances, failing, key, letters, ms, noting, once_on, publish, pulled, retained,
    seen, stats, world, world_with,
};

#[test]
fn a_topic_that_keeps_events_until_they_are_done_loses_none_and_shrinks_again() {
    let mut world = world_with(|pings| pings.max_len(4).keep_until_done());
    let a = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    world.subscribe::<Ping>("b").handler(noting("b")).unwrap();
    publish(&mut world, 0..20);
    world.deliver_at(0);
    assert_eq!(retained(&world).len(), 20);
    assert_eq!(pulled(&mut world, &a, 18, 0).len(), 18);
    world.ack_all(&a, 14).unwrap();
    world.deliver_at(1);
    assert_eq!(retained(&world), Vec::from_iter(15..20));
    world.ack_all(&a, 19).unwrap();
    assert_eq!(pulled(&mut world, &a, 18, 0), [18, 19]);
    world.ack_all(&a, 19).unwrap();
    world.deliver_at(2);
    assert_eq!((retained(&world).len(), stats(&world, "a").evicted), (4, 0));
    balances(&world, "a");
}

#[test]
fn a_full_inbox_evicts_the_oldest_with_a_dead_letter_or_refuses_the_newest() {
    let mut world = world_with(|pings| pings.max_inbox(2));
    world.subscribe::<Ping>("a").at_least_once().handler(noting("a")).unwrap();
    publish(&mut world, 0..3);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    let letter = letters(&world).remove(0);
    assert_eq!((letter.event.seq(), letter.verdict.reason), (0, Reason::Evicted));
    balances(&world, "a");
    let mut world = world_with(|pings| pings.max_inbox(2).keep_until_done());
    publish(&mut world, 0..2);
    assert_eq!(world.publish(Ping(2)), Err(PublishError::Full(Ping(2))));
    world.deliver_at(0);
    publish(&mut world, [2]);
}

#[test]
fn a_batch_is_published_together_and_returns_what_is_refused() {
    let world = world_with(|pings| pings.max_len(4).discard(DiscardPolicy::New));
    let topic = world.topic::<Ping>().unwrap();
    assert_eq!(topic.publish_batch((0..3).map(Ping)), Ok(0..3));
    assert_eq!(topic.publish_batch([]), Ok(0..0));
    let refused = topic.publish_batch((3..6).map(Ping)).unwrap_err();
    assert_eq!(refused, PublishError::Full(vec![Ping(4), Ping(5)]));
    assert_eq!(topic.stats(at(0)).inbox_len, 4);
}

#[test]
fn a_closed_topic_refuses_events_and_delivers_those_that_it_has() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    publish(&mut world, [1]);
    let topic = world.topic::<Ping>().unwrap().clone();
    topic.close();
    assert_eq!(topic.publish(Ping(2)), Err(PublishError::Closed(Ping(2))));
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1)]);
}

#[test]
fn a_topic_whose_world_is_gone_refuses_events() {
    let world = world();
    let topic = world.topic::<Ping>().unwrap().clone();
    drop(world);
    assert!(topic.is_closed());
    assert_eq!(topic.publish(Ping(2)), Err(PublishError::Closed(Ping(2))));
}

#[test]
fn draining_ends_when_every_group_is_done_or_says_which_is_not() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(10)));
    a.handler(failing("a", once_on(1))).unwrap();
    publish(&mut world, [1, 2]);
    let bus = world.resource::<Bus>().clone();
    assert_eq!(bus.drain(&mut world, at(0), |due| due).unwrap().now, at(10));
    assert_eq!(stats(&world, "a").acked, 2);
    world.subscribe::<Ping>("idle").start(StartAt::Earliest).pull().unwrap();
    let stuck = bus.drain(&mut world, at(20), |due| due).unwrap_err();
    assert_eq!(stuck, Stuck::Unfinished { topic: "ping".into(), group: "idle".into(), events: 2 });
    world.unsubscribe::<Ping>("idle").unwrap();
    let one = |batch: Batch<Ping>| batch.take(1).for_each(drop);
    world.subscribe::<Ping>("one by one").start(StartAt::Earliest).handler(one).unwrap();
    assert!(bus.drain(&mut world, at(30), |due| due).is_ok(), "a handler may take its events one by one");
    world.subscribe::<Ping>("none").start(StartAt::Earliest).handler(|_: Batch<Ping>| {}).unwrap();
    assert!(matches!(bus.drain(&mut world, at(30), |due| due), Err(Stuck::Unfinished { events: 2, .. })));
}

#[test]
fn draining_a_cycle_ends_with_an_error() {
    let mut world = world();
    let echo = |batch: Batch<Ping>, pings: Publisher<Ping>| -> HandlerResult {
        for ping in batch {
            pings.publish(*ping.event())?;
        }
        Ok(())
    };
    world.subscribe::<Ping>("echo").handler(echo).unwrap();
    publish(&mut world, [1]);
    let bus = world.resource::<Bus>().clone();
    assert_eq!(bus.drain(&mut world, at(0), |due| due), Err(Stuck::Cycle));
}

#[test]
fn a_fresh_replay_of_an_effectively_once_group_gives_every_event_again() {
    let mut world = world();
    world.subscribe::<Ping>("a").effectively_once(8, key).handler(noting("a")).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    seen(&mut world);
    world.seek::<Ping>("a", StartAt::Earliest).unwrap();
    world.deliver_at(0);
    assert!(seen(&mut world).is_empty());
    world.seek_fresh::<Ping>("a", StartAt::Earliest).unwrap();
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    balances(&world, "a");
}

#[test]
fn an_event_can_name_its_cause() {
    let mut world = world();
    world.add_topic::<Pong>("pong").create().unwrap();
    let chain = |mut batch: Batch<Ping>, pongs: Publisher<Pong>| -> HandlerResult {
        while let Some(ping) = batch.next() {
            pongs.publish_with(Pong(ping.0), PublishOptions::because(batch.cause(ping)))?;
        }
        Ok(())
    };
    world.subscribe::<Ping>("a").handler(chain).unwrap();
    publish(&mut world, [7, 8]);
    world.deliver_at(0);
    let (pings, pongs) = (world.topic::<Ping>().unwrap(), world.topic::<Pong>().unwrap());
    let causes: Vec<_> = pongs.retained().iter().map(|pong| pong.cause().unwrap()).collect();
    assert_eq!(causes, [0, 1].map(|seq| Cause::new(pings.id(), seq).unwrap()));
    assert_eq!((causes[1].topic(), causes[1].seq()), (pings.id(), 1));
    let last = (1 << 48) - 2;
    assert_eq!(Cause::new(pings.id(), last).map(Cause::seq), Some(last));
    assert_eq!([last + 1, 1 << 48, u64::MAX].map(|seq| Cause::new(pings.id(), seq)), [None; 3]);
    assert_ne!(pings.id(), pongs.id());
}
