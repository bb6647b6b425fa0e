//! The browser's storage.

use std::cell::Cell;
use std::rc::Rc;

use blockers::ports::web::storage::WebStorage;
use blockers::ports::{Storage, StorageError};
use blockers::records::Records;
use js_sys::Promise;
use js_sys::futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use super::window;

/// Opens the storage. The counter counts its callbacks.
async fn opened() -> (WebStorage, Rc<Cell<u32>>) {
    let calls = Rc::new(Cell::new(0));
    let count = calls.clone();
    let (storage, error) = WebStorage::open(&window(), move || count.set(count.get() + 1)).await;
    assert_eq!(error, None);
    (storage, calls)
}

/// Waits until the storage has finished a write. Returns all finished writes.
async fn finished(storage: &mut WebStorage, calls: &Cell<u32>) -> Vec<(u64, Result<(), StorageError>)> {
    for _ in 0..500 {
        if calls.get() > 0 {
            break;
        }
        let delay = Promise::new(&mut |resolve, _| {
            window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 10).unwrap();
        });
        JsFuture::from(delay).await.unwrap();
    }
    calls.set(0);
    storage.take_finished()
}

fn records<const N: usize>(records: [(&str, &str); N]) -> Records {
    records.map(|(key, text)| (key.to_owned(), text.to_owned())).into()
}

#[wasm_bindgen_test]
async fn records_survive_until_the_next_start_and_an_empty_text_deletes_one() {
    let (mut storage, calls) = opened().await;
    let texts = [("blockers.kept.a", "5"), ("blockers.kept.b", "ä💥\u{0}"), ("blockers.kept.c", "")];
    storage.write(7, records(texts));
    assert_eq!(storage.all().get("blockers.kept.a").map(String::as_str), Some("5"), "a write can be read at once");
    assert_eq!(finished(&mut storage, &calls).await, [(7, Ok(()))]);
    let (mut again, calls) = opened().await;
    let found: Records = again.all().into_iter().filter(|(key, _)| key.starts_with("blockers.kept.")).collect();
    assert_eq!(found, records([texts[0], texts[1]]), "an empty text deletes the record");
    again.write(8, records(texts.map(|(key, _)| (key, ""))));
    assert_eq!(finished(&mut again, &calls).await, [(8, Ok(()))]);
    assert!(opened().await.0.all().keys().all(|key| !key.starts_with("blockers.kept.")));
}

#[wasm_bindgen_test]
async fn writes_finish_in_order() {
    let (mut storage, calls) = opened().await;
    for ticket in 0..20 {
        storage.write(ticket, records([("blockers.test.order", &ticket.to_string())]));
    }
    let mut tickets = Vec::new();
    while tickets.len() < 20 {
        let results = finished(&mut storage, &calls).await;
        tickets.extend(results.into_iter().map(|(ticket, result)| result.map(|()| ticket)));
    }
    assert_eq!(tickets, (0..20).map(Ok).collect::<Vec<_>>());
    assert_eq!(opened().await.0.all().get("blockers.test.order").map(String::as_str), Some("19"));
}
