//! What is kept in the browser: in its database, IndexedDB, and once more in a spare one. It may be forbidden, full, or not there
//! at all.
//!
//! Not in the local storage: that tells the program at once that it has stored something and writes it to the disk some seconds
//! later, and whoever kills the browser in between has lost it. A transaction of the database says when it is on the disk.
//!
//! And not in one database only. Chromium appends to a log, in two steps for each entry. If it is killed between the two, the next
//! start reads what was before and appends behind the torn entry, and the one after that finds the log damaged and throws the
//! whole database away. So there is a spare one in a bucket of its own, with other files, written after the first: one kill cannot
//! tear both. Browsers without buckets do without; they have other databases, too.
//!
//! Both are read at the start, and of each record the better text is taken ([`united`]), before anything is written to either. If
//! one of them cannot be opened, the other one has everything.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::futures::{JsFuture, future_to_promise, spawn_local};
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{IdbFactory, Window};

use super::database::Database;
use crate::ports::storage::Finished;
use crate::ports::{Records, Storage, StorageError};
use crate::records::{ARCHIVE, united};

/// The name of the bucket with the spare database.
const BUCKET: &str = "spare";

/// Milliseconds after which a database that does not open is done without: there is a player who waits for the page.
const PATIENCE: i32 = 4_000;

#[wasm_bindgen]
extern "C" {
    /// Storage Buckets, which web-sys does not know.
    type Buckets;

    #[wasm_bindgen(method, catch)]
    fn open(this: &Buckets, name: &str) -> Result<Promise, JsValue>;

    /// What decides how long things are kept.
    type Keeper;

    #[wasm_bindgen(method, catch)]
    fn persist(this: &Keeper) -> Result<Promise, JsValue>;
}

/// The databases, and all that is in them.
pub struct WebStorage {
    window: Window,
    places: Rc<Places>,
    records: Rc<RefCell<Records>>,
    finished: Rc<RefCell<Vec<Finished>>>,
    /// Called when something has been finished.
    wake: Rc<dyn Fn()>,
    /// Has the browser been asked to keep it all?
    asked: Cell<bool>,
}

/// Where it is stored.
struct Places {
    /// The database that counts, or why there is none.
    first: Result<Database, StorageError>,
    spare: Option<Database>,
}

impl Places {
    /// Puts these into both databases, one after the other; into the one that there is. It is the first one that counts, so nobody is
    /// told if the spare one fails beside it.
    async fn put(&self, records: &Records, all: &RefCell<Records>) -> Result<(), StorageError> {
        let said = |error: JsValue| sentence(&error);
        match (&self.first, &self.spare) {
            (Ok(first), spare) => {
                first.put(records, all).await.map_err(said)?;
                if let Some(spare) = spare {
                    drop(spare.put(records, all).await);
                }
                Ok(())
            }
            (Err(_), Some(spare)) => spare.put(records, all).await.map_err(said),
            (Err(error), None) => Err(error.clone()),
        }
    }

    /// Puts into each database what it lacks of all this.
    async fn level(&self, [first, spare]: [Records; 2], all: &RefCell<Records>) {
        let databases = [self.first.as_ref().ok(), self.spare.as_ref()];
        for (database, found) in databases.into_iter().zip([first, spare]) {
            let mut lacking = all.borrow().clone();
            lacking.retain(|key, text| found.get(key) != Some(text));
            if let Some(database) = database.filter(|_| !lacking.is_empty()) {
                // What it does not take now is brought to it at the next start.
                drop(database.put(&lacking, all).await);
            }
        }
    }
}

/// A database and what is in it, or what the browser says.
type Opened = Result<(Database, Records), JsValue>;

/// A database while it is being opened.
struct Opening {
    found: Rc<RefCell<Option<Opened>>>,
    done: Promise,
}

impl Opening {
    fn begin(opened: impl Future<Output = Opened> + 'static) -> Self {
        let found = Rc::new(RefCell::new(None));
        let cell = found.clone();
        let done = future_to_promise(async move {
            cell.replace(Some(opened.await));
            Ok(JsValue::UNDEFINED)
        });
        Self { found, done }
    }

    /// The database and what is in it, if it is open before this is settled.
    async fn before(self, end: &Promise) -> Result<(Database, Records), StorageError> {
        drop(JsFuture::from(Promise::race(&Array::of2(&self.done, end))).await);
        let found = self.found.take();
        found.map_or_else(
            || Err(StorageError("the database does not answer".to_owned())),
            |found| found.map_err(|error| sentence(&error)),
        )
    }
}

impl WebStorage {
    /// What is stored, for a page that only looks. What cannot be read is not there.
    pub async fn read(window: &Window) -> Records {
        first(window.clone()).await.map(|(_, records)| records).unwrap_or_default()
    }

    /// Opens the databases and reads all that is in them. Where there is none, the reason is in the answer's second part, and every
    /// write fails with it.
    pub async fn open(window: &Window, wake: impl Fn() + 'static) -> (Self, Option<StorageError>) {
        let (first, spare) = (Opening::begin(first(window.clone())), Opening::begin(spare(window.clone())));
        let end = Promise::new(&mut |resolve, _| {
            // Without a timer there is no end to it.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PATIENCE);
        });
        let (first, found) = apart(first.before(&end).await);
        let (spare, saved) = apart(spare.before(&end).await);
        let places = Rc::new(Places { first, spare: spare.ok() });
        let error = places.first.as_ref().err().filter(|_| places.spare.is_none()).cloned();
        let records = Rc::new(RefCell::new(united(&found, &saved)));
        let (levelled, all) = (places.clone(), records.clone());
        spawn_local(async move { levelled.level([found, saved], &all).await });
        let (finished, wake, asked) = (Rc::default(), Rc::new(wake), Cell::new(false));
        (Self { window: window.clone(), places, records, finished, wake, asked }, error)
    }
}

impl Storage for WebStorage {
    fn all(&self) -> Records {
        let records = self.records.borrow().clone();
        records.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    fn write(&mut self, ticket: u64, records: Records) {
        if records.contains_key(ARCHIVE) && !self.asked.replace(true) {
            let window = self.window.clone();
            // Nobody waits for the answer, and where there is none everything is kept as long as it is.
            spawn_local(async move { drop(keep(&window).await) });
        }
        self.records.borrow_mut().extend(records.clone());
        let (places, all) = (self.places.clone(), self.records.clone());
        let (finished, wake) = (self.finished.clone(), self.wake.clone());
        spawn_local(async move {
            let outcome = places.put(&records, &all).await;
            finished.borrow_mut().push((ticket, outcome));
            wake();
        });
    }

    fn take_finished(&mut self) -> Vec<Finished> {
        self.finished.take()
    }
}

/// A database and what is in it, apart.
fn apart(opened: Result<(Database, Records), StorageError>) -> (Result<Database, StorageError>, Records) {
    match opened {
        Ok((database, records)) => (Ok(database), records),
        Err(error) => (Err(error), Records::new()),
    }
}

/// The database that counts.
async fn first(window: Window) -> Opened {
    let factory = window.indexed_db()?.ok_or("this browser has no database")?;
    Database::open(&factory).await
}

/// The database in the bucket.
async fn spare(window: Window) -> Opened {
    let buckets: Buckets =
        Reflect::get(&window.navigator(), &"storageBuckets".into())?.dyn_into::<Object>()?.unchecked_into();
    let bucket = JsFuture::from(buckets.open(BUCKET)?).await?;
    let factory: IdbFactory = Reflect::get(&bucket, &"indexedDB".into())?.dyn_into()?;
    Database::open(&factory).await
}

/// Asks the browser not to throw away what is stored when it needs room. A browser with buckets decides that by itself; others may ask
/// the player, who has not asked for anything, so they are not asked.
async fn keep(window: &Window) -> Result<(), JsValue> {
    let navigator = window.navigator();
    if Reflect::has(&navigator, &"storageBuckets".into())? {
        let keeper: Keeper = Reflect::get(&navigator, &"storage".into())?.dyn_into::<Object>()?.unchecked_into();
        JsFuture::from(keeper.persist()?).await?;
    }
    Ok(())
}

/// What an exception of the browser says.
fn sentence(error: &JsValue) -> StorageError {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    let message = message.filter(|message| !message.is_empty()).or_else(|| error.as_string());
    StorageError(message.unwrap_or_else(|| "the browser does not say why".to_owned()))
}
