//! What leaves the program because the player wants to give it to somebody.

use std::cell::RefCell;
use std::rc::Rc;

/// Something that gives things away.
pub trait Outlet {
    /// Offers a game to others: what is said of it, and its link's fragment. How, and whether it succeeded, the player is told.
    fn share(&mut self, text: &str, link: &str);

    /// Gives the player a file.
    fn save_file(&mut self, name: &str, text: &str);
}

/// Keeps what was given away, shared by its clones: pairs of what was said and the link, or of a file's name and its text.
#[derive(Clone, Default)]
pub struct MemoryOutlet(Rc<RefCell<Vec<(String, String)>>>);

impl MemoryOutlet {
    /// What was given away since this was last asked.
    pub fn take(&self) -> Vec<(String, String)> {
        self.0.take()
    }
}

impl Outlet for MemoryOutlet {
    fn share(&mut self, text: &str, link: &str) {
        self.0.borrow_mut().push((text.to_owned(), link.to_owned()));
    }

    fn save_file(&mut self, name: &str, text: &str) {
        self.0.borrow_mut().push((name.to_owned(), text.to_owned()));
    }
}
