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

    fn log(&mut self, text: &str) {
        console::warn_1(&text.into());
    }
}
