//! The stops of the tour. Each function shows one pattern, and returns lines with the state of the bus and what its
//! handlers noted.

use bevy_ecs::prelude::{Res, ResMut, World};
use blockers::events::{Cause, Command, DragEvent, Dropped, GameCommand, SoundCommand, TableSet};
use blockers::transitions::set_table;
use blockers::world::{OwnGame, Play, Wanted};
use blockers_event_bus::{
    Answer, Backoff, Batch, Bus, BusExt, DeadLetter, Discard, Failure, GroupStats, HandlerResult, Publisher, Replier,
    Request, RequestExt, Requester, Start, Topic,
};
use blockers_rules::{Deal, Slot, Timeline};

use crate::{
    Lines, Notes, Storage, cells, deliver_at, drag, drop_key, drops, group, joined, new_game, notes, noting, offer,
    points, publish, save, seqs, world_with_drops,
};

fn play() -> Play {
    Play::of(OwnGame::new(1, Timeline::starting(Deal::default(), new_game())))
}

pub(super) fn topics() -> Lines {
    let mut world = World::new();
    world.add_topic::<TableSet>("table set").create()?;
    world.add_topic::<Dropped>("dropped").create()?;
    world.publish(set_table(&mut play(), Cause::Began))?;
    let seqs = drops(3).into_iter().map(|dropped| world.publish(dropped)).collect::<Result<Vec<_>, _>>()?;
    let delivery = world.deliver(1_000);
    let retained = world.resource::<Topic<Dropped>>().retained().into_iter();
    let retained =
        retained.map(|dropped| format!("{} at {} ms ({} points)", dropped.seq(), dropped.at(), points(&dropped)));
    Ok(vec![
        format!("topics: {}", world.resource::<Bus>().topics().join(", ")),
        format!("three drops are published with the seqs {seqs:?}"),
        format!("deliver accepts {} events; `dropped` retains {}", delivery.events, joined(retained)),
    ])
}

pub(super) fn splitting() -> Lines {
    let mut world = world_with_drops()?;
    for group in ["sound", "statistics", "announcement"] {
        world.subscribe::<Dropped>(group).handler(noting(group))?;
    }
    publish(&mut world, drops(3))?;
    world.deliver(0);
    Ok(notes(&mut world))
}

pub(super) fn waves() -> Lines {
    let mut world = World::new();
    world.init_resource::<Notes>();
    world.add_topic::<Command>("command").create()?;
    world.add_topic::<TableSet>("table set").create()?;
    world.add_topic::<Dropped>("dropped").create()?;
    let deal = |batch: Batch<Command>, mut starts: Publisher<TableSet>, mut notes: ResMut<Notes>| -> HandlerResult {
        for command in batch {
            notes.0.push(format!("dealer got {:?} and deals", command.body()));
            starts.publish(set_table(&mut play(), Cause::Began))?;
        }
        Ok(())
    };
    let play = |batch: Batch<TableSet>, mut dropped: Publisher<Dropped>, mut notes: ResMut<Notes>| -> HandlerResult {
        for started in batch {
            let fitting = started.fits.iter().filter(|fits| **fits).count();
            notes.0.push(format!("player got a table with {fitting} shapes that fit, and drops one"));
            for first in drops(1) {
                dropped.publish(first)?;
            }
        }
        Ok(())
    };
    world.subscribe::<Command>("dealer").handler(deal)?;
    world.subscribe::<TableSet>("player").handler(play)?;
    world.subscribe::<Dropped>("sound").handler(noting("sound"))?;
    world.publish(Command::from(GameCommand::Request(Wanted::Another)))?;
    let delivery = world.deliver(0);
    let mut lines = notes(&mut world);
    lines.push(format!("one deliver: {} waves, {} events", delivery.waves, delivery.events));
    Ok(lines)
}

pub(super) fn competing() -> Lines {
    let mut world = world_with_drops()?;
    world.subscribe::<Dropped>("recorder").handler(noting("recorder, member 1,"))?;
    world.join::<Dropped, _>("recorder", noting("recorder, member 2,"))?;
    world.subscribe::<Dropped>("sound").handler(noting("sound, a group with one member,"))?;
    publish(&mut world, drops(4))?;
    world.deliver(0);
    Ok(notes(&mut world))
}

pub(super) fn push_and_pull() -> Lines {
    let mut world = world_with_drops()?;
    world.subscribe::<Dropped>("sound").handler(noting("push: sound"))?;
    let recorder = world.subscribe::<Dropped>("recorder").at_least_once().pull()?;
    publish(&mut world, drops(3))?;
    world.deliver(0);
    let mut lines = notes(&mut world);
    let pulled = world.pull(&recorder, 2, 10)?;
    lines.push(format!("pull: recorder asks for 2 and gets {}", seqs(&pulled)));
    for event in &pulled {
        if event.seq() == 0 {
            world.ack(&recorder, 0)?;
        } else {
            world.nack(&recorder, event.seq(), 20)?;
        }
    }
    let again = world.pull(&recorder, 9, 30)?;
    lines.push(format!("after an ack of 0 and a nack of the other it asks for 9 and gets {}", seqs(&again)));
    if let Err(error) = world.ack(&recorder, 0) {
        lines.push(format!("a second ack of 0 fails: {error}"));
    }
    Ok(lines)
}

pub(super) fn at_most_once() -> Lines {
    let mut world = world_with_drops()?;
    world.add_topic::<Failure>("failure").create()?;
    world.insert_resource(Storage { failures_left: 1 });
    world.subscribe::<Dropped>("high score").at_most_once().handler(save)?;
    publish(&mut world, drops(3))?;
    world.deliver(0);
    let mut lines = vec![joined(notes(&mut world))];
    let failures = world.resource::<Topic<Failure>>().retained().into_iter();
    lines.extend(
        failures.map(|failure| format!("failure of `{}` at {}: {}", failure.group, failure.seq, failure.error)),
    );
    let stats = group(&world, "high score");
    lines.push(format!("{} events, {} attempts, {} failed", stats.next, stats.delivered, stats.failed));
    Ok(lines)
}

pub(super) fn at_least_once() -> Lines {
    let mut lines = Vec::new();
    for failures_left in [2, 9] {
        let mut world = world_with_drops()?;
        world.insert_resource(Storage { failures_left });
        let backoff = Backoff::Doubling { first: 100, most: 250 };
        world.subscribe::<Dropped>("high score").at_least_once().max_deliver(4).backoff(backoff).handler(save)?;
        publish(&mut world, drops(1))?;
        let mut tries = Vec::new();
        // The bus has no clock. It returns the time of the next retry.
        let mut due = Some(0);
        while let Some(now) = due {
            due = world.deliver(now).next_due;
            tries.push(format!("{} at {now} ms", joined(notes(&mut world))));
        }
        let stats = group(&world, "high score");
        let tries = joined(tries);
        lines.push(format!(
            "a storage that fails {failures_left} times: {tries}; acked {}, dead {}",
            stats.acked, stats.dead
        ));
    }
    Ok(lines)
}

pub(super) fn effectively_once() -> Lines {
    let mut world = world_with_drops()?;
    world.subscribe::<Dropped>("recorder").handler(noting("recorder"))?;
    world.subscribe::<Dropped>("statistics").effectively_once(64, drop_key).handler(noting("statistics"))?;
    // The producer cannot know whether the first attempt succeeded, so it publishes again.
    publish(&mut world, drops(3))?;
    publish(&mut world, drops(3))?;
    world.deliver(0);
    let mut lines = notes(&mut world);
    world.seek::<Dropped>("statistics", Start::Earliest)?;
    world.deliver(10);
    lines.push(format!("after a seek to the beginning: {}", joined(notes(&mut world))));
    let stats = group(&world, "statistics");
    lines.push(format!("statistics: acked {}, duplicates {}", stats.acked, stats.duplicates));
    Ok(lines)
}

pub(super) fn time_to_live() -> Lines {
    let mut world = world_with_drops()?;
    let sound = world.subscribe::<Dropped>("sound").at_most_once().ttl(150).pull()?;
    let recorder = world.subscribe::<Dropped>("recorder").at_most_once().pull()?;
    for (now, dropped) in [0, 100, 200].into_iter().zip(drops(3)) {
        world.publish(dropped)?;
        world.deliver(now);
    }
    let times =
        joined(world.resource::<Topic<Dropped>>().retained().into_iter().map(|dropped| dropped.at().to_string()));
    let sounds = world.pull(&sound, 9, 250)?;
    Ok(vec![
        format!("drops at {times} ms; both groups pull at 250 ms"),
        format!("recorder, without a TTL, gets {}", seqs(&world.pull(&recorder, 9, 250)?)),
        format!("sound, with a TTL of 150 ms, gets {}; expired {}", seqs(&sounds), group(&world, "sound").expired),
    ])
}

pub(super) fn retention() -> Lines {
    let mut world = World::new();
    world.add_topic::<DragEvent>("drag").max_len(3).create()?;
    world.add_topic::<Command>("command").max_age(1_000).create()?;
    world.add_topic::<Dropped>("dropped").max_bytes(12, cells).create()?;
    publish(&mut world, drag())?;
    publish(&mut world, drops(5))?;
    world.publish(Command::from(SoundCommand::ToggleMute))?;
    world.deliver(0);
    world.publish(Command::from(SoundCommand::SetVolume(0.5)))?;
    world.deliver(600);
    world.deliver(1_200);
    let drags = world.resource::<Topic<DragEvent>>();
    let commands = world.resource::<Topic<Command>>();
    let dropped = world.resource::<Topic<Dropped>>();
    let phases = joined(drags.retained().into_iter().map(|drag| format!("{:?}", drag.phase)));
    let newest = joined(commands.retained().into_iter().map(|command| format!("{:?}", command.body())));
    let (drags, commands, drops) = (drags.stats(1_200), commands.stats(1_200), dropped.stats(1_200));
    Ok(vec![
        format!("max_len 3: of {} drag events it retains {phases}", drags.published),
        format!("max_age 1000: of {} commands it retains {newest} at 1200 ms", commands.published),
        format!(
            "max_bytes 12, one byte per cell: of {} drops it retains {}, in {} bytes",
            drops.published,
            seqs(&dropped.retained()),
            drops.bytes
        ),
    ])
}

pub(super) fn full_topic() -> Lines {
    let mut world = World::new();
    world.add_topic::<Dropped>("dropped").max_len(2).discard(Discard::New).create()?;
    let recorder = world.subscribe::<Dropped>("recorder").at_least_once().pull()?;
    let mut lines: Vec<_> = drops(3).into_iter().map(|dropped| offer(&mut world, dropped)).collect();
    world.deliver(0);
    for event in world.pull(&recorder, 1, 0)? {
        world.ack(&recorder, event.seq())?;
        lines.push(format!("recorder acks {}", event.seq()));
    }
    world.deliver(10);
    lines.extend(drops(3).pop().map(|dropped| offer(&mut world, dropped)));
    Ok(lines)
}

pub(super) fn late_subscribers() -> Lines {
    let mut world = world_with_drops()?;
    for (now, dropped) in (0..).step_by(10).zip(drops(4)) {
        world.publish(dropped)?;
        world.deliver(now);
    }
    let starts = [
        ("earliest", Start::Earliest),
        ("seq 2", Start::Seq(2)),
        ("time 25", Start::Time(25)),
        ("latest", Start::Latest),
    ];
    for (name, start) in starts {
        world.subscribe::<Dropped>(name).start(start).handler(noting(name))?;
    }
    publish(&mut world, drops(5).pop())?;
    world.deliver(40);
    Ok(notes(&mut world))
}

pub(super) fn replay() -> Lines {
    let mut world = world_with_drops()?;
    world.subscribe::<Dropped>("sound").handler(noting("sound"))?;
    world.subscribe::<Dropped>("statistics").handler(noting("statistics"))?;
    publish(&mut world, drops(3))?;
    world.deliver(0);
    let mut lines = vec![joined(notes(&mut world))];
    world.seek::<Dropped>("statistics", Start::Seq(1))?;
    world.deliver(10);
    lines.push(format!("statistics seeks seq 1: {}", joined(notes(&mut world))));
    for name in ["sound", "statistics"] {
        lines.push(format!("{name}: replayed {}, next {}", group(&world, name).replayed, group(&world, name).next));
    }
    Ok(lines)
}

pub(super) fn dead_letters() -> Lines {
    let mut world = World::new();
    world.init_resource::<Notes>();
    world.insert_resource(Storage { failures_left: 2 });
    world.add_topic::<Dropped>("dropped").dead_letters(8).create()?;
    let read = |batch: Batch<DeadLetter<Dropped>>, mut notes: ResMut<Notes>| {
        for letter in batch {
            let (seq, verdict) = (letter.event.seq(), &letter.verdict);
            let error = verdict.last_error.as_deref().unwrap_or("no error");
            let given_up = format!("{}, {} attempts, {error}", verdict.reason, verdict.attempts);
            notes.0.push(format!(
                "dead letter: event {seq} of topic `{}`, group `{}`: {given_up}",
                verdict.topic, verdict.group
            ));
        }
    };
    world.subscribe::<Dropped>("high score").at_least_once().max_deliver(2).handler(save)?;
    world.subscribe::<Dropped>("sound").handler(noting("sound"))?;
    world.subscribe::<DeadLetter<Dropped>>("notice").handler(read)?;
    publish(&mut world, drops(1))?;
    world.deliver(0);
    let mut lines = notes(&mut world);
    let letters = world.resource::<Topic<DeadLetter<Dropped>>>().retained().into_iter();
    let letters: Vec<_> = letters.map(|letter| letter.body().clone()).collect();
    for letter in &letters {
        world.redeliver(letter)?;
    }
    world.deliver(10);
    lines.push(format!("redelivered to `high score` only: {}", joined(notes(&mut world))));
    Ok(lines)
}

/// Asks in how many places the shape in this slot fits.
#[derive(Clone)]
struct PlacesAsked(Slot);

/// The answer to [`PlacesAsked`].
#[derive(Clone)]
struct PlacesFound(u32);

pub(super) fn request_and_reply() -> Lines {
    let mut world = World::new();
    world.init_resource::<Notes>();
    world.insert_resource(play());
    world.add_topic::<TableSet>("table set").create()?;
    world.add_requests::<PlacesAsked, PlacesFound>("places")?;
    let ask = |batch: Batch<TableSet>, mut rules: Requester<PlacesAsked, PlacesFound>| -> HandlerResult {
        for started in batch {
            rules.ask(PlacesAsked(Slot::ALL[0]), started.at() + 100)?;
        }
        Ok(())
    };
    let note_answer = |batch: Batch<Answer<PlacesFound>>, mut notes: ResMut<Notes>| {
        notes.0.extend(batch.map(|answer| match &answer.outcome {
            Ok(PlacesFound(places)) => format!("request {}: {places} places", answer.id),
            Err(why) => format!("request {}: {why}", answer.id),
        }));
    };
    let reply = |batch: Batch<Request<PlacesAsked>>,
                 play: Res<Play>,
                 mut replier: Replier<PlacesAsked, PlacesFound>|
     -> HandlerResult {
        for request in batch {
            let places = play.game().anchors(request.question.0).count();
            replier.reply(request.id, PlacesFound(places))?;
        }
        Ok(())
    };
    world.subscribe::<TableSet>("help").handler(ask)?;
    world.subscribe::<Answer<PlacesFound>>("help").handler(note_answer)?;
    world.publish(set_table(&mut play(), Cause::Began))?;
    let mut lines = deliver_at(&mut world, &[0]);

    world.subscribe::<Request<PlacesAsked>>("rules").handler(reply)?;
    world.publish(set_table(&mut play(), Cause::Began))?;
    lines.extend(deliver_at(&mut world, &[1_000]));

    world.unsubscribe::<Request<PlacesAsked>>("rules")?;
    // This group could reply, but it never pulls.
    world.subscribe::<Request<PlacesAsked>>("idle").pull()?;
    world.publish(set_table(&mut play(), Cause::Began))?;
    lines.extend(deliver_at(&mut world, &[2_000, 2_099, 2_100]));
    Ok(lines)
}

pub(super) fn counters() -> Lines {
    let mut world = World::new();
    world.init_resource::<Notes>();
    world.add_topic::<Dropped>("dropped").max_len(8).create()?;
    world.subscribe::<Dropped>("sound").handler(noting("sound"))?;
    let recorder = world.subscribe::<Dropped>("recorder").at_least_once().pull()?;
    for (now, dropped) in (0..).step_by(200).zip(drops(10)) {
        world.publish(dropped)?;
        world.deliver(now);
    }
    for event in world.pull(&recorder, 3, 2_000)? {
        world.ack(&recorder, event.seq())?;
    }
    let topic = world.resource::<Topic<Dropped>>();
    let stats = topic.stats(2_500);
    let (published, depth, rate) = (stats.published, stats.depth, stats.rate);
    let mut lines = vec![format!("{}: published {published}, depth {depth}, {rate:.1} per second", topic.name())];
    lines.extend(topic.groups(2_500).into_iter().map(|(name, stats)| {
        let GroupStats { acked, evicted, pending, lag, oldest_unfinished: age, .. } = stats;
        format!("{name}: acked {acked} + evicted {evicted} + pending {pending}; lag {lag}, age {age} ms")
    }));
    Ok(lines)
}
