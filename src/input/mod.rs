//! From the page to drags: the first rooms of the corridor.
//!
//! [`browser`] owns the page's listeners and publishes pointer events; [`gesture`] makes drags of them; [`carrying`] moves what
//! is dragged and says where on the board that is. [`replaying`] is another producer of drags.

#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod carrying;
pub mod gesture;
pub mod replaying;
