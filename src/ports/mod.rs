//! The ports: small traits for everything outside the program, each with an implementation in memory, and one for the
//! browser in the module `web`.
//!
//! With the implementations in memory, the whole program runs in native tests.

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
pub use clock::{Clock, MemoryClock, timestamp};
pub use haptics::{Haptics, MemoryHaptics, Tick};
pub use outlet::{MemoryOutlet, Outlet};
pub use seed::{MemorySeeds, SeedSource};
pub use storage::{MemoryStorage, Storage, StorageError};

/// All ports of a program, before they are inserted into its world.
pub struct Ports {
    /// Stores the records.
    pub storage: Box<dyn Storage>,
    /// Plays sounds.
    pub audio: Box<dyn Audio>,
    /// Shows messages.
    pub announcer: Box<dyn Announcer>,
    /// Returns the time.
    pub clock: Box<dyn Clock>,
    /// Vibrates the device.
    pub haptics: Box<dyn Haptics>,
    /// Shares links and saves files.
    pub outlet: Box<dyn Outlet>,
    /// Returns random seeds.
    pub seeds: Box<dyn SeedSource>,
}

impl Ports {
    /// Inserts every port into the world, where systems access it as `NonSendMut<Box<dyn …>>`.
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
