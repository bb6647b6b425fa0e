//! Output for the player: shared links and saved files.

use std::cell::RefCell;
use std::rc::Rc;

/// Shares links and saves files.
pub trait Outlet {
    /// Shares a game: a text about it, and the game's link notation. The player sees how, and whether it succeeded.
    fn share(&mut self, text: &str, link: &str);

    /// Saves a file on the player's device.
    fn save_file(&mut self, name: &str, text: &str);
}

/// Collects output in memory: pairs of a text and a link, or of a file's name and its text. Clones share it.
#[derive(Clone, Default)]
pub struct MemoryOutlet(Rc<RefCell<Vec<(String, String)>>>);

impl MemoryOutlet {
    /// Returns the output since the last call.
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
