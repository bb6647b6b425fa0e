//! Random seeds from the browser.

use crate::ports::SeedSource;

/// Seeds from `Math.random`. They need not be secure.
pub struct WebSeeds;

impl SeedSource for WebSeeds {
    fn seed(&mut self) -> u64 {
        let half = || (js_sys::Math::random() * f64::from(u32::MAX)) as u64;
        half() << 32 | half()
    }
}
