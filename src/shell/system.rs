//! What the player's system asks for, by media queries.

use web_sys::{MediaQueryList, Window};

use crate::world::SystemWishes;

/// The queries; where the browser does not know one, nothing is asked for.
pub(super) struct System {
    dark: Option<MediaQueryList>,
    contrast: Option<MediaQueryList>,
    still: Option<MediaQueryList>,
}

impl System {
    /// The queries of this window.
    pub(super) fn of(window: &Window) -> Self {
        let query = |text: &str| window.match_media(text).ok().flatten();
        Self {
            dark: query("(prefers-color-scheme: dark)"),
            contrast: query("(prefers-contrast: more)"),
            still: query("(prefers-reduced-motion: reduce)"),
        }
    }

    /// What is asked for now.
    pub(super) fn wishes(&self) -> SystemWishes {
        let asked = |query: &Option<MediaQueryList>| query.as_ref().is_some_and(MediaQueryList::matches);
        SystemWishes { dark: asked(&self.dark), contrast: asked(&self.contrast), still: asked(&self.still) }
    }

    /// The queries, to be listened to.
    pub(super) fn queries(&self) -> impl Iterator<Item = MediaQueryList> {
        [&self.dark, &self.contrast, &self.still].into_iter().flatten().cloned()
    }
}
