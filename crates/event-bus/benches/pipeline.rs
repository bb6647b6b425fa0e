//! Measures the bus with an order pipeline: `cargo bench -p blockers-event-bus --bench pipeline`.
//!
//! Six topics, one of them for dead letters, and eleven groups of every kind: orders are paid (a hundredth fails once),
//! booked once, audited by a consumer that pulls, shipped by competing workers, billed and announced. At the end, the
//! counters of every group must balance and every order must be shipped. `-- threads` publishes from two threads;
//! `-- N` sends N orders.

use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use blockers_event_bus::bevy_ecs::prelude::*;
use blockers_event_bus::prelude::*;

macro_rules! events {
    ($($name:ident)*) => {
        $(
            #[derive(Clone, Copy)]
            struct $name(u64);
        )*
    };
}

events!(Order Payment Invoice Parcel Notice);

#[derive(Resource, Default)]
struct Done {
    failed: u64,
    sums: [u64; 8],
}

/// Returns a handler that adds up its events.
fn adding<E: std::ops::Deref<Target = u64> + Send + Sync + 'static>(
    place: usize,
) -> impl FnMut(Batch<E>, ResMut<Done>) + Send + Sync + 'static {
    move |batch: Batch<E>, mut done: ResMut<Done>| {
        for event in batch {
            done.sums[place] = done.sums[place].wrapping_add(***event);
        }
    }
}

macro_rules! derefs {
    ($($name:ident)*) => {
        $(
            impl std::ops::Deref for $name {
                type Target = u64;
                fn deref(&self) -> &u64 {
                    &self.0
                }
            }
        )*
    };
}

derefs!(Order Payment Invoice Parcel Notice);

fn pay(batch: Batch<Order>, payments: Publisher<Payment>, mut done: ResMut<Done>) -> HandlerResult {
    for order in batch {
        if order.0 % 100 == 99 && done.failed != order.0 {
            done.failed = order.0;
            return Err(HandlerError::new("the card does not work"));
        }
        payments.publish(Payment(order.0))?;
    }
    Ok(())
}

fn ship(batch: Batch<Payment>, parcels: Publisher<Parcel>) -> HandlerResult {
    for payment in batch {
        parcels.publish(Parcel(payment.0))?;
    }
    Ok(())
}

fn bill(batch: Batch<Payment>, invoices: Publisher<Invoice>) -> HandlerResult {
    invoices.publish_batch(batch.map(|payment| Invoice(payment.0)))?;
    Ok(())
}

fn announce(batch: Batch<Parcel>, notices: Publisher<Notice>) -> HandlerResult {
    notices.publish_batch(batch.filter(|parcel| parcel.0 % 8 == 0).map(|parcel| Notice(parcel.0)))?;
    Ok(())
}

fn wire(world: &mut World) -> Result<Consumer<Order>, WiringError> {
    world.init_resource::<Done>();
    world.add_topic::<Order>("orders").max_len(4096).discard(DiscardPolicy::New).dead_letters(64).create()?;
    world.add_topic::<Payment>("payments").max_len(8192).create()?;
    world.add_topic::<Invoice>("invoices").max_len(1 << 14).create()?;
    world.add_topic::<Parcel>("parcels").max_bytes(64 << 10, |_| 8).create()?;
    world.add_topic::<Notice>("notices").max_age(Duration::from_secs(2)).create()?;
    let backoff = Backoff::Doubling { first: Duration::from_millis(1), most: Duration::from_millis(8) };
    world.subscribe::<Order>("payment").at_least_once().max_deliver(4).backoff(backoff).handler(pay)?;
    world.subscribe::<Order>("ledger").effectively_once(4096, |order| order.0).handler(adding::<Order>(0))?;
    world.subscribe::<Order>("analytics").handler(adding::<Order>(1))?;
    let audit = world.subscribe::<Order>("audit").at_least_once().pull()?;
    let shipping = world.subscribe::<Payment>("shipping").at_least_once().handler(ship)?;
    world.join(&shipping, ship)?;
    world.subscribe::<Payment>("billing").at_least_once().handler(bill)?;
    world.subscribe::<Payment>("projection").handler(adding::<Payment>(2))?;
    world.subscribe::<Parcel>("notify").at_least_once().handler(announce)?;
    world.subscribe::<Parcel>("count").handler(adding::<Parcel>(3))?;
    world.subscribe::<Invoice>("accountant").handler(adding::<Invoice>(4))?;
    world.subscribe::<Notice>("phone").ttl(Duration::from_millis(150)).handler(adding::<Notice>(5))?;
    Ok(audit)
}

/// Delivers once, and lets the audit pull.
fn turn(world: &mut World, bus: &Bus, audit: &Consumer<Order>, now: u64) -> Result<u64, PullError> {
    let now = Timestamp::from_millis(now);
    let delivery = bus.deliver(world, now);
    while let Some(last) = world.pull(audit, 512, now)?.last() {
        world.ack_all(audit, last.seq())?;
    }
    Ok(delivery.events)
}

/// Returns the resident memory in KiB, where the system tells it.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn run(orders: u64, threads: bool) -> Result<(), Box<dyn std::error::Error>> {
    let mut world = World::new();
    let audit = wire(&mut world)?;
    let topic = world.topic::<Order>()?.clone();
    let bus = world.resource::<Bus>().clone();
    let (mut now, mut events) = (0, 0);
    let start = Instant::now();
    if threads {
        let producers: Vec<_> = (0..2)
            .map(|half| {
                let topic = topic.clone();
                thread::spawn(move || {
                    let mut waiting: Vec<Order> = Vec::new();
                    let mut numbers = (half * (orders / 2)..(half + 1) * (orders / 2)).map(Order);
                    loop {
                        if waiting.is_empty() {
                            waiting = numbers.by_ref().take(512).collect();
                        }
                        if waiting.is_empty() {
                            break;
                        }
                        waiting = match topic.publish_batch(waiting) {
                            Ok(_) => Vec::new(),
                            Err(refused) => {
                                thread::yield_now();
                                refused.into_event()
                            }
                        };
                    }
                })
            })
            .collect();
        while !producers.iter().all(thread::JoinHandle::is_finished) {
            let turned = turn(&mut world, &bus, &audit, now)?;
            events += turned;
            now += 1;
            if turned == 0 {
                thread::yield_now();
            }
        }
    } else {
        let mut number = 0;
        while number < orders {
            while number < orders && topic.publish(Order(number)).is_ok() {
                number += 1;
            }
            events += turn(&mut world, &bus, &audit, now)?;
            now += 1;
        }
    }
    topic.close();
    // The audit pulls between the deliveries, so that the drain can end.
    while topic.group("audit", Timestamp::ZERO).is_some_and(|audit| audit.pending > 0) || bus.next_due().is_some() {
        events += turn(&mut world, &bus, &audit, now)?;
        now += 1;
    }
    bus.drain(&mut world, Timestamp::from_millis(now), |due| due)?;
    let seconds = start.elapsed().as_secs_f64();
    let mut deliveries = 0;
    for report in bus.topic_reports(Timestamp::from_millis(now)) {
        for group in report.groups {
            group.stats.balance(report.stats.published)?;
            deliveries += group.stats.delivered;
        }
    }
    let published = if threads { orders / 2 * 2 } else { orders };
    let sum = published.wrapping_mul(published.wrapping_sub(1)) / 2;
    let done = world.resource::<Done>();
    if done.sums[..5].iter().any(|found| *found != sum) {
        return Err(format!("orders are lost: {:?} instead of {sum}", done.sums).into());
    }
    let rate = |count: u64| count as f64 / seconds / 1e6;
    println!(
        "{orders:>10} orders{}: {events} events, {seconds:.2} s, {:.1} M events/s, {:.1} M deliveries/s, {} KiB",
        if threads { " from two threads" } else { "" },
        rate(events),
        rate(deliveries),
        memory().unwrap_or_default(),
    );
    Ok(())
}

/// Returns the nanoseconds that a call takes, over `n` calls.
fn each(n: u64, mut call: impl FnMut(u64)) -> u128 {
    let start = Instant::now();
    (0..n).for_each(&mut call);
    start.elapsed().as_nanos() / u128::from(n)
}

/// Measures what must not grow with the number of events in flight.
fn costs() -> Result<(), Box<dyn std::error::Error>> {
    const N: u64 = 32_000;
    let now = Timestamp::ZERO;
    let mut world = World::new();
    let topic = world.add_topic::<Order>("orders").max_len(1 << 20).create()?;
    let hour = Backoff::Fixed(Duration::from_secs(3_600));
    let consumer = world.subscribe::<Order>("audit").at_least_once().backoff(hour).pull()?;
    topic.publish_batch((0..2 * N + 1_000).map(Order))?;
    world.deliver(now);
    world.pull(&consumer, N as usize, now)?;
    let ack = each(N, |n| drop(world.ack(&consumer, N - 1 - n)));
    world.pull(&consumer, N as usize, now)?;
    let nack = each(N, |n| drop(world.nack(&consumer, 2 * N - 1 - n, now, "no")));
    let pull = each(1_000, |n| {
        drop(world.pull(&consumer, 1, now));
        drop(world.ack(&consumer, 2 * N + n));
    });
    println!("{N} in flight: ack in reverse {ack} ns, nack {nack} ns, pull and ack beside nacked ones {pull} ns");

    let mut world = World::new();
    world.add_requests::<Order, Payment>("price").max_len(1 << 20).create()?;
    world.subscribe::<Request<Order>>("carrier").handler(|batch: Batch<Request<Order>>| batch.for_each(drop))?;
    let ids = (0..N).map(|n| world.ask::<Order, Payment>("shop", Order(n))).collect::<Result<Vec<_>, _>>()?;
    let bus = world.resource::<Bus>().clone();
    bus.deliver(&mut world, now);
    let idle = each(1_000, |_| {
        bus.deliver(&mut world, now);
    });
    let reply = world.run_system_cached_with(reply_to_all, ids)?;
    println!("{N} open requests: reply {reply} ns, idle delivery {idle} ns");
    Ok(())
}

fn reply_to_all(In(ids): In<Vec<u64>>, replier: Replier<Order, Payment>) -> u128 {
    each(ids.len() as u64, |n| drop(replier.reply(ids[ids.len() - 1 - n as usize], Payment(n))))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let orders = arguments.iter().find_map(|argument| argument.parse().ok());
    let threads = arguments.iter().any(|argument| argument == "threads");
    let outcome = match orders {
        Some(orders) => run(orders, threads),
        None => [1_000_000, 10_000_000]
            .into_iter()
            .try_for_each(|orders| run(orders, false))
            .and_then(|()| run(1_000_000, true))
            .and_then(|()| costs()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
