//! The page's live region, and its notices.
//!
//! What is shown is remembered here, and not read from the document: translators and extensions change the document.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, Node, Text, console};

use crate::ports::Announcer;

/// Milliseconds until a notice that needs no answer disappears. It stays longer while the pointer or the focus is on
/// it.
const BRIEF: i32 = 2_500;

/// The elements for messages, and what they show. All clones are the same announcer.
#[derive(Clone)]
pub struct WebAnnouncer {
    live_region: Element,
    notice: HtmlElement,
    text: Element,
    state: Rc<RefCell<State>>,
}

#[derive(Default)]
struct State {
    /// What the live region contains.
    announced: String,
    notices: Vec<Notice>,
    /// The number of notices so far.
    count: u64,
}

/// A notice on the screen.
struct Notice {
    /// A number of its own, so that its timer cannot remove another notice with the same sentence.
    id: u64,
    sentence: String,
    stay: Stay,
    /// A text, or an element with a link.
    line: Node,
    /// Separates the notice from the one above it, where the text is read as a whole.
    separator: Text,
}

/// How long a notice stays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stay {
    /// For a moment: it says that something has succeeded.
    Briefly,
    /// Until another game begins.
    ForThisGame,
    /// Until it is withdrawn or closed.
    UntilClosed,
    /// Until another link is shown, or another game begins.
    UntilNextLink,
}

impl WebAnnouncer {
    /// Creates an announcer of these elements: `live_region` is the one that screen readers speak, `text` is for the
    /// notices, one on each line, and `notice` is the box around it, which is hidden while there is none.
    #[must_use]
    pub fn new(live_region: Element, notice: HtmlElement, text: Element) -> Self {
        Self { live_region, notice, text, state: Rc::default() }
    }

    /// Confirms that something has succeeded. The notice disappears by itself.
    pub fn confirm(&self, sentence: &str) {
        // A repeated confirmation is announced again.
        self.remove(|notice| notice.sentence == sentence);
        if let Some(id) = self.show(sentence, Stay::Briefly) {
            self.expire_later(id);
        }
    }

    /// Shows a text and a link, to be copied by the player.
    pub fn show_link(&self, text: &str, link: &str) {
        self.remove(|notice| notice.stay == Stay::UntilNextLink);
        let line = |document: &Document| {
            let (line, anchor) = (document.create_element("span")?, document.create_element("a")?);
            // A press on it must not end the game in this page. Without dragging, a mouse selects its text.
            for (name, value) in [("href", link), ("target", "_blank"), ("rel", "noopener"), ("draggable", "false")] {
                anchor.set_attribute(name, value)?;
            }
            anchor.set_text_content(Some(link));
            line.append_with_str_1(&format!("{text}\n"))?;
            line.append_with_node_1(&anchor)?;
            Ok(line.into())
        };
        self.show_with(&format!("{text}\n{link}"), Stay::UntilNextLink, line);
    }

    /// Closes all notices, as the player wants.
    pub fn close(&self) {
        self.remove(|_| true);
    }

    /// Shows a notice, and returns its id; `None` if it is on the screen already.
    fn show(&self, sentence: &str, stay: Stay) -> Option<u64> {
        self.show_with(sentence, stay, |document| Ok(document.create_text_node(sentence).into()))
    }

    fn show_with(
        &self,
        sentence: &str,
        stay: Stay,
        line: impl FnOnce(&Document) -> Result<Node, JsValue>,
    ) -> Option<u64> {
        let state = &mut *self.state.borrow_mut();
        state.count += 1;
        let id = state.count;
        if let Some(notice) = state.notices.iter_mut().find(|notice| notice.sentence == sentence) {
            // It applies again, so a timer that runs for it must not remove it.
            notice.id = id;
            return None;
        }
        // It fails only if the page is gone.
        let document = self.text.owner_document()?;
        let line = line(&document).ok()?;
        let separator = document.create_text_node("\n");
        let notice = Notice { id, sentence: sentence.to_owned(), stay, line, separator };
        self.append(&notice, state.notices.is_empty());
        state.notices.push(notice);
        self.show_box(state);
        Some(id)
    }

    /// Appends the line of a notice. Screen readers speak only what is new, so lines are not replaced.
    fn append(&self, notice: &Notice, is_first: bool) {
        // It fails only if the page is gone.
        let _ = if is_first {
            self.text.append_with_node_1(&notice.line)
        } else {
            self.text.append_with_node_2(&notice.separator, &notice.line)
        };
    }

    /// Removes some of the notices.
    fn remove(&self, is_meant: impl Fn(&Notice) -> bool) {
        let state = &mut *self.state.borrow_mut();
        let mut is_intact = true;
        for notice in state.notices.extract_if(.., |notice| is_meant(notice)) {
            notice.separator.remove();
            is_intact &= self.text.remove_child(&notice.line).is_ok();
        }
        if let Some(first) = state.notices.first() {
            first.separator.remove();
        }
        // A translator has put something else in the place of a line.
        if !is_intact {
            self.text.set_text_content(None);
            for (n, notice) in state.notices.iter().enumerate() {
                self.append(notice, n == 0);
            }
        }
        self.show_box(state);
    }

    /// Shows the box if there are notices. Confirmations alone have a place of their own.
    fn show_box(&self, state: &State) {
        self.notice.set_hidden(state.notices.is_empty());
        let brief = state.notices.iter().all(|notice| notice.stay == Stay::Briefly);
        // It fails only for a name that is no attribute.
        let _ = self.notice.toggle_attribute_with_force("data-brief", brief);
    }

    /// Returns `true` if the player points at a notice, or has the focus in it.
    fn is_in_use(&self) -> bool {
        self.notice.matches(":hover, :focus-within") == Ok(true)
    }

    /// Removes a notice after a moment, when it is not in use.
    fn expire_later(&self, id: u64) {
        let announcer = self.clone();
        let expire = Closure::once_into_js(move || {
            if announcer.is_in_use() {
                announcer.expire_later(id);
            } else {
                announcer.remove(|notice| notice.id == id);
            }
        });
        // Without a timer, the player closes the notice.
        let _ = web_sys::window()
            .map(|window| window.set_timeout_with_callback_and_timeout_and_arguments_0(expire.unchecked_ref(), BRIEF));
    }
}

impl Announcer for WebAnnouncer {
    fn announce(&mut self, sentence: &str) {
        let announced = &mut self.state.borrow_mut().announced;
        // Screen readers ignore a text that does not change, so a repeated sentence gets an inaudible space.
        let space = if announced == sentence { "\u{a0}" } else { "" };
        *announced = format!("{sentence}{space}");
        self.live_region.set_text_content(Some(announced));
    }

    fn notice(&mut self, sentence: &str) {
        self.show(sentence, Stay::UntilClosed);
    }

    fn notice_for_now(&mut self, sentence: &str) {
        self.show(sentence, Stay::ForThisGame);
    }

    fn begin_game(&mut self) {
        self.remove(|notice| matches!(notice.stay, Stay::ForThisGame | Stay::UntilNextLink));
    }

    fn shows(&self, sentence: &str) -> bool {
        self.state.borrow().notices.iter().any(|notice| notice.sentence == sentence)
    }

    fn withdraw(&mut self, sentence: &str) {
        let found =
            self.state.borrow().notices.iter().find(|notice| notice.sentence == sentence).map(|notice| notice.id);
        match found {
            // Removing it now would take the focus away, or the text that the player reads.
            Some(id) if self.is_in_use() => self.expire_later(id),
            Some(id) => self.remove(|notice| notice.id == id),
            None => {}
        }
    }

    fn log(&mut self, text: &str) {
        console::warn_1(&text.into());
    }
}
