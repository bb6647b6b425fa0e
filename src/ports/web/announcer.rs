//! The page's live region, and its notices.

use web_sys::{Element, console};

use crate::ports::Announcer;

/// The elements for messages.
#[derive(Clone)]
pub struct WebAnnouncer {
    /// The element whose text screen readers speak.
    pub live_region: Element,
    /// The element that shows notices, one on each line.
    pub notice: Element,
}

impl Announcer for WebAnnouncer {
    fn announce(&mut self, sentence: &str) {
        // Screen readers ignore a text that does not change, so a repeated sentence gets an inaudible space.
        let is_repeated = self.live_region.text_content().as_deref() == Some(sentence);
        let text = if is_repeated { format!("{sentence}\u{a0}") } else { sentence.to_owned() };
        self.live_region.set_text_content(Some(&text));
    }

    fn notice(&mut self, sentence: &str) {
        let is_first = self.notice.text_content().is_none_or(|text| text.is_empty());
        let line = if is_first { sentence.to_owned() } else { format!("\n{sentence}") };
        // Appending, instead of replacing, keeps screen readers from repeating earlier notices. It fails only if the
        // element was removed, and then the page is gone too.
        let _ = self.notice.append_with_str_1(&line);
    }

    fn shows(&self, sentence: &str) -> bool {
        self.notice.text_content().is_some_and(|text| text.split('\n').any(|line| line == sentence))
    }

    fn withdraw(&mut self, sentence: &str) {
        // While the focus is in the notice, the player closes it. Removing it would lose the focus.
        let has_focus = self.notice.parent_element().is_some_and(|parent| parent.matches(":focus-within") == Ok(true));
        if has_focus || !self.shows(sentence) {
            return;
        }
        let text = self.notice.text_content().unwrap_or_default();
        let rest: Vec<_> = text.split('\n').filter(|line| *line != sentence).collect();
        self.notice.set_text_content(Some(&rest.join("\n")));
    }

    fn log(&mut self, text: &str) {
        console::warn_1(&text.into());
    }
}
