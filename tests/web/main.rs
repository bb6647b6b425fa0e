//! Tests that need a real browser: the canvas, the storage, the listeners, the page's elements.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail that way")]

mod canvas;
mod input;
#[path = "../../crates/event-bus/tests/bus/naive.rs"]
mod naive;
#[path = "../../crates/event-bus/tests/bus/naive_group.rs"]
mod naive_group;
mod page;
mod plurals;
mod storage;
#[path = "../../crates/event-bus/tests/bus/twin.rs"]
mod twin;

use blockers::world::layout::{Layout, Viewport};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Window};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_bus_has_the_same_state_as_natively_after_the_same_steps() {
    assert_eq!(twin::fixed_run(7, 3_000), twin::DIGEST);
}

fn window() -> Window {
    web_sys::window().expect("the tests run in a page")
}

fn document() -> Document {
    window().document().unwrap()
}

/// Adds a new element with this tag name to the page.
fn added<T: JsCast>(name: &str) -> T {
    let element = document().create_element(name).unwrap();
    document().body().unwrap().append_child(&element).unwrap();
    element.unchecked_into()
}

fn layout() -> Layout {
    Layout::new(Viewport { width: 300.0, height: 500.0, pixel_ratio: 1.5 })
}
