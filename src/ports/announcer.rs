//! Messages for the player: announcements for screen readers, and visible notices.

use std::cell::RefCell;
use std::rc::Rc;

/// Shows messages to the player, and logs for developers.
pub trait Announcer {
    /// Announces an event to screen reader users, without interrupting other speech.
    fn announce(&mut self, sentence: &str);

    /// Shows a notice about a problem. The game continues.
    fn notice(&mut self, sentence: &str);

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
    noticed: Rc<RefCell<Vec<String>>>,
    logged: Rc<RefCell<Vec<String>>>,
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

    /// Returns the notices since the last call, and closes them.
    pub fn take_noticed(&self) -> Vec<String> {
        self.noticed.take()
    }
}

impl Announcer for MemoryAnnouncer {
    fn announce(&mut self, sentence: &str) {
        self.announced.borrow_mut().push(sentence.to_owned());
    }

    fn notice(&mut self, sentence: &str) {
        self.noticed.borrow_mut().push(sentence.to_owned());
    }

    fn shows(&self, sentence: &str) -> bool {
        self.noticed.borrow().iter().any(|shown| shown == sentence)
    }

    fn withdraw(&mut self, sentence: &str) {
        self.noticed.borrow_mut().retain(|shown| shown != sentence);
    }

    fn log(&mut self, text: &str) {
        self.logged.borrow_mut().push(text.to_owned());
    }
}
