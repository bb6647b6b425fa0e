//! Kinds of errors, and what a handler knows of an attempt.

use bevy_ecs::prelude::*;
use blockers_event_bus::{Backoff, Batch, ErrorKind, HandlerError, HandlerResult, Reason, WorldBusExt};

use super::common::{Ping, Seen, WorldTestExt, balances, failures, letters, ms, publish, seen, stats, world};

/// Returns a handler that records every attempt, and fails with this error on this number the first time.
fn failing_with(
    number: u32,
    error: HandlerError,
) -> impl FnMut(Batch<Ping>, ResMut<Seen>) -> HandlerResult + Send + Sync + 'static {
    let mut error = Some(error);
    move |batch: Batch<Ping>, mut seen: ResMut<Seen>| -> HandlerResult {
        for ping in batch {
            seen.0.push(("a", ping.0));
            if ping.0 == number
                && let Some(error) = error.take()
            {
                return Err(error);
            }
        }
        Ok(())
    }
}

#[test]
fn a_fatal_error_gives_the_event_up_at_once() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().max_deliver(9);
    a.handler(failing_with(1, HandlerError::fatal("refused"))).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    let letter = letters(&world).remove(0);
    assert_eq!((letter.verdict.reason, letter.verdict.attempts), (Reason::Fatal, 1));
    assert_eq!(letter.verdict.last_error.as_deref(), Some("refused"));
    balances(&world, "a");
}

#[test]
fn an_event_for_later_keeps_its_place_and_counts_no_attempt() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().max_deliver(1);
    a.handler(failing_with(1, HandlerError::later(ms(30)))).unwrap();
    publish(&mut world, [1, 2]);
    assert_eq!(world.deliver_at(0).next_due, Some(30));
    assert_eq!((stats(&world, "a").failed, stats(&world, "a").dead), (0, 0));
    balances(&world, "a");
    world.deliver_at(30);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 1), ("a", 2)]);
    assert!(failures(&world).is_empty());
    balances(&world, "a");
}

#[test]
fn an_event_for_later_without_a_pause_comes_with_a_later_delivery() {
    let mut world = world();
    let later = |batch: Batch<Ping>| -> HandlerResult {
        batch.for_each(drop);
        Err(HandlerError::later(ms(0)))
    };
    world.subscribe::<Ping>("a").at_least_once().handler(later).unwrap();
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(0).next_due, Some(1));
    balances(&world, "a");
}

#[test]
fn at_most_once_an_event_for_later_does_not_come_again() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(failing_with(1, HandlerError::later(ms(30)))).unwrap();
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(0).next_due, None);
    assert_eq!((stats(&world, "a").failed, stats(&world, "a").acked), (1, 1));
    balances(&world, "a");
}

#[test]
fn an_error_can_set_the_pause_before_the_next_attempt() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(1_000)));
    a.handler(failing_with(1, HandlerError::new("busy").retry_after(ms(7)))).unwrap();
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(0).next_due, Some(7));
    assert_eq!(stats(&world, "a").failed, 1);
}

#[test]
fn an_error_keeps_its_source_and_equals_one_of_the_same_kind_and_message() {
    let source = "x".parse::<u32>().unwrap_err();
    let error = HandlerError::from(source.clone());
    assert_eq!(error.inner().downcast_ref(), Some(&source));
    assert_eq!(error, HandlerError::new(source.to_string()));
    assert_ne!(error, HandlerError::new("another"));
    assert_ne!(error, HandlerError::fatal(source));
    let boxed: Box<dyn std::error::Error + Send + Sync> = "boxed".into();
    assert_eq!(HandlerError::from(boxed).to_string(), "boxed");
    assert_eq!(HandlerError::from("text").kind(), ErrorKind::Retry);
    assert!(format!("{:?}", HandlerError::later(ms(5))).contains("Later(5ms)"));
}

#[test]
fn a_handler_knows_the_time_and_the_attempt() {
    let mut world = world();
    let mut fails = 2;
    let note = move |mut batch: Batch<Ping>, mut seen: ResMut<Seen>| -> HandlerResult {
        seen.0.push(("now", batch.now().as_millis() as u32));
        seen.0.push(("attempt", batch.attempt()));
        batch.next();
        fails -= 1;
        if fails >= 0 { Err("not yet".into()) } else { Ok(()) }
    };
    world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(10))).handler(note).unwrap();
    publish(&mut world, [1]);
    for now in [5, 15, 25] {
        world.deliver_at(now);
    }
    let expected = [("now", 5), ("attempt", 1), ("now", 15), ("attempt", 2), ("now", 25), ("attempt", 3)];
    assert_eq!(seen(&mut world), expected);
}
