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
//! records.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::futures::{JsFuture, future_to_promise, spawn_local};
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{IdbFactory, Window};

use super::database::Database;
use crate::ports::storage::Finished;
use crate::ports::{Storage, StorageError};
use crate::records::Records;
use crate::records::{ARCHIVE, merged};

/// The name of the bucket that contains the spare database.
const BUCKET: &str = "spare";

/// The time that a database has for opening, in milliseconds. After it the program starts without that database.
const OPEN_TIMEOUT: i32 = 4_000;

#[wasm_bindgen]
extern "C" {
    /// Storage Buckets, which web-sys does not have.
    type Buckets;

    #[wasm_bindgen(method, catch)]
    fn open(this: &Buckets, name: &str) -> Result<Promise, JsValue>;

    /// `navigator.storage`, which decides how long data is kept.
    type StorageManager;

    #[wasm_bindgen(method, catch)]
    fn persist(this: &StorageManager) -> Result<Promise, JsValue>;
}

/// The databases, and a copy of their records.
pub struct WebStorage {
    window: Window,
    databases: Rc<Databases>,
    records: Rc<RefCell<Records>>,
    finished: Rc<RefCell<Vec<Finished>>>,
    /// Called after each write.
    wake: Rc<dyn Fn()>,
    /// `true` after the browser was asked to keep the data.
    persist_requested: Cell<bool>,
}

/// The first and the spare database.
struct Databases {
    /// The first database, or why it could not be opened.
    first: Result<Database, StorageError>,
    spare: Option<Database>,
}

impl Databases {
    /// Writes these records to the first and then to the spare database. If both are open, errors of the spare one are
    /// ignored.
    async fn put(&self, records: &Records, all: &RefCell<Records>) -> Result<(), StorageError> {
        match (&self.first, &self.spare) {
            (Ok(first), spare) => {
                first.put(records, all).await.map_err(storage_error)?;
                if let Some(spare) = spare {
                    drop(spare.put(records, all).await);
                }
                Ok(())
            }
            (Err(_), Some(spare)) => spare.put(records, all).await.map_err(storage_error),
            (Err(error), None) => Err(error.clone()),
        }
    }

    /// Writes to each database the records that it lacks.
    async fn synchronize(&self, [first, spare]: [Records; 2], all: &RefCell<Records>) {
        let databases = [self.first.as_ref().ok(), self.spare.as_ref()];
        for (database, found) in databases.into_iter().zip([first, spare]) {
            let mut missing = all.borrow().clone();
            missing.retain(|key, text| found.get(key) != Some(text));
            if let Some(database) = database.filter(|_| !missing.is_empty()) {
                // If this fails, the next start tries again.
                drop(database.put(&missing, all).await);
            }
        }
    }
}

/// A database and its records, or the browser's exception.
type Opened = Result<(Database, Records), JsValue>;

/// A database while it is being opened.
struct Opening {
    found: Rc<RefCell<Option<Opened>>>,
    done: Promise,
}

impl Opening {
    fn start(opened: impl Future<Output = Opened> + 'static) -> Self {
        let found = Rc::new(RefCell::new(None));
        let cell = found.clone();
        let done = future_to_promise(async move {
            cell.replace(Some(opened.await));
            Ok(JsValue::UNDEFINED)
        });
        Self { found, done }
    }

    /// Returns the database and its records, or an error if `timeout` is settled first.
    async fn before(self, timeout: &Promise) -> Result<(Database, Records), StorageError> {
        drop(JsFuture::from(Promise::race(&Array::of2(&self.done, timeout))).await);
        let found = self.found.take();
        found.map_or_else(
            || Err(StorageError("the database does not respond".to_owned())),
            |found| found.map_err(storage_error),
        )
    }
}

impl WebStorage {
    /// Reads the records for a page that does not write. Returns no records if the database cannot be opened.
    pub async fn read(window: &Window) -> Records {
        first(window.clone()).await.map(|(_, records)| records).unwrap_or_default()
    }

    /// Opens the databases and reads all records. If neither can be opened, the second value is the reason, and every
    /// write fails with it.
    pub async fn open(window: &Window, wake: impl Fn() + 'static) -> (Self, Option<StorageError>) {
        let (first, spare) = (Opening::start(first(window.clone())), Opening::start(spare(window.clone())));
        let timeout = Promise::new(&mut |resolve, _| {
            // Without a timer there is no timeout.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, OPEN_TIMEOUT);
        });
        let (first, first_records) = split(first.before(&timeout).await);
        let (spare, spare_records) = split(spare.before(&timeout).await);
        let databases = Rc::new(Databases { first, spare: spare.ok() });
        let error = databases.first.as_ref().err().filter(|_| databases.spare.is_none()).cloned();
        let records = Rc::new(RefCell::new(merged(&first_records, &spare_records)));
        let (to_synchronize, all) = (databases.clone(), records.clone());
        spawn_local(async move { to_synchronize.synchronize([first_records, spare_records], &all).await });
        let (finished, wake, persist_requested) = (Rc::default(), Rc::new(wake), Cell::new(false));
        (Self { window: window.clone(), databases, records, finished, wake, persist_requested }, error)
    }
}

impl Storage for WebStorage {
    fn all(&self) -> Records {
        let records = self.records.borrow().clone();
        records.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    fn write(&mut self, ticket: u64, records: Records) {
        if records.contains_key(ARCHIVE) && !self.persist_requested.replace(true) {
            let window = self.window.clone();
            // The result does not matter: without it the browser may delete the data when it needs space.
            spawn_local(async move { drop(persist(&window).await) });
        }
        self.records.borrow_mut().extend(records.clone());
        let (databases, all) = (self.databases.clone(), self.records.clone());
        let (finished, wake) = (self.finished.clone(), self.wake.clone());
        spawn_local(async move {
            let outcome = databases.put(&records, &all).await;
            finished.borrow_mut().push((ticket, outcome));
            wake();
        });
    }

    fn take_finished(&mut self) -> Vec<Finished> {
        self.finished.take()
    }
}

/// Separates a database from its records.
fn split(opened: Result<(Database, Records), StorageError>) -> (Result<Database, StorageError>, Records) {
    match opened {
        Ok((database, records)) => (Ok(database), records),
        Err(error) => (Err(error), Records::new()),
    }
}

/// Opens the first database.
async fn first(window: Window) -> Opened {
    let factory = window.indexed_db()?.ok_or("this browser has no database")?;
    Database::open(&factory).await
}

/// Opens the spare database in its bucket.
async fn spare(window: Window) -> Opened {
    let buckets: Buckets =
        Reflect::get(&window.navigator(), &"storageBuckets".into())?.dyn_into::<Object>()?.unchecked_into();
    let bucket = JsFuture::from(buckets.open(BUCKET)?).await?;
    let factory: IdbFactory = Reflect::get(&bucket, &"indexedDB".into())?.dyn_into()?;
    Database::open(&factory).await
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
