//! Starts the program in a page.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement, Window};

use super::address::{self, Address};
use super::elsewhere::ElsewherePanel;
use super::system::System;
use super::{Inner, Shell, boot, translations, viewport};
use crate::app::{App, StartOptions};
use crate::input::browser::SizeObserver;
use crate::ports::web::announcer::WebAnnouncer;
use crate::ports::web::audio::WebAudio;
use crate::ports::web::clock::WebClock;
use crate::ports::web::haptics::WebHaptics;
use crate::ports::web::outlet::WebOutlet;
use crate::ports::web::pause;
use crate::ports::web::seed::WebSeeds;
use crate::ports::{Announcer, Ports, Storage, StorageError};
use crate::records::SETTINGS;
use crate::view::canvas::CanvasSurface;
use crate::view::page::{Page, element};
use crate::view::painter::Painter;
use crate::words;
use crate::world::Settings;

/// What depends on whether this page has the player's game.
pub(super) struct Session {
    pub(super) storage: Box<dyn Storage>,
    /// Why the storage could not be read.
    pub(super) error: Option<StorageError>,
    /// See [`Inner::visit`].
    pub(super) visit: Option<ElsewherePanel>,
}

impl Shell {
    /// Starts the program and draws its first frame. The work is split into several tasks, so that the page stays
    /// responsive.
    pub(super) async fn start(window: Window, document: &Document, session: Session) -> Result<Self, JsValue> {
        let Session { storage, error, visit } = session;
        let system = System::of(&window);
        let stored = storage.all();
        if !stored.is_empty() {
            boot::whole(&window).await;
        }
        let settings = stored.get(SETTINGS).and_then(|text| Settings::parse(text).ok()).unwrap_or_default();
        translations::speak(&window, settings.spoken(system.preferences())).await;
        // A visit stores nothing, so the game of its link cannot be played on.
        element::<HtmlElement>(document, "play-on")?.set_hidden(visit.is_some());
        let stage: HtmlElement = element(document, "stage")?;
        let audio = WebAudio::new(&window, document);
        let (notice, text) = (element(document, "notice")?, element(document, "notice-text")?);
        let mut announcer = WebAnnouncer::new(element(document, "announcer")?, notice, text);
        if let Some(error) = error {
            announcer.notice(&words::storage_unreadable(&error));
        }
        let ports = ports(&window, document, storage, &audio, &announcer)?;
        let options =
            StartOptions { seed: address::seed(&window), link: address::link(&window), system: system.preferences() };
        let mut app = App::new(ports, viewport(&window, &stage), &options).map_err(|error| error.to_string())?;
        pause(&window, 0).await;
        let painter = Painter::new(app.world_mut());
        let canvases = [element(document, "rest")?, element(document, "moving")?, element(document, "held")?];
        let surface = CanvasSurface::new(document, canvases)?;
        let page = Page::new(document, announcer)?;
        pause(&window, 0).await;
        let shell = Self(Rc::new(RefCell::new(Inner {
            window: window.clone(),
            stage,
            app,
            painter,
            surface,
            page,
            system,
            address: Address::new(options.link.is_some(), options.seed.is_some()),
            requested: None,
            paused: false,
            stopped: false,
            visit,
            on_frame: None,
            timer: None,
            late: None,
            listeners: Vec::new(),
            size: None,
            pixel_ratio: None,
            is_loading_words: false,
        })));
        boot::watch(&shell);
        shell.create_callback();
        shell.bind_listeners(document, &audio)?;
        shell.draw_first_frame(&window).await;
        Ok(shell)
    }

    /// Creates the callback of frames and timers. It holds the shell weakly, because the shell holds it.
    fn create_callback(&self) {
        let weak = Rc::downgrade(&self.0);
        let on_frame = Closure::<dyn FnMut()>::new(move || {
            if let Some(inner) = weak.upgrade() {
                Self(inner).frame();
            }
        });
        self.0.borrow_mut().on_frame = Some(on_frame);
    }

    fn bind_listeners(&self, document: &Document, audio: &WebAudio) -> Result<(), JsValue> {
        let mut listeners = self.listen(document, audio)?;
        listeners.extend(self.listen_to_lifecycle(document, audio)?);
        let resized = self.clone();
        // In a browser without resize observers the window's `resize` event covers nearly every case.
        let size = SizeObserver::new(&element(document, "stage")?, move || resized.resize()).ok();
        let inner = &mut *self.0.borrow_mut();
        inner.listeners = listeners;
        inner.size = size;
        Ok(())
    }

    /// Draws the first frame in three tasks: the events that were published at the start, the canvas, and the rest of
    /// the page.
    async fn draw_first_frame(&self, window: &Window) {
        let now = self.0.borrow_mut().app.frame().now;
        pause(window, 0).await;
        self.0.borrow_mut().paint(now);
        pause(window, 0).await;
        self.frame();
    }
}

/// Returns the ports of the browser.
fn ports(
    window: &Window,
    document: &Document,
    storage: Box<dyn Storage>,
    audio: &WebAudio,
    announcer: &WebAnnouncer,
) -> Result<Ports, JsValue> {
    let outlet = WebOutlet {
        window: window.clone(),
        document: document.clone(),
        announcer: announcer.clone(),
        copied: words::copied,
        not_saved: words::not_saved,
        state: Rc::default(),
    };
    Ok(Ports {
        storage,
        audio: Box::new(audio.clone()),
        announcer: Box::new(announcer.clone()),
        clock: Box::new(WebClock(window.performance().ok_or("This browser has no clock.")?)),
        seeds: Box::new(WebSeeds),
        outlet: Box::new(outlet),
        haptics: Box::new(WebHaptics(window.navigator())),
    })
}
