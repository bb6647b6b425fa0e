//! Request and reply: each question gets exactly one answer.

use std::mem;

use bevy_ecs::prelude::*;
use bevy_ecs::system::RunSystemOnce;
use blockers_event_bus::{Answer, Batch, NoAnswer, Replier, Request, RequestExt, Requester, Topic, WorldBusExt};

use super::common::{WorldTestExt, at};

#[derive(Clone, PartialEq, Debug)]
struct Question(u32);

#[derive(Clone, PartialEq, Debug)]
struct Reply(u32);

/// The answers that were received, in order.
#[derive(Resource, Default)]
struct Answers(Vec<(u64, Result<u32, NoAnswer>)>);

/// For each reply, whether it counted.
#[derive(Resource, Default)]
struct Counted(Vec<bool>);

/// Returns a world with a requester and no responder.
fn asking() -> World {
    let mut world = World::new();
    world.init_resource::<Answers>();
    world.init_resource::<Counted>();
    world.add_requests::<Question, Reply>("sum").create().unwrap();
    let note = |batch: Batch<Answer<Reply>>, mut answers: ResMut<Answers>| {
        answers.0.extend(batch.map(|answer| (answer.id, answer.outcome.clone().map(|reply| reply.0))));
    };
    world.subscribe::<Answer<Reply>>("asker").handler(note).unwrap();
    world
}

/// A responder that replies with twice the number.
fn doubling(batch: Batch<Request<Question>>, replier: Replier<Question, Reply>, mut counted: ResMut<Counted>) {
    for request in batch {
        counted.0.push(replier.reply(request.id, Reply(2 * request.question.0)).unwrap());
    }
}

fn ask(world: &mut World, number: u32, deadline: u64) -> u64 {
    let ask = move |requester: Requester<Question, Reply>| {
        requester.ask_until("asker", Question(number), at(deadline)).unwrap()
    };
    world.run_system_once(ask).unwrap()
}

fn reply(world: &mut World, id: u64, number: u32) -> bool {
    let reply = move |replier: Replier<Question, Reply>| replier.reply(id, Reply(number)).unwrap();
    world.run_system_once(reply).unwrap()
}

fn answers(world: &mut World) -> Vec<(u64, Result<u32, NoAnswer>)> {
    mem::take(&mut world.resource_mut::<Answers>().0)
}

#[test]
fn a_request_gets_its_own_reply() {
    let mut world = asking();
    world.subscribe::<Request<Question>>("responder").handler(doubling).unwrap();
    let ids: Vec<_> = [5, 6, 7].into_iter().map(|number| ask(&mut world, number, 100)).collect();
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
    assert_eq!(world.deliver_at(0).next_due, None, "no question is left that could time out");
    assert_eq!(answers(&mut world), [(ids[0], Ok(10)), (ids[1], Ok(12)), (ids[2], Ok(14))]);
    for now in [99, 100, 101] {
        world.deliver_at(now);
    }
    assert!(answers(&mut world).is_empty());
}

#[test]
fn replies_can_come_in_any_order() {
    let mut world = asking();
    world.subscribe::<Request<Question>>("responder").pull().unwrap();
    let (one, two) = (ask(&mut world, 1, 100), ask(&mut world, 2, 200));
    assert_eq!(world.deliver_at(0).next_due, Some(100));
    assert!(reply(&mut world, two, 22));
    world.deliver_at(1);
    assert!(reply(&mut world, one, 11));
    world.deliver_at(2);
    assert_eq!(answers(&mut world), [(two, Ok(22)), (one, Ok(11))]);
}

#[test]
fn a_second_reply_does_not_count() {
    let mut world = asking();
    for responder in ["one", "two"] {
        world.subscribe::<Request<Question>>(responder).handler(doubling).unwrap();
    }
    let id = ask(&mut world, 5, 100);
    world.deliver_at(0);
    assert_eq!(answers(&mut world), [(id, Ok(10))]);
    assert_eq!(world.resource::<Counted>().0, [true, false]);
    assert!(!reply(&mut world, id, 11));
    assert!(!reply(&mut world, id + 1, 11), "there is no question with this id");
    world.deliver_at(1);
    assert!(answers(&mut world).is_empty());
}

#[test]
fn a_request_times_out_exactly_once_at_its_deadline() {
    let mut world = asking();
    world
        .subscribe::<Request<Question>>("silent")
        .handler(|batch: Batch<Request<Question>>| batch.for_each(drop))
        .unwrap();
    let id = ask(&mut world, 5, 100);
    assert_eq!(world.deliver_at(0).next_due, Some(100));
    assert_eq!(world.deliver_at(99).next_due, Some(100));
    assert!(answers(&mut world).is_empty());
    assert_eq!(world.deliver_at(100).next_due, None);
    assert_eq!(answers(&mut world), [(id, Err(NoAnswer::TimedOut))]);
    for now in [100, 101, 1_000] {
        assert_eq!(world.deliver_at(now).next_due, None);
    }
    assert!(answers(&mut world).is_empty());
}

#[test]
fn a_reply_counts_until_the_deadline_and_a_late_one_is_ignored() {
    let mut world = asking();
    world.subscribe::<Request<Question>>("slow").pull().unwrap();
    let (early, late) = (ask(&mut world, 1, 100), ask(&mut world, 2, 100));
    world.deliver_at(99);
    assert!(reply(&mut world, early, 11));
    world.deliver_at(100);
    assert!(!reply(&mut world, late, 22));
    world.deliver_at(101);
    let mut answers = answers(&mut world);
    answers.sort_by_key(|(id, _)| *id);
    assert_eq!(answers, [(early, Ok(11)), (late, Err(NoAnswer::TimedOut))]);
}

#[test]
fn a_request_without_responders_is_answered_immediately() {
    let mut world = asking();
    let id = ask(&mut world, 5, 100);
    assert_eq!(world.deliver_at(0).next_due, None);
    assert_eq!(answers(&mut world), [(id, Err(NoAnswer::NoResponders))]);
    assert_eq!(world.resource::<Topic<Request<Question>>>().stats(at(0)).published, 0);
    world.deliver_at(100);
    assert!(answers(&mut world).is_empty(), "it does not time out as well");
}

#[test]
fn a_request_whose_responder_has_unsubscribed_times_out() {
    let mut world = asking();
    world.subscribe::<Request<Question>>("responder").handler(doubling).unwrap();
    let id = ask(&mut world, 5, 100);
    world.unsubscribe::<Request<Question>>("responder").unwrap();
    world.deliver_at(0);
    assert!(answers(&mut world).is_empty());
    world.deliver_at(100);
    assert_eq!(answers(&mut world), [(id, Err(NoAnswer::TimedOut))]);
    let id = ask(&mut world, 6, 200);
    world.deliver_at(101);
    assert_eq!(answers(&mut world), [(id, Err(NoAnswer::NoResponders))]);
}
