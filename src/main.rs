//! The entry point of the page. `make play` serves it; natively there is only a hint.

#[cfg(target_arch = "wasm32")]
fn main() {
    use blockers::shell::boot;

    std::panic::set_hook(Box::new(|panic| {
        let text = panic.to_string();
        web_sys::console::error_1(&text.as_str().into());
        boot::fail(&text.into());
    }));
    js_sys::futures::spawn_local(async {
        match start().await {
            Ok(()) => boot::ready(),
            Err(error) => boot::fail(&error),
        }
    });
}

#[cfg(target_arch = "wasm32")]
async fn start() -> Result<(), wasm_bindgen::JsValue> {
    let window = web_sys::window().ok_or("There is no window.")?;
    let document = window.document().ok_or("There is no document.")?;
    blockers::shell::open(window, document).await
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!(
        "This program runs in a browser: use `make play`. The terminal program is `cargo run --release -p blockers-headless`."
    );
}
