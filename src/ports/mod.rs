//! The edges of the program: small traits, each with a half in memory beside it and the browser's half in [`web`].
//!
//! With the memory halves the whole program runs natively, without a screen, in a test.

pub mod announcer;
pub mod audio;
pub mod clock;
pub mod haptics;
pub mod outlet;
pub mod seed;
pub mod storage;
pub mod voices;
#[cfg(target_arch = "wasm32")]
pub mod web;

use bevy_ecs::world::World;

pub use announcer::{Announcer, MemoryAnnouncer};
pub use audio::{Audio, MemoryAudio, Voice};
pub use clock::{Clock, MemoryClock};
pub use haptics::{Haptics, MemoryHaptics, Tick};
pub use outlet::{MemoryOutlet, Outlet};
pub use seed::{MemorySeeds, SeedSource};
pub use storage::{MemoryStorage, Records, Storage, StorageError};

/// All ports of a program, before they are put into its world.
#[expect(missing_docs, reason = "the traits say it")]
pub struct Ports {
    pub storage: Box<dyn Storage>,
    pub audio: Box<dyn Audio>,
    pub announcer: Box<dyn Announcer>,
    pub clock: Box<dyn Clock>,
    pub haptics: Box<dyn Haptics>,
    pub outlet: Box<dyn Outlet>,
    pub seeds: Box<dyn SeedSource>,
}

impl Ports {
    /// Puts every port into the world, where handlers find it as `NonSendMut<Box<dyn …>>`.
    pub fn install(self, world: &mut World) {
        world.insert_non_send(self.storage);
        world.insert_non_send(self.audio);
        world.insert_non_send(self.announcer);
        world.insert_non_send(self.clock);
        world.insert_non_send(self.haptics);
        world.insert_non_send(self.outlet);
        world.insert_non_send(self.seeds);
    }
}
