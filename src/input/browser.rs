//! The page's events: the only place that listens to the document, and where pointer events are made of its.
//!
//! Comes in: the document's events. Goes out: [`PointerEvent`]s, meanings of keys and calls, into whatever the caller gives.
//! Every listener is a value that unbinds when it is dropped.

use wasm_bindgen::prelude::*;
use web_sys::{
    AddEventListenerOptions, Element, Event, EventTarget, HtmlButtonElement, HtmlInputElement, HtmlSelectElement,
    KeyboardEvent, ResizeObserver, UiEvent, Window,
};

use super::keys::{Focus, Meaning, meaning, named};
use crate::events::{KeyEvent, PointerEvent, PointerKind, PointerPhase};
use crate::rules::{Cell, SLOTS, Slot};
use crate::world::geometry::Point;

/// A listener that is bound as long as this value lives.
#[must_use = "a listener that is dropped hears nothing"]
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Binds a function to an event of a target. It may prevent the event's default.
    ///
    /// # Errors
    /// What the browser says, if it does not want to.
    pub fn new(
        target: &EventTarget,
        kind: &'static str,
        function: impl FnMut(Event) + 'static,
    ) -> Result<Self, JsValue> {
        let closure = Closure::<dyn FnMut(Event)>::new(function);
        let options = AddEventListenerOptions::new();
        options.set_passive(false);
        let callback = closure.as_ref().unchecked_ref();
        target.add_event_listener_with_callback_and_add_event_listener_options(kind, callback, &options)?;
        Ok(Self { target: target.clone(), kind, closure })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        // It fails only for a target that is gone, and so is the listener then.
        let _ = self.target.remove_event_listener_with_callback(self.kind, callback);
    }
}

/// Calls a function when an element has another size than before, whatever the reason; and once at the beginning.
#[must_use = "an observer that is dropped sees nothing"]
pub struct SizeObserver {
    observer: ResizeObserver,
    _call: Closure<dyn FnMut()>,
}

impl SizeObserver {
    /// Watches this element as long as the value lives.
    ///
    /// # Errors
    /// What the browser says, if it has no such thing.
    pub fn new(element: &Element, call: impl FnMut() + 'static) -> Result<Self, JsValue> {
        let call = Closure::<dyn FnMut()>::new(call);
        let observer = ResizeObserver::new(call.as_ref().unchecked_ref())?;
        observer.observe(element);
        Ok(Self { observer, _call: call })
    }
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Listens to the pointers on the table. A press captures its pointer, so that what follows arrives from anywhere.
///
/// # Errors
/// What the browser says.
pub fn install_pointers(
    stage: &Element,
    publish: impl Fn(PointerEvent) + Clone + 'static,
) -> Result<Vec<Listener>, JsValue> {
    let pressed = {
        let (stage, publish) = (stage.clone(), publish.clone());
        Listener::new(&stage.clone(), "pointerdown", move |event| {
            let Some(event) = event.dyn_ref::<web_sys::PointerEvent>().filter(|event| event.button() == 0) else {
                return;
            };
            // Without the capture a drag ends at the window's edge, which is less, but a drag all the same.
            let _ = stage.set_pointer_capture(event.pointer_id());
            publish(translated(&stage, event, PointerPhase::Pressed));
        })?
    };
    let follow = |kind: &'static str, phase: PointerPhase| {
        let (stage, publish) = (stage.clone(), publish.clone());
        Listener::new(&stage.clone(), kind, move |event| {
            // A mouse that moves with no button pressed drags nothing, and need not wake anybody.
            let moves_something = |event: &&web_sys::PointerEvent| phase != PointerPhase::Moved || event.buttons() != 0;
            if let Some(event) = event.dyn_ref::<web_sys::PointerEvent>().filter(moves_something) {
                publish(translated(&stage, event, phase));
            }
        })
    };
    Ok(vec![
        pressed,
        follow("pointermove", PointerPhase::Moved)?,
        follow("pointerup", PointerPhase::Released)?,
        follow("pointercancel", PointerPhase::Cancelled)?,
        // After a release this comes too, when there is nothing left to cancel.
        follow("lostpointercapture", PointerPhase::Cancelled)?,
        // After a quick drop some browsers take the next tap for a part of the same touch, and swallow it.
        Listener::new(stage, "touchstart", |event| event.prevent_default())?,
        // A long press would open a menu in the middle of a drag.
        Listener::new(stage, "contextmenu", |event| event.prevent_default())?,
    ])
}

/// What breaks a drag off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Interruption {
    /// Escape was pressed.
    Escape,
    /// The window has lost the focus.
    Blur,
}

/// Listens to what breaks a drag off.
///
/// # Errors
/// What the browser says.
pub fn install_interruptions(
    window: &Window,
    tell: impl Fn(Interruption) + Clone + 'static,
) -> Result<Vec<Listener>, JsValue> {
    let on_blur = tell.clone();
    Ok(vec![
        Listener::new(window, "keydown", move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
                tell(Interruption::Escape);
            }
        })?,
        Listener::new(window, "blur", move |_| on_blur(Interruption::Blur))?,
    ])
}

/// A key, and what is held with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key {
    name: &'static str,
    control: bool,
    /// `None` if it does not matter.
    shift: Option<bool>,
}

impl Key {
    /// This key alone.
    #[must_use]
    pub const fn plain(name: &'static str) -> Self {
        Self { name, control: false, shift: Some(false) }
    }

    /// This sign, with Shift where the keyboard has it so.
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

    fn is(self, event: &KeyboardEvent) -> bool {
        let control = event.ctrl_key() || event.meta_key();
        named(&event.key(), &event.code(), event.shift_key()).eq_ignore_ascii_case(self.name)
            && (control, event.alt_key()) == (self.control, false)
            && self.shift.is_none_or(|shift| shift == event.shift_key())
    }
}

/// Calls a function when a key is pressed; if it takes the key, its default does not happen. A key that is held is one press, unless
/// it goes with Control; what is typed into a field is no key of ours.
///
/// # Errors
/// What the browser says.
pub fn install_key(window: &Window, key: Key, call: impl Fn() -> bool + 'static) -> Result<Listener, JsValue> {
    Listener::new(window, "keydown", move |event| {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>().filter(|event| key.is(event)) else { return };
        let typed = event.target().is_some_and(|target| is_field(&target));
        if !typed && (key.control || !pressed.repeat()) && call() {
            event.prevent_default();
        }
    })
}

/// Tells what the keys mean to the table, whose shapes these are. Of what is taken the key's default does not happen.
///
/// # Errors
/// What the browser says.
pub fn install_keys(
    window: &Window,
    shapes: [Element; SLOTS],
    take: impl Fn(Meaning) -> bool + 'static,
) -> Result<Listener, JsValue> {
    Listener::new(window, "keydown", move |event| {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>().filter(|pressed| is_alone(pressed)) else { return };
        let (key, code, repeated, focus) = (pressed.key(), pressed.code(), pressed.repeat(), focus(&event, &shapes));
        let key = named(&key, &code, pressed.shift_key());
        // The key that has dropped the last shape must not press the button that has got the focus by that.
        let stale = repeated && key == "Enter" && focus == Focus::Button;
        if stale || meaning(key, repeated, focus).is_some_and(&take) {
            event.prevent_default();
        }
    })
}

/// Tells what is activated on the table without a pointer and without keys: by a screen reader, a switch, or a voice. A shape is
/// chosen by it, and what is held is let go over a cell. Clicks of a pointer, which count its presses, are none.
///
/// # Errors
/// What the browser says.
pub fn install_activations(
    stage: &Element,
    shapes: [Element; SLOTS],
    cells: Vec<Element>,
    take: impl Fn(Meaning) -> bool + 'static,
) -> Result<Listener, JsValue> {
    Listener::new(stage, "click", move |event| {
        let by_pointer = event.dyn_ref::<UiEvent>().is_none_or(|click| click.detail() != 0);
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(target) = target.filter(|_| !by_pointer) else { return };
        let place = |elements: &[Element]| elements.iter().position(|element| *element == target);
        let chosen = place(&shapes).and_then(Slot::new).map(KeyEvent::SlotChosen);
        let let_go = || place(&cells).and_then(|n| Cell::all().nth(n)).map(KeyEvent::ReleasedOver);
        if let Some(event) = chosen.or_else(let_go) {
            take(Meaning::Hand(event));
        }
    })
}

/// Calls a function at each of these events, which need no translation.
///
/// # Errors
/// What the browser says.
pub fn install_calls(
    target: &EventTarget,
    kinds: &[&'static str],
    call: impl Fn() + Clone + 'static,
) -> Result<Vec<Listener>, JsValue> {
    let bind = |&kind: &&'static str| {
        let call = call.clone();
        Listener::new(target, kind, move |_| call())
    };
    kinds.iter().map(bind).collect()
}

fn translated(stage: &Element, event: &web_sys::PointerEvent, phase: PointerPhase) -> PointerEvent {
    let origin = stage.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()) - origin.x(), f64::from(event.client_y()) - origin.y());
    let kind = match event.pointer_type().as_str() {
        "touch" => PointerKind::Touch,
        "pen" => PointerKind::Pen,
        _ => PointerKind::Mouse,
    };
    PointerEvent { pointer: event.pointer_id(), kind, phase, position: Point::new(x as f32, y as f32) }
}

/// With Control and the like a key is the browser's; and one that helps to compose a letter is nobody's.
fn is_alone(pressed: &KeyboardEvent) -> bool {
    !(pressed.ctrl_key() || pressed.meta_key() || pressed.alt_key() || pressed.is_composing())
}

/// What has the focus while this key is pressed.
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

/// Is it something that is typed into, or chosen from by its first letter?
fn is_field(target: &EventTarget) -> bool {
    let input = target.dyn_ref::<HtmlInputElement>();
    target.is_instance_of::<HtmlSelectElement>() || input.is_some_and(|input| input.type_() != "range")
}
