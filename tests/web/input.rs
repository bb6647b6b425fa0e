//! The listeners: their lifetime, and the translation of pointers and keys.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use blockers::events::{KeyEvent, PointerEvent, PointerInput, PointerKind, PointerPhase};
use blockers::input::browser::{
    Interruption, Key, Listener, install_activations, install_calls, install_interruptions, install_key, install_keys,
    install_pointers,
};
use blockers::input::keys::Meaning;
use blockers_rules::Slot;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, KeyboardEventInit, PointerEventInit};

use super::{added, window};

#[wasm_bindgen_test]
fn a_listener_is_bound_until_it_is_dropped() {
    let target: HtmlElement = added("div");
    let received = Rc::new(RefCell::new(0));
    let count = received.clone();
    let listener = Listener::new(&target, "click", move |_| *count.borrow_mut() += 1).unwrap();
    target.click();
    target.click();
    drop(listener);
    target.click();
    assert_eq!(*received.borrow(), 2);
    assert_eq!(Rc::strong_count(&received), 1, "the function is dropped, too");
}

#[wasm_bindgen_test]
fn a_function_can_be_bound_to_several_kinds_of_events() {
    let target: HtmlElement = added("div");
    let received = Rc::new(RefCell::new(0));
    let count = received.clone();
    let listeners = install_calls(&target, &["click", "input"], move || *count.borrow_mut() += 1).unwrap();
    target.click();
    target.dispatch_event(&Event::new("input").unwrap()).unwrap();
    assert_eq!(*received.borrow(), 2);
    drop(listeners);
    target.click();
    assert_eq!((*received.borrow(), Rc::strong_count(&received)), (2, 1));
}

/// Dispatches a pointer event at (30, 40) in the window.
fn pointer(target: &Element, kind: &str, configure: impl FnOnce(&PointerEventInit)) {
    let init = PointerEventInit::new();
    init.set_pointer_id(7);
    init.set_client_x(30);
    init.set_client_y(40);
    configure(&init);
    let event = web_sys::PointerEvent::new_with_event_init_dict(kind, &init).unwrap();
    target.dispatch_event(&event).unwrap();
}

#[wasm_bindgen_test]
fn pointers_that_can_drag_are_translated_and_others_are_ignored() {
    let stage: HtmlElement = added("div");
    stage.set_attribute("style", "position: fixed; left: 10px; top: 20px; width: 100px; height: 100px").unwrap();
    let received: Rc<RefCell<Vec<PointerEvent>>> = Rc::default();
    let list = received.clone();
    let listeners = install_pointers(&stage, move |event| list.borrow_mut().push(event)).unwrap();

    let of_kind = |kind: &'static str| move |init: &PointerEventInit| init.set_pointer_type(kind);
    pointer(&stage, "pointerdown", of_kind("touch"));
    pointer(&stage, "pointermove", of_kind("touch"));
    pointer(&stage, "pointerup", of_kind("touch"));
    pointer(&stage, "pointerdown", |init| init.set_button(2));
    pointer(&stage, "pointermove", |_| {});
    // The main button goes down while another one is down.
    pointer(&stage, "pointermove", |init| {
        init.set_buttons(3);
        init.set_pointer_type("pen");
    });
    pointer(&stage, "pointerup", of_kind("pen"));
    pointer(&stage, "pointerdown", of_kind("mouse"));
    pointer(&stage, "pointercancel", of_kind("mouse"));
    pointer(&stage, "lostpointercapture", of_kind("mouse"));
    let inputs: Vec<PointerInput> = received
        .borrow()
        .iter()
        .map(|event| match event {
            PointerEvent::Input(input) => *input,
            PointerEvent::Interrupted => panic!("no pointer interrupts"),
        })
        .collect();
    let seen: Vec<_> = inputs.iter().map(|input| (input.kind, input.phase)).collect();
    let expected = [
        (PointerKind::Touch, PointerPhase::Pressed),
        (PointerKind::Touch, PointerPhase::Moved),
        (PointerKind::Touch, PointerPhase::Released),
        (PointerKind::Pen, PointerPhase::Pressed),
        (PointerKind::Pen, PointerPhase::Released),
        (PointerKind::Mouse, PointerPhase::Pressed),
        (PointerKind::Mouse, PointerPhase::Cancelled),
    ];
    assert_eq!(seen, expected);
    let PointerInput { pointer: id, position, .. } = inputs[0];
    assert_eq!((id, position.x, position.y), (7, 20.0, 20.0), "relative to the corner of the stage");

    drop(listeners);
    pointer(&stage, "pointerdown", |_| {});
    assert_eq!((received.borrow().len(), Rc::strong_count(&received)), (7, 1));
}

#[wasm_bindgen_test]
fn escape_and_a_lost_focus_interrupt_and_other_keys_do_not() {
    let received: Rc<RefCell<Vec<Interruption>>> = Rc::default();
    let list = received.clone();
    let listeners = install_interruptions(&window(), move |event| list.borrow_mut().push(event)).unwrap();
    for key in ["a", "Enter", "Escape"] {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        window().dispatch_event(&event).unwrap();
    }
    window().dispatch_event(&Event::new("blur").unwrap()).unwrap();
    assert_eq!(*received.borrow(), [Interruption::Escape, Interruption::Blur]);
    drop(listeners);
}

/// Dispatches a key to this element. Returns `true` if the default action was not prevented.
fn press(target: &Element, key: &str, configure: impl FnOnce(&KeyboardEventInit)) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    configure(&init);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    target.dispatch_event(&event).unwrap()
}

#[wasm_bindgen_test]
fn the_meaning_of_a_key_depends_on_the_focus() {
    let shapes: [Element; 3] = std::array::from_fn(|_| added("div"));
    let (board, button, field, choice, slider): (Element, Element, Element, Element, Element) =
        (added("div"), added("button"), added("input"), added("select"), added("input"));
    slider.set_attribute("type", "range").unwrap();
    let received: Rc<RefCell<Vec<Meaning>>> = Rc::default();
    let list = received.clone();
    let unused = Meaning::Hand(KeyEvent::Released);
    let characters = Rc::new(Cell::new(true));
    let are_shortcuts = characters.clone();
    let listener = install_keys(
        &window(),
        shapes.clone(),
        move || are_shortcuts.get(),
        move |meaning| {
            list.borrow_mut().push(meaning);
            meaning != unused
        },
    );
    let listener = listener.unwrap();
    let chosen = |number: usize| Meaning::Hand(KeyEvent::SlotChosen(Slot::ALL[number]));
    let right = Meaning::Hand(KeyEvent::Moved { rows: 0, columns: 1 });
    let cases = [
        (&board, "2", Some(chosen(1))),
        (&board, "ArrowRight", Some(right)),
        (&board, "Enter", Some(unused)),
        (&shapes[1], " ", Some(chosen(1))),
        (&shapes[1], "ArrowRight", Some(Meaning::Focus(Slot::ALL[2]))),
        (&button, "3", Some(chosen(2))),
        (&button, "ArrowRight", Some(right)),
        (&button, "Enter", None),
        (&slider, "1", Some(chosen(0))),
        (&slider, "ArrowRight", None),
        (&field, "1", None),
        (&field, "ArrowRight", None),
        (&choice, "1", None),
        (&choice, "ArrowDown", None),
    ];
    for (target, key, expected) in cases {
        let default_action = press(target, key, |_| {});
        assert_eq!(received.take().pop(), expected, "{key}");
        assert_eq!(default_action, expected.is_none_or(|meaning| meaning == unused), "{key}");
    }
    assert!(press(&board, "1", |init| init.set_ctrl_key(true)), "shortcuts with Control belong to the browser");
    assert!(!press(&button, "Enter", |init| init.set_repeat(true)), "a key that is held down does not press a button");
    assert!(received.borrow().is_empty());
    characters.set(false);
    for key in ["1", "2", "3"] {
        assert!(press(&board, key, |_| {}), "{key} is no shortcut");
    }
    assert!(press(&board, "&", |init| init.set_code("Digit1")), "nor is it on another keyboard");
    assert!(received.borrow().is_empty());
    for (target, key) in [(&board, "ArrowRight"), (&shapes[1], " "), (&shapes[1], "Enter")] {
        assert!(!press(target, key, |_| {}), "{key} is not a character");
        assert_eq!(received.take().len(), 1, "{key}");
    }
    drop(listener);
    characters.set(true);
    assert!(press(&board, "1", |_| {}));
    assert_eq!(Rc::strong_count(&received), 1);
}

#[wasm_bindgen_test]
fn a_character_is_found_with_and_without_shift() {
    let board: Element = added("div");
    let received = Rc::new(Cell::new(0));
    let count = received.clone();
    let listener = install_key(&window(), Key::sign("?"), move || {
        count.set(count.get() + 1);
        true
    });
    let listener = listener.unwrap();
    press(&board, "?", |_| {});
    press(&board, "?", |init| init.set_shift_key(true));
    press(&board, "?", |init| init.set_ctrl_key(true));
    press(&board, "?", |init| init.set_repeat(true));
    press(&board, "/", |_| {});
    drop(listener);
    assert_eq!(received.get(), 2);
}

#[wasm_bindgen_test]
fn a_key_of_another_script_is_found_by_its_place_and_an_unused_key_keeps_its_default() {
    let (board, choice): (Element, Element) = (added("div"), added("select"));
    let (received, used) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(true)));
    let (count, is_used) = (received.clone(), used.clone());
    let listener = install_key(&window(), Key::plain("m"), move || {
        count.set(count.get() + 1);
        is_used.get()
    });
    let listener = listener.unwrap();
    let at = |code: &'static str| move |init: &KeyboardEventInit| init.set_code(code);
    assert!(!press(&board, "m", at("KeyM")));
    assert!(!press(&board, "ة", at("KeyM")));
    assert_eq!(received.get(), 2);
    assert!(press(&board, ",", at("KeyM")), "an ASCII character is not replaced");
    assert!(press(&choice, "m", at("KeyM")), "a select uses letters");
    assert_eq!(received.get(), 2);
    used.set(false);
    assert!(press(&board, "m", at("KeyM")), "the callback does not use it");
    drop(listener);
}

#[wasm_bindgen_test]
fn an_activation_without_a_pointer_chooses_a_shape_or_a_cell() {
    let (stage, shapes): (HtmlElement, [Element; 3]) = (added("div"), std::array::from_fn(|_| added("div")));
    let cells: Vec<HtmlElement> = (0..100).map(|_| added("div")).collect();
    for element in shapes.iter().chain(cells.iter().map(AsRef::as_ref)) {
        stage.append_child(element).unwrap();
    }
    let received: Rc<RefCell<Vec<Meaning>>> = Rc::default();
    let list = received.clone();
    let listener =
        install_activations(&stage, shapes.clone(), cells.iter().map(|cell| cell.clone().into()).collect(), {
            move |meaning| {
                list.borrow_mut().push(meaning);
                true
            }
        });
    let listener = listener.unwrap();
    shapes[1].dyn_ref::<HtmlElement>().unwrap().click();
    cells[37].click();
    stage.click();
    let by_pointer = web_sys::MouseEventInit::new();
    by_pointer.set_bubbles(true);
    by_pointer.set_detail(1);
    let click = web_sys::MouseEvent::new_with_mouse_event_init_dict("click", &by_pointer).unwrap();
    cells[38].dispatch_event(&click).unwrap();
    let cell = blockers_rules::Cell::new(3, 7).unwrap();
    let expected = [KeyEvent::SlotChosen(Slot::ALL[1]), KeyEvent::ReleasedOver(cell)].map(Meaning::Hand);
    assert_eq!(*received.borrow(), expected);
    drop(listener);
}
