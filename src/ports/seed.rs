//! Chance from outside. Everything random in the program grows from a seed that came through here.

/// Something that gives seeds.
pub trait SeedSource {
    /// A seed that nobody could foresee.
    fn seed(&mut self) -> u64;
}

/// Gives 0, 1, 2 and so on, or whatever it is set to begin with.
#[derive(Clone, Default)]
pub struct MemorySeeds(pub u64);

impl SeedSource for MemorySeeds {
    fn seed(&mut self) -> u64 {
        let seed = self.0;
        self.0 = self.0.wrapping_add(1);
        seed
    }
}
