//! One IndexedDB database: opens it, reads all records, and writes records.
//!
//! The database may exist without its object store, because another script of the origin has opened its name. The store
//! is then added, and a store can only be added with a new version. So a database of any version is used.
//!
//! An open connection may be dead: the browser has closed it, or has lost the process that it belongs to. WebKit then
//! opens no database in this document any more, but it still does in a new frame.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::futures::{JsFuture, spawn_local};
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbRequest, IdbTransaction, Window};

use super::frame::Frame;
use super::within;
use crate::records::Records;

/// The name of the object store with the records, which maps keys to texts.
const STORE: &str = "records";
/// The name of an empty object store. Earlier versions, which had one database for all folders, did not create it.
const OF_ONE_FOLDER: &str = "folder";

/// The time that a database has for opening in the document, in milliseconds.
const OPEN_TIMEOUT: i32 = 4_000;
/// The time that it then has in a frame, in milliseconds.
const FRAME_TIMEOUT: i32 = 2_000;
/// The time that a write may take, in milliseconds.
const WRITE_TIMEOUT: i32 = 10_000;
/// The error after a timeout.
const NO_ANSWER: &str = "the database does not respond";

#[wasm_bindgen]
extern "C" {
    /// A database whose transactions take options. In web-sys, this is unstable. Older browsers ignore the options.
    type Options;

    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Options, store: &str, mode: &str, options: &Object) -> Result<IdbTransaction, JsValue>;

    /// A transaction that can be committed early. In web-sys, this is deprecated. Older browsers do not have it.
    type EarlyCommit;

    #[wasm_bindgen(method, catch)]
    fn commit(this: &EarlyCommit) -> Result<(), JsValue>;

    /// Storage Buckets, which web-sys does not have.
    type Buckets;

    #[wasm_bindgen(method, catch)]
    fn open(this: &Buckets, name: &str) -> Result<Promise, JsValue>;
}

/// Where a database is.
#[derive(Clone)]
pub struct Place {
    /// The name of the database.
    pub name: String,
    /// The storage bucket with the database; `None` for the default one.
    pub bucket: Option<&'static str>,
    /// Whether only a database that an earlier version has created for all folders is opened.
    pub is_earlier: bool,
}

/// A database, which need not be open.
pub struct Database {
    window: Window,
    place: Place,
    connection: RefCell<Option<Rc<Connection>>>,
    /// Whether the browser has not answered the last request to open it in the document.
    document_is_stuck: Rc<Cell<bool>>,
    /// The same in a frame.
    frame_is_stuck: Rc<Cell<bool>>,
}

impl Database {
    /// Returns the database at this place, which is not opened yet.
    #[must_use]
    pub fn new(window: &Window, place: Place) -> Self {
        Self {
            window: window.clone(),
            place,
            connection: RefCell::default(),
            document_is_stuck: Rc::default(),
            frame_is_stuck: Rc::default(),
        }
    }

    /// Returns `true` if it has been opened. The connection may be dead.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.connection.borrow().is_some()
    }

    /// Opens the database, also if it is open already, and reads all records.
    ///
    /// # Errors
    /// The browser's exception. Then the database is not open.
    pub async fn open(&self) -> Result<Records, JsValue> {
        let (window, place) = (&self.window, &self.place);
        let in_document = connect(window.clone(), place.clone());
        let mut opened = answer(window, &self.document_is_stuck, OPEN_TIMEOUT, in_document).await;
        // WebKit, which has no buckets, may still open it in a frame.
        if opened.is_err() && !place.is_earlier && place.bucket.is_none() {
            let in_frame = connect_in_frame(window.clone(), place.clone());
            let other = answer(window, &self.frame_is_stuck, FRAME_TIMEOUT, in_frame).await;
            // The error of the document says more than that of the frame.
            opened = other.or(opened);
        }
        self.close();
        let (connection, records) = opened?;
        self.connection.replace(Some(Rc::new(connection)));
        Ok(records)
    }

    /// Closes the connection.
    pub fn close(&self) {
        self.connection.take();
    }

    /// Writes these records, and waits until they are on the disk.
    ///
    /// # Errors
    /// The browser's exception, or that the database is not open. Then none of the records was written; after a
    /// timeout, they may be written later.
    pub async fn put(&self, records: Rc<Records>) -> Result<(), JsValue> {
        let connection = self.connection.borrow().clone().ok_or("the database is not open")?;
        let is_stuck = connection.is_stuck.clone();
        answer(&self.window, &is_stuck, WRITE_TIMEOUT, async move { connection.put(&records).await }).await
    }
}

/// Waits for the result of this work, for at most this many milliseconds. After that, the work goes on, because the
/// browser cannot stop it, and its result is dropped. Until then, no other work begins with the same
/// `is_stuck`.
async fn answer<T: 'static>(
    window: &Window,
    is_stuck: &Rc<Cell<bool>>,
    milliseconds: i32,
    work: impl Future<Output = Result<T, JsValue>> + 'static,
) -> Result<T, JsValue> {
    if is_stuck.get() {
        return Err(NO_ANSWER.into());
    }
    within(window, milliseconds, Box::pin(work)).await.unwrap_or_else(|late| {
        is_stuck.set(true);
        let is_stuck = is_stuck.clone();
        spawn_local(async move {
            drop(late.await);
            is_stuck.set(false);
        });
        Err(NO_ANSWER.into())
    })
}

/// A connection, which is closed when it is dropped.
struct Connection {
    database: IdbDatabase,
    /// Whether the browser has not answered the last write.
    is_stuck: Rc<Cell<bool>>,
    /// Closes the connection when something else wants to change or delete the database.
    _on_version_change: Closure<dyn FnMut()>,
    /// The frame that the connection was opened in. Without the frame it is closed.
    _frame: Option<Frame>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        self.database.close();
    }
}

impl Connection {
    /// Opens a connection and reads all records.
    async fn open(factory: IdbFactory, place: Place, frame: Option<Frame>) -> Result<(Self, Records), JsValue> {
        let mut database = request(factory.open(&place.name)?, !place.is_earlier).await?;
        let has = |store| database.object_store_names().contains(store);
        if place.is_earlier && has(OF_ONE_FOLDER) {
            database.close();
            return Err("the database is from this version".into());
        }
        if !place.is_earlier && !has(STORE) {
            let version = database.version() + 1.0;
            database.close();
            database = request(factory.open_with_f64(&place.name, version)?, true).await?;
        }
        let closing = database.clone();
        let on_version_change = Closure::new(move || closing.close());
        database.set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
        let is_stuck = Rc::default();
        let connection = Self { database, is_stuck, _on_version_change: on_version_change, _frame: frame };
        let records = connection.read().await?;
        Ok((connection, records))
    }

    async fn read(&self) -> Result<Records, JsValue> {
        let store = self.database.transaction_with_str(STORE)?.object_store(STORE)?;
        let (keys, texts) = (store.get_all_keys()?, store.get_all()?);
        let (keys, texts) = (Array::from(&result(&keys).await?), Array::from(&result(&texts).await?));
        let all = keys.iter().zip(texts.iter());
        let mut records = Records::new();
        // `collect` would compile a sort.
        records.extend(all.filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?))));
        Ok(records)
    }

    /// Writes all of these records in one transaction.
    async fn put(&self, records: &Records) -> Result<(), JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let transaction = self.database.unchecked_ref::<Options>().transaction(STORE, "readwrite", &options)?;
        let store = transaction.object_store(STORE)?;
        for (key, text) in records {
            if let Err(error) = store.put_with_key(&text.into(), &key.into()) {
                // The earlier records of this transaction must not be kept either.
                transaction.abort()?;
                return Err(error);
            }
        }
        // Without this the browser reports each request to the page before it commits, and the page may be closing.
        let _ = transaction.unchecked_ref::<EarlyCommit>().commit();
        committed(&transaction).await
    }
}

/// Opens a connection in this window, and reads all records.
async fn connect(window: Window, place: Place) -> Result<(Connection, Records), JsValue> {
    Connection::open(factory(&window, place.bucket).await?, place, None).await
}

/// Opens a connection in a new frame, and reads all records.
async fn connect_in_frame(parent: Window, place: Place) -> Result<(Connection, Records), JsValue> {
    let (frame, window) = Frame::new(&parent).await?;
    Connection::open(factory(&window, place.bucket).await?, place, Some(frame)).await
}

/// Returns the databases of a window, or those in one of its buckets. The objects of a frame are of other classes, so
/// the classes are not checked.
async fn factory(window: &Window, bucket: Option<&str>) -> Result<IdbFactory, JsValue> {
    let owner = match bucket {
        None => window.clone().into(),
        Some(name) => {
            let buckets: Buckets = Reflect::get(&window.navigator(), &"storageBuckets".into())?.unchecked_into();
            JsFuture::from(buckets.open(name)?).await?
        }
    };
    let factory = Reflect::get(&owner, &"indexedDB".into())?;
    if factory.is_object() { Ok(factory.unchecked_into()) } else { Err("this browser has no database".into()) }
}

/// Waits for a request to open a database. If the database is new or gets a new version, the object stores are created,
/// or the request fails.
async fn request(request: IdbOpenDbRequest, create: bool) -> Result<IdbDatabase, JsValue> {
    let new = request.clone();
    let on_upgrade = Closure::<dyn FnMut()>::new(move || {
        if let (true, Ok(database)) = (create, new.result()) {
            let database: IdbDatabase = database.unchecked_into();
            for store in [STORE, OF_ONE_FOLDER] {
                // It may exist. If it does not, the transactions on it fail, too.
                let _ = database.create_object_store(store);
            }
        } else if let Some(upgrade) = new.transaction() {
            // If this fails, the database is created, without its store.
            let _ = upgrade.abort();
        }
    });
    request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
    Ok(result(&request).await?.unchecked_into())
}

/// Waits for the result of a request.
async fn result(request: &IdbRequest) -> Result<JsValue, JsValue> {
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
    let ended = JsFuture::from(Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    }))
    .await;
    // Chromium does not free the transactions of a bucket's database while they have listeners.
    transaction.set_oncomplete(None);
    transaction.set_onabort(None);
    ended.map(|_| ()).map_err(|_| transaction.error().map_or(JsValue::NULL, JsValue::from))
}
