//! One database of the browser: opened, read whole, and written to.
//!
//! Comes in: the factory that it is to be had from, records. Goes out: records, and that they are on the disk.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::futures::JsFuture;
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{DomException, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use crate::ports::Records;

/// The name of the database, and of the one store in it: texts by their keys.
const NAME: &str = "blockers";
const STORE: &str = "records";

#[wasm_bindgen]
extern "C" {
    /// A database as newer browsers have it; web-sys knows transactions with options only as an unstable part. Older ones leave
    /// the options out of account.
    type Options;

    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Options, store: &str, mode: &str, options: &Object) -> Result<IdbTransaction, JsValue>;
}

/// What an exception is called that says that the connection was closed.
const CLOSED: &str = "InvalidStateError";

/// A database that is open. Its clones are one and the same.
#[derive(Clone)]
pub struct Database {
    factory: IdbFactory,
    /// The browser may close it, when it clears its data or has trouble with the disk.
    connection: Rc<RefCell<IdbDatabase>>,
}

impl Database {
    /// Opens the database, furnishes it if it is new, and reads all that is in it.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn open(factory: &IdbFactory) -> Result<(Self, Records), JsValue> {
        let connection = connected(factory).await?;
        let store = connection.transaction_with_str(STORE)?.object_store(STORE)?;
        let (keys, texts) = (store.get_all_keys()?, store.get_all()?);
        let (keys, texts) = (Array::from(&answered(&keys).await?), Array::from(&answered(&texts).await?));
        let records =
            keys.iter().zip(texts.iter()).filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?)));
        let database = Self { factory: factory.clone(), connection: Rc::new(RefCell::new(connection)) };
        Ok((database, records.collect()))
    }

    /// Puts these into the database, and waits until they are on the disk. If the browser has closed it, it is opened again, once,
    /// and gets all that there is: what was in it may be gone.
    ///
    /// # Errors
    /// What the browser says; then none of them is in it.
    pub async fn put(&self, records: &Records, all: &RefCell<Records>) -> Result<(), JsValue> {
        match self.put_together(records).await {
            Err(error) if error.dyn_ref().is_some_and(|error: &DomException| error.name() == CLOSED) => {
                let connection = connected(&self.factory).await?;
                self.connection.replace(connection).close();
                let all = all.borrow().clone();
                self.put_together(&all).await
            }
            outcome => outcome,
        }
    }

    /// Puts all of these into the database in one transaction.
    async fn put_together(&self, records: &Records) -> Result<(), JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let connection = self.connection.borrow().clone();
        let transaction = connection.unchecked_ref::<Options>().transaction(STORE, "readwrite", &options)?;
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
}

/// Waits for the database, and furnishes it if it is new.
async fn connected(factory: &IdbFactory) -> Result<IdbDatabase, JsValue> {
    let request: IdbOpenDbRequest = factory.open_with_u32(NAME, 1)?;
    let new = request.clone();
    let furnish = Closure::<dyn FnMut()>::new(move || {
        if let Ok(database) = new.result() {
            // If this fails, so does the transaction that wants the store.
            let _ = database.unchecked_into::<IdbDatabase>().create_object_store(STORE);
        }
    });
    request.set_onupgradeneeded(Some(furnish.as_ref().unchecked_ref()));
    Ok(answered(&request).await?.unchecked_into())
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
    let ended = JsFuture::from(Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    }))
    .await;
    // Chromium keeps the transactions of a bucket's database for as long as they listen.
    transaction.set_oncomplete(None);
    transaction.set_onabort(None);
    ended.map(|_| ()).map_err(|_| transaction.error().map_or(JsValue::NULL, JsValue::from))
}
