//! The system's share sheet, the clipboard, and the browser's downloads.

use js_sys::futures::{JsFuture, spawn_local};
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Document, HtmlAnchorElement, ShareData, Url, Window};

use super::announcer::WebAnnouncer;
use super::error_name;
use crate::ports::{Announcer, Outlet};

/// What a page can give away.
#[expect(missing_docs, reason = "the types say it")]
pub struct WebOutlet {
    pub window: Window,
    pub document: Document,
    pub announcer: WebAnnouncer,
    /// What is said when a link is in the clipboard.
    pub copied: fn() -> String,
    /// What is said when a file could not be given.
    pub not_saved: fn(&str) -> String,
}

impl Outlet for WebOutlet {
    fn share(&mut self, text: &str, link: &str) {
        let location = self.window.location();
        let page = location.href().unwrap_or_default();
        let page = page.split(['#', '?']).next().unwrap_or_default();
        let (window, text, link) = (self.window.clone(), text.to_owned(), format!("{page}#g={link}"));
        let (mut announcer, copied) = (self.announcer.clone(), self.copied);
        spawn_local(async move {
            if let Some(sentence) = offer(&window, &text, &link, copied).await {
                announcer.notice(&sentence);
            }
        });
    }

    fn save_file(&mut self, name: &str, text: &str) {
        if let Err(error) = download(&self.window, &self.document, name, text) {
            self.announcer.notice(&(self.not_saved)(&format!("{error:?}")));
        }
    }
}

/// Offers it by the share sheet, or else puts it into the clipboard. Returns what the player is to be told.
async fn offer(window: &Window, text: &str, link: &str, copied: fn() -> String) -> Option<String> {
    let navigator = window.navigator();
    if Reflect::has(&navigator, &"share".into()).unwrap_or(false) {
        let data = ShareData::new();
        data.set_text(text);
        data.set_url(link);
        match JsFuture::from(navigator.share_with_data(&data)).await {
            Ok(_) => return None,
            Err(error) if error_name(&error) == "AbortError" => return None,
            Err(_) => {}
        }
    }
    let whole = format!("{text}\n{link}");
    // On a page that is not served safely there is no clipboard.
    if Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object())
        && JsFuture::from(navigator.clipboard().write_text(&whole)).await.is_ok()
    {
        return Some(copied());
    }
    Some(whole)
}

fn download(window: &Window, document: &Document, name: &str, text: &str) -> Result<(), JsValue> {
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into()))?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // Some browsers fetch it only then.
    let forget = Closure::once_into_js(move || drop(Url::revoke_object_url(&url)));
    window.set_timeout_with_callback_and_timeout_and_arguments_0(forget.unchecked_ref(), 60_000)?;
    Ok(())
}
