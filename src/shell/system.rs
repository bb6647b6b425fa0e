//! The preferences of the player's system: media queries, and the list of languages.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{MediaQueryList, Window};

use crate::world::{Language, SystemPreferences};

/// The media queries. A query that the browser does not support matches nothing.
pub(super) struct System {
    window: Window,
    dark: Option<MediaQueryList>,
    contrast: Option<MediaQueryList>,
    reduced_motion: Option<MediaQueryList>,
}

impl System {
    /// Creates the queries in this window.
    pub(super) fn of(window: &Window) -> Self {
        let query = |text: &str| window.match_media(text).ok().flatten();
        Self {
            window: window.clone(),
            dark: query("(prefers-color-scheme: dark)"),
            contrast: query("(prefers-contrast: more)"),
            reduced_motion: query("(prefers-reduced-motion: reduce)"),
        }
    }

    /// Returns the current preferences.
    pub(super) fn preferences(&self) -> SystemPreferences {
        let matches = |query: &Option<MediaQueryList>| query.as_ref().is_some_and(MediaQueryList::matches);
        let languages = languages(&self.window);
        SystemPreferences {
            dark: matches(&self.dark),
            contrast: matches(&self.contrast),
            still: matches(&self.reduced_motion),
            language: Language::best(languages.iter().map(String::as_str)),
        }
    }

    /// Returns the queries, for their `change` event.
    pub(super) fn queries(&self) -> impl Iterator<Item = MediaQueryList> {
        [&self.dark, &self.contrast, &self.reduced_motion].into_iter().flatten().cloned()
    }
}

/// Returns the player's languages as tags like `de-AT`, in the order of preference.
fn languages(window: &Window) -> Vec<String> {
    let tags = Reflect::get(&window.navigator(), &"languages".into()).and_then(|tags| tags.dyn_into::<Array>());
    tags.map(|tags| tags.iter().filter_map(|tag| tag.as_string()).collect()).unwrap_or_default()
}
