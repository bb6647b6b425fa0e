//! From the page's events to drags of shapes.
//!
//! `browser` owns the page's listeners and publishes pointer events ([`main_button`] finds out what their buttons do),
//! [`gesture`] turns them into drags, and [`carrying`] moves the dragged piece and publishes where on the board it is.
//! [`keyboard`] is another producer of drags ([`keys`] maps keys to their meanings), and [`replaying`] is a third.

#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod carrying;
pub mod gesture;
pub mod keyboard;
pub mod keys;
pub mod leading;
pub mod main_button;
pub mod replaying;
