//! The lock that ensures that only one open page has the game. Two pages would overwrite each other's drops.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::futures::JsFuture;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Window;

use super::{error_name, name_here, pause};

/// The delay before the second attempt, in milliseconds.
const PAUSE: i32 = 300;

#[wasm_bindgen]
extern "C" {
    /// Web Locks. In web-sys, they are unstable.
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, options: &Object, callback: &Function) -> Result<Promise, JsValue>;
}

/// The answer to a request for the lock.
pub enum Answer {
    /// This page has the lock, until this promise is rejected.
    Held(Promise),
    /// Another page has it.
    Taken,
    /// This page cannot use locks.
    Unusable,
}

/// Requests the lock, or takes it from another page if the player asked for that.
pub async fn hold(window: Window) -> Answer {
    let option = if should_take(&window) { "steal" } else { "ifAvailable" };
    match request(&window, option).await {
        Answer::Taken => {
            // The page before this one in the same tab may not have released the lock yet.
            pause(&window, PAUSE).await;
            request(&window, "ifAvailable").await
        }
        answer => answer,
    }
}

async fn request(window: &Window, option: &str) -> Answer {
    let locks = Reflect::get(&window.navigator(), &"locks".into()).ok().filter(JsValue::is_object);
    let Some(locks) = locks.map(JsCast::unchecked_into::<Locks>) else { return Answer::Unusable };
    let options = Object::new();
    // Setting a property of a plain object cannot fail.
    let _ = Reflect::set(&options, &option.into(), &true.into());
    let is_granted = Rc::new(Cell::new(None));
    let (granted, resolver) = (is_granted.clone(), Rc::new(Cell::new(None::<Function>)));
    let answered = Promise::new(&mut |resolve, _| resolver.set(Some(resolve)));
    let callback = Closure::once_into_js(move |lock: JsValue| {
        granted.set(Some(!lock.is_null()));
        if let Some(resolve) = resolver.take() {
            // Resolving a promise cannot fail.
            let _ = resolve.call0(&JsValue::NULL);
        }
        // The lock is held until this promise is settled, which never happens.
        if lock.is_null() { Promise::resolve(&JsValue::NULL) } else { Promise::new(&mut |_, _| {}) }
    });
    let Ok(held) = locks.request(&name_here(window), &options, callback.unchecked_ref()) else {
        return Answer::Unusable;
    };
    let held = Promise::resolve(&held);
    match JsFuture::from(Promise::race(&js_sys::Array::of2(&answered, &held))).await {
        Ok(_) => match is_granted.get() {
            Some(true) => Answer::Held(held),
            Some(false) => Answer::Taken,
            None => Answer::Unusable,
        },
        // Another page has already taken the lock, or the browser has put this page into the back/forward cache.
        Err(error) if error_name(&error) == "AbortError" => Answer::Taken,
        Err(_) => Answer::Unusable,
    }
}

/// Reloads the page, so that it takes the game.
pub fn take(window: &Window) {
    if let Ok(Some(session)) = window.session_storage() {
        // If this fails, the reloaded page shows again that the game is open in another page.
        let _ = session.set_item(&take_key(window), "1");
    }
    let _ = window.location().reload();
}

/// Returns `true` if this page was reloaded by [`take`], and resets that.
fn should_take(window: &Window) -> bool {
    let Ok(Some(session)) = window.session_storage() else { return false };
    let key = take_key(window);
    let should_take = session.get_item(&key).ok().flatten().is_some();
    let _ = session.remove_item(&key);
    should_take
}

/// Returns the key in the session storage that is set while this page shall take the game from another page.
fn take_key(window: &Window) -> String {
    format!("{}.take", name_here(window))
}
