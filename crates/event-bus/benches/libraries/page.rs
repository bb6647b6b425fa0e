//! The bus in the browser benchmark: a topic with a number of subscribers, and a loop that publishes and delivers.
//!
//! It does the same work as the other libraries in `sides.mjs`: event `n` carries `n`, and every subscriber adds it to
//! its own sum. `make bench-bus` builds and runs both.

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("This example is a part of the browser benchmark: run `make bench-bus`.");
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(target_arch = "wasm32")]
mod page {

    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use bevy_ecs::prelude::*;
    use blockers_event_bus::prelude::*;
    use wasm_bindgen::prelude::*;

    /// An event of `N` 64-bit numbers. The subscribers use the first one.
    struct Payload<const N: usize>([u64; N]);

    /// The sum of each handler.
    #[derive(Resource)]
    struct Sums(Vec<u32>);

    /// One configuration of the bus, ready to run.
    #[wasm_bindgen]
    pub struct BusBench {
        world: World,
        /// The sum of each listener, like those in the closures of the other libraries.
        sums: Vec<Arc<AtomicU32>>,
        run: Run,
    }

    #[wasm_bindgen]
    impl BusBench {
        /// Creates a topic with this many subscribers, events of 16 or 64 bytes, and this many retained events. The
        /// subscribers are listeners, or else handlers with one resource of the world, as most handlers of the game.
        ///
        /// # Errors
        /// If the size is another one, or the bus refuses the wiring.
        #[wasm_bindgen(constructor)]
        pub fn new(
            subscribers: usize,
            payload_bytes: usize,
            history: usize,
            listeners: bool,
        ) -> Result<BusBench, JsError> {
            let mut world = World::new();
            world.insert_resource(Sums(vec![0; subscribers]));
            let sums: Vec<Arc<AtomicU32>> = (0..subscribers).map(|_| Arc::default()).collect();
            let run = match payload_bytes {
                16 => wire::<2>(&mut world, &sums, history, listeners)?,
                64 => wire::<8>(&mut world, &sums, history, listeners)?,
                _ => return Err(JsError::new("A payload has 16 or 64 bytes.")),
            };
            Ok(Self { world, sums, run })
        }

        /// Publishes this many events, and delivers after each `batch` of them. Returns the sum over all subscribers; 0
        /// if the bus refuses an event.
        pub fn run(&mut self, events: u32, batch: u32) -> u32 {
            self.sums.iter().for_each(|sum| sum.store(0, Ordering::Relaxed));
            self.world.resource_mut::<Sums>().0.fill(0);
            if (self.run)(&mut self.world, events, batch).is_none() {
                return 0;
            }
            let listened = self.sums.iter().fold(0, |all: u32, sum| all.wrapping_add(sum.load(Ordering::Relaxed)));
            self.world.resource::<Sums>().0.iter().fold(listened, |all, sum| all.wrapping_add(*sum))
        }
    }

    /// Takes the number of events and the batch size. Returns `None` if the bus refuses an event.
    type Run = Box<dyn FnMut(&mut World, u32, u32) -> Option<()>>;

    fn wire<const N: usize>(
        world: &mut World,
        sums: &[Arc<AtomicU32>],
        history: usize,
        listeners: bool,
    ) -> Result<Run, JsError> {
        world.add_topic::<Payload<N>>("payload").max_len(history).create()?;
        for (subscriber, sum) in sums.iter().enumerate() {
            let subscription = world.subscribe::<Payload<N>>(subscriber.to_string());
            if listeners {
                let sum = sum.clone();
                subscription.listener(move |batch: Batch<Payload<N>>| {
                    for event in batch {
                        sum.fetch_add(event.0[0] as u32, Ordering::Relaxed);
                    }
                })?;
            } else {
                subscription.handler(move |batch: Batch<Payload<N>>, mut sums: ResMut<Sums>| {
                    let sum = &mut sums.0[subscriber];
                    for event in batch {
                        *sum = sum.wrapping_add(event.0[0] as u32);
                    }
                })?;
            }
        }
        // The producer keeps a handle of its topic, as those of the other libraries keep their emitter.
        let topic = world.topic::<Payload<N>>()?.clone();
        let bus = world.resource::<Bus>().clone();
        Ok(Box::new(move |world, events, batch| {
            let mut number = 0;
            while number < events {
                for _ in 0..batch.max(1) {
                    let mut payload = [0; N];
                    payload[0] = u64::from(number);
                    topic.publish(Payload(payload)).ok()?;
                    number += 1;
                }
                bus.deliver(world, Timestamp::ZERO);
            }
            Some(())
        }))
    }
}
