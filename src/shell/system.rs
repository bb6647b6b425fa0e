//! What the player's system asks for: by media queries, and by the list of languages.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{MediaQueryList, Window};

use crate::world::{Language, SystemWishes};

/// The queries; where the browser does not know one, nothing is asked for.
pub(super) struct System {
    window: Window,
    dark: Option<MediaQueryList>,
    contrast: Option<MediaQueryList>,
    still: Option<MediaQueryList>,
}

impl System {
    /// The queries of this window.
    pub(super) fn of(window: &Window) -> Self {
        let query = |text: &str| window.match_media(text).ok().flatten();
        Self {
            window: window.clone(),
            dark: query("(prefers-color-scheme: dark)"),
            contrast: query("(prefers-contrast: more)"),
            still: query("(prefers-reduced-motion: reduce)"),
        }
    }

    /// What is asked for now.
    pub(super) fn wishes(&self) -> SystemWishes {
        let asked = |query: &Option<MediaQueryList>| query.as_ref().is_some_and(MediaQueryList::matches);
        let languages = languages(&self.window);
        SystemWishes {
            dark: asked(&self.dark),
            contrast: asked(&self.contrast),
            still: asked(&self.still),
            language: Language::best(languages.iter().map(String::as_str)),
        }
    }

    /// The queries, to be listened to.
    pub(super) fn queries(&self) -> impl Iterator<Item = MediaQueryList> {
        [&self.dark, &self.contrast, &self.still].into_iter().flatten().cloned()
    }
}

/// The languages that the player reads, the best one first, as tags like `de-AT`.
fn languages(window: &Window) -> Vec<String> {
    let tags = Reflect::get(&window.navigator(), &"languages".into()).and_then(|tags| tags.dyn_into::<Array>());
    tags.map(|tags| tags.iter().filter_map(|tag| tag.as_string()).collect()).unwrap_or_default()
}
