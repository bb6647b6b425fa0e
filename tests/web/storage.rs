//! What is stored stays stored.

use std::cell::Cell;
use std::rc::Rc;

use blockers::ports::web::storage::WebStorage;
use blockers::ports::{Records, Storage, StorageError};
use js_sys::Promise;
use js_sys::futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use super::window;

/// A storage that counts how often it has something to tell.
async fn opened() -> (WebStorage, Rc<Cell<u32>>) {
    let told = Rc::new(Cell::new(0));
    let count = told.clone();
    let (storage, error) = WebStorage::open(&window(), move || count.set(count.get() + 1)).await;
    assert_eq!(error, None);
    (storage, told)
}

/// Waits until the storage has finished something.
async fn finished(storage: &mut WebStorage, told: &Cell<u32>) -> Vec<(u64, Result<(), StorageError>)> {
    for _ in 0..500 {
        if told.get() > 0 {
            break;
        }
        let pause = Promise::new(&mut |resolve, _| {
            window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 10).expect("it can wait");
        });
        JsFuture::from(pause).await.expect("it has waited");
    }
    told.set(0);
    storage.take_finished()
}

fn records<const N: usize>(records: [(&str, &str); N]) -> Records {
    records.map(|(key, text)| (key.to_owned(), text.to_owned())).into()
}

#[wasm_bindgen_test]
async fn the_storage_keeps_what_it_is_given() {
    let (mut storage, told) = opened().await;
    let texts = [("blockers.kept.a", "5"), ("blockers.kept.b", "ä💥\u{0}"), ("blockers.kept.c", "")];
    storage.write(7, records(texts));
    assert_eq!(storage.all().get("blockers.kept.a").map(String::as_str), Some("5"), "it is read at once");
    assert_eq!(finished(&mut storage, &told).await, [(7, Ok(()))]);
    let (mut again, told) = opened().await;
    let found: Records = again.all().into_iter().filter(|(key, _)| key.starts_with("blockers.kept.")).collect();
    assert_eq!(found, records([texts[0], texts[1]]), "an empty text is no record");
    again.write(8, records(texts.map(|(key, _)| (key, ""))));
    assert_eq!(finished(&mut again, &told).await, [(8, Ok(()))]);
    assert!(opened().await.0.all().keys().all(|key| !key.starts_with("blockers.kept.")));
}

#[wasm_bindgen_test]
async fn writes_are_finished_in_their_order() {
    let (mut storage, told) = opened().await;
    for ticket in 0..20 {
        storage.write(ticket, records([("blockers.test.order", &ticket.to_string())]));
    }
    let mut tickets = Vec::new();
    while tickets.len() < 20 {
        tickets
            .extend(finished(&mut storage, &told).await.into_iter().map(|(ticket, outcome)| outcome.map(|()| ticket)));
    }
    assert_eq!(tickets, (0..20).map(Ok).collect::<Vec<_>>());
    assert_eq!(opened().await.0.all().get("blockers.test.order").map(String::as_str), Some("19"));
}
