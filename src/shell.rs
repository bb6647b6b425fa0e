//! The program in its page: builds the ports of the browser, binds the listeners, and requests frames.
//!
//! A frame is requested when an event is published or while something moves. An idle page has no frames.

mod actions;
mod address;
pub mod boot;
mod buttons;
mod elsewhere;
mod listeners;
mod page_lock;
mod start;
mod system;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, Window, console};

use crate::app::{App, Frame};
use crate::events::Command;
use crate::input::browser::{Listener, SizeObserver};
use crate::input::gesture::Gesture;
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
    /// Whether a frame has been requested.
    awake: bool,
    /// Whether another page has the game. Nothing is shown here any more.
    stopped: bool,
    /// In a visit, the panel that is shown when the visit ends. A visit only replays the game of a link, because
    /// another page has the player's game.
    visit: Option<ElsewherePanel>,
    on_frame: Option<Closure<dyn FnMut()>>,
    /// The timer that will request a frame.
    timer: Option<i32>,
    on_timer: Option<Closure<dyn FnMut()>>,
    /// They are bound as long as they are here.
    listeners: Vec<Listener>,
    /// Observes the size of the stage. It can change without the window, for example when a device shows a bar of its
    /// own.
    size: Option<SizeObserver>,
    pixel_ratio: Option<WatchedRatio>,
}

/// A pixel ratio, and the listeners that fire when it changes.
struct WatchedRatio {
    ratio: f64,
    _listeners: Vec<Listener>,
}

impl Inner {
    /// Delivers the published events and shows the result; `None` if that has ended the visit.
    fn frame(&mut self) -> Option<Frame> {
        self.awake = false;
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

    fn paint(&mut self, now: f64) {
        self.painter.paint(self.app.world(), now, &mut self.surface);
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

    /// Publishes a command and requests a frame.
    fn command(&self, command: impl Into<Command>) {
        self.publish(command.into());
    }

    /// Publishes an event and requests a frame.
    fn publish<E: Send + Sync + 'static>(&self, event: E) {
        if let Err(error) = self.0.borrow_mut().app.publish(event) {
            console::error_1(&error.to_string().into());
        }
        self.wake();
    }

    /// Requests a frame, unless one has been requested.
    fn wake(&self) {
        let inner = &mut *self.0.borrow_mut();
        let Some(on_frame) = inner.on_frame.as_ref().filter(|_| !inner.awake && !inner.stopped) else { return };
        inner.awake = inner.window.request_animation_frame(on_frame.as_ref().unchecked_ref()).is_ok();
    }

    /// Continues after the storage has finished a write. A hidden page has no frames, and pending writes must not wait
    /// until it is visible again, so it runs one directly.
    fn resume(&self) {
        let hidden = self.0.borrow().window.document().is_some_and(|document| document.hidden());
        if hidden { self.frame() } else { self.wake() }
    }

    /// Requests a frame after this many milliseconds, instead of an earlier such request.
    fn wake_in(&self, milliseconds: f64) {
        let inner = &mut *self.0.borrow_mut();
        if let Some(timer) = inner.timer.take() {
            inner.window.clear_timeout_with_handle(timer);
        }
        let Some(on_timer) = &inner.on_timer else { return };
        // Timers have whole milliseconds, and this one must not fire too early.
        let delay = (milliseconds.ceil() + 1.0).min(f64::from(i32::MAX)) as i32;
        let callback = on_timer.as_ref().unchecked_ref();
        inner.timer = inner.window.set_timeout_with_callback_and_timeout_and_arguments_0(callback, delay).ok();
    }

    /// Runs a frame, and requests the next one if it is needed.
    fn frame(&self) {
        if self.0.borrow().stopped {
            return;
        }
        let frame = self.0.borrow_mut().frame();
        let Some(frame) = frame else { return self.end_visit() };
        self.watch_pixel_ratio();
        if frame.again {
            self.wake();
        } else if let Some(due) = frame.due {
            self.wake_in(due);
        }
    }
}

/// Returns the size of the stage, and the pixel ratio of the window.
fn viewport(window: &Window, stage: &HtmlElement) -> Viewport {
    Viewport {
        width: stage.client_width() as f32,
        height: stage.client_height() as f32,
        pixel_ratio: window.device_pixel_ratio() as f32,
    }
}
