//! The browser's halves of the ports.

pub mod announcer;
pub mod audio;
pub mod clock;
pub mod database;
pub mod haptics;
pub mod intl;
pub mod lock;
pub mod outlet;
pub mod seed;
pub mod storage;
