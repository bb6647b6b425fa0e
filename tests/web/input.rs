//! Listeners, and what pointers and keys become.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use blockers::events::{KeyEvent, PointerEvent, PointerKind, PointerPhase};
use blockers::input::browser::{
    Interruption, Key, Listener, install_activations, install_calls, install_interruptions, install_key, install_keys,
    install_pointers,
};
use blockers::input::keys::Meaning;
use blockers::rules::{self, Slot};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, KeyboardEventInit, PointerEventInit};

use super::{made, window};

#[wasm_bindgen_test]
fn a_listener_hears_until_it_is_dropped() {
    let target: HtmlElement = made("div");
    let heard = Rc::new(RefCell::new(0));
    let count = heard.clone();
    let listener = Listener::new(&target, "click", move |_| *count.borrow_mut() += 1).expect("it binds");
    target.click();
    target.click();
    drop(listener);
    target.click();
    assert_eq!(*heard.borrow(), 2);
    assert_eq!(Rc::strong_count(&heard), 1, "what it had caught is free again");
}

#[wasm_bindgen_test]
fn calls_are_made_for_each_of_the_events_and_unbind_together() {
    let target: HtmlElement = made("div");
    let heard = Rc::new(RefCell::new(0));
    let count = heard.clone();
    let listeners = install_calls(&target, &["click", "input"], move || *count.borrow_mut() += 1).expect("they bind");
    target.click();
    target.dispatch_event(&Event::new("input").expect("it can be made")).expect("it can be sent");
    assert_eq!(*heard.borrow(), 2);
    drop(listeners);
    target.click();
    assert_eq!((*heard.borrow(), Rc::strong_count(&heard)), (2, 1));
}

fn pointer(target: &Element, kind: &str, configure: impl FnOnce(&PointerEventInit)) {
    let init = PointerEventInit::new();
    init.set_pointer_id(7);
    init.set_client_x(30);
    init.set_client_y(40);
    configure(&init);
    let event = web_sys::PointerEvent::new_with_event_init_dict(kind, &init).expect("it can be made");
    target.dispatch_event(&event).expect("it can be sent");
}

#[wasm_bindgen_test]
fn pointers_are_translated_and_those_that_drag_nothing_are_not() {
    let stage: HtmlElement = made("div");
    stage
        .set_attribute("style", "position: fixed; left: 10px; top: 20px; width: 100px; height: 100px")
        .expect("it can");
    let heard: Rc<RefCell<Vec<PointerEvent>>> = Rc::default();
    let list = heard.clone();
    let listeners = install_pointers(&stage, move |event| list.borrow_mut().push(event)).expect("they bind");

    pointer(&stage, "pointerdown", |init| init.set_pointer_type("touch"));
    pointer(&stage, "pointerdown", |init| init.set_button(2));
    pointer(&stage, "pointermove", |_| {});
    pointer(&stage, "pointermove", |init| {
        init.set_buttons(1);
        init.set_pointer_type("pen");
    });
    pointer(&stage, "pointerup", |init| init.set_pointer_type("mouse"));
    pointer(&stage, "pointercancel", |_| {});
    let told: Vec<_> = heard.borrow().iter().map(|event| (event.kind, event.phase)).collect();
    let expected = [
        (PointerKind::Touch, PointerPhase::Pressed),
        (PointerKind::Pen, PointerPhase::Moved),
        (PointerKind::Mouse, PointerPhase::Released),
        (PointerKind::Mouse, PointerPhase::Cancelled),
    ];
    assert_eq!(told, expected);
    let first = heard.borrow()[0];
    assert_eq!((first.pointer, first.position.x, first.position.y), (7, 20.0, 20.0), "from the stage's own corner");

    drop(listeners);
    pointer(&stage, "pointerdown", |_| {});
    assert_eq!((heard.borrow().len(), Rc::strong_count(&heard)), (4, 1));
}

#[wasm_bindgen_test]
fn escape_and_a_lost_window_interrupt_and_other_keys_do_not() {
    let heard: Rc<RefCell<Vec<Interruption>>> = Rc::default();
    let list = heard.clone();
    let listeners = install_interruptions(&window(), move |event| list.borrow_mut().push(event)).expect("they bind");
    for key in ["a", "Enter", "Escape"] {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("it can be made");
        window().dispatch_event(&event).expect("it can be sent");
    }
    window().dispatch_event(&Event::new("blur").expect("it can be made")).expect("it can be sent");
    assert_eq!(*heard.borrow(), [Interruption::Escape, Interruption::Blur]);
    drop(listeners);
}

/// Presses a key where this has the focus. Returns whether its default happens.
fn press(target: &Element, key: &str, configure: impl FnOnce(&KeyboardEventInit)) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    configure(&init);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("it can be made");
    target.dispatch_event(&event).expect("it can be sent")
}

#[wasm_bindgen_test]
fn keys_mean_what_they_do_where_the_focus_is() {
    let shapes: [Element; 3] = std::array::from_fn(|_| made("div"));
    let (board, button, field, choice, slider): (Element, Element, Element, Element, Element) =
        (made("div"), made("button"), made("input"), made("select"), made("input"));
    slider.set_attribute("type", "range").expect("it can");
    let heard: Rc<RefCell<Vec<Meaning>>> = Rc::default();
    let list = heard.clone();
    let not_taken = Meaning::Hand(KeyEvent::Released);
    let listener = install_keys(&window(), shapes.clone(), move |meaning| {
        list.borrow_mut().push(meaning);
        meaning != not_taken
    });
    let listener = listener.expect("it binds");
    let chosen = |number: usize| Meaning::Hand(KeyEvent::SlotChosen(Slot::ALL[number]));
    let right = Meaning::Hand(KeyEvent::Moved { rows: 0, columns: 1 });
    let cases = [
        (&board, "2", Some(chosen(1))),
        (&board, "ArrowRight", Some(right)),
        (&board, "Enter", Some(not_taken)),
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
        let goes_on = press(target, key, |_| {});
        assert_eq!(heard.take().pop(), expected, "{key}");
        assert_eq!(goes_on, expected.is_none_or(|meaning| meaning == not_taken), "{key}");
    }
    assert!(press(&board, "1", |init| init.set_ctrl_key(true)), "with Control it is the browser's");
    assert!(!press(&button, "Enter", |init| init.set_repeat(true)), "a key that is held presses no button");
    assert!(heard.borrow().is_empty());
    drop(listener);
    assert!(press(&board, "1", |_| {}));
    assert_eq!(Rc::strong_count(&heard), 1);
}

#[wasm_bindgen_test]
fn a_sign_is_itself_with_shift_and_without() {
    let board: Element = made("div");
    let heard = Rc::new(Cell::new(0));
    let count = heard.clone();
    let listener = install_key(&window(), Key::sign("?"), move || {
        count.set(count.get() + 1);
        true
    });
    let listener = listener.expect("it binds");
    press(&board, "?", |_| {});
    press(&board, "?", |init| init.set_shift_key(true));
    press(&board, "?", |init| init.set_ctrl_key(true));
    press(&board, "?", |init| init.set_repeat(true));
    press(&board, "/", |_| {});
    drop(listener);
    assert_eq!(heard.get(), 2);
}

#[wasm_bindgen_test]
fn a_key_of_another_script_is_the_one_at_its_place_and_what_is_not_taken_goes_on() {
    let (board, choice): (Element, Element) = (made("div"), made("select"));
    let (heard, takes) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(true)));
    let (count, taking) = (heard.clone(), takes.clone());
    let listener = install_key(&window(), Key::plain("m"), move || {
        count.set(count.get() + 1);
        taking.get()
    });
    let listener = listener.expect("it binds");
    let at = |code: &'static str| move |init: &KeyboardEventInit| init.set_code(code);
    assert!(!press(&board, "m", at("KeyM")));
    assert!(!press(&board, "ة", at("KeyM")));
    assert_eq!(heard.get(), 2);
    assert!(press(&board, ",", at("KeyM")), "a comma is none of ours");
    assert!(press(&choice, "m", at("KeyM")), "it is chosen by its first letter");
    assert_eq!(heard.get(), 2);
    takes.set(false);
    assert!(press(&board, "m", at("KeyM")), "nobody wants it");
    drop(listener);
}

#[wasm_bindgen_test]
fn what_is_activated_without_a_pointer_chooses_a_shape_and_a_cell() {
    let (stage, shapes): (HtmlElement, [Element; 3]) = (made("div"), std::array::from_fn(|_| made("div")));
    let cells: Vec<HtmlElement> = (0..100).map(|_| made("div")).collect();
    for element in shapes.iter().chain(cells.iter().map(AsRef::as_ref)) {
        stage.append_child(element).expect("it can");
    }
    let heard: Rc<RefCell<Vec<Meaning>>> = Rc::default();
    let list = heard.clone();
    let listener =
        install_activations(&stage, shapes.clone(), cells.iter().map(|cell| cell.clone().into()).collect(), {
            move |meaning| {
                list.borrow_mut().push(meaning);
                true
            }
        });
    let listener = listener.expect("it binds");
    shapes[1].dyn_ref::<HtmlElement>().expect("it is one").click();
    cells[37].click();
    stage.click();
    let by_pointer = web_sys::MouseEventInit::new();
    by_pointer.set_bubbles(true);
    by_pointer.set_detail(1);
    let click = web_sys::MouseEvent::new_with_mouse_event_init_dict("click", &by_pointer).expect("it can be made");
    cells[38].dispatch_event(&click).expect("it can be sent");
    let cell = rules::Cell::new(3, 7).expect("it is on the board");
    let expected = [KeyEvent::SlotChosen(Slot::ALL[1]), KeyEvent::ReleasedOver(cell)].map(Meaning::Hand);
    assert_eq!(*heard.borrow(), expected);
    drop(listener);
}
