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

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use js_sys::futures::{JsFuture, future_to_promise, spawn_local};
use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{IdbFactory, Window};

use super::database::Database;
use crate::ports::storage::Finished;
use crate::ports::{Records, Storage, StorageError};

/// The name of the bucket with the spare database.
const BUCKET: &str = "spare";

#[wasm_bindgen]
extern "C" {
    /// Storage Buckets, which web-sys does not know.
    type Buckets;

    #[wasm_bindgen(method, catch)]
    fn open(this: &Buckets, name: &str) -> Result<Promise, JsValue>;
}

/// The databases, and all that is in them.
pub struct WebStorage {
    database: Result<Database, StorageError>,
    spare: Spare,
    records: Rc<RefCell<Records>>,
    finished: Rc<RefCell<Vec<Finished>>>,
    /// Called when something has been finished.
    wake: Rc<dyn Fn()>,
}

/// The spare database. It is opened while the first one is, and brought to where that is while the game goes on.
#[derive(Clone)]
struct Spare {
    /// Empty until then, and for ever where there is none.
    database: Rc<OnceCell<Database>>,
    /// Is kept when it is known whether there is one.
    known: Promise,
}

impl Spare {
    /// There is none.
    fn none() -> Self {
        Self { database: Rc::default(), known: Promise::resolve(&JsValue::UNDEFINED) }
    }

    /// It is as far as the first one.
    fn level(database: Database) -> Self {
        let spare = Self::none();
        drop(spare.database.set(database));
        spare
    }

    /// It is brought to where the first one is as soon as it is open.
    fn behind(records: Rc<RefCell<Records>>, opening: Opening) -> Self {
        let database = Rc::new(OnceCell::new());
        let cell = database.clone();
        let known = future_to_promise(async move {
            if let Some((spare, saved)) = opening.opened().await {
                let now = records.borrow().clone();
                if saved != now {
                    // What it does not take now is brought to it at the next start.
                    drop(spare.put(&now).await);
                }
                drop(cell.set(spare));
            }
            Ok(JsValue::UNDEFINED)
        });
        Self { database, known }
    }

    /// Puts all of these into it, if there is one. It is the first one that counts, so nobody is told of a failure.
    async fn put(&self, records: &Records) {
        drop(JsFuture::from(self.known.clone()).await);
        if let Some(database) = self.database.get() {
            drop(database.put(records).await);
        }
    }
}

/// The spare database, while it is being opened.
struct Opening {
    found: Rc<RefCell<Option<(Database, Records)>>>,
    done: Promise,
}

impl Opening {
    fn begin(window: Window) -> Self {
        let found = Rc::new(RefCell::new(None));
        let cell = found.clone();
        let done = future_to_promise(async move {
            cell.replace(spare(&window).await.ok());
            Ok(JsValue::UNDEFINED)
        });
        Self { found, done }
    }

    /// The database and what is in it; `None` where there is none.
    async fn opened(self) -> Option<(Database, Records)> {
        drop(JsFuture::from(self.done).await);
        self.found.take()
    }
}

impl WebStorage {
    /// What is stored, for a page that only looks. What cannot be read is not there.
    pub async fn read(window: &Window) -> Records {
        first(window).await.map(|(_, records)| records).unwrap_or_default()
    }

    /// Opens the database and reads all that is in it. Where there is none, the reason is in the answer's second part, and every
    /// write fails with it.
    pub async fn open(window: &Window, wake: impl Fn() + 'static) -> (Self, Option<StorageError>) {
        let opening = Opening::begin(window.clone());
        let opened = first(window).await.map_err(|error| sentence(&error));
        let (database, records, error) = match opened {
            Ok((database, records)) => (Ok(database), records, None),
            Err(error) => (Err(error.clone()), Records::new(), Some(error)),
        };
        let (records, spare) = match &database {
            Ok(database) if records.is_empty() => restored(opening, database).await,
            Ok(_) => {
                let records = Rc::new(RefCell::new(records));
                (records.clone(), Spare::behind(records, opening))
            }
            Err(_) => (Rc::default(), Spare::none()),
        };
        (Self { database, spare, records, finished: Rc::default(), wake: Rc::new(wake) }, error)
    }
}

impl Storage for WebStorage {
    fn all(&self) -> Records {
        let records = self.records.borrow().clone();
        records.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    fn write(&mut self, ticket: u64, records: Records) {
        self.records.borrow_mut().extend(records.clone());
        let (database, spare) = (self.database.clone(), self.spare.clone());
        let (finished, wake) = (self.finished.clone(), self.wake.clone());
        spawn_local(async move {
            let outcome = match database {
                Ok(database) => database.put(&records).await.map_err(|error| sentence(&error)),
                Err(error) => Err(error),
            };
            if outcome.is_ok() {
                spare.put(&records).await;
            }
            finished.borrow_mut().push((ticket, outcome));
            wake();
        });
    }

    fn take_finished(&mut self) -> Vec<Finished> {
        self.finished.take()
    }
}

/// The database that counts.
async fn first(window: &Window) -> Result<(Database, Records), JsValue> {
    let factory = window.indexed_db()?.ok_or("this browser has no database")?;
    Database::open(&factory).await
}

/// A database without anything is new, or was thrown away: then the spare one has everything. What the first one does not take
/// of it now comes to it with each change.
async fn restored(opening: Opening, database: &Database) -> (Rc<RefCell<Records>>, Spare) {
    let Some((spare, saved)) = opening.opened().await else { return (Rc::default(), Spare::none()) };
    if !saved.is_empty() {
        drop(database.put(&saved).await);
    }
    (Rc::new(RefCell::new(saved)), Spare::level(spare))
}

/// The database in the bucket.
async fn spare(window: &Window) -> Result<(Database, Records), JsValue> {
    let buckets: Buckets =
        Reflect::get(&window.navigator(), &"storageBuckets".into())?.dyn_into::<js_sys::Object>()?.unchecked_into();
    let bucket = JsFuture::from(buckets.open(BUCKET)?).await?;
    let factory: IdbFactory = Reflect::get(&bucket, &"indexedDB".into())?.dyn_into()?;
    Database::open(&factory).await
}

/// What an exception of the browser says.
fn sentence(error: &JsValue) -> StorageError {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    let message = message.filter(|message| !message.is_empty()).or_else(|| error.as_string());
    StorageError(message.unwrap_or_else(|| "the browser does not say why".to_owned()))
}
