//! The entry point of the page. `make play` serves it; natively there is only a hint.

#[cfg(target_arch = "wasm32")]
fn main() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
    // An error becomes an unhandled rejection, which www/boot.js shows.
    let _started = js_sys::futures::future_to_promise(async {
        let window = web_sys::window().ok_or("There is no window.")?;
        let document = window.document().ok_or("There is no document.")?;
        blockers::shell::open(window, document).await?;
        Ok(wasm_bindgen::JsValue::UNDEFINED)
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!(
        "This program runs in a browser: use `make play`. The terminal program is `cargo run --release -p blockers-headless`."
    );
}
