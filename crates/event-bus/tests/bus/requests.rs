//! Request and reply: each question gets exactly one answer.

use std::mem;

use bevy_ecs::prelude::*;
use bevy_ecs::system::RunSystemOnce;
use blockers_event_bus::{
    Answer, AskError, Batch, Bus, DiscardPolicy, HandlerError, NoAnswer, Replier, Request, RequestExt, Requester,
    Stuck, Topic, WorldBusExt,
};

use super::common::{WorldTestExt, at, ms};

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

#[test]
fn a_question_that_is_asked_after_an_idle_time_has_its_whole_timeout() {
    let mut world = asking();
    world.subscribe::<Request<Question>>("responder").handler(doubling).unwrap();
    world.deliver_at(0);
    let id = world.ask::<Question, Reply>("asker", Question(5)).unwrap();
    world.deliver_at(5_000);
    assert_eq!(answers(&mut world), [(id, Ok(10))]);
}

#[test]
fn a_timeout_counts_from_the_delivery_that_publishes_the_question() {
    let mut world = asking();
    world.subscribe::<Request<Question>>("silent").pull().unwrap();
    let bus = world.resource::<Bus>().clone();
    world.deliver_at(0);
    let id = world.ask::<Question, Reply>("asker", Question(5)).unwrap();
    assert_eq!(bus.next_due(), Some(at(1_000)), "if the next delivery were now");
    assert_eq!(world.deliver_at(300).next_due, Some(1_300));
    assert_eq!(bus.next_due(), Some(at(1_300)));
    assert_eq!(world.deliver_at(1_299).next_due, Some(1_300));
    assert!(answers(&mut world).is_empty());
    assert_eq!(world.deliver_at(1_300).next_due, None);
    assert_eq!(answers(&mut world), [(id, Err(NoAnswer::TimedOut))]);
}

#[test]
fn reading_the_next_due_time_answers_no_question() {
    let mut world = asking();
    world.subscribe::<Request<Question>>("silent").pull().unwrap();
    world.deliver_at(100);
    let id = ask(&mut world, 5, 50);
    assert_eq!(world.resource::<Bus>().next_due(), Some(at(50)));
    assert!(reply(&mut world, id, 7), "no delivery has answered it yet");
}

#[test]
fn a_reply_before_the_next_delivery_counts() {
    let mut world = asking();
    world.subscribe::<Request<Question>>("silent").pull().unwrap();
    let id = world.ask::<Question, Reply>("asker", Question(5)).unwrap();
    assert!(reply(&mut world, id, 11));
    assert_eq!(world.deliver_at(0).next_due, None);
    assert_eq!(answers(&mut world), [(id, Ok(11))]);
}

#[test]
fn draining_a_closed_bus_ends_although_a_question_is_open() {
    let mut world = asking();
    let responder = world.subscribe::<Request<Question>>("responder").at_least_once().pull().unwrap();
    ask(&mut world, 5, 100);
    world.deliver_at(0);
    world.pull(&responder, 9, at(0)).unwrap();
    world.ack_all(&responder, u64::MAX).unwrap();
    let bus = world.resource::<Bus>().clone();
    bus.close();
    let mut waits = 0;
    let drained = bus.drain(&mut world, at(0), |due| {
        waits += 1;
        assert!(waits < 10, "the drain goes on at {due}");
        due
    });
    assert_eq!(drained.unwrap().now, at(100));
    assert_eq!(bus.next_due(), None);
    assert!(answers(&mut world).is_empty(), "the topic of answers is closed");
}

#[test]
fn draining_ends_although_the_topic_of_answers_stays_full() {
    let mut world = World::new();
    world.add_requests::<Question, Reply>("sum").create().unwrap();
    world.topic::<Answer<Reply>>().unwrap().configure(|answers| {
        (answers.max_len, answers.discard) = (1, DiscardPolicy::New);
    });
    let silent = |batch: Batch<Request<Question>>| batch.for_each(drop);
    world.subscribe::<Request<Question>>("silent").handler(silent).unwrap();
    let asker = world.subscribe_answers::<Reply>("asker").pull().unwrap();
    ask(&mut world, 5, 100);
    ask(&mut world, 6, 100);
    let bus = world.resource::<Bus>().clone();
    let mut waits = 0;
    let drained = bus.drain(&mut world, at(0), |due| {
        waits += 1;
        assert!(waits < 10, "the drain goes on at {due}");
        due
    });
    let stuck = Stuck::Unfinished { topic: "sum.answer".into(), group: "asker".into(), events: 1 };
    assert_eq!(drained, Err(stuck));
    assert_eq!(world.pull(&asker, 9, at(100)).unwrap().len(), 1);
    world.ack_all(&asker, u64::MAX).unwrap();
    world.deliver_at(101);
    assert_eq!(world.pull(&asker, 9, at(101)).unwrap().len(), 1, "the other question is still open until then");
}

#[test]
fn a_refused_question_comes_back_with_the_reason() {
    let mut world = World::new();
    assert_eq!(world.ask::<Question, Reply>("asker", Question(1)), Err(AskError::NoRequests(Question(1))));
    world.add_requests::<Question, Reply>("sum").max_len(2).create().unwrap();
    let refused = |world: &World| world.ask::<Question, Reply>("asker", Question(1)).unwrap_err();
    world.topic::<Answer<Reply>>().unwrap().close();
    assert_eq!(refused(&world), AskError::Closed(Question(1)), "the answer would be that there are no responders");

    let mut world = World::new();
    world.add_requests::<Question, Reply>("sum").max_len(2).create().unwrap();
    let responder = world.subscribe::<Request<Question>>("responder").at_least_once().pull().unwrap();
    let ids = [1, 2].map(|number| world.ask::<Question, Reply>("asker", Question(number)).unwrap());
    assert_eq!(refused(&world), AskError::TooManyOpen(Question(1)));
    let name = std::any::type_name::<Question>();
    assert_eq!(refused(&world).to_string(), format!("too many questions `{name}` wait for an answer"));
    world.deliver_at(0);
    assert_eq!(world.pull(&responder, 9, at(0)).unwrap().len(), 2);
    assert!(reply(&mut world, ids[0], 1));
    assert_eq!(refused(&world), AskError::Full(Question(1)), "the responder is not done with the first two");
    world.topic::<Request<Question>>().unwrap().close();
    assert_eq!(refused(&world), AskError::Closed(Question(1)));
    assert_eq!(refused(&world).into_question(), Question(1));
}

#[test]
fn an_asker_that_pulls_gets_every_answer_also_beyond_the_limit_of_the_topic() {
    let mut world = World::new();
    world.init_resource::<Counted>();
    world.add_requests::<Question, Reply>("sum").max_len(4).create().unwrap();
    world.subscribe::<Request<Question>>("responder").handler(doubling).unwrap();
    let asker = world.subscribe_answers::<Reply>("asker").pull().unwrap();
    world.subscribe_answers::<Reply>("other").pull().unwrap();
    for turn in 0..5 {
        for number in 0..4 {
            world.ask::<Question, Reply>("asker", Question(4 * turn as u32 + number)).unwrap();
        }
        world.deliver_at(turn);
    }
    let answers = world.pull(&asker, 99, at(5)).unwrap();
    let numbers: Vec<_> = answers.iter().map(|answer| answer.outcome.as_ref().map(|reply| reply.0)).collect();
    assert_eq!(numbers, Vec::from_iter((0..20).map(|number| Ok(2 * number))));
}

#[test]
fn a_failed_question_keeps_the_error_of_its_responder() {
    let cause = "x".parse::<u32>().unwrap_err();
    let failed = NoAnswer::Failed(HandlerError::from(cause.clone()));
    assert_eq!(failed.to_string(), "the responder failed");
    let source = std::error::Error::source(&failed).unwrap();
    assert_eq!(source.downcast_ref(), Some(&cause));
    assert!(std::error::Error::source(&NoAnswer::TimedOut).is_none());
}

#[test]
fn a_question_can_be_asked_with_a_timeout_of_the_builder() {
    let mut world = World::new();
    world.add_requests::<Question, Reply>("sum").timeout(ms(7)).create().unwrap();
    world.subscribe::<Request<Question>>("silent").pull().unwrap();
    world.ask::<Question, Reply>("asker", Question(5)).unwrap();
    assert_eq!(world.deliver_at(10).next_due, Some(17));
}
