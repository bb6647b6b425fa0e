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
        self.live_region.set_text_content(Some(sentence));
    }

    fn notice(&mut self, sentence: &str) {
        let shown = self.notice.text_content().filter(|text| !text.is_empty());
        let all = shown.map_or_else(|| sentence.to_owned(), |text| format!("{text}\n{sentence}"));
        self.notice.set_text_content(Some(&all));
    }

    fn log(&mut self, text: &str) {
        console::warn_1(&text.into());
    }
}
