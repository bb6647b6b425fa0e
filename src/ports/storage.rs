//! A small store of texts that outlives the program.
//!
//! It is read at once, from what was loaded before the program began, and written in the background: whoever writes is told
//! later what became of it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// Texts by their keys.
pub type Records = BTreeMap<String, String>;

/// Where the program keeps what must not be lost.
pub trait Storage {
    /// Every record as it was loaded or written last, also if the writing is not finished or has failed. An empty text is none.
    fn all(&self) -> Records;

    /// Puts these texts under these keys in place of what was there: all of them, or none. What becomes of it is told under
    /// this ticket.
    fn write(&mut self, ticket: u64, records: Records);

    /// Which writes have been finished, or have failed, since this was last asked. After a failure what was there is there
    /// still.
    fn take_finished(&mut self) -> Vec<Finished>;
}

/// The ticket of a write, and what is to be written.
type Write = (u64, Records);

/// The ticket of a write, and what became of it.
pub type Finished = (u64, Result<(), StorageError>);

/// The storage cannot be reached, is forbidden, or is full.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StorageError(pub String);

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StorageError {}

/// A storage in memory, shared by its clones, that can be told to fail, or to be slow. A clone that is opened later finds what was stored.
#[derive(Clone, Default)]
pub struct MemoryStorage {
    stored: Rc<RefCell<Records>>,
    finished: Rc<RefCell<Vec<Finished>>>,
    refuses: Rc<RefCell<Option<String>>>,
    writes: Rc<RefCell<u32>>,
    /// The writes that have not been done yet, while it is slow.
    late: Rc<RefCell<Option<Vec<Write>>>>,
}

impl MemoryStorage {
    /// A storage with these records.
    pub fn with<K: Into<String>, T: Into<String>>(records: impl IntoIterator<Item = (K, T)>) -> Self {
        let storage = Self::default();
        storage.stored.borrow_mut().extend(records.into_iter().map(|(key, text)| (key.into(), text.into())));
        storage
    }

    /// From now on every write fails with this sentence; or no longer, with `None`.
    pub fn refuse(&self, sentence: Option<&str>) {
        *self.refuses.borrow_mut() = sentence.map(str::to_owned);
    }

    /// From now on nothing is written until [`Self::catch_up`].
    pub fn be_slow(&self) {
        self.late.borrow_mut().get_or_insert_default();
    }

    /// Does what it has been asked to write since it is slow. Returns how many writes that were.
    pub fn catch_up(&self) -> usize {
        let late = self.late.borrow_mut().as_mut().map(std::mem::take).unwrap_or_default();
        let writes = late.len();
        for (ticket, records) in late {
            self.put(ticket, records);
        }
        writes
    }

    fn put(&self, ticket: u64, records: Records) {
        let refused = self.refuses.borrow().clone().map(StorageError);
        let outcome = match refused {
            Some(error) => Err(error),
            None => {
                self.stored.borrow_mut().extend(records);
                Ok(())
            }
        };
        self.finished.borrow_mut().push((ticket, outcome));
    }

    /// What is stored under this key.
    #[must_use]
    pub fn stored(&self, key: &str) -> Option<String> {
        self.stored.borrow().get(key).cloned()
    }

    /// How many writes were asked for.
    #[must_use]
    pub fn writes(&self) -> u32 {
        *self.writes.borrow()
    }
}

impl Storage for MemoryStorage {
    fn all(&self) -> Records {
        let mut stored = self.stored.borrow().clone();
        let late = self.late.borrow();
        stored.extend(late.iter().flatten().flat_map(|(_, records)| records.clone()));
        stored.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    fn write(&mut self, ticket: u64, records: Records) {
        *self.writes.borrow_mut() += 1;
        let late = self.late.borrow().is_some();
        if late {
            self.late.borrow_mut().get_or_insert_default().push((ticket, records));
        } else {
            self.put(ticket, records);
        }
    }

    fn take_finished(&mut self) -> Vec<Finished> {
        self.finished.take()
    }
}
