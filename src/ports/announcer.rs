//! Messages for the player: announcements for screen readers, and visible notices.

use std::cell::RefCell;
use std::rc::Rc;

/// Shows messages to the player, and logs for developers.
pub trait Announcer {
    /// Announces an event to screen reader users, without interrupting other speech.
    fn announce(&mut self, sentence: &str);

    /// Shows a notice about a problem, unless it is on the screen already. It stays until it is withdrawn or the player
    /// closes it.
    fn notice(&mut self, sentence: &str);

    /// Like `notice`, for a problem that no longer matters when another game begins.
    fn notice_for_now(&mut self, sentence: &str);

    /// Removes the notices that no longer matter, because another game begins.
    fn begin_game(&mut self);

    /// Returns `true` if this notice is on the screen.
    fn shows(&self, sentence: &str) -> bool;

    /// Removes this notice from the screen, because it no longer applies.
    fn withdraw(&mut self, sentence: &str);

    /// Writes a text to the developer's console.
    fn log(&mut self, text: &str);
}

/// Collects messages in memory. Clones share them.
#[derive(Clone, Default)]
pub struct MemoryAnnouncer {
    announced: Rc<RefCell<Vec<String>>>,
    noticed: Rc<RefCell<Vec<Noticed>>>,
    logged: Rc<RefCell<Vec<String>>>,
}

/// A notice, and whether it stays when another game begins.
struct Noticed {
    sentence: String,
    stays: bool,
}

impl MemoryAnnouncer {
    /// Returns what was logged since the last call.
    pub fn take_logged(&self) -> Vec<String> {
        self.logged.take()
    }

    /// Returns what was announced since the last call.
    pub fn take_announced(&self) -> Vec<String> {
        self.announced.take()
    }

    /// Returns the notices that are shown.
    #[must_use]
    pub fn noticed(&self) -> Vec<String> {
        self.noticed.borrow().iter().map(|noticed| noticed.sentence.clone()).collect()
    }

    /// Returns the notices that are shown, and closes them.
    pub fn take_noticed(&self) -> Vec<String> {
        self.noticed.take().into_iter().map(|noticed| noticed.sentence).collect()
    }

    fn show(&self, sentence: &str, stays: bool) {
        if !self.shows(sentence) {
            self.noticed.borrow_mut().push(Noticed { sentence: sentence.to_owned(), stays });
        }
    }
}

impl Announcer for MemoryAnnouncer {
    fn announce(&mut self, sentence: &str) {
        self.announced.borrow_mut().push(sentence.to_owned());
    }

    fn notice(&mut self, sentence: &str) {
        self.show(sentence, true);
    }

    fn notice_for_now(&mut self, sentence: &str) {
        self.show(sentence, false);
    }

    fn begin_game(&mut self) {
        self.noticed.borrow_mut().retain(|noticed| noticed.stays);
    }

    fn shows(&self, sentence: &str) -> bool {
        self.noticed.borrow().iter().any(|noticed| noticed.sentence == sentence)
    }

    fn withdraw(&mut self, sentence: &str) {
        self.noticed.borrow_mut().retain(|noticed| noticed.sentence != sentence);
    }

    fn log(&mut self, text: &str) {
        self.logged.borrow_mut().push(text.to_owned());
    }
}
