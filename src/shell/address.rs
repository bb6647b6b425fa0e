//! The page's address: the seed and the link in it, and their removal when they are used up.

use bevy_ecs::world::World;
use wasm_bindgen::prelude::*;
use web_sys::{UrlSearchParams, Window};

use crate::world::{OpenPanel, Play};
use blockers_rules::Deal;

/// Returns the seed in the address, unchecked.
pub(super) fn seed(window: &Window) -> Option<String> {
    let query = window.location().search().ok()?;
    UrlSearchParams::new_with_str(&query).ok()?.get("seed")
}

/// Returns the link of a game in the address, with its `#g=`, which may be percent-encoded.
pub(super) fn link(window: &Window) -> Option<String> {
    let hash = window.location().hash().ok()?;
    ["#g=", "#g%3D", "#g%3d"].iter().any(|key| hash.starts_with(key)).then_some(hash)
}

/// What the address contains.
pub(super) struct Address {
    has_link: bool,
    has_seed: bool,
    /// The deal of the player's game in the last frame.
    deal: Option<Deal>,
}

impl Address {
    /// An address with or without a link and a seed.
    pub(super) fn new(has_link: bool, has_seed: bool) -> Self {
        Self { has_link, has_seed, deal: None }
    }

    /// Notes that the player has put a link into the address.
    pub(super) fn add_link(&mut self) {
        self.has_link = true;
    }

    /// Removes a link whose replay was closed, or which was invalid, and a seed after another game has begun. Otherwise
    /// a reload of the page would bring them back.
    pub(super) fn tidy(&mut self, window: &Window, world: &World) {
        let play = world.resource::<Play>();
        let remove_link = self.has_link && play.is_live();
        let asks = world.resource::<OpenPanel>().0.is_some();
        let deal = Some(play.own.timeline.deal());
        let remove_seed = !asks && self.deal.is_some() && self.deal != deal && self.has_seed;
        self.deal = deal;
        if remove_link || remove_seed {
            self.has_link &= !remove_link;
            self.has_seed &= !remove_seed;
            rewrite(window, remove_link, remove_seed);
        }
    }
}

/// Removes the link or the seed from the address, without a new entry in the history.
fn rewrite(window: &Window, remove_link: bool, remove_seed: bool) {
    let location = window.location();
    let (Ok(path), Ok(query), Ok(hash)) = (location.pathname(), location.search(), location.hash()) else { return };
    let query = match UrlSearchParams::new_with_str(&query) {
        Ok(query) if remove_seed => {
            query.delete("seed");
            let rest = String::from(query.to_string());
            if rest.is_empty() { rest } else { format!("?{rest}") }
        }
        _ => query,
    };
    let hash = if remove_link { String::new() } else { hash };
    let address = format!("{path}{query}{hash}");
    let history = window.history();
    // Where a browser forbids it, the address stays as it is.
    let _ = history.and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
}
