//! Sounds, by what they are for. How they sound is in [`voices`](super::voices).

use std::cell::RefCell;
use std::rc::Rc;

/// What a sound is for, and what its figure depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Voice {
    /// A shape was picked up.
    PickUp,
    /// A shape of so many cells was placed.
    Place {
        /// 1 to 9.
        cells: u32,
    },
    /// A drop was refused.
    Refused,
    /// So many rows and columns were cleared.
    Clear {
        /// At least 1.
        lines: u32,
    },
    /// A new hand came in.
    NewHand,
    /// The game is over.
    GameOver,
}

/// Something that makes sounds.
pub trait Audio {
    /// Can a sound be heard if it is played now? Not before the browser allows it.
    fn ready(&self) -> bool;

    /// Plays a sound in one of its [`VARIANTS`], numbered from 0. What cannot be heard now is not played at all.
    fn play(&mut self, voice: Voice, variant: u32);

    /// Sets how loud it is, 0 (nothing is played at all) to 1.
    fn set_volume(&mut self, volume: f32);
}

/// How many variants each sound has.
pub const VARIANTS: u32 = 3;

/// Keeps a list of what was played, shared by its clones.
#[derive(Clone, Default)]
pub struct MemoryAudio {
    played: Rc<RefCell<Vec<Voice>>>,
    locked: Rc<RefCell<bool>>,
    volume: Rc<RefCell<f32>>,
}

impl MemoryAudio {
    /// What was played since this was last asked.
    pub fn take_played(&self) -> Vec<Voice> {
        self.played.take()
    }

    /// From now on nothing can be heard, or it can again.
    pub fn lock(&self, locked: bool) {
        *self.locked.borrow_mut() = locked;
    }

    /// The volume that was set last.
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
