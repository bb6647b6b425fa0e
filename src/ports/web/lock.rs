//! The lock that ensures that only one open page has the game. Two pages would overwrite each other's drops.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::futures::{JsFuture, spawn_local};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Window;

use super::error_name;

/// The name of the lock.
const NAME: &str = "blockers";
/// The key in the session storage that is set while this page shall take the game from another page.
const TAKE: &str = "blockers.take";

/// The delay before the second attempt, in milliseconds.
const PAUSE: i32 = 300;

#[wasm_bindgen]
extern "C" {
    /// Web Locks. In web-sys, they are unstable.
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, options: &Object, callback: &Function) -> Result<Promise, JsValue>;
}

/// Tries to get the lock, or takes it from another page if the player asked for that. Returns `true` if this page has
/// the game now. `lost` is called when another page takes it. In a browser without locks every page has the game.
pub async fn hold(window: &Window, lost: impl FnOnce() + Clone + 'static) -> bool {
    if ask(window, lost.clone()).await {
        return true;
    }
    // When a page is reloaded, its previous instance may not have released the lock yet.
    let pause = Promise::new(&mut |resolve, _| {
        // Without a timer there is no second attempt.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PAUSE);
    });
    drop(JsFuture::from(pause).await);
    ask(window, lost).await
}

async fn ask(window: &Window, lost: impl FnOnce() + 'static) -> bool {
    let locks = Reflect::get(&window.navigator(), &"locks".into()).ok().filter(JsValue::is_object);
    let Some(locks) = locks.map(JsCast::unchecked_into::<Locks>) else { return true };
    let option = if should_take(window) { "steal" } else { "ifAvailable" };
    let options = Object::new();
    // Setting a property of a plain object cannot fail.
    let _ = Reflect::set(&options, &option.into(), &true.into());
    let is_held = Rc::new(Cell::new(false));
    let (granted, resolver) = (is_held.clone(), Rc::new(Cell::new(None::<Function>)));
    let answered = Promise::new(&mut |resolve, _| resolver.set(Some(resolve)));
    let callback = Closure::once_into_js(move |lock: JsValue| {
        granted.set(!lock.is_null());
        if let Some(resolve) = resolver.take() {
            // Resolving a promise cannot fail.
            let _ = resolve.call0(&JsValue::NULL);
        }
        // The lock is held until this promise is settled, which never happens.
        if lock.is_null() { Promise::resolve(&JsValue::NULL) } else { Promise::new(&mut |_, _| {}) }
    });
    let Ok(held) = locks.request(NAME, &options, callback.unchecked_ref()) else { return true };
    if let Err(error) = JsFuture::from(Promise::race(&js_sys::Array::of2(&answered, &held))).await {
        // `AbortError`: another page has already taken the lock. Any other error means that this page cannot use locks.
        return error_name(&error) != "AbortError";
    }
    if is_held.get() {
        spawn_local(async move {
            // This fails only when another page takes the lock.
            if JsFuture::from(held).await.is_err() {
                lost();
            }
        });
    }
    is_held.get()
}

/// Reloads the page, so that it takes the game.
pub fn take(window: &Window) {
    if let Ok(Some(session)) = window.session_storage() {
        // If this fails, the reloaded page shows again that the game is open in another page.
        let _ = session.set_item(TAKE, "1");
    }
    let _ = window.location().reload();
}

/// Returns `true` if this page was reloaded by [`take`], and resets that.
fn should_take(window: &Window) -> bool {
    let Ok(Some(session)) = window.session_storage() else { return false };
    let should_take = session.get_item(TAKE).ok().flatten().is_some();
    let _ = session.remove_item(TAKE);
    should_take
}
