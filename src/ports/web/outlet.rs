//! Shares links with the system's share sheet or the clipboard, and saves files as downloads.
//!
//! In-app browsers and extensions remove parts of these interfaces, or replace them. So each part may be missing, may
//! be no function, and may throw.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::futures::{JsFuture, spawn_local};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Document, File, FilePropertyBag, HtmlAnchorElement, Navigator, ShareData, Url, Window};

use super::announcer::WebAnnouncer;
use super::error_name;
use crate::ports::{Announcer, Outlet};

/// The output of a page. All clones are the same.
#[derive(Clone)]
pub struct WebOutlet {
    /// The window with the clipboard and the share sheet.
    pub window: Window,
    /// The document that starts downloads.
    pub document: Document,
    /// Shows the result.
    pub announcer: WebAnnouncer,
    /// Returns the notice that a link is in the clipboard.
    pub copied: fn() -> String,
    /// Returns the notice that a file could not be saved, with the reason.
    pub not_saved: fn(&str) -> String,
    /// What has happened so far.
    pub state: Rc<OutletState>,
}

/// What a [`WebOutlet`] remembers.
#[derive(Default)]
pub struct OutletState {
    /// The number of share sheets that are open.
    sheets: Cell<u32>,
    /// The notice that the last file could not be saved.
    not_saved: RefCell<String>,
}

impl Outlet for WebOutlet {
    fn share(&mut self, text: &str, link: &str) {
        let location = self.window.location();
        let page = location.href().unwrap_or_default();
        let page = page.split(['#', '?']).next().unwrap_or_default();
        let (outlet, text, link) = (self.clone(), text.to_owned(), format!("{page}#g={link}"));
        spawn_local(async move { outlet.share_link(&text, &link).await });
    }

    fn save_file(&mut self, name: &str, text: &str) {
        let (mut outlet, name, text) = (self.clone(), name.to_owned(), text.to_owned());
        outlet.announcer.withdraw(&outlet.state.not_saved.take());
        if !is_installed_on_ios(&self.window) {
            return outlet.download(&name, &text);
        }
        // There a download would open a preview of the file, without a way back to the game.
        spawn_local(async move {
            let is_handled = match sheet_for_file(&outlet.window.navigator(), &name, &text) {
                Ok(Some(data)) => outlet.open_sheet(&data).await,
                Ok(None) | Err(_) => false,
            };
            if !is_handled {
                outlet.download(&name, &text);
            }
        });
    }
}

impl WebOutlet {
    /// Opens the share sheet; or else copies the link to the clipboard; or else shows it.
    async fn share_link(&self, text: &str, link: &str) {
        let data = ShareData::new();
        data.set_text(text);
        data.set_url(link);
        if self.open_sheet(&data).await {
            return;
        }
        if copy(&self.window.navigator(), &format!("{text}\n{link}")).await.is_ok() {
            self.announcer.confirm(&(self.copied)());
        } else {
            self.announcer.show_link(text, link);
        }
    }

    /// Opens the share sheet. Returns `true` if nothing else must be done: the player has shared or cancelled, or an
    /// earlier sheet is still open.
    async fn open_sheet(&self, data: &ShareData) -> bool {
        let sheets = &self.state.sheets;
        let others = sheets.get();
        sheets.set(others + 1);
        let shared = settled(call(&self.window.navigator(), "share", data)).await;
        sheets.set(sheets.get().saturating_sub(1));
        let Err(error) = shared else { return true };
        match error_name(&error).as_str() {
            "AbortError" | "InvalidStateError" => true,
            // Older versions of WebKit have this error for a second sheet, too.
            "NotAllowedError" => others > 0,
            _ => false,
        }
    }

    /// Saves a file as a download. If that fails, a notice says so.
    fn download(&mut self, name: &str, text: &str) {
        if let Err(error) = download(&self.window, &self.document, name, text) {
            let sentence = (self.not_saved)(&format!("{error:?}"));
            self.announcer.notice_for_now(&sentence);
            self.state.not_saved.replace(sentence);
        }
    }
}

/// Calls a method of a browser object.
fn call(object: &JsValue, name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(object, &name.into())?.dyn_into()?;
    method.call1(object, argument)
}

/// Waits for a result that should be a promise.
async fn settled(result: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&result?)).await
}

/// Copies a text to the clipboard. A page without HTTPS has none.
async fn copy(navigator: &Navigator, text: &str) -> Result<JsValue, JsValue> {
    let clipboard = Reflect::get(navigator, &"clipboard".into())?;
    settled(call(&clipboard, "writeText", &text.into())).await
}

/// Returns `true` if the page is installed on the home screen of an iPhone or an iPad. The latter calls itself a
/// Macintosh, but no Macintosh has a touchscreen.
fn is_installed_on_ios(window: &Window) -> bool {
    let navigator = window.navigator();
    if Reflect::get(&navigator, &"standalone".into()).is_ok_and(|standalone| standalone == JsValue::TRUE) {
        return true;
    }
    let agent = navigator.user_agent().unwrap_or_default();
    let is_ios = ["iPhone", "iPad", "iPod"].iter().any(|name| agent.contains(name))
        || (agent.contains("Macintosh") && navigator.max_touch_points() > 1);
    is_ios
        && window
            .match_media("(display-mode: standalone)")
            .is_ok_and(|query| query.is_some_and(|query| query.matches()))
}

/// Returns the data that shares a file; `None` if the share sheet takes no such files.
fn sheet_for_file(navigator: &Navigator, name: &str, text: &str) -> Result<Option<ShareData>, JsValue> {
    let options = FilePropertyBag::new();
    options.set_type("text/plain");
    let file = File::new_with_str_sequence_and_options(&Array::of1(&text.into()), name, &options)?;
    let data = ShareData::new();
    data.set_files(&Array::of1(&file));
    Ok(call(navigator, "canShare", &data)?.is_truthy().then_some(data))
}

fn download(window: &Window, document: &Document, name: &str, text: &str) -> Result<(), JsValue> {
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into()))?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // Some browsers read the URL after the click, so it is revoked a minute later.
    let revoke = Closure::once_into_js(move || drop(Url::revoke_object_url(&url)));
    window.set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), 60_000)?;
    Ok(())
}
