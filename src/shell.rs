//! The page around the program: it builds the browser's halves, binds the listeners, and asks for frames.
//!
//! A frame is asked for by an event or by something that moves, and by nothing else: with nothing to do there is none.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement, HtmlInputElement, MediaQueryList, UrlSearchParams, Window, console};

use crate::app::{App, Wishes};
use crate::bus::Event;
use crate::events::CommandEvent;
use crate::input::browser::{self, Listener};
use crate::input::gesture::Gesture;
use crate::ports::Ports;
use crate::ports::web::announcer::WebAnnouncer;
use crate::ports::web::audio::WebAudio;
use crate::ports::web::clock::WebClock;
use crate::ports::web::seed::WebSeeds;
use crate::ports::web::storage::WebStorage;
use crate::view::animation::Motion;
use crate::view::canvas::CanvasSurface;
use crate::view::mirror::Mirror;
use crate::view::page::{Page, element};
use crate::view::painter::Painter;
use crate::view::theme::Theme;
use crate::world::layout::Viewport;

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
    dark: Option<MediaQueryList>,
    still: Option<MediaQueryList>,
    /// Has a frame been asked for?
    awake: bool,
    on_frame: Option<Closure<dyn FnMut()>>,
    /// The timer that will ask for a frame.
    timer: Option<i32>,
    on_timer: Option<Closure<dyn FnMut()>>,
    /// They stay bound as long as the shell lives.
    listeners: Vec<Listener>,
}

impl Shell {
    /// Starts the program in this document, with its first frame drawn.
    ///
    /// # Errors
    /// What is missing, in a sentence or as the browser says it.
    pub fn start(window: Window, document: &Document) -> Result<Self, JsValue> {
        let stage: HtmlElement = element(document, "stage")?;
        let audio = WebAudio::default();
        let ports = Ports {
            storage: Box::new(WebStorage(window.clone())),
            audio: Box::new(audio.clone()),
            announcer: Box::new(WebAnnouncer {
                live_region: element(document, "announcer")?,
                notice: element(document, "notice-text")?,
            }),
            clock: Box::new(WebClock(window.performance().ok_or("This browser has no clock.")?)),
            seeds: Box::new(WebSeeds),
        };
        let query = window.location().search().ok().and_then(|query| UrlSearchParams::new_with_str(&query).ok());
        let (dark, still) =
            (media(&window, "(prefers-color-scheme: dark)"), media(&window, "(prefers-reduced-motion: reduce)"));
        let wishes = Wishes { seed: query.and_then(|query| query.get("seed")), motion: motion(still.as_ref()) };
        let mut app = App::new(ports, viewport(&window, &stage), &wishes).map_err(|error| error.to_string())?;
        let painter = Painter::new(app.world_mut());
        let surface = CanvasSurface::new(document, element(document, "rest")?, element(document, "moving")?)?;
        let page = Page::new(document)?;
        let shell = Self(Rc::new(RefCell::new(Inner {
            window,
            stage,
            app,
            painter,
            surface,
            page,
            dark,
            still,
            awake: false,
            on_frame: None,
            timer: None,
            on_timer: None,
            listeners: Vec::new(),
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
        listeners.extend(browser::install_interruptions(&window, shell().publisher())?);
        let button = |id: &str, command: CommandEvent| {
            let shell = shell();
            browser::install_calls(&element(document, id)?, &["click"], move || shell.publish(command))
        };
        listeners.extend(button("new-game", CommandEvent::NewGameRequested)?);
        listeners.extend(button("play-again", CommandEvent::NewGameRequested)?);
        listeners.extend(button("mute", CommandEvent::MuteToggled)?);
        let inspect = shell();
        listeners.push(browser::install_key(&window, "i", move || inspect.publish(CommandEvent::InspectorToggled))?);
        let slider: HtmlInputElement = element(document, "volume")?;
        let (value, to) = (slider.clone(), shell());
        listeners.extend(browser::install_calls(&slider, &["input"], move || {
            to.publish(CommandEvent::VolumeSet(value.value_as_number() as f32 / 100.0));
        })?);
        let (text, close) = (element::<HtmlElement>(document, "notice-text")?, element(document, "notice-close")?);
        listeners.extend(browser::install_calls(&close, &["click"], move || text.set_text_content(None))?);
        let to_unlock = audio.clone();
        let unlocking = ["pointerdown", "pointerup", "keydown"];
        listeners.extend(browser::install_calls(&window, &unlocking, move || to_unlock.unlock())?);
        let resized = shell();
        listeners.extend(browser::install_calls(&window, &["resize"], move || resized.resize())?);
        let queries = {
            let inner = self.0.borrow();
            [inner.dark.clone(), inner.still.clone()]
        };
        for query in queries.into_iter().flatten() {
            let changed = shell();
            listeners.extend(browser::install_calls(&query, &["change"], move || changed.appearance())?);
        }
        Ok(listeners)
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

    fn resize(&self) {
        {
            let inner = &mut *self.0.borrow_mut();
            let viewport = viewport(&inner.window, &inner.stage);
            if let Err(error) = inner.app.resize(viewport) {
                console::error_1(&error.to_string().into());
            }
        }
        self.wake();
    }

    /// The player changed the theme or wants another amount of motion.
    fn appearance(&self) {
        {
            let inner = &mut *self.0.borrow_mut();
            let motion = motion(inner.still.as_ref());
            inner.app.world_mut().insert_resource(motion);
        }
        self.wake();
    }

    /// Asks for a frame, if none has been asked for.
    fn wake(&self) {
        let inner = &mut *self.0.borrow_mut();
        let Some(on_frame) = inner.on_frame.as_ref().filter(|_| !inner.awake) else { return };
        inner.awake = inner.window.request_animation_frame(on_frame.as_ref().unchecked_ref()).is_ok();
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
            let frame = inner.app.frame();
            let theme =
                if inner.dark.as_ref().is_some_and(MediaQueryList::matches) { Theme::Dark } else { Theme::Light };
            inner.painter.paint(inner.app.world(), theme, frame.now, &mut inner.surface);
            let dragging = *inner.app.world().resource::<Gesture>() != Gesture::Idle;
            let shown = inner.page.show(Mirror::of(inner.app.world_mut(), frame.now));
            let marked = inner.stage.class_list().toggle_with_force("dragging", dragging);
            if let Err(error) = shown.and(marked) {
                console::error_1(&error);
            }
            frame
        };
        if frame.again {
            self.wake();
        } else if let Some(due) = frame.due {
            self.wake_in(due);
        }
    }
}

fn media(window: &Window, query: &str) -> Option<MediaQueryList> {
    window.match_media(query).ok().flatten()
}

fn motion(still: Option<&MediaQueryList>) -> Motion {
    if still.is_some_and(MediaQueryList::matches) { Motion::Reduced } else { Motion::Full }
}

fn viewport(window: &Window, stage: &HtmlElement) -> Viewport {
    Viewport {
        width: stage.client_width() as f32,
        height: stage.client_height() as f32,
        pixel_ratio: window.device_pixel_ratio() as f32,
    }
}
