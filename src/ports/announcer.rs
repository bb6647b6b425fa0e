//! Sentences for the player: those that a screen reader says, and those that everybody must see.

use std::cell::RefCell;
use std::rc::Rc;

/// Something that tells the player something.
pub trait Announcer {
    /// Says what just happened to whoever cannot see it, without interrupting.
    fn announce(&mut self, sentence: &str);

    /// Shows a notice to everybody: something is not as it should be, and the game goes on.
    fn notice(&mut self, sentence: &str);

    /// Is this notice on the screen?
    fn shows(&self, sentence: &str) -> bool;

    /// Takes this notice off the screen, if it is there: it is no longer so.
    fn withdraw(&mut self, sentence: &str);

    /// Writes a text where a developer looks for it.
    fn log(&mut self, text: &str);
}

/// Keeps a list of what was said, shared by its clones.
#[derive(Clone, Default)]
pub struct MemoryAnnouncer {
    announced: Rc<RefCell<Vec<String>>>,
    noticed: Rc<RefCell<Vec<String>>>,
    logged: Rc<RefCell<Vec<String>>>,
}

impl MemoryAnnouncer {
    /// What was logged since this was last asked.
    pub fn take_logged(&self) -> Vec<String> {
        self.logged.take()
    }

    /// What was announced since this was last asked.
    pub fn take_announced(&self) -> Vec<String> {
        self.announced.take()
    }

    /// The notices since this was last asked. With that they are closed.
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
