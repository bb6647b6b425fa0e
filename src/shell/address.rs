//! The page's address: what it asks for, and what is taken out of it when it is over.

use wasm_bindgen::prelude::*;
use web_sys::{UrlSearchParams, Window};

use super::Inner;
use crate::world::{OpenPanel, Play};

/// The seed that the address asks for, as it stands there.
pub(super) fn seed(window: &Window) -> Option<String> {
    let query = window.location().search().ok()?;
    UrlSearchParams::new_with_str(&query).ok()?.get("seed")
}

/// The link of a game in the address.
pub(super) fn link(window: &Window) -> Option<String> {
    window.location().hash().ok().filter(|hash| hash.starts_with("#g="))
}

/// Writes the address without its link, or without its seed.
fn rewrite(window: &Window, without_link: bool, without_seed: bool) {
    let location = window.location();
    let (Ok(path), Ok(query), Ok(hash)) = (location.pathname(), location.search(), location.hash()) else { return };
    let query = match UrlSearchParams::new_with_str(&query) {
        Ok(query) if without_seed => {
            query.delete("seed");
            let rest = String::from(query.to_string());
            if rest.is_empty() { rest } else { format!("?{rest}") }
        }
        _ => query,
    };
    let hash = if without_link { String::new() } else { hash };
    // Where it is forbidden the address stays as it is.
    let history = window
        .history()
        .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{query}{hash}"))));
    drop(history);
}

impl Inner {
    /// Takes out of the address what is over, so that loading the page anew does not bring it back: a link when its replay was
    /// closed or it was none, a seed when another game was begun.
    pub(super) fn tidy_address(&mut self) {
        let world = self.app.world();
        let play = world.resource::<Play>();
        let link_is_over = self.address_has_link && play.is_live();
        let asked = world.resource::<OpenPanel>().0.is_some();
        let own = Some(play.own.timeline.deal());
        let seed_is_over = !asked && self.deal.is_some() && self.deal != own && self.address_has_seed;
        self.deal = own;
        if link_is_over || seed_is_over {
            self.address_has_link &= !link_is_over;
            self.address_has_seed &= !seed_is_over;
            rewrite(&self.window, link_is_over, seed_is_over);
        }
    }
}
