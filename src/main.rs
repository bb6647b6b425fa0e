//! The browser's entry. Natively it only says where the game is.

#[cfg(target_arch = "wasm32")]
fn main() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
    // What goes wrong here becomes an uncaught error of the page, and www/boot.js shows it.
    let started = web_sys::window()
        .and_then(|window| window.document().map(|document| (window, document)))
        .ok_or_else(|| wasm_bindgen::JsValue::from_str("There is no document."))
        .and_then(|(window, document)| blockers::shell::Shell::start(window, &document));
    match started {
        // The listeners live as long as the page.
        Ok(shell) => std::mem::forget(shell),
        Err(error) => wasm_bindgen::throw_val(error),
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("This is the browser's program: `make play` serves it. In a terminal there is `headless`.");
}
