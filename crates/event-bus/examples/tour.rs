//! A tour of the event bus: `cargo run -p blockers-event-bus --example tour`.
//!
//! Each stop has its own world and its own times, so it can be read without the others, and its output never changes.

use std::error::Error;
use std::time::Duration;

use bevy_ecs::prelude::*;
use blockers_event_bus::prelude::*;

#[derive(Clone, Copy, Debug)]
struct Order(u64);

#[derive(Clone, Copy, Debug)]
struct Paid(u64);

/// What the handlers noted.
#[derive(Resource, Default)]
struct Notes(Vec<String>);

type Stop = (&'static str, fn() -> Result<Vec<String>, Box<dyn Error>>);

const STOPS: [Stop; 10] = [
    ("every group gets every event, and events cause events", waves),
    ("at least once: retries, backoff, dead letters, redelivery", retries),
    ("an unordered group goes on while one event waits", unordered),
    ("effectively once: duplicates are left out", duplicates),
    ("members of a group compete", members),
    ("pull, ack, nack, and a consumer that is lost", pulling),
    ("time to live", time_to_live),
    ("back pressure: a full topic refuses events and gives them back", back_pressure),
    ("replay", replay),
    ("request and reply", requests),
];

fn main() -> Result<(), Box<dyn Error>> {
    for (number, (title, show)) in (1..).zip(STOPS) {
        println!("{number}. {title}");
        for line in show()? {
            println!("   {line}");
        }
    }
    Ok(())
}

fn at(milliseconds: u64) -> Timestamp {
    Timestamp::from_millis(milliseconds)
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Returns a world with a topic of orders and one of their dead letters.
fn shop() -> Result<World, WiringError> {
    let mut world = World::new();
    world.init_resource::<Notes>();
    world.add_topic::<Order>("orders").dead_letters(16).create()?;
    Ok(world)
}

/// Returns a handler that notes its events.
fn noting(name: &'static str) -> impl FnMut(Batch<Order>, ResMut<Notes>) + Send + Sync + 'static {
    move |batch: Batch<Order>, mut notes: ResMut<Notes>| {
        notes.0.extend(batch.map(|order| format!("{name} gets order {}", order.0)));
    }
}

/// Returns a handler that notes each attempt, and fails on one order until `attempts` have failed.
fn failing(
    number: u64,
    attempts: u32,
) -> impl FnMut(Batch<Order>, ResMut<Notes>) -> HandlerResult + Send + Sync + 'static {
    move |batch: Batch<Order>, mut notes: ResMut<Notes>| -> HandlerResult {
        let (now, attempt) = (batch.now(), batch.attempt());
        for order in batch {
            let fails = order.0 == number && attempt <= attempts;
            let outcome = if fails { "fails" } else { "is done" };
            notes.0.push(format!("at {now}: order {}, attempt {attempt}, {outcome}", order.0));
            if fails {
                return Err("the card does not work".into());
            }
        }
        Ok(())
    }
}

fn notes(world: &mut World) -> Vec<String> {
    std::mem::take(&mut world.resource_mut::<Notes>().0)
}

fn waves() -> Result<Vec<String>, Box<dyn Error>> {
    let mut world = shop()?;
    world.add_topic::<Paid>("payments").create()?;
    world.subscribe::<Order>("payment").handler(|batch: Batch<Order>, paid: Publisher<Paid>| {
        paid.publish_batch(batch.map(|order| Paid(order.0)))?;
        HandlerResult::Ok(())
    })?;
    world.subscribe::<Order>("audit").handler(noting("audit"))?;
    world.subscribe::<Paid>("shipping").handler(|batch: Batch<Paid>, mut notes: ResMut<Notes>| {
        notes.0.extend(batch.map(|paid| format!("shipping gets payment {}", paid.0)));
    })?;
    world.topic::<Order>()?.publish_batch([Order(1), Order(2)])?;
    let delivery = world.deliver(at(0));
    let mut lines = notes(&mut world);
    lines.push(format!("{} waves, {} events", delivery.waves, delivery.events));
    Ok(lines)
}

fn retries() -> Result<Vec<String>, Box<dyn Error>> {
    let mut world = shop()?;
    let payment = world.subscribe::<Order>("payment").at_least_once().max_deliver(2);
    payment.backoff(Backoff::Fixed(ms(100))).handler(failing(1, 2))?;
    world.topic::<Order>()?.publish_batch([Order(1), Order(2)])?;
    let mut due = Some(at(0));
    while let Some(now) = due {
        due = world.deliver(now).next_due;
    }
    let mut lines = notes(&mut world);
    let letter = world.topic::<DeadLetter<Order>>()?.retained().remove(0).into_event();
    lines.push(format!(
        "dead letter: order {}, {}, {:?}",
        letter.event.0, letter.verdict.reason, letter.verdict.last_error
    ));
    world.redeliver(&letter)?;
    world.deliver(at(500));
    lines.extend(notes(&mut world));
    Ok(lines)
}

fn unordered() -> Result<Vec<String>, Box<dyn Error>> {
    let mut world = shop()?;
    let payment = world.subscribe::<Order>("payment").at_least_once().unordered();
    payment.backoff(Backoff::Fixed(ms(100))).handler(failing(1, 1))?;
    world.topic::<Order>()?.publish_batch([Order(1), Order(2), Order(3)])?;
    let bus = world.resource::<Bus>().clone();
    bus.drain(&mut world, at(0), |due| due)?;
    Ok(notes(&mut world))
}

fn duplicates() -> Result<Vec<String>, Box<dyn Error>> {
    let mut world = shop()?;
    world.subscribe::<Order>("ledger").effectively_once(100, |order| order.0).handler(noting("ledger"))?;
    world.topic::<Order>()?.publish_batch([Order(1), Order(2), Order(1)])?;
    world.deliver(at(0));
    let mut lines = notes(&mut world);
    let ledger = world.topic::<Order>()?.group("ledger", at(0)).unwrap_or_default();
    lines.push(format!("acked {}, duplicates {}", ledger.acked, ledger.duplicates));
    Ok(lines)
}

fn members() -> Result<Vec<String>, Box<dyn Error>> {
    let mut world = shop()?;
    let shipping = world.subscribe::<Order>("shipping").at_least_once().handler(noting("worker 1"))?;
    let second = world.join(&shipping, noting("worker 2"))?;
    world.topic::<Order>()?.publish_batch([Order(1), Order(2)])?;
    world.deliver(at(0));
    world.leave(&second)?;
    world.topic::<Order>()?.publish_batch([Order(3), Order(4)])?;
    world.deliver(at(1));
    Ok(notes(&mut world))
}

fn pulling() -> Result<Vec<String>, Box<dyn Error>> {
    let mut world = shop()?;
    let audit = world.subscribe::<Order>("audit").at_least_once().ack_wait(ms(100)).pull()?;
    world.topic::<Order>()?.publish_batch([Order(1), Order(2), Order(3)])?;
    let due = world.deliver(at(0)).next_due;
    let pulled = world.pull(&audit, 10, at(0))?.len();
    world.ack(&audit, 1)?;
    world.nack(&audit, 2, at(0), HandlerError::fatal("this is no order"))?;
    let outstanding: Vec<u64> = world.outstanding(&audit)?.iter().map(|event| event.seq).collect();
    let then = world.deliver(at(1)).next_due;
    let again = world.pull(&audit, 10, at(100))?.len();
    Ok(vec![
        format!("pulled {pulled}; one is acked, one is given up, outstanding: {outstanding:?}"),
        format!("next due before: {due:?}, then: {then:?}; not acked in time and pulled again: {again}"),
    ])
}

fn time_to_live() -> Result<Vec<String>, Box<dyn Error>> {
    let mut world = shop()?;
    world.subscribe::<Order>("notice").ttl(ms(150)).handler(noting("notice"))?;
    world.topic::<Order>()?.publish_with(Order(1), PublishOptions::at(at(0)))?;
    world.topic::<Order>()?.publish_with(Order(2), PublishOptions::at(at(900)))?;
    world.deliver(at(1_000));
    Ok(notes(&mut world))
}

fn back_pressure() -> Result<Vec<String>, Box<dyn Error>> {
    let mut world = World::new();
    let orders = world.add_topic::<Order>("orders").max_len(2).discard(DiscardPolicy::New).create()?;
    world.subscribe::<Order>("payment").handler(|batch: Batch<Order>| batch.for_each(drop))?;
    let refused = orders.publish_batch((1..=4).map(Order)).err().map(PublishError::into_event);
    world.deliver(at(0));
    let then = orders.publish_batch(refused.clone().unwrap_or_default());
    Ok(vec![format!("refused: {refused:?}; after a delivery they are published: {then:?}")])
}

fn replay() -> Result<Vec<String>, Box<dyn Error>> {
    let mut world = shop()?;
    world.subscribe::<Order>("projection").handler(noting("projection"))?;
    world.topic::<Order>()?.publish_batch([Order(1), Order(2)])?;
    world.deliver(at(0));
    world.seek::<Order>("projection", StartAt::Seq(1))?;
    world.deliver(at(1));
    Ok(notes(&mut world))
}

fn requests() -> Result<Vec<String>, Box<dyn Error>> {
    let mut world = shop()?;
    world.add_requests::<Order, u64>("price").timeout(ms(50)).create()?;
    world.subscribe::<Request<Order>>("prices").handler(
        |batch: Batch<Request<Order>>, prices: Replier<Order, u64>| {
            for request in batch.filter(|request| request.question.0 != 3) {
                prices.reply(request.id, request.question.0 * 10)?;
            }
            HandlerResult::Ok(())
        },
    )?;
    world.subscribe_answers::<u64>("shop").handler(|batch: Batch<Answer<u64>>, mut notes: ResMut<Notes>| {
        notes.0.extend(batch.map(|answer| format!("answer {}: {:?}", answer.id, answer.outcome)));
    })?;
    for number in [2, 3] {
        world.ask::<Order, u64>("shop", Order(number))?;
    }
    let mut due = Some(at(0));
    while let Some(now) = due {
        due = world.deliver(now).next_due;
    }
    Ok(notes(&mut world))
}
