//! The pointers on the stage. Their buttons are in [`main_button`](crate::input::main_button).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, MouseEvent, TouchEvent};

use super::listener::Listener;
use crate::events::{PointerEvent, PointerInput, PointerKind, PointerPhase};
use crate::input::main_button::{ButtonEvent, MainButtons, Signal};
use crate::ports::web::place::Place;
use crate::world::geometry::Point;

/// Listens to the pointers on the stage. A press captures its pointer, so that its later events arrive even from
/// outside.
///
/// # Errors
/// The browser refuses to bind a listener.
pub fn install_pointers(
    stage: &Element,
    publish: impl Fn(PointerEvent) + Clone + 'static,
) -> Result<Vec<Listener>, JsValue> {
    let buttons: Rc<RefCell<MainButtons>> = Rc::default();
    let fingers_are_pointers: Rc<Cell<bool>> = Rc::default();
    let follow = |name: &'static str, signal: Signal| {
        let (stage, publish) = (stage.clone(), publish.clone());
        let (buttons, fingers_are_pointers) = (buttons.clone(), fingers_are_pointers.clone());
        Listener::new(&stage.clone(), name, move |event| {
            let Some(event) = event.dyn_ref::<web_sys::PointerEvent>() else { return };
            let (pointer, kind) = (event.pointer_id(), kind_of(event));
            fingers_are_pointers.set(fingers_are_pointers.get() || kind == PointerKind::Touch);
            let event_of_button =
                ButtonEvent { signal, pointer, kind, button: event.button(), buttons: event.buttons() };
            let phases = buttons.borrow_mut().after(event_of_button);
            if buttons.borrow().is_down(pointer) && !stage.has_pointer_capture(pointer) {
                // Without the capture, a drag ends at the edge of the window, which is acceptable.
                let _ = stage.set_pointer_capture(pointer);
            }
            for phase in phases {
                let position = position(&stage, event.client_x(), event.client_y());
                publish(PointerEvent::Input(PointerInput { pointer, kind, phase, position }));
            }
        })
    };
    let mut listeners = vec![
        follow("pointerdown", Signal::Down)?,
        follow("pointermove", Signal::Move)?,
        follow("pointerup", Signal::Up)?,
        follow("pointercancel", Signal::Cancel)?,
        // It also comes after every release, when the button is up already.
        follow("lostpointercapture", Signal::Lost)?,
        // A long press would open a context menu during a drag.
        Listener::new(stage, "contextmenu", |event| event.prevent_default())?,
    ];
    listeners.extend(install_fingers(stage, publish, &fingers_are_pointers)?);
    Ok(listeners)
}

/// Listens to fingers in a browser that sends touch events of them, but no pointer events, such as WebKitGTK. Where it
/// sends both, `pointerdown` comes before `touchstart`.
fn install_fingers(
    stage: &Element,
    publish: impl Fn(PointerEvent) + Clone + 'static,
    are_pointers: &Rc<Cell<bool>>,
) -> Result<Vec<Listener>, JsValue> {
    let follow = |(name, phase): (&'static str, PointerPhase)| {
        let (stage, publish, are_pointers) = (stage.clone(), publish.clone(), are_pointers.clone());
        Listener::new(&stage.clone(), name, move |event| {
            if phase == PointerPhase::Pressed {
                // After a quick drop, some browsers take the next tap for a part of the same touch, and drop its
                // events. Where fingers are no pointers, this also keeps them from becoming a mouse.
                event.prevent_default();
            }
            let Some(touches) = event.dyn_ref::<TouchEvent>().filter(|_| !are_pointers.get()) else { return };
            let touches = touches.changed_touches();
            for touch in (0..touches.length()).filter_map(|n| touches.item(n)) {
                // Below zero, where no pointer has its id.
                let pointer = !touch.identifier();
                let position = position(&stage, touch.client_x(), touch.client_y());
                let kind = PointerKind::Touch;
                publish(PointerEvent::Input(PointerInput { pointer, kind, phase, position }));
            }
        })
    };
    let kinds = [
        ("touchstart", PointerPhase::Pressed),
        ("touchmove", PointerPhase::Moved),
        ("touchend", PointerPhase::Released),
        ("touchcancel", PointerPhase::Cancelled),
    ];
    kinds.into_iter().map(follow).collect()
}

/// Calls a function when the main button is pressed and released beside a dialog. A press that begins or ends inside,
/// for example to select a text or to move a slider, does not count.
///
/// # Errors
/// The browser refuses to bind a listener.
pub fn install_dismissal(dialog: &Element, callback: impl Fn() + 'static) -> Result<[Listener; 2], JsValue> {
    let pressed: Rc<Cell<bool>> = Rc::default();
    let pressing = {
        let (dialog, pressed) = (dialog.clone(), pressed.clone());
        Listener::new(&dialog.clone(), "pointerdown", move |event| pressed.set(is_beside(&dialog, &event)))?
    };
    let target = dialog.clone();
    let clicking = Listener::new(dialog, "click", move |event| {
        if pressed.take() && is_beside(&target, &event) {
            callback();
        }
    })?;
    Ok([pressing, clicking])
}

/// Returns `true` for an event of the main button beside an open dialog. Its target is the dialog, because the area
/// beside it is the dialog's backdrop.
fn is_beside(dialog: &Element, event: &web_sys::Event) -> bool {
    let Some(mouse) = event.dyn_ref::<MouseEvent>() else { return false };
    let is_target = event.target().is_some_and(|target| target == *dialog.as_ref());
    let (x, y) = (f64::from(mouse.client_x()), f64::from(mouse.client_y()));
    is_target && mouse.button() == 0 && !Place::of(dialog).contains(x, y)
}

/// Returns a point of the window as a point of the stage.
fn position(stage: &Element, x: i32, y: i32) -> Point {
    let (x, y) = Place::of(stage).inside(x.into(), y.into());
    Point::new(x as f32, y as f32)
}

fn kind_of(event: &web_sys::PointerEvent) -> PointerKind {
    match event.pointer_type().as_str() {
        "touch" => PointerKind::Touch,
        "pen" => PointerKind::Pen,
        _ => PointerKind::Mouse,
    }
}
