//! A small store of texts that outlives the program: the browser's local storage.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// Where the program keeps what must not be lost.
pub trait Storage {
    /// The text under this key, `None` if there is none.
    ///
    /// # Errors
    /// [`StorageError`] if the storage cannot be reached.
    fn read(&self, key: &str) -> Result<Option<String>, StorageError>;

    /// Puts a text under this key, in place of what was there.
    ///
    /// # Errors
    /// [`StorageError`] if the storage is forbidden or full. Then what was there is there still.
    fn write(&mut self, key: &str, text: &str) -> Result<(), StorageError>;
}

/// The storage cannot be reached, is forbidden, or is full.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StorageError(pub String);

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StorageError {}

/// A storage in memory, shared by its clones, that can be told to fail.
#[derive(Clone, Default)]
pub struct MemoryStorage {
    kept: Rc<RefCell<BTreeMap<String, String>>>,
    refuses: Rc<RefCell<Option<String>>>,
}

impl MemoryStorage {
    /// From now on everything is refused with this sentence; or no longer, with `None`.
    pub fn refuse(&self, sentence: Option<&str>) {
        *self.refuses.borrow_mut() = sentence.map(str::to_owned);
    }

    fn check(&self) -> Result<(), StorageError> {
        self.refuses.borrow().clone().map_or(Ok(()), |sentence| Err(StorageError(sentence)))
    }
}

impl Storage for MemoryStorage {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.check()?;
        Ok(self.kept.borrow().get(key).cloned())
    }

    fn write(&mut self, key: &str, text: &str) -> Result<(), StorageError> {
        self.check()?;
        self.kept.borrow_mut().insert(key.to_owned(), text.to_owned());
        Ok(())
    }
}
