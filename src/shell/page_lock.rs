//! Decides which of several open pages has the game. The others say that it is open elsewhere, or replay the game of a
//! link.

use std::cell::{Cell, OnceCell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

use futures_lite::future;
use js_sys::futures::{JsFuture, spawn_local};
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Window};

use super::elsewhere::ElsewherePanel;
use super::start::Session;
use super::system::System;
use super::{Shell, address, translations};
use crate::input::browser::Listener;
use crate::ports::MemoryStorage;
use crate::ports::web::lock::{self, Answer};
use crate::ports::web::storage::WebStorage;
use crate::ports::web::{intl, within};
use crate::records::{SETTINGS, SOUND};
use crate::view::page::texts::Texts;
use crate::words::{self, Formats};

/// The time that the browser has for an answer about the lock, in milliseconds. After it the game goes on, as in a
/// browser without locks.
const LOCK_TIMEOUT: i32 = 4_000;

/// Starts the game in this page and draws its first frame, if no other page has it. Otherwise the page replays the game
/// of its link, if it has one, and stores nothing. Without a link it only shows that the game is open elsewhere.
///
/// # Errors
/// The page lacks an element, or the browser lacks something that the game needs.
pub async fn open(window: Window, document: Document) -> Result<(), JsValue> {
    words::format_with(Formats { number: intl::number, date: intl::date });
    let elsewhere = ElsewherePanel::new(&document)?;
    let running = Rc::new(Running::new(&window, &elsewhere));
    let listeners = (elsewhere.listen(&window)?, running.listen()?);
    let language = System::of(&window).preferences().language;
    let (request, ()) = future::zip(request(&window), translations::speak(&window, language)).await;
    Texts::new(&document)?.translate(words::language())?;
    match request {
        Request::Answered(Answer::Taken) if address::link(&window).is_some() => {
            visit(window, &document, &running, elsewhere).await?;
        }
        Request::Answered(Answer::Taken) => elsewhere.show(),
        request => {
            spawn_local(running.clone().follow(request));
            play(window, &document, &running).await?;
        }
    }
    // Both are needed until the page is closed.
    std::mem::forget((running, listeners));
    Ok(())
}

/// A request for the lock, after a time.
enum Request {
    Answered(Answer),
    /// The browser may never answer, or answer later.
    Waiting(Pin<Box<dyn Future<Output = Answer>>>),
}

/// Requests the lock, and waits for the answer, but not too long.
async fn request(window: &Window) -> Request {
    let answer: Pin<Box<dyn Future<Output = Answer>>> = Box::pin(lock::hold(window.clone()));
    within(window, LOCK_TIMEOUT, answer).await.map_or_else(Request::Waiting, Request::Answered)
}

/// The page while it has the game.
struct Running {
    window: Window,
    elsewhere: ElsewherePanel,
    storage: OnceCell<WebStorage>,
    /// The shell, as soon as it is started.
    shell: OnceCell<Shell>,
    /// Whether another page has taken the game.
    is_lost: Cell<bool>,
    /// While the page is in the back/forward cache, or being closed: a promise, and the function that fulfils it when
    /// the page comes back.
    away: Rc<RefCell<Option<(Promise, Function)>>>,
}

impl Running {
    fn new(window: &Window, elsewhere: &ElsewherePanel) -> Self {
        Self {
            window: window.clone(),
            elsewhere: elsewhere.clone(),
            storage: OnceCell::new(),
            shell: OnceCell::new(),
            is_lost: Cell::default(),
            away: Rc::default(),
        }
    }

    /// Notes when the page goes into the back/forward cache and comes back.
    fn listen(&self) -> Result<[Listener; 2], JsValue> {
        let (leaves, returns) = (self.away.clone(), self.away.clone());
        let hidden = Listener::new(&self.window, "pagehide", move |_| {
            let mut fulfil = None;
            let back = Promise::new(&mut |resolve, _| fulfil = Some(resolve));
            leaves.replace(fulfil.map(|fulfil| (back, fulfil)));
        })?;
        let shown = Listener::new(&self.window, "pageshow", move |_| {
            if let Some((_, fulfil)) = returns.take() {
                // A promise's own function does not throw.
                let _ = fulfil.call0(&JsValue::NULL);
            }
        })?;
        Ok([hidden, shown])
    }

    /// Waits until the page is back from the back/forward cache; for ever if it is being closed.
    async fn back(&self) {
        let back = self.away.borrow().as_ref().map(|(back, _)| back.clone());
        if let Some(back) = back {
            // It is never rejected, and its value is not used.
            let _ = JsFuture::from(back).await;
        }
    }

    /// Follows the answers about the lock until another page has the game. The browser rejects a lock not only for
    /// another page: WebKit takes it from each page that it puts into the back/forward cache. So it is requested again
    /// first, and until the answer nothing happens in this page.
    async fn follow(self: Rc<Self>, mut outcome: Request) {
        loop {
            let answer = match outcome {
                Request::Answered(answer) => answer,
                Request::Waiting(late) => {
                    self.go_on();
                    late.await
                }
            };
            match answer {
                Answer::Held(held) => {
                    if self.is_outdated().await {
                        // It fails only in a page that is being closed.
                        let _ = self.window.location().reload();
                        return;
                    }
                    self.go_on();
                    if JsFuture::from(held).await.is_ok() {
                        return;
                    }
                }
                Answer::Taken => return self.stop(),
                Answer::Unusable => return self.go_on(),
            }
            self.pause();
            // WebKit also rejects it when the page is closed. `window` is already the next page then, so a request
            // would get the lock for that page.
            self.back().await;
            outcome = request(&self.window).await;
        }
    }

    /// Returns `true` if another page has played the game while this one did not have the lock.
    async fn is_outdated(&self) -> bool {
        match (self.shell.get(), self.storage.get()) {
            (Some(_), Some(storage)) => storage.is_outdated().await,
            _ => false,
        }
    }

    fn pause(&self) {
        if let Some(shell) = self.shell.get() {
            shell.pause();
        }
    }

    fn go_on(&self) {
        if let Some(shell) = self.shell.get() {
            shell.go_on();
        }
    }

    fn stop(&self) {
        self.is_lost.set(true);
        if let Some(shell) = self.shell.get() {
            shell.stop();
        }
        self.elsewhere.show();
    }

    fn start(&self, shell: Shell) {
        // A page starts one shell, so the cell is empty.
        let _ = self.shell.set(shell);
    }
}

/// Starts the player's game.
async fn play(window: Window, document: &Document, running: &Rc<Running>) -> Result<(), JsValue> {
    let written = running.clone();
    let on_written = move || written.shell.get().into_iter().for_each(Shell::wake);
    let (storage, error) = WebStorage::open(&window, on_written).await;
    // Another page may have taken the game while the storage was read, or while the program started.
    if running.is_lost.get() {
        return Ok(());
    }
    // This is the only place where it is set.
    let _ = running.storage.set(storage.clone());
    let session = Session { storage: Box::new(storage), error, visit: None };
    let shell = Shell::start(window, document, session).await?;
    if running.is_lost.get() {
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
