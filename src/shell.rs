//! The program in its page: builds the ports of the browser, binds the listeners, and requests frames.
//!
//! A frame is requested when an event is published or while something moves. An idle page has no frames. A command of
//! the player runs one at once, so that the page shows its result when the browser's event is over.
//!
//! A hidden page gets no frames, and one that is visible may get none, for example while another window covers it. What
//! must be stored does not wait for one: in a hidden page a frame runs directly, and otherwise a timer runs it after a
//! second.

mod actions;
mod address;
pub mod boot;
mod buttons;
mod elsewhere;
mod lifecycle;
mod listeners;
mod page_lock;
mod start;
mod system;
mod translations;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, Window, console};

use crate::app::{App, Frame};
use crate::events::{Command, PanelCommand};
use crate::input::browser::{Listener, SizeObserver};
use crate::input::gesture::Gesture;
use crate::ports::web::place::Place;
use crate::view::canvas::CanvasSurface;
use crate::view::page::Page;
use crate::view::painter::Painter;
use crate::view::view_model::ViewModel;
use crate::world::Play;
use crate::world::layout::Viewport;
use address::Address;
use elsewhere::ElsewherePanel;
use system::System;

pub use page_lock::open;

/// The time that published events wait for a frame, in milliseconds.
const FRAME_TIMEOUT: f64 = 1_000.0;

/// The program in its page. All clones are the same program.
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
    address: Address,
    /// The frame that was requested from the browser. It may never come.
    requested: Option<i32>,
    /// Whether nothing happens here until it is known whether another page has the game.
    paused: bool,
    /// Whether another page has the game. Nothing is shown here any more.
    stopped: bool,
    /// In a visit, the panel that is shown when the visit ends. A visit only replays the game of a link, because
    /// another page has the player's game.
    visit: Option<ElsewherePanel>,
    /// Runs a frame, for frames and timers.
    on_frame: Option<Closure<dyn FnMut()>>,
    /// The timer that runs a frame when a retry or a timeout is due.
    timer: Option<i32>,
    /// The timer that runs a frame if the requested one does not come.
    late: Option<i32>,
    /// They are bound as long as they are here.
    listeners: Vec<Listener>,
    /// Observes the size of the stage. It can change without the window, for example when a device shows a bar of its
    /// own.
    size: Option<SizeObserver>,
    pixel_ratio: Option<WatchedRatio>,
    is_loading_words: bool,
}

/// A pixel ratio, and the listeners that fire when it changes.
struct WatchedRatio {
    ratio: f64,
    _listeners: Vec<Listener>,
}

impl Inner {
    /// Delivers the published events and shows the result; `None` if that has ended the visit.
    fn frame(&mut self) -> Option<Frame> {
        let frame = self.app.frame();
        self.address.tidy(&self.window, self.app.world());
        if self.visit.is_some() && self.app.world().resource::<Play>().is_live() {
            return None;
        }
        self.paint(frame.now);
        let dragging = *self.app.world().resource::<Gesture>() != Gesture::Idle;
        let shown = self.page.show(ViewModel::of(self.app.world_mut(), frame.now));
        let marked = self.stage.class_list().toggle_with_force("dragging", dragging);
        if let Err(error) = shown.and(marked) {
            console::error_1(&error);
        }
        Some(frame)
    }

    /// Returns `true` if frames may run.
    fn is_active(&self) -> bool {
        !self.stopped && !self.paused
    }

    fn publish<E: Send + Sync + 'static>(&mut self, event: E) {
        if let Err(error) = self.app.publish(event) {
            console::error_1(&error.to_string().into());
        }
    }

    /// Closes the open panel if the browser has closed its dialog. Returns `true` if it has.
    fn follow_dialog(&mut self) -> bool {
        let closed = self.page.has_closed_dialog();
        if closed {
            self.publish(Command::from(PanelCommand::Close));
        }
        closed
    }

    fn paint(&mut self, now: f64) {
        self.painter.paint(self.app.world(), now, &mut self.surface);
    }

    /// Starts a timer that runs a frame after this many milliseconds.
    fn set_timer(&self, milliseconds: f64) -> Option<i32> {
        let on_frame = self.on_frame.as_ref()?.as_ref().unchecked_ref();
        // Timers have whole milliseconds, and this one must not fire too early.
        let delay = (milliseconds.ceil() + 1.0).min(f64::from(i32::MAX)) as i32;
        self.window.set_timeout_with_callback_and_timeout_and_arguments_0(on_frame, delay).ok()
    }

    /// Cancels everything that would run a frame.
    fn cancel_frame(&mut self) {
        if let Some(request) = self.requested.take() {
            // The browser does not refuse its own number.
            let _ = self.window.cancel_animation_frame(request);
        }
        for timer in [self.timer.take(), self.late.take()].into_iter().flatten() {
            self.window.clear_timeout_with_handle(timer);
        }
    }
}

impl Shell {
    /// Ends a visit after its replay was closed.
    fn end_visit(&self) {
        self.stop();
        let visit = self.0.borrow_mut().visit.take();
        if let Some(elsewhere) = visit {
            elsewhere.show();
        }
    }

    /// Unbinds all listeners and requests no more frames, because another page has the game.
    fn stop(&self) {
        let inner = &mut *self.0.borrow_mut();
        inner.stopped = true;
        inner.listeners.clear();
        inner.size = None;
        inner.pixel_ratio = None;
        // Behind an open dialog the panel of `page_lock` could not be used.
        if let Err(error) = inner.page.close_dialogs() {
            console::error_1(&error);
        }
    }

    /// Returns a callback that publishes an event and requests a frame.
    fn publisher<E: Send + Sync + 'static>(self) -> impl Fn(E) + Clone + 'static {
        move |event| self.publish(event)
    }

    /// Publishes a command and runs a frame.
    fn command(&self, command: impl Into<Command>) {
        self.add(command.into());
        self.frame();
    }

    /// Publishes an event and requests a frame.
    fn publish<E: Send + Sync + 'static>(&self, event: E) {
        self.add(event);
        self.wake();
    }

    fn add<E: Send + Sync + 'static>(&self, event: E) {
        let inner = &mut *self.0.borrow_mut();
        // It was closed before the event.
        inner.follow_dialog();
        inner.publish(event);
    }

    /// Requests a frame for something that must happen soon even if the browser draws nothing.
    fn wake(&self) {
        if self.is_hidden() {
            return self.frame();
        }
        self.request_frame();
        let inner = &mut *self.0.borrow_mut();
        if inner.late.is_none() {
            inner.late = inner.set_timer(FRAME_TIMEOUT);
        }
    }

    /// Requests a frame, unless one has been requested.
    fn request_frame(&self) {
        let inner = &mut *self.0.borrow_mut();
        let Some(on_frame) = inner.on_frame.as_ref().filter(|_| inner.requested.is_none() && !inner.stopped) else {
            return;
        };
        inner.requested = inner.window.request_animation_frame(on_frame.as_ref().unchecked_ref()).ok();
    }

    /// Requests a frame when the page is visible again. The browser may have forgotten what was requested before.
    fn wake_again(&self) {
        self.0.borrow_mut().cancel_frame();
        self.wake();
    }

    fn is_hidden(&self) -> bool {
        self.0.borrow().window.document().is_some_and(|document| document.hidden())
    }

    /// Stops everything until [`Self::go_on`]. What is published meanwhile waits.
    fn pause(&self) {
        self.0.borrow_mut().paused = true;
    }

    fn go_on(&self) {
        if std::mem::take(&mut self.0.borrow_mut().paused) {
            self.wake();
        }
    }

    /// Runs a frame, and requests the next one if it is needed.
    fn frame(&self) {
        let frame = {
            let inner = &mut *self.0.borrow_mut();
            inner.cancel_frame();
            if !inner.is_active() {
                return;
            }
            inner.frame()
        };
        let Some(frame) = frame else { return self.end_visit() };
        self.watch_pixel_ratio();
        self.follow_language();
        if frame.again {
            self.request_frame();
        }
        let inner = &mut *self.0.borrow_mut();
        inner.timer = frame.due.and_then(|due| inner.set_timer(due));
    }
}

/// Returns the size of the stage, in its own pixels, and the device pixels for each of them. The product is a whole
/// number, and is exactly what the canvases cover on the screen.
fn viewport(window: &Window, stage: &HtmlElement) -> Viewport {
    let (place, device) = (Place::of(stage), window.device_pixel_ratio());
    let (width, height) = place.device_pixels(device);
    let ratio = device * place.scale;
    Viewport { width: (width / ratio) as f32, height: (height / ratio) as f32, pixel_ratio: ratio as f32 }
}
