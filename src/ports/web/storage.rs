//! Stores the records in IndexedDB, in a first and a spare database. Either may be forbidden, full or missing.
//!
//! Local storage is not safe enough: it reports success at once but writes to the disk seconds later, so data is lost
//! if the browser is killed in between. A transaction of IndexedDB reports when its data is on the disk.
//!
//! One database is not safe enough either. Chromium appends each entry to a log in two steps. If it is killed between
//! them, the next start reads the data up to the incomplete entry and appends after it, and the start after that finds
//! the log damaged and deletes the whole database. Therefore a spare database is written after the first one. It is in
//! a storage bucket of its own, which has separate files, so one kill cannot damage both. Browsers without buckets have
//! only the first database, and use other engines.
//!
//! At the start both are read and [`merged`] before anything is written. If one cannot be opened, the other one has all
//! records, and the first one is opened and written later.
//!
//! The folders of an origin have databases of different names. Earlier versions used the names of the root folder in
//! all of them. So each other folder begins with a copy of what an earlier version has stored there. A database that
//! was not created by an earlier version belongs to the root folder and is not copied.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_lite::future;
use js_sys::futures::{JsFuture, spawn_local};
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Window;

use super::database::{Database, Place};
use super::{NAME, error_name, name_here};
use crate::ports::storage::Finished;
use crate::ports::{Storage, StorageError};
use crate::records::{ARCHIVE, Records, merged, newest_generation};

/// The name of the bucket that contains the spare database.
const BUCKET: &str = "spare";

/// The name of the exception for a full disk. After any other one, the database is opened again.
const FULL: &str = "QuotaExceededError";

/// Why nothing is written to a database that could be opened only after the start.
const FOUND_LATE: &str = "reload the page to continue the saved game";

#[wasm_bindgen]
extern "C" {
    /// `navigator.storage`, which decides how long data is kept.
    type StorageManager;

    #[wasm_bindgen(method, catch)]
    fn persist(this: &StorageManager) -> Result<Promise, JsValue>;
}

/// The databases, and a copy of their records. Clones share them.
#[derive(Clone)]
pub struct WebStorage {
    window: Window,
    databases: Rc<Databases>,
    finished: Rc<RefCell<Vec<Finished>>>,
    /// Called after each write.
    wake: Rc<dyn Fn()>,
    /// `true` after the browser was asked to keep the data.
    persist_requested: Rc<Cell<bool>>,
}

/// The first and the spare database.
struct Databases {
    first: Database,
    /// `None` if the browser has no buckets.
    spare: Option<Database>,
    /// Whether at least one of them could be read at the start.
    is_read: bool,
    /// The records as they should be in both.
    records: RefCell<Records>,
}

impl Databases {
    /// Writes these records to the first and then to the spare database. If the first one is open, errors of the spare
    /// one are ignored.
    async fn put(&self, records: &Rc<Records>) -> Result<(), StorageError> {
        let Some(spare) = &self.spare else { return self.put_in(&self.first, records).await };
        if self.first.is_open() {
            let outcome = self.put_in(&self.first, records).await;
            let copy = self.put_in(spare, records).await;
            return if self.first.is_open() || copy.is_err() { outcome } else { copy };
        }
        // Opening the first one may take seconds.
        let copy = self.put_in(spare, records).await;
        let outcome = self.put_in(&self.first, records).await;
        if copy.is_ok() { copy } else { outcome }
    }

    /// Writes these records to this database. If it is not open or the connection is dead, it is opened again once, and
    /// all records are written, because it may have lost its content.
    async fn put_in(&self, database: &Database, records: &Rc<Records>) -> Result<(), StorageError> {
        let outcome = match database.put(records.clone()).await {
            Err(error) if error_name(&error) != FULL => self.put_all(database).await,
            outcome => outcome,
        };
        outcome.map_err(storage_error)
    }

    async fn put_all(&self, database: &Database) -> Result<(), JsValue> {
        let found = database.open().await?;
        // It may hold a game that was never read.
        if (!self.is_read && !found.is_empty()) || self.is_outdated_by(&found) {
            database.close();
            return Err(FOUND_LATE.into());
        }
        let all = self.records.borrow().clone();
        database.put(Rc::new(all)).await
    }

    /// Writes to each database the records that it lacks.
    async fn synchronize(&self, found: [Option<Records>; 2]) {
        for (database, found) in [Some(&self.first), self.spare.as_ref()].into_iter().zip(found) {
            let (Some(database), Some(found)) = (database, found) else { continue };
            let mut missing = self.records.borrow().clone();
            missing.retain(|key, text| found.get(key) != Some(text));
            if !missing.is_empty() {
                // If this fails, the next start tries again.
                drop(self.put_in(database, &Rc::new(missing)).await);
            }
        }
    }

    /// Returns `true` if the game in these records is newer than the one of this page.
    fn is_outdated_by(&self, found: &Records) -> bool {
        newest_generation(found) > newest_generation(&self.records.borrow())
    }
}

impl WebStorage {
    /// Reads the records for a page that does not write. Returns no records if the database cannot be opened.
    pub async fn read(window: &Window) -> Records {
        let place = Place { name: name_here(window), bucket: None, is_earlier: false };
        Database::new(window, place).open().await.unwrap_or_default()
    }

    /// Opens the databases and reads all records. If neither can be opened, the second value is the reason, and every
    /// write fails with it until one can be opened.
    pub async fn open(window: &Window, wake: impl Fn() + 'static) -> (Self, Option<StorageError>) {
        let name = name_here(window);
        let (first, spare) = databases(window, &name, false);
        let (found, found_spare) = read(&first, spare.as_ref()).await;
        let (is_read, error) = (found.is_ok() || found_spare.is_some(), found.as_ref().err().cloned());
        let found = found.ok();
        let empty = Records::new();
        let mut records = merged(found.as_ref().unwrap_or(&empty), found_spare.as_ref().unwrap_or(&empty));
        if is_read && records.is_empty() && name != NAME {
            records = of_earlier_versions(window).await;
        }
        let databases = Rc::new(Databases { first, spare, is_read, records: RefCell::new(records) });
        let to_synchronize = databases.clone();
        spawn_local(async move { to_synchronize.synchronize([found, found_spare]).await });
        let (finished, wake, persist_requested) = (Rc::default(), Rc::new(wake), Rc::default());
        let storage = Self { window: window.clone(), databases, finished, wake, persist_requested };
        (storage, error.filter(|_| !is_read).map(storage_error))
    }

    /// Returns `true` if another page has saved a newer game than this one.
    pub async fn is_outdated(&self) -> bool {
        self.databases.first.open().await.is_ok_and(|found| self.databases.is_outdated_by(&found))
    }
}

impl Storage for WebStorage {
    fn all(&self) -> Records {
        let mut records = self.databases.records.borrow().clone();
        records.retain(|_, text| !text.is_empty());
        records
    }

    fn set(&mut self, key: &str, text: &str) {
        self.databases.records.borrow_mut().insert(key.to_owned(), text.to_owned());
    }

    fn write(&mut self, ticket: u64, records: Records) {
        if records.contains_key(ARCHIVE) && !self.persist_requested.replace(true) {
            let window = self.window.clone();
            // The result does not matter: without it the browser may delete the data when it needs space.
            spawn_local(async move { drop(persist(&window).await) });
        }
        self.databases.records.borrow_mut().extend(records.clone());
        let (databases, records) = (self.databases.clone(), Rc::new(records));
        let (finished, wake) = (self.finished.clone(), self.wake.clone());
        spawn_local(async move {
            let outcome = databases.put(&records).await;
            finished.borrow_mut().push((ticket, outcome));
            wake();
        });
    }

    fn take_finished(&mut self) -> Vec<Finished> {
        self.finished.take()
    }
}

/// Returns the first and the spare database of this name. See [`Place::is_earlier`].
fn databases(window: &Window, name: &str, is_earlier: bool) -> (Database, Option<Database>) {
    let at = |bucket| Database::new(window, Place { name: name.to_owned(), bucket, is_earlier });
    let buckets = Reflect::get(&window.navigator(), &"storageBuckets".into());
    (at(None), buckets.is_ok_and(|buckets| buckets.is_object()).then(|| at(Some(BUCKET))))
}

/// Opens both databases at the same time and reads their records.
async fn read(first: &Database, spare: Option<&Database>) -> (Result<Records, JsValue>, Option<Records>) {
    let spare = async {
        match spare {
            Some(spare) => spare.open().await.ok(),
            None => None,
        }
    };
    future::zip(first.open(), spare).await
}

/// Returns what an earlier version has stored for all folders.
async fn of_earlier_versions(window: &Window) -> Records {
    let (first, spare) = databases(window, NAME, true);
    let (first, spare) = read(&first, spare.as_ref()).await;
    merged(&first.unwrap_or_default(), &spare.unwrap_or_default())
}

/// Asks the browser not to delete the data when it needs space. Only browsers with buckets are asked, because they
/// decide without a question to the player.
async fn persist(window: &Window) -> Result<(), JsValue> {
    let navigator = window.navigator();
    if Reflect::has(&navigator, &"storageBuckets".into())? {
        let manager: StorageManager =
            Reflect::get(&navigator, &"storage".into())?.dyn_into::<Object>()?.unchecked_into();
        JsFuture::from(manager.persist()?).await?;
    }
    Ok(())
}

/// Returns the message of a browser exception as an error.
fn storage_error(error: JsValue) -> StorageError {
    let message = Reflect::get(&error, &"message".into()).ok().and_then(|message| message.as_string());
    let message = message.filter(|message| !message.is_empty()).or_else(|| error.as_string());
    StorageError(message.unwrap_or_else(|| "unknown reason".to_owned()))
}
