//! One IndexedDB database: opens it, reads all records, and writes records.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::futures::JsFuture;
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{DomException, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use crate::records::Records;

/// The name of the database.
const NAME: &str = "blockers";
/// The name of its only object store, which maps keys to texts.
const STORE: &str = "records";

#[wasm_bindgen]
extern "C" {
    /// A database whose transactions take options. In web-sys, this is unstable. Older browsers ignore the options.
    type Options;

    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Options, store: &str, mode: &str, options: &Object) -> Result<IdbTransaction, JsValue>;
}

/// The name of the exception for a closed connection.
const CLOSED: &str = "InvalidStateError";

/// An open database. Clones share the connection.
#[derive(Clone)]
pub struct Database {
    factory: IdbFactory,
    /// The browser can close it, for example when it clears its data or after a disk error.
    connection: Rc<RefCell<IdbDatabase>>,
}

impl Database {
    /// Opens the database, creates the object store on first use, and reads all records.
    ///
    /// # Errors
    /// The browser's exception.
    pub async fn open(factory: &IdbFactory) -> Result<(Self, Records), JsValue> {
        let connection = connect(factory).await?;
        let store = connection.transaction_with_str(STORE)?.object_store(STORE)?;
        let (keys, texts) = (store.get_all_keys()?, store.get_all()?);
        let (keys, texts) = (Array::from(&result(&keys).await?), Array::from(&result(&texts).await?));
        let records =
            keys.iter().zip(texts.iter()).filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?)));
        let database = Self { factory: factory.clone(), connection: Rc::new(RefCell::new(connection)) };
        Ok((database, records.collect()))
    }

    /// Writes these records, and waits until they are on the disk. If the browser has closed the connection, it is
    /// opened again once, and `all` records are written, because the database may have lost its content.
    ///
    /// # Errors
    /// The browser's exception. Then none of the records was written.
    pub async fn put(&self, records: &Records, all: &RefCell<Records>) -> Result<(), JsValue> {
        match self.put_all(records).await {
            Err(error) if error.dyn_ref().is_some_and(|error: &DomException| error.name() == CLOSED) => {
                let connection = connect(&self.factory).await?;
                self.connection.replace(connection).close();
                let all = all.borrow().clone();
                self.put_all(&all).await
            }
            outcome => outcome,
        }
    }

    /// Writes all of these records in one transaction.
    async fn put_all(&self, records: &Records) -> Result<(), JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let connection = self.connection.borrow().clone();
        let transaction = connection.unchecked_ref::<Options>().transaction(STORE, "readwrite", &options)?;
        let store = transaction.object_store(STORE)?;
        for (key, text) in records {
            if let Err(error) = store.put_with_key(&text.into(), &key.into()) {
                // The earlier records of this transaction must not be kept either.
                transaction.abort()?;
                return Err(error);
            }
        }
        committed(&transaction).await
    }
}

/// Opens a connection, and creates the object store on first use.
async fn connect(factory: &IdbFactory) -> Result<IdbDatabase, JsValue> {
    let request: IdbOpenDbRequest = factory.open_with_u32(NAME, 1)?;
    let new = request.clone();
    let on_upgrade = Closure::<dyn FnMut()>::new(move || {
        if let Ok(database) = new.result() {
            // If this fails, the transactions on the store fail, too.
            let _ = database.unchecked_into::<IdbDatabase>().create_object_store(STORE);
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
