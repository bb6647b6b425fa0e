//! From the page to drags: the first rooms of the corridor.
//!
//! [`browser`] owns the page's listeners and publishes pointer events; [`gesture`] makes drags of them; [`carrying`] moves what
//! is dragged and says where on the board that is. [`keyboard`] is another producer of drags ([`keys`] says which key means
//! what), and [`replaying`] is a third.

#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod carrying;
pub mod gesture;
pub mod keyboard;
pub mod keys;
pub mod replaying;
