//! Decides which of several open pages has the game. The others say that it is open elsewhere, or replay the game of a
//! link.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Window};

use super::elsewhere::ElsewherePanel;
use super::start::Session;
use super::system::System;
use super::{Shell, address};
use crate::ports::MemoryStorage;
use crate::ports::web::storage::WebStorage;
use crate::ports::web::{intl, lock};
use crate::records::{SETTINGS, SOUND};
use crate::view::page::texts::Texts;
use crate::words::{self, Formats};

/// Starts the game in this page and draws its first frame, if no other page has it. Otherwise the page replays the game
/// of its link, if it has one, and stores nothing. Without a link it only shows that the game is open elsewhere.
///
/// # Errors
/// The page lacks an element, or the browser lacks something that the game needs.
pub async fn open(window: Window, document: Document) -> Result<(), JsValue> {
    set_language(&window, &document)?;
    let elsewhere = ElsewherePanel::new(&document)?;
    let listener = elsewhere.listen(&window)?;
    let running: Rc<Running> = Rc::default();
    let lost = {
        let (running, elsewhere) = (running.clone(), elsewhere.clone());
        move || {
            running.stop();
            elsewhere.show();
        }
    };
    if lock::hold(&window, lost).await {
        play(window, &document, &running).await?;
    } else if address::link(&window).is_some() {
        visit(window, &document, &running, elsewhere).await?;
    } else {
        elsewhere.show();
    }
    // Both are needed until the page is closed.
    std::mem::forget((running, listener));
    Ok(())
}

/// The shell, as soon as it is started, and whether another page has taken the game meanwhile.
#[derive(Default)]
struct Running {
    shell: OnceCell<Shell>,
    lost: Cell<bool>,
}

impl Running {
    fn stop(&self) {
        self.lost.set(true);
        if let Some(shell) = self.shell.get() {
            shell.stop();
        }
    }

    fn start(&self, shell: Shell) {
        // A page starts one shell, so the cell is empty.
        let _ = self.shell.set(shell);
    }
}

/// Sets the language of the texts and of the page, before anything else is shown.
fn set_language(window: &Window, document: &Document) -> Result<(), JsValue> {
    words::format_with(Formats { number: intl::number, date: intl::date });
    words::speak(System::of(window).preferences().language);
    Texts::new(document)?.translate(words::language())
}

/// Starts the player's game.
async fn play(window: Window, document: &Document, running: &Rc<Running>) -> Result<(), JsValue> {
    let written = running.clone();
    let on_written = move || written.shell.get().into_iter().for_each(Shell::resume);
    let (storage, error) = WebStorage::open(&window, on_written).await;
    // Another page may have taken the game while the storage was read, or while the program started.
    if running.lost.get() {
        return Ok(());
    }
    let session = Session { storage: Box::new(storage), error, visit: None };
    let shell = Shell::start(window, document, session).await?;
    if running.lost.get() {
        shell.stop();
    }
    running.start(shell);
    Ok(())
}

/// Replays the game of the link, with the settings of the player. Nothing is stored.
async fn visit(
    window: Window,
    document: &Document,
    running: &Rc<Running>,
    elsewhere: ElsewherePanel,
) -> Result<(), JsValue> {
    let mut records = WebStorage::read(&window).await;
    records.retain(|key, _| [SOUND, SETTINGS].contains(&key.as_str()));
    let storage = Box::new(MemoryStorage::with(records));
    let session = Session { storage, error: None, visit: Some(elsewhere) };
    running.start(Shell::start(window, document, session).await?);
    Ok(())
}
