//! The page around the program: it builds the browser's halves, binds the listeners, and asks for frames.
//!
//! A frame is asked for by an event or by something that moves, and by nothing else: with nothing to do there is none.

mod address;
mod buttons;
mod system;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use js_sys::futures::{JsFuture, spawn_local};
use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement, HtmlInputElement, Window, console};

use crate::app::{App, Wishes};
use crate::bus::Event;
use crate::events::{CommandEvent, KeyEvent, PointerEvent, ReplayControl};
use crate::input::browser::{self, Listener, SizeObserver};
use crate::input::gesture::Gesture;
use crate::input::keys::Meaning;
use crate::ports::web::announcer::WebAnnouncer;
use crate::ports::web::audio::WebAudio;
use crate::ports::web::clock::WebClock;
use crate::ports::web::haptics::WebHaptics;
use crate::ports::web::outlet::WebOutlet;
use crate::ports::web::seed::WebSeeds;
use crate::ports::web::storage::WebStorage;
use crate::ports::web::{intl, lock};
use crate::ports::{Announcer, Ports, StorageError};
use crate::rules::Deal;
use crate::view::canvas::CanvasSurface;
use crate::view::mirror::Mirror;
use crate::view::page::menu::typed_seed;
use crate::view::page::settings::{chosen, field};
use crate::view::page::texts::Texts;
use crate::view::page::{Page, element};
use crate::view::painter::Painter;
use crate::words::{self, Formats};
use crate::world::layout::{Layout, Viewport};
use crate::world::{OpenPanel, Play, Settings};
use buttons::{DIALOGS, buttons, keys};
use system::System;

/// The program in its page. Its clones are one and the same.
#[derive(Clone)]
pub struct Shell(Rc<RefCell<Inner>>);

struct Inner {
    window: Window,
    stage: HtmlElement,
    app: App,
    painter: Painter,
    surface: CanvasSurface,
    page: Page,
    system: System,
    /// Has a frame been asked for?
    awake: bool,
    /// Has another page taken the game?
    stopped: bool,
    /// Was a replay shown in the last frame?
    replaying: bool,
    /// What the player's game was dealt from, in the last frame.
    deal: Option<Deal>,
    address_has_seed: bool,
    on_frame: Option<Closure<dyn FnMut()>>,
    /// The timer that will ask for a frame.
    timer: Option<i32>,
    on_timer: Option<Closure<dyn FnMut()>>,
    /// They stay bound as long as the shell lives.
    listeners: Vec<Listener>,
    /// Sees that the table has another size, also where the window has not: a device may take room for itself.
    size: Option<SizeObserver>,
    /// Hear that a pixel ratio is no longer this one.
    sharpness: Option<(f64, Vec<Listener>)>,
}

/// Opens the game in this page, if no other page has it. Then its first frame is drawn.
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
        // It may have been taken away while the storage was read.
        if !gone.get() {
            let started = Shell::start(window, &document, storage, error)?;
            drop(shell.set(started));
        }
    } else {
        say();
    }
    std::mem::forget((shell, take));
    Ok(())
}

impl Inner {
    /// Takes out of the address what is over, so that loading the page anew does not bring it back: a link when its replay was
    /// closed, a seed when another game was begun.
    fn tidy_address(&mut self) {
        let world = self.app.world();
        let play = world.resource::<Play>();
        let replaying = play.shown.is_some();
        let link_is_over = self.replaying && !replaying;
        let asked = world.resource::<OpenPanel>().0.is_some();
        let own = Some(play.own.timeline.deal());
        let seed_is_over = !asked && self.deal.is_some() && self.deal != own && self.address_has_seed;
        self.replaying = replaying;
        self.deal = own;
        if link_is_over || seed_is_over {
            self.address_has_seed &= !seed_is_over;
            address::rewrite(&self.window, link_is_over, seed_is_over);
        }
    }
}

impl Shell {
    /// Starts the program in this document, with its first frame drawn.
    fn start(
        window: Window,
        document: &Document,
        storage: WebStorage,
        error: Option<StorageError>,
    ) -> Result<Self, JsValue> {
        let stage: HtmlElement = element(document, "stage")?;
        let audio = WebAudio::default();
        let mut announcer =
            WebAnnouncer { live_region: element(document, "announcer")?, notice: element(document, "notice-text")? };
        if let Some(error) = error {
            announcer.notice(&words::storage_unreadable(&error));
        }
        let told = announcer.clone();
        let outlet = WebOutlet {
            window: window.clone(),
            document: document.clone(),
            announcer: announcer.clone(),
            copied: words::copied,
            not_saved: words::not_saved,
        };
        let ports = Ports {
            storage: Box::new(storage),
            audio: Box::new(audio.clone()),
            announcer: Box::new(announcer),
            clock: Box::new(WebClock(window.performance().ok_or("This browser has no clock.")?)),
            seeds: Box::new(WebSeeds),
            outlet: Box::new(outlet),
            haptics: Box::new(WebHaptics(window.navigator())),
        };
        let system = System::of(&window);
        let wishes = Wishes { seed: address::seed(&window), link: address::link(&window), system: system.wishes() };
        let mut app = App::new(ports, viewport(&window, &stage), &wishes).map_err(|error| error.to_string())?;
        let painter = Painter::new(app.world_mut());
        let surface = CanvasSurface::new(document, element(document, "rest")?, element(document, "moving")?)?;
        let page = Page::new(document, told)?;
        let shell = Self(Rc::new(RefCell::new(Inner {
            window,
            stage,
            app,
            painter,
            surface,
            page,
            system,
            awake: false,
            stopped: false,
            replaying: false,
            deal: None,
            address_has_seed: wishes.seed.is_some(),
            on_frame: None,
            timer: None,
            on_timer: None,
            listeners: Vec::new(),
            size: None,
            sharpness: None,
        })));
        let weak = Rc::downgrade(&shell.0);
        let on_frame = Closure::<dyn FnMut()>::new(move || {
            if let Some(inner) = weak.upgrade() {
                Self(inner).frame();
            }
        });
        let weak = Rc::downgrade(&shell.0);
        let on_timer = Closure::<dyn FnMut()>::new(move || {
            if let Some(inner) = weak.upgrade() {
                Self(inner).wake();
            }
        });
        shell.0.borrow_mut().on_frame = Some(on_frame);
        shell.0.borrow_mut().on_timer = Some(on_timer);
        let listeners = shell.listen(document, &audio)?;
        shell.0.borrow_mut().listeners = listeners;
        let resized = shell.clone();
        // Without it the window's own event is left, which tells of nearly everything.
        let size = SizeObserver::new(&element(document, "stage")?, move || resized.resize()).ok();
        shell.0.borrow_mut().size = size;
        shell.frame();
        Ok(shell)
    }

    /// Every listener of the program.
    fn listen(&self, document: &Document, audio: &WebAudio) -> Result<Vec<Listener>, JsValue> {
        let (window, stage) = {
            let inner = self.0.borrow();
            (inner.window.clone(), inner.stage.clone())
        };
        let shell = || self.clone();
        let mut listeners = browser::install_pointers(&stage, shell().publisher())?;
        listeners.extend(self.listen_to_keys(&window, document)?);
        for (id, command) in buttons() {
            let shell = shell();
            let press = move || shell.publish(command.clone());
            listeners.extend(browser::install_calls(&element(document, id)?, &["click"], press)?);
        }
        for id in DIALOGS {
            let closed = shell();
            let close = move || closed.publish(CommandEvent::PanelClosed);
            listeners.extend(browser::install_calls(&element(document, id)?, &["cancel"], close)?);
        }
        listeners.extend(self.listen_to_inputs(document)?);
        let linked = shell();
        let open_link = move || linked.open_link();
        listeners.extend(browser::install_calls(&window, &["hashchange"], open_link)?);
        for id in ["volume", "settings-volume"] {
            let slider: HtmlInputElement = element(document, id)?;
            let (value, to) = (slider.clone(), shell());
            listeners.extend(browser::install_calls(&slider, &["input"], move || {
                to.publish(CommandEvent::VolumeSet(value.value_as_number() as f32 / 100.0));
            })?);
        }
        let (text, close) = (element::<HtmlElement>(document, "notice-text")?, element(document, "notice-close")?);
        let closing = shell();
        listeners.extend(browser::install_calls(&close, &["click"], move || {
            text.set_text_content(None);
            if let Err(error) = closing.0.borrow().page.take_focus() {
                console::error_1(&error);
            }
        })?);
        let to_unlock = audio.clone();
        let unlocking = ["pointerdown", "pointerup", "keydown"];
        listeners.extend(browser::install_calls(&window, &unlocking, move || to_unlock.unlock())?);
        let resized = shell();
        listeners.extend(browser::install_calls(&window, &["resize"], move || resized.resize())?);
        let queries: Vec<_> = self.0.borrow().system.queries().collect();
        let spoken = shell();
        listeners.extend(browser::install_calls(&window, &["languagechange"], move || spoken.follow_system())?);
        for query in queries {
            let changed = shell();
            listeners.extend(browser::install_calls(&query, &["change"], move || changed.follow_system())?);
        }
        Ok(listeners)
    }

    /// The keys: those that break a drag off, those that lead the hand, and those that stand for a button.
    fn listen_to_keys(&self, window: &Window, document: &Document) -> Result<Vec<Listener>, JsValue> {
        let shell = self.clone();
        let mut listeners = browser::install_interruptions(window, move |event: PointerEvent| {
            shell.publish(KeyEvent::Interrupted);
            shell.publish(event);
        })?;
        let shapes = [element(document, "slot-1")?, element(document, "slot-2")?, element(document, "slot-3")?];
        let shell = self.clone();
        listeners.push(browser::install_keys(window, shapes, move |meaning| shell.take(meaning))?);
        for (key, command) in keys() {
            let shell = self.clone();
            listeners.push(browser::install_key(window, key, move || shell.press(command.clone()))?);
        }
        Ok(listeners)
    }

    /// The fields that are typed into, chosen from or dragged.
    fn listen_to_inputs(&self, document: &Document) -> Result<Vec<Listener>, JsValue> {
        let seed: HtmlInputElement = element(document, "seed")?;
        let refusal: HtmlElement = element(document, "no-seed")?;
        let shell = self.clone();
        let mut listeners = vec![Listener::new(&element(document, "seed-form")?, "submit", move |event| {
            event.prevent_default();
            match typed_seed(&seed.value()) {
                Some(wanted) => shell.publish(CommandEvent::GameRequested(wanted)),
                None => refusal.set_text_content(Some(&words::no_seed(&seed.value()))),
            }
        })?];
        for setting in Settings::default().all() {
            let (key, _) = setting.texts();
            let (document, shell) = (document.clone(), self.clone());
            listeners.extend(browser::install_calls(&element(&document, &field(key))?, &["change"], move || {
                if let Some(setting) = chosen(&document, key) {
                    shell.publish(CommandEvent::SettingChosen(setting));
                }
            })?);
        }
        let bar: HtmlInputElement = element(document, "replay-bar")?;
        let (place, shell) = (bar.clone(), self.clone());
        listeners.extend(browser::install_calls(&bar, &["input"], move || {
            shell.publish(CommandEvent::Replay(ReplayControl::Seek(place.value().parse().unwrap_or(0))));
        })?);
        let files: HtmlInputElement = element(document, "import-file")?;
        let open = files.clone();
        listeners.extend(browser::install_calls(&element(document, "import")?, &["click"], move || open.click())?);
        let (chosen, shell) = (files.clone(), self.clone());
        listeners.extend(browser::install_calls(&files, &["change"], move || {
            let Some(file) = chosen.files().and_then(|files| files.get(0)) else { return };
            // The same file can be chosen again.
            chosen.set_value("");
            let shell = shell.clone();
            spawn_local(async move {
                // What cannot be read is no backup, and is refused as such.
                let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()).unwrap_or_default();
                shell.publish(CommandEvent::ImportRequested(text));
            });
        })?);
        Ok(listeners)
    }

    /// Shows the game of the address, if another one was put there.
    fn open_link(&self) {
        {
            let inner = &mut *self.0.borrow_mut();
            if let Some(link) = address::link(&inner.window)
                && let Err(error) = inner.app.open(&link)
            {
                console::error_1(&error.to_string().into());
            }
        }
        self.wake();
    }

    /// Hears and shows nothing more: another page has the game.
    fn stop(&self) {
        let inner = &mut *self.0.borrow_mut();
        inner.stopped = true;
        inner.listeners.clear();
        inner.size = None;
        inner.sharpness = None;
        // Below a dialog that is open nothing can be pressed.
        if let Err(error) = inner.page.close() {
            console::error_1(&error);
        }
    }

    fn publisher<E: Event>(self) -> impl Fn(E) + Clone + 'static {
        move |event| self.publish(event)
    }

    fn publish<E: Event>(&self, event: E) {
        if let Err(error) = self.0.borrow_mut().app.publish(event) {
            console::error_1(&error.to_string().into());
        }
        self.wake();
    }

    /// A key was pressed that stands for a button. A replay has buttons of its own, and none for another game.
    fn press(&self, command: CommandEvent) {
        let replaying = !self.0.borrow().app.world().resource::<Play>().is_live();
        let hidden = replaying && matches!(command, CommandEvent::GameRequested(_));
        if !hidden && !self.is_covered() {
            if command == CommandEvent::MuteToggled {
                self.0.borrow_mut().page.switching_by_key();
            }
            self.publish(command);
        }
    }

    /// A key was pressed that means something to the table. Returns whether it is taken.
    fn take(&self, meaning: Meaning) -> bool {
        if self.is_covered() {
            return false;
        }
        match meaning {
            Meaning::Hand(event) => self.publish(event),
            Meaning::Focus(slot) => {
                if let Err(error) = self.0.borrow().page.focus(slot) {
                    console::error_1(&error);
                }
            }
        }
        true
    }

    /// What is open over the table has the keys for itself.
    fn is_covered(&self) -> bool {
        self.0.borrow().app.world().resource::<OpenPanel>().0.is_some()
    }

    fn resize(&self) {
        {
            let inner = &mut *self.0.borrow_mut();
            let viewport = viewport(&inner.window, &inner.stage);
            if inner.app.world().resource::<Layout>().viewport == viewport {
                return;
            }
            if let Err(error) = inner.app.resize(viewport) {
                console::error_1(&error.to_string().into());
            }
        }
        self.wake();
    }

    /// Listens for another pixel ratio than the present one: a window that is dragged to another screen keeps its size, and no
    /// event says that it has to be drawn anew.
    fn watch_sharpness(&self) {
        let (window, ratio) = {
            let inner = self.0.borrow();
            let ratio = inner.window.device_pixel_ratio();
            if inner.sharpness.as_ref().is_some_and(|(watched, _)| *watched == ratio) {
                return;
            }
            (inner.window.clone(), ratio)
        };
        let changed = self.clone();
        let listeners = window
            .match_media(&format!("(resolution: {ratio}dppx)"))
            .ok()
            .flatten()
            .and_then(|query| browser::install_calls(&query, &["change"], move || changed.resize()).ok());
        // The one before is dropped here, in a frame, and not while it is called.
        self.0.borrow_mut().sharpness = Some((ratio, listeners.unwrap_or_default()));
    }

    /// The player's system asks for something else.
    fn follow_system(&self) {
        {
            let inner = &mut *self.0.borrow_mut();
            let wishes = inner.system.wishes();
            let world = inner.app.world_mut();
            world.insert_resource(wishes);
            words::speak(world.resource::<Settings>().spoken(wishes));
        }
        self.wake();
    }

    /// Asks for a frame, if none has been asked for.
    fn wake(&self) {
        let inner = &mut *self.0.borrow_mut();
        let Some(on_frame) = inner.on_frame.as_ref().filter(|_| !inner.awake && !inner.stopped) else { return };
        inner.awake = inner.window.request_animation_frame(on_frame.as_ref().unchecked_ref()).is_ok();
    }

    /// Goes on with what the storage has finished. A page that is out of sight has no frames, and what waits to be stored cannot wait
    /// until it comes back.
    fn go_on(&self) {
        let hidden = self.0.borrow().window.document().is_some_and(|document| document.hidden());
        if hidden { self.frame() } else { self.wake() }
    }

    /// Asks for a frame in so many milliseconds. If there is one before, it asks again.
    fn wake_in(&self, milliseconds: f64) {
        let inner = &mut *self.0.borrow_mut();
        if let Some(timer) = inner.timer.take() {
            inner.window.clear_timeout_with_handle(timer);
        }
        let Some(on_timer) = &inner.on_timer else { return };
        // A timer counts in whole milliseconds, and must not come too early.
        let pause = (milliseconds.ceil() + 1.0).min(f64::from(i32::MAX)) as i32;
        let callback = on_timer.as_ref().unchecked_ref();
        inner.timer = inner.window.set_timeout_with_callback_and_timeout_and_arguments_0(callback, pause).ok();
    }

    fn frame(&self) {
        let frame = {
            let inner = &mut *self.0.borrow_mut();
            inner.awake = false;
            if inner.stopped {
                return;
            }
            let frame = inner.app.frame();
            inner.painter.paint(inner.app.world(), frame.now, &mut inner.surface);
            inner.tidy_address();
            let dragging = *inner.app.world().resource::<Gesture>() != Gesture::Idle;
            let shown = inner.page.show(Mirror::of(inner.app.world_mut(), frame.now));
            let marked = inner.stage.class_list().toggle_with_force("dragging", dragging);
            if let Err(error) = shown.and(marked) {
                console::error_1(&error);
            }
            frame
        };
        self.watch_sharpness();
        if frame.again {
            self.wake();
        } else if let Some(due) = frame.due {
            self.wake_in(due);
        }
    }
}

fn viewport(window: &Window, stage: &HtmlElement) -> Viewport {
    Viewport {
        width: stage.client_width() as f32,
        height: stage.client_height() as f32,
        pixel_ratio: window.device_pixel_ratio() as f32,
    }
}
