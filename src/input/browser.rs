//! Listeners for events of the page. They translate pointers to [`PointerEvent`]s and keys to [`Meaning`]s, and pass
//! them to a callback. A listener is bound until it is dropped.

mod listener;
mod pointers;

pub use listener::Listener;
pub use pointers::{install_dismissal, install_pointers};

use wasm_bindgen::prelude::*;
use web_sys::{
    Element, Event, EventTarget, HtmlButtonElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent, ResizeObserver,
    UiEvent, Window,
};

use super::keys::{Focus, Meaning, is_character, meaning, named};
use crate::events::KeyEvent;
use blockers_rules::{Cell, SLOTS, Slot};

/// Calls a function whenever the size of an element changes, and once at the beginning. It stops when it is dropped.
#[must_use = "an observer stops when it is dropped"]
pub struct SizeObserver {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl SizeObserver {
    /// Observes this element.
    ///
    /// # Errors
    /// The browser has no resize observers.
    pub fn new(element: &Element, callback: impl FnMut() + 'static) -> Result<Self, JsValue> {
        let callback = Closure::<dyn FnMut()>::new(callback);
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref())?;
        observer.observe(element);
        Ok(Self { observer, _callback: callback })
    }
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The reason why a drag is interrupted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Interruption {
    /// Escape was pressed.
    Escape,
    /// The window lost the focus.
    Blur,
}

/// Listens for interruptions.
///
/// # Errors
/// The browser refuses to bind a listener.
pub fn install_interruptions(
    window: &Window,
    callback: impl Fn(Interruption) + Clone + 'static,
) -> Result<Vec<Listener>, JsValue> {
    let on_blur = callback.clone();
    Ok(vec![
        Listener::new(window, "keydown", move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
                callback(Interruption::Escape);
            }
        })?,
        Listener::new(window, "blur", move |_| on_blur(Interruption::Blur))?,
    ])
}

/// A shortcut: a key and its modifiers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key {
    name: &'static str,
    control: bool,
    /// Whether Shift must be pressed; `None` if it does not matter.
    shift: Option<bool>,
}

impl Key {
    /// Returns `true` if it is a single character without Control.
    #[must_use]
    pub fn is_character(self) -> bool {
        !self.control && is_character(self.name)
    }

    /// This key without modifiers.
    #[must_use]
    pub const fn plain(name: &'static str) -> Self {
        Self { name, control: false, shift: Some(false) }
    }

    /// This character, with or without Shift, as the keyboard layout requires.
    #[must_use]
    pub const fn sign(name: &'static str) -> Self {
        Self { shift: None, ..Self::plain(name) }
    }

    /// This key with Control; on a Mac with Command.
    #[must_use]
    pub const fn with_control(name: &'static str) -> Self {
        Self { control: true, ..Self::plain(name) }
    }

    /// This key with Control and Shift; on a Mac with Command and Shift.
    #[must_use]
    pub const fn with_control_and_shift(name: &'static str) -> Self {
        Self { shift: Some(true), ..Self::with_control(name) }
    }

    fn matches(self, event: &KeyboardEvent) -> bool {
        let control = event.ctrl_key() || event.meta_key();
        named(&event.key(), &event.code(), event.shift_key()).eq_ignore_ascii_case(self.name)
            && (control, event.alt_key()) == (self.control, false)
            && self.shift.is_none_or(|shift| shift == event.shift_key())
    }
}

/// Calls a function when a shortcut is pressed. If it returns `true`, the default action is prevented. A key that is
/// held down counts once, unless it is pressed with Control. Keys that are typed into a field are ignored.
///
/// # Errors
/// The browser refuses to bind the listener.
pub fn install_key(window: &Window, key: Key, callback: impl Fn() -> bool + 'static) -> Result<Listener, JsValue> {
    Listener::new(window, "keydown", move |event| {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>().filter(|event| key.matches(event)) else { return };
        let typed = event.target().is_some_and(|target| is_field(&target));
        if !typed && (key.control || !pressed.repeat()) && callback() {
            event.prevent_default();
        }
    })
}

/// Calls a function with the meaning of each key that has one on the table. If it returns `true`, the default action is
/// prevented. `shapes` are the elements of the slots. While `characters` returns `false`, keys that write a character
/// have no meaning.
///
/// # Errors
/// The browser refuses to bind the listener.
pub fn install_keys(
    window: &Window,
    shapes: [Element; SLOTS],
    characters: impl Fn() -> bool + 'static,
    callback: impl Fn(Meaning) -> bool + 'static,
) -> Result<Listener, JsValue> {
    Listener::new(window, "keydown", move |event| {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>().filter(|pressed| is_alone(pressed)) else { return };
        let (key, code, repeated, focus) = (pressed.key(), pressed.code(), pressed.repeat(), focus(&event, &shapes));
        let key = named(&key, &code, pressed.shift_key());
        // If Enter has dropped the last shape, a button gets the focus. The same key, still held down, must not press
        // it.
        let stale = repeated && key == "Enter" && focus == Focus::Button;
        let meaning = || meaning(key, repeated, focus).filter(|_| !is_character(key) || characters());
        if stale || meaning().is_some_and(&callback) {
            event.prevent_default();
        }
    })
}

/// Listens for activations by a screen reader, a switch or a voice. On a slot they choose its shape; on a cell they
/// drop the held shape there. Clicks of a pointer are ignored: they have a `detail` that counts the presses.
///
/// # Errors
/// The browser refuses to bind the listener.
pub fn install_activations(
    stage: &Element,
    shapes: [Element; SLOTS],
    cells: Vec<Element>,
    callback: impl Fn(Meaning) -> bool + 'static,
) -> Result<Listener, JsValue> {
    Listener::new(stage, "click", move |event| {
        let by_pointer = event.dyn_ref::<UiEvent>().is_none_or(|click| click.detail() != 0);
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(target) = target.filter(|_| !by_pointer) else { return };
        let position = |elements: &[Element]| elements.iter().position(|element| *element == target);
        let chosen = position(&shapes).and_then(Slot::new).map(KeyEvent::SlotChosen);
        let released = || position(&cells).and_then(|n| Cell::all().nth(n)).map(KeyEvent::ReleasedOver);
        if let Some(event) = chosen.or_else(released) {
            callback(Meaning::Hand(event));
        }
    })
}

/// Calls a function at each of these events.
///
/// # Errors
/// The browser refuses to bind a listener.
pub fn install_calls(
    target: &EventTarget,
    kinds: &[&'static str],
    callback: impl Fn() + Clone + 'static,
) -> Result<Vec<Listener>, JsValue> {
    let bind = |&kind: &&'static str| {
        let callback = callback.clone();
        Listener::new(target, kind, move |_| callback())
    };
    kinds.iter().map(bind).collect()
}

/// Returns `true` if the key has no modifier, which would make it a shortcut of the browser, and is not part of a
/// composed character.
fn is_alone(pressed: &KeyboardEvent) -> bool {
    !(pressed.ctrl_key() || pressed.meta_key() || pressed.alt_key() || pressed.is_composing())
}

/// Returns what has the focus when this key is pressed.
fn focus(event: &Event, shapes: &[Element; SLOTS]) -> Focus {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return Focus::Table };
    let slot = shapes.iter().position(|shape| *shape == target).and_then(Slot::new);
    match slot {
        Some(slot) => Focus::Shape(slot),
        None if is_field(&target) => Focus::Field,
        None if target.is_instance_of::<HtmlInputElement>() => Focus::Slider,
        None if target.is_instance_of::<HtmlButtonElement>() => Focus::Button,
        None => Focus::Table,
    }
}

/// Returns `true` for an element that uses letters: a text field, or a select, which finds an option by its first
/// letter.
fn is_field(target: &EventTarget) -> bool {
    let input = target.dyn_ref::<HtmlInputElement>();
    target.is_instance_of::<HtmlSelectElement>() || input.is_some_and(|input| input.type_() != "range")
}
