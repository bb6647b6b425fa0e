//! The game's own topics in the benchmark of the bus: a drag that moves. `make bench-bus` builds and runs it.

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("This example is a part of the browser benchmark: run `make bench-bus`.");
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(target_arch = "wasm32")]
mod page {
    use bevy_ecs::prelude::*;
    use blockers::app::{App, StartOptions};
    use blockers::events::{DragEvent, DragPhase, DragSource};
    use blockers::ports::{
        MemoryAnnouncer, MemoryAudio, MemoryClock, MemoryHaptics, MemoryOutlet, MemorySeeds, MemoryStorage, Ports,
    };
    use blockers::world::geometry::BoardPosition;
    use blockers::world::layout::{Layout, Viewport};
    use blockers::world::{Play, Staged};
    use blockers_event_bus::{Bus, Timestamp, WorldBusExt};
    use wasm_bindgen::prelude::*;

    /// A game in which a shape is carried.
    #[wasm_bindgen]
    pub struct DragBench {
        app: App,
        /// The drag when it began.
        began: DragEvent,
    }

    #[wasm_bindgen]
    impl DragBench {
        /// Starts a game and picks the first shape up.
        ///
        /// # Errors
        /// If the game does not start.
        #[wasm_bindgen(constructor)]
        pub fn new() -> Result<DragBench, JsError> {
            let ports = Ports {
                storage: Box::new(MemoryStorage::default()),
                audio: Box::new(MemoryAudio::default()),
                announcer: Box::new(MemoryAnnouncer::default()),
                clock: Box::new(MemoryClock::default()),
                haptics: Box::new(MemoryHaptics::default()),
                seeds: Box::new(MemorySeeds(1)),
                outlet: Box::new(MemoryOutlet::default()),
            };
            let viewport = Viewport { width: 800.0, height: 600.0, pixel_ratio: 1.0 };
            let mut app = App::new(ports, viewport, &StartOptions::default()).map_err(|error| failed(&*error))?;
            app.frame();
            let world = app.world_mut();
            let mut staged = world.query::<(Entity, &Staged)>();
            let Some((entity, &Staged { slot, .. })) = staged.iter(world).next() else {
                return Err(JsError::new("There is no shape to drag."));
            };
            let position = world.resource::<Layout>().slots[slot.index()].centre();
            let epoch = world.resource::<Play>().epoch;
            let began = DragEvent { entity, phase: DragPhase::Started, source: DragSource::Mouse, epoch, position };
            app.publish(began).map_err(|error| failed(&error))?;
            app.frame();
            Ok(Self { app, began })
        }

        /// Moves the shape over the board this many times, a cell at a time, with a delivery after each move. Returns
        /// how many moves were delivered.
        ///
        /// # Errors
        /// If a topic is missing.
        pub fn run(&mut self, moves: u32) -> Result<u32, JsError> {
            let bus = self.app.world().resource::<Bus>().clone();
            let drags = self.app.world().topic::<DragEvent>().map_err(|error| failed(&error))?.clone();
            let taken = || drags.group("carrying", Timestamp::ZERO).map_or(0, |stats| stats.acked);
            let before = taken();
            for number in 0..moves {
                let at = BoardPosition { row: 4.0, column: 1.0 + (number % 8) as f32 };
                let position = self.app.world().resource::<Layout>().point_at(at);
                drags
                    .publish(DragEvent { phase: DragPhase::Moved, position, ..self.began })
                    .map_err(|error| failed(&error))?;
                bus.deliver(self.app.world_mut(), Timestamp::ZERO);
            }
            Ok((taken() - before) as u32)
        }
    }

    fn failed(error: &(dyn std::error::Error + 'static)) -> JsError {
        JsError::new(&error.to_string())
    }
}
