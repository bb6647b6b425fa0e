//! Random seeds. Everything random in the program derives from a seed of this port.

/// Returns random seeds.
pub trait SeedSource {
    /// Returns an unpredictable seed.
    fn seed(&mut self) -> u64;
}

/// Counts up from the given number.
#[derive(Clone, Default)]
pub struct MemorySeeds(pub u64);

impl SeedSource for MemorySeeds {
    fn seed(&mut self) -> u64 {
        let seed = self.0;
        self.0 = self.0.wrapping_add(1);
        seed
    }
}
