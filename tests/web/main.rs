//! The browser's halves, in a real browser: canvas, storage, listeners, the page's elements.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail that way")]

mod canvas;
mod input;
#[path = "../bus/naive.rs"]
mod naive;
mod page;
mod storage;
#[path = "../bus/twin.rs"]
mod twin;

use blockers::world::layout::{Layout, Viewport};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Window};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_same_steps_lead_the_bus_to_the_same_state_as_natively() {
    assert_eq!(twin::fixed_run(7, 3_000), twin::DIGEST);
}

fn window() -> Window {
    web_sys::window().expect("the tests run in a page")
}

fn document() -> Document {
    window().document().expect("it has a document")
}

fn made<T: JsCast>(name: &str) -> T {
    let made = document().create_element(name).expect("it can be made");
    document().body().expect("it has a body").append_child(&made).expect("it can be put in");
    made.unchecked_into()
}

fn layout() -> Layout {
    Layout::new(Viewport { width: 300.0, height: 500.0, pixel_ratio: 1.5 })
}
