//! Sounds, named by their purpose. [`voices`](super::voices) defines their notes.

use std::cell::RefCell;
use std::rc::Rc;

/// The purpose of a sound, and the numbers that its notes depend on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Voice {
    /// A shape was picked up.
    PickUp,
    /// A shape was placed.
    Place {
        /// The number of its cells, 1 to 9.
        cells: u32,
    },
    /// A drop was refused.
    Refused,
    /// Rows and columns were cleared.
    Clear {
        /// Their number, at least 1.
        lines: u32,
    },
    /// A new hand was dealt.
    NewHand,
    /// The game is over.
    GameOver,
}

/// Plays sounds.
pub trait Audio {
    /// Returns `false` if sounds have to wait. Browsers allow sound only after the first touch or key.
    fn ready(&self) -> bool;

    /// Plays a sound in one of its [`VARIANTS`], numbered from 0. Does nothing if the sound would not be audible soon.
    fn play(&mut self, voice: Voice, variant: u32);

    /// Sets the volume, 0 to 1. At 0 nothing is played.
    fn set_volume(&mut self, volume: f32);
}

/// The number of variants of each sound.
pub const VARIANTS: u32 = 3;

/// Collects the played sounds in memory. Clones share them.
#[derive(Clone, Default)]
pub struct MemoryAudio {
    played: Rc<RefCell<Vec<Voice>>>,
    locked: Rc<RefCell<bool>>,
    volume: Rc<RefCell<f32>>,
}

impl MemoryAudio {
    /// Returns what was played since the last call.
    pub fn take_played(&self) -> Vec<Voice> {
        self.played.take()
    }

    /// Makes further sounds inaudible, or audible again.
    pub fn lock(&self, locked: bool) {
        *self.locked.borrow_mut() = locked;
    }

    /// Returns the volume.
    #[must_use]
    pub fn volume(&self) -> f32 {
        *self.volume.borrow()
    }
}

impl Audio for MemoryAudio {
    fn ready(&self) -> bool {
        !*self.locked.borrow()
    }

    fn play(&mut self, voice: Voice, _variant: u32) {
        self.played.borrow_mut().push(voice);
    }

    fn set_volume(&mut self, volume: f32) {
        *self.volume.borrow_mut() = volume;
    }
}
