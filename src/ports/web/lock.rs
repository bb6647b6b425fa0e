//! Which of the open pages has the game: the one that holds the lock. Two that write would take each other's drops away.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::futures::{JsFuture, spawn_local};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Window;

use super::error_name;

const NAME: &str = "blockers";
/// What the session's storage has while the player wants the game in this page.
const TAKE: &str = "blockers.take";

/// Milliseconds after which it is asked once more.
const PAUSE: i32 = 300;

#[wasm_bindgen]
extern "C" {
    /// Web Locks; web-sys has them only as an unstable part.
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, options: &Object, callback: &Function) -> Result<Promise, JsValue>;
}

/// Tries to get the lock, or takes it from another page if the player asked for that. Returns whether the game is in this page
/// now; `lost` is called when another one takes it away. A browser without locks has it everywhere.
pub async fn hold(window: &Window, lost: impl FnOnce() + Clone + 'static) -> bool {
    if ask(window, lost.clone()).await {
        return true;
    }
    // A page that is loaded anew may come before the one that it was has given the lock back.
    let pause = Promise::new(&mut |resolve, _| {
        // Without a timer it is not waited for.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PAUSE);
    });
    drop(JsFuture::from(pause).await);
    ask(window, lost).await
}

async fn ask(window: &Window, lost: impl FnOnce() + 'static) -> bool {
    let locks = Reflect::get(&window.navigator(), &"locks".into()).ok().filter(JsValue::is_object);
    let Some(locks) = locks.map(JsCast::unchecked_into::<Locks>) else { return true };
    let how = if wanted_here(window) { "steal" } else { "ifAvailable" };
    let options = Object::new();
    // A plain object takes any property.
    let _ = Reflect::set(&options, &how.into(), &true.into());
    let mine = Rc::new(Cell::new(false));
    let (granted, answer) = (mine.clone(), Rc::new(Cell::new(None::<Function>)));
    let answered = Promise::new(&mut |resolve, _| answer.set(Some(resolve)));
    let callback = Closure::once_into_js(move |lock: JsValue| {
        granted.set(!lock.is_null());
        if let Some(resolve) = answer.take() {
            // Whoever waits is told; a function of the browser's own does not throw.
            let _ = resolve.call0(&JsValue::NULL);
        }
        // The lock is held until this promise is settled, which is never.
        if lock.is_null() { Promise::resolve(&JsValue::NULL) } else { Promise::new(&mut |_, _| {}) }
    });
    let Ok(held) = locks.request(NAME, &options, callback.unchecked_ref()) else { return true };
    if let Err(error) = JsFuture::from(Promise::race(&js_sys::Array::of2(&answered, &held))).await {
        // It was granted, and another page has taken it away by now. Anything else says that there are no locks to be had here.
        return error_name(&error) != "AbortError";
    }
    if mine.get() {
        spawn_local(async move {
            // It ends only when somebody has taken the lock away.
            if JsFuture::from(held).await.is_err() {
                lost();
            }
        });
    }
    mine.get()
}

/// Loads the page anew, and takes the game into it.
pub fn take(window: &Window) {
    if let Ok(Some(session)) = window.session_storage() {
        // Without it the page says once more where the game is.
        let _ = session.set_item(TAKE, "1");
    }
    let _ = window.location().reload();
}

fn wanted_here(window: &Window) -> bool {
    let Ok(Some(session)) = window.session_storage() else { return false };
    let wanted = session.get_item(TAKE).ok().flatten().is_some();
    let _ = session.remove_item(TAKE);
    wanted
}
