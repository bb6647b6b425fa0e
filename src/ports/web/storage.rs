//! The browser's database, IndexedDB. It may be forbidden, full, or not there at all.
//!
//! Not the local storage: that tells the program at once that it has stored something and writes it to the disk some seconds later,
//! and whoever kills the browser in between has lost it. A transaction here says when it is on the disk.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::futures::{JsFuture, spawn_local};
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransaction, Window};

use crate::ports::storage::Finished;
use crate::ports::{Records, Storage, StorageError};

/// The name of the database, and of the one store in it: texts by their keys.
const NAME: &str = "blockers";
const STORE: &str = "records";

#[wasm_bindgen]
extern "C" {
    /// A database as newer browsers have it; web-sys knows transactions with options only as an unstable part. Older ones leave
    /// the options out of account.
    type Database;

    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Database, store: &str, mode: &str, options: &Object) -> Result<IdbTransaction, JsValue>;
}

/// A database, and all that is in it.
pub struct WebStorage {
    database: Result<IdbDatabase, StorageError>,
    records: Records,
    finished: Rc<RefCell<Vec<Finished>>>,
    /// Called when something has been finished.
    wake: Rc<dyn Fn()>,
}

impl WebStorage {
    /// Opens the database and reads all that is in it. Where there is none, the reason is in the answer's second part, and every
    /// write fails with it.
    pub async fn open(window: &Window, wake: impl Fn() + 'static) -> (Self, Option<StorageError>) {
        let opened = load(window).await.map_err(|error| sentence(&error));
        let (database, records, error) = match opened {
            Ok((database, records)) => (Ok(database), records, None),
            Err(error) => (Err(error.clone()), Records::new(), Some(error)),
        };
        (Self { database, records, finished: Rc::default(), wake: Rc::new(wake) }, error)
    }
}

impl Storage for WebStorage {
    fn all(&self) -> Records {
        let records = self.records.clone();
        records.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    fn write(&mut self, ticket: u64, records: Records) {
        self.records.extend(records.clone());
        let (database, finished, wake) = (self.database.clone(), self.finished.clone(), self.wake.clone());
        spawn_local(async move {
            let outcome = match database {
                Ok(database) => put(&database, &records).await.map_err(|error| sentence(&error)),
                Err(error) => Err(error),
            };
            finished.borrow_mut().push((ticket, outcome));
            wake();
        });
    }

    fn take_finished(&mut self) -> Vec<Finished> {
        self.finished.take()
    }
}

async fn load(window: &Window) -> Result<(IdbDatabase, Records), JsValue> {
    let factory = window.indexed_db()?.ok_or("this browser has no database")?;
    let request = factory.open_with_u32(NAME, 1)?;
    let database: IdbDatabase = opened(&request).await?.unchecked_into();
    let store = database.transaction_with_str(STORE)?.object_store(STORE)?;
    let (keys, texts) = (store.get_all_keys()?, store.get_all()?);
    let (keys, texts) = (Array::from(&answered(&keys).await?), Array::from(&answered(&texts).await?));
    let records = keys.iter().zip(texts.iter()).filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?)));
    Ok((database, records.collect()))
}

/// Puts all of these into the database in one transaction, and waits until they are on the disk.
async fn put(database: &IdbDatabase, records: &Records) -> Result<(), JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let database: &Database = database.unchecked_ref();
    let transaction = database.transaction(STORE, "readwrite", &options)?;
    let store = transaction.object_store(STORE)?;
    for (key, text) in records {
        if let Err(error) = store.put_with_key(&text.into(), &key.into()) {
            // What was put before it is not to be kept either.
            transaction.abort()?;
            return Err(error);
        }
    }
    committed(&transaction).await
}

/// Waits for the database, and furnishes it if it is new.
async fn opened(request: &IdbOpenDbRequest) -> Result<JsValue, JsValue> {
    let new = request.clone();
    let furnish = Closure::<dyn FnMut()>::new(move || {
        if let Ok(database) = new.result() {
            // If this fails, so does the transaction that wants the store.
            let _ = database.unchecked_into::<IdbDatabase>().create_object_store(STORE);
        }
    });
    request.set_onupgradeneeded(Some(furnish.as_ref().unchecked_ref()));
    answered(request).await
}

/// Waits for the answer to a request.
async fn answered(request: &IdbRequest) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    }))
    .await
    .map_err(|_| request.error().ok().flatten().map_or(JsValue::NULL, JsValue::from))?;
    request.result()
}

/// Waits for the end of a transaction.
async fn committed(transaction: &IdbTransaction) -> Result<(), JsValue> {
    JsFuture::from(Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    }))
    .await
    .map(|_| ())
    .map_err(|_| transaction.error().map_or(JsValue::NULL, JsValue::from))
}

/// What an exception of the browser says.
fn sentence(error: &JsValue) -> StorageError {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    let message = message.filter(|message| !message.is_empty()).or_else(|| error.as_string());
    StorageError(message.unwrap_or_else(|| "the browser does not say why".to_owned()))
}
