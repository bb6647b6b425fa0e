//! Compares the bus with channels and bevy's messages, natively, for what all of them can do: every subscriber gets
//! every event. `cargo bench -p blockers-event-bus --bench native`.
//!
//! A producer sends `BATCH` events, and then each subscriber takes them and adds them to a sum of its own, all on one
//! thread. Each contestant runs in turn, in several rounds; the result is the median.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use blockers_event_bus::bevy_ecs::message::MessageCursor;
use blockers_event_bus::bevy_ecs::prelude::*;
use blockers_event_bus::prelude::*;

const ROUNDS: usize = 15;
const EVENTS: u64 = 1 << 15;

/// An event of 16 bytes.
#[derive(Clone, Copy, Message)]
struct Payload([u64; 2]);

#[derive(Resource)]
struct Sums(Vec<u64>);

/// Sends events in batches, and returns the sum over all subscribers.
type Run = Box<dyn FnMut(u64, u64) -> Option<u64>>;
type Wired = Result<Run, Box<dyn std::error::Error>>;

fn bus(subscribers: usize, listeners: bool) -> Wired {
    let mut world = World::new();
    world.insert_resource(Sums(vec![0; subscribers]));
    world.add_topic::<Payload>("payload").max_len(0).create()?;
    let heard: Arc<AtomicU64> = Arc::default();
    for subscriber in 0..subscribers {
        let subscription = world.subscribe::<Payload>(subscriber.to_string());
        if listeners {
            let heard = heard.clone();
            subscription.listener(move |batch: Batch<Payload>| {
                for event in batch {
                    heard.store(heard.load(Ordering::Relaxed) + event.0[0], Ordering::Relaxed);
                }
            })?;
        } else {
            subscription.handler(move |batch: Batch<Payload>, mut sums: ResMut<Sums>| {
                for event in batch {
                    sums.0[subscriber] += event.0[0];
                }
            })?;
        }
    }
    let (topic, bus) = (world.topic::<Payload>()?.clone(), world.resource::<Bus>().clone());
    Ok(Box::new(move |events, batch| {
        heard.store(0, Ordering::Relaxed);
        world.resource_mut::<Sums>().0.fill(0);
        for first in (0..events).step_by(batch as usize) {
            for number in first..first + batch {
                topic.publish(Payload([number, 0])).ok()?;
            }
            bus.deliver(&mut world, Timestamp::ZERO);
        }
        Some(world.resource::<Sums>().0.iter().sum::<u64>() + heard.load(Ordering::Relaxed))
    }))
}

/// One channel for each subscriber.
fn flume(subscribers: usize) -> Run {
    let channels: Vec<_> = (0..subscribers).map(|_| flume::unbounded::<Payload>()).collect();
    Box::new(move |events, batch| {
        let mut sums = vec![0; channels.len()];
        for first in (0..events).step_by(batch as usize) {
            for number in first..first + batch {
                for (sender, _) in &channels {
                    sender.send(Payload([number, 0])).ok()?;
                }
            }
            for ((_, receiver), sum) in channels.iter().zip(&mut sums) {
                receiver.try_iter().for_each(|event| *sum += event.0[0]);
            }
        }
        Some(sums.iter().sum())
    })
}

fn tokio_broadcast(subscribers: usize) -> Run {
    let (sender, first) = tokio::sync::broadcast::channel::<Payload>(64);
    let mut receivers = vec![first];
    receivers.resize_with(subscribers, || sender.subscribe());
    Box::new(move |events, batch| {
        let mut sums = vec![0; receivers.len()];
        for first in (0..events).step_by(batch as usize) {
            for number in first..first + batch {
                sender.send(Payload([number, 0])).ok()?;
            }
            for (receiver, sum) in receivers.iter_mut().zip(&mut sums) {
                while let Ok(event) = receiver.try_recv() {
                    *sum += event.0[0];
                }
            }
        }
        Some(sums.iter().sum())
    })
}

/// One cursor for each subscriber. Bevy's messages are a list; there are no handlers.
fn bevy_messages(subscribers: usize) -> Run {
    let mut messages = Messages::<Payload>::default();
    let mut cursors = vec![MessageCursor::<Payload>::default(); subscribers];
    Box::new(move |events, batch| {
        let mut sums = vec![0; cursors.len()];
        for first in (0..events).step_by(batch as usize) {
            for number in first..first + batch {
                messages.write(Payload([number, 0]));
            }
            for (cursor, sum) in cursors.iter_mut().zip(&mut sums) {
                cursor.read(&messages).for_each(|event| *sum += event.0[0]);
            }
            messages.update();
        }
        Some(sums.iter().sum())
    })
}

fn compare(subscribers: usize, batch: u64) -> Result<(), Box<dyn std::error::Error>> {
    let mut sides = [
        ("this bus, handler", bus(subscribers, false)?, Vec::new()),
        ("this bus, listener", bus(subscribers, true)?, Vec::new()),
        ("flume", flume(subscribers), Vec::new()),
        ("tokio broadcast", tokio_broadcast(subscribers), Vec::new()),
        ("bevy messages", bevy_messages(subscribers), Vec::new()),
    ];
    let events = (EVENTS / subscribers as u64).next_multiple_of(batch);
    let expected = events * (events - 1) / 2 * subscribers as u64;
    for _ in 0..ROUNDS {
        for (name, run, samples) in &mut sides {
            let start = Instant::now();
            if run(events, batch) != Some(expected) {
                return Err(format!("{name} has lost events").into());
            }
            samples.push(start.elapsed().as_nanos() as f64 / (events * subscribers as u64) as f64);
        }
    }
    print!("{subscribers:>4} {batch:>6}");
    for (_, _, samples) in &mut sides {
        samples.sort_by(f64::total_cmp);
        print!(" {:>18.1}", samples[ROUNDS / 2]);
    }
    println!();
    Ok(())
}

fn main() -> ExitCode {
    println!("ns per delivery: one event to one subscriber");
    println!(
        "subs  batch  this bus, handler this bus, listener              flume    tokio broadcast      bevy messages"
    );
    for subscribers in [1, 10, 100] {
        for batch in [1, 64] {
            if let Err(error) = compare(subscribers, batch) {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
