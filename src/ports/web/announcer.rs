//! The page's live region, and its notices.

use web_sys::{Element, console};

use crate::ports::Announcer;

/// Two elements: what is put into the first is said, what is put into the second is shown.
#[derive(Clone)]
#[expect(missing_docs, reason = "see above")]
pub struct WebAnnouncer {
    pub live_region: Element,
    pub notice: Element,
}

impl Announcer for WebAnnouncer {
    fn announce(&mut self, sentence: &str) {
        // The same words once more are no news to a screen reader; with a space that nobody hears they are other ones.
        let repeated = self.live_region.text_content().as_deref() == Some(sentence);
        let said = if repeated { format!("{sentence}\u{a0}") } else { sentence.to_owned() };
        self.live_region.set_text_content(Some(&said));
    }

    fn notice(&mut self, sentence: &str) {
        let is_first = self.notice.text_content().is_none_or(|text| text.is_empty());
        let line = if is_first { sentence.to_owned() } else { format!("\n{sentence}") };
        // Of what stands there already nothing is said again. It fails for an element that is gone, and so is the page then.
        let _ = self.notice.append_with_str_1(&line);
    }

    fn shows(&self, sentence: &str) -> bool {
        self.notice.text_content().is_some_and(|text| text.split('\n').any(|line| line == sentence))
    }

    fn withdraw(&mut self, sentence: &str) {
        // Whoever is about to close it closes it: the focus would have nowhere to be.
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
