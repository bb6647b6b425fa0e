//! The page around the program: it builds the browser's halves, binds the listeners, and asks for frames.
//!
//! A frame is asked for by an event or by something that moves, and by nothing else: with nothing to do there is none.

mod address;
mod buttons;
mod hearing;
mod listeners;
mod opening;
mod system;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use js_sys::futures::JsFuture;
use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement, Window, console};

use crate::app::{App, Frame, Wishes};
use crate::bus::Event;
use crate::input::browser::{Listener, SizeObserver};
use crate::input::gesture::Gesture;
use crate::ports::web::announcer::WebAnnouncer;
use crate::ports::web::audio::WebAudio;
use crate::ports::web::clock::WebClock;
use crate::ports::web::haptics::WebHaptics;
use crate::ports::web::outlet::WebOutlet;
use crate::ports::web::seed::WebSeeds;
use crate::ports::{Announcer, Ports, Storage, StorageError};
use crate::rules::Deal;
use crate::view::canvas::CanvasSurface;
use crate::view::mirror::Mirror;
use crate::view::page::{Page, element};
use crate::view::painter::Painter;
use crate::words;
use crate::world::Play;
use crate::world::layout::Viewport;
use system::System;

pub use opening::open;

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
    /// Has another page the game, and is nothing shown here?
    stopped: bool,
    /// Where another page has the game and only a replay is shown: says so, when the replay was closed.
    visit: Option<Box<dyn Fn()>>,
    /// What the player's game was dealt from, in the last frame.
    deal: Option<Deal>,
    address_has_link: bool,
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

impl Inner {
    /// Deals with what came, and shows what is on the table now; `None`, and nothing of that, where a visit is over.
    fn frame(&mut self) -> Option<Frame> {
        self.awake = false;
        let frame = self.app.frame();
        self.tidy_address();
        if self.visit.is_some() && self.app.world().resource::<Play>().is_live() {
            return None;
        }
        self.paint(frame.now);
        let dragging = *self.app.world().resource::<Gesture>() != Gesture::Idle;
        let shown = self.page.show(Mirror::of(self.app.world_mut(), frame.now));
        let marked = self.stage.class_list().toggle_with_force("dragging", dragging);
        if let Err(error) = shown.and(marked) {
            console::error_1(&error);
        }
        Some(frame)
    }

    fn paint(&mut self, now: f64) {
        self.painter.paint(self.app.world(), now, &mut self.surface);
    }
}

impl Shell {
    /// Starts the program in this document; and draws its first frame. For a visit it shows no more than the replay of a link. It is
    /// done in a few tasks, so that the page can answer in between.
    async fn start(
        window: Window,
        document: &Document,
        storage: Box<dyn Storage>,
        error: Option<StorageError>,
        visit: Option<Box<dyn Fn()>>,
    ) -> Result<Self, JsValue> {
        // It cannot be played on where nothing is stored.
        element::<HtmlElement>(document, "play-on")?.set_hidden(visit.is_some());
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
            storage,
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
        next_task(&window).await;
        let painter = Painter::new(app.world_mut());
        let surface = CanvasSurface::new(document, element(document, "rest")?, element(document, "moving")?)?;
        let page = Page::new(document, told)?;
        next_task(&window).await;
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
            visit,
            deal: None,
            address_has_link: wishes.link.is_some(),
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
        let window = shell.0.borrow().window.clone();
        let now = shell.0.borrow_mut().app.frame().now;
        next_task(&window).await;
        shell.0.borrow_mut().paint(now);
        next_task(&window).await;
        shell.frame();
        Ok(shell)
    }

    /// The replay that was visited is closed: the page says where the game is.
    fn end_visit(&self) {
        self.stop();
        let visit = self.0.borrow_mut().visit.take();
        if let Some(say) = visit {
            say();
        }
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
        if self.0.borrow().stopped {
            return;
        }
        let frame = self.0.borrow_mut().frame();
        let Some(frame) = frame else { return self.end_visit() };
        self.watch_sharpness();
        if frame.again {
            self.wake();
        } else if let Some(due) = frame.due {
            self.wake_in(due);
        }
    }
}

/// Lets the browser do what waits. Without a timer it goes on at once.
async fn next_task(window: &Window) {
    let next = Promise::new(&mut |resolve, _| {
        if window.set_timeout_with_callback(&resolve).is_err() {
            drop(resolve.call0(&JsValue::UNDEFINED));
        }
    });
    drop(JsFuture::from(next).await);
}

fn viewport(window: &Window, stage: &HtmlElement) -> Viewport {
    Viewport {
        width: stage.client_width() as f32,
        height: stage.client_height() as f32,
        pixel_ratio: window.device_pixel_ratio() as f32,
    }
}
