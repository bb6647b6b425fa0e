//! Shares links with the system's share sheet or the clipboard, and saves files as downloads.

use js_sys::futures::{JsFuture, spawn_local};
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Document, HtmlAnchorElement, ShareData, Url, Window};

use super::announcer::WebAnnouncer;
use super::error_name;
use crate::ports::{Announcer, Outlet};

/// The output of a page.
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
}

impl Outlet for WebOutlet {
    fn share(&mut self, text: &str, link: &str) {
        let location = self.window.location();
        let page = location.href().unwrap_or_default();
        let page = page.split(['#', '?']).next().unwrap_or_default();
        let (window, text, link) = (self.window.clone(), text.to_owned(), format!("{page}#g={link}"));
        let (mut announcer, copied) = (self.announcer.clone(), self.copied);
        spawn_local(async move {
            if let Some(sentence) = share(&window, &text, &link, copied).await {
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

/// Opens the share sheet, or copies the link to the clipboard if there is none. Returns the notice for the player.
async fn share(window: &Window, text: &str, link: &str, copied: fn() -> String) -> Option<String> {
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
    // A page without HTTPS has no clipboard.
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
    // Some browsers read the URL after the click, so it is revoked a minute later.
    let revoke = Closure::once_into_js(move || drop(Url::revoke_object_url(&url)));
    window.set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), 60_000)?;
    Ok(())
}
