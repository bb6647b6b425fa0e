//! A small persistent store of texts.
//!
//! All texts are loaded before the program starts, so reads are immediate. Writes happen in the background, and their
//! results are reported later.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use crate::records::Records;

/// A persistent map from keys to texts.
pub trait Storage {
    /// Returns every record as it was last loaded, set or written, even if the write is not finished or has failed. A
    /// record with an empty text counts as removed.
    fn all(&self) -> Records;

    /// Changes a record in [`Self::all`]. A later write stores it.
    fn set(&mut self, key: &str, text: &str);

    /// Starts to write these records: all of them or none. The result is reported with this ticket.
    fn write(&mut self, ticket: u64, records: Records);

    /// Returns the writes that have finished or failed since the last call. A failed write leaves the stored records
    /// unchanged.
    fn take_finished(&mut self) -> Vec<Finished>;
}

/// The ticket of a write, and the records to write.
type Write = (u64, Records);

/// The ticket of a write, and its result.
pub type Finished = (u64, Result<(), StorageError>);

/// Why the storage failed: for example, it is unavailable, forbidden or full.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StorageError(pub String);

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StorageError {}

/// A storage in memory that can be made to fail or to be slow. Clones share the records.
#[derive(Clone, Default)]
pub struct MemoryStorage {
    stored: Rc<RefCell<Records>>,
    /// What was set or written. It is not shared, because it ends with the program.
    changed: Records,
    finished: Rc<RefCell<Vec<Finished>>>,
    refuses: Rc<RefCell<Option<String>>>,
    writes: Rc<RefCell<u32>>,
    /// The pending writes, while the storage is slow.
    late: Rc<RefCell<Option<Vec<Write>>>>,
}

impl MemoryStorage {
    /// Returns a storage with these records.
    pub fn with<K: Into<String>, T: Into<String>>(records: impl IntoIterator<Item = (K, T)>) -> Self {
        let storage = Self::default();
        storage.stored.borrow_mut().extend(records.into_iter().map(|(key, text)| (key.into(), text.into())));
        storage
    }

    /// Makes every further write fail with this message, or succeed again for `None`.
    pub fn refuse(&self, sentence: Option<&str>) {
        *self.refuses.borrow_mut() = sentence.map(str::to_owned);
    }

    /// Delays every further write until [`Self::catch_up`].
    pub fn be_slow(&self) {
        self.late.borrow_mut().get_or_insert_default();
    }

    /// Completes the delayed writes. Returns their number.
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

    /// Returns the text that is stored under this key.
    #[must_use]
    pub fn stored(&self, key: &str) -> Option<String> {
        self.stored.borrow().get(key).cloned()
    }

    /// Returns the number of writes that were started.
    #[must_use]
    pub fn writes(&self) -> u32 {
        *self.writes.borrow()
    }
}

impl Storage for MemoryStorage {
    fn all(&self) -> Records {
        let mut all = self.stored.borrow().clone();
        all.extend(self.changed.clone());
        all.retain(|_, text| !text.is_empty());
        all
    }

    fn set(&mut self, key: &str, text: &str) {
        self.changed.insert(key.to_owned(), text.to_owned());
    }

    fn write(&mut self, ticket: u64, records: Records) {
        *self.writes.borrow_mut() += 1;
        self.changed.extend(records.clone());
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
