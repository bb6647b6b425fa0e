//! The browser's entry. Natively it only says where the game is.

#[cfg(target_arch = "wasm32")]
fn main() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
    // What goes wrong here becomes an uncaught error of the page, and www/boot.js shows it.
    let started = js_sys::futures::future_to_promise(async {
        let window = web_sys::window().ok_or("There is no window.")?;
        let document = window.document().ok_or("There is no document.")?;
        blockers::shell::open(window, document).await?;
        Ok(wasm_bindgen::JsValue::UNDEFINED)
    });
    // Nobody waits for it.
    drop(started);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("This is the browser's program: `make play` serves it. In a terminal there is `headless`.");
}
