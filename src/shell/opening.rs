//! Which page has the game, and what is shown in one that has it not: where it is, or the replay of a link.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement, Window, console};

use super::Shell;
use super::address;
use super::system::System;
use crate::input::browser;
use crate::loading::{SETTINGS, SOUND};
use crate::ports::MemoryStorage;
use crate::ports::web::storage::WebStorage;
use crate::ports::web::{intl, lock};
use crate::view::page::element;
use crate::view::page::texts::Texts;
use crate::words::{self, Formats};

/// Opens the game in this page, if no other page has it. Then its first frame is drawn. If another page has it, a link is shown all
/// the same, in a page that stores nothing and has no game of its own.
///
/// # Errors
/// What is missing, in a sentence or as the browser says it.
pub async fn open(window: Window, document: Document) -> Result<(), JsValue> {
    // Before anything can be said: that the game is open elsewhere, for one.
    words::format_with(Formats { number: intl::number, date: intl::date });
    words::speak(System::of(&window).wishes().language);
    Texts::new(&document)?.speak(words::language())?;
    // The shell lives as long as the page; until it is there, there is nobody to be told.
    let shell: Rc<OnceCell<Shell>> = Rc::default();
    let (elsewhere, table): (HtmlElement, HtmlElement) = (element(&document, "elsewhere")?, element(&document, "app")?);
    let taking = window.clone();
    let take = browser::install_calls(&element(&document, "take")?, &["click"], move || lock::take(&taking))?;
    let button: HtmlElement = element(&document, "take")?;
    let say = move || {
        elsewhere.set_hidden(false);
        // What is behind the panel is dead, and is no more to be found by keys or by a screen reader.
        if let Err(error) = table.set_attribute("inert", "").and_then(|()| button.focus()) {
            console::error_1(&error);
        }
    };
    let (running, gone) = (shell.clone(), Rc::new(Cell::new(false)));
    let (say_lost, set_gone) = (say.clone(), gone.clone());
    let lost = move || {
        set_gone.set(true);
        if let Some(shell) = running.get() {
            shell.stop();
        }
        say_lost();
    };
    if lock::hold(&window, lost).await {
        let woken = shell.clone();
        let wake = move || woken.get().into_iter().for_each(Shell::go_on);
        let (storage, error) = WebStorage::open(&window, wake).await;
        // It may have been taken away while the storage was read, or while the program started.
        if !gone.get() {
            let started = Shell::start(window, &document, Box::new(storage), error, None).await?;
            if gone.get() {
                started.stop();
            }
            drop(shell.set(started));
        }
    } else if address::link(&window).is_some() {
        // It looks and sounds as the player has chosen.
        let mut chosen = WebStorage::read(&window).await;
        chosen.retain(|key, _| [SOUND, SETTINGS].contains(&key.as_str()));
        let storage = Box::new(MemoryStorage::with(chosen));
        drop(shell.set(Shell::start(window, &document, storage, None, Some(Box::new(say))).await?));
    } else {
        say();
    }
    std::mem::forget((shell, take));
    Ok(())
}
