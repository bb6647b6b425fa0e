//! The browser's halves, in a real browser: canvas, storage, listeners, the page's elements.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail that way")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use blockers::events::{KeyEvent, PointerEvent, PointerKind, PointerPhase};
use blockers::input::browser::{
    Interruption, Key, Listener, install_activations, install_calls, install_interruptions, install_key, install_keys,
    install_pointers,
};
use blockers::input::keys::Meaning;
use blockers::ports::web::announcer::WebAnnouncer;
use blockers::ports::web::audio::WebAudio;
use blockers::ports::web::clock::WebClock;
use blockers::ports::web::seed::WebSeeds;
use blockers::ports::web::storage::WebStorage;
use blockers::ports::{Announcer, Audio, Clock, Records, SeedSource, Storage, StorageError, Voice};
use blockers::rules::{self, Colour, Slot};
use blockers::view::canvas::CanvasSurface;
use blockers::view::page::{Page, element};
use blockers::view::surface::{Face, Layer, Surface};
use blockers::view::theme::{self, Look, Theme};
use blockers::world::layout::{Layout, Viewport};
use js_sys::Promise;
use js_sys::futures::JsFuture;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    AudioContext, CanvasRenderingContext2d, Document, Element, Event, HtmlCanvasElement, HtmlElement, KeyboardEvent,
    KeyboardEventInit, PointerEventInit, Window,
};

#[path = "bus/naive.rs"]
mod naive;
#[path = "bus/twin.rs"]
mod twin;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_same_steps_lead_the_bus_to_the_same_state_as_natively() {
    assert_eq!(twin::fixed_run(7, 3_000), twin::DIGEST);
}

fn window() -> Window {
    web_sys::window().expect("the tests run in a page")
}

fn document() -> Document {
    window().document().expect("it has a document")
}

fn made<T: JsCast>(name: &str) -> T {
    let made = document().create_element(name).expect("it can be made");
    document().body().expect("it has a body").append_child(&made).expect("it can be put in");
    made.unchecked_into()
}

fn layout() -> Layout {
    Layout::new(Viewport { width: 300.0, height: 500.0, pixel_ratio: 1.5 })
}

/// The colour of a canvas in the middle of a cell, as red, green, blue and opacity.
fn pixel(canvas: &HtmlCanvasElement, layout: &Layout, row: i32, column: i32) -> [u8; 4] {
    let cell = rules::Cell::new(row, column).expect("it is on the board");
    let middle = layout.cell_rect(cell.into()).centre();
    let ratio = f64::from(layout.viewport.pixel_ratio);
    let context: CanvasRenderingContext2d =
        canvas.get_context("2d").ok().flatten().expect("it has a context").unchecked_into();
    let data = context
        .get_image_data(f64::from(middle.x) * ratio, f64::from(middle.y) * ratio, 1.0, 1.0)
        .expect("it can be read")
        .data();
    [data[0], data[1], data[2], data[3]]
}

fn near([r, g, b, a]: [u8; 4], theme::Rgb(red, green, blue): theme::Rgb) -> bool {
    let close = |one: u8, other: u8| one.abs_diff(other) < 24;
    close(r, red) && close(g, green) && close(b, blue) && a == 255
}

#[wasm_bindgen_test]
fn the_canvas_shows_wells_and_tiles_where_they_belong_and_wipes_what_moved() {
    let (rest, moving) = (made::<HtmlCanvasElement>("canvas"), made::<HtmlCanvasElement>("canvas"));
    let mut surface = CanvasSurface::new(&document(), rest.clone(), moving.clone()).expect("there is a canvas");
    let layout = layout();
    surface.reset(&layout, Look { theme: Theme::Dark, marks: false });
    assert_eq!((rest.width(), rest.height()), (450, 750), "as many pixels as the screen has");
    assert!(near(pixel(&rest, &layout, 4, 4), Theme::Dark.well()));

    let rect = layout.cell_rect(rules::Cell::new(4, 4).expect("it is on the board").into());
    surface.tile(Layer::Rest, rect.scaled(0.94), Face::Colour(Colour::Green), 1.0);
    assert!(near(pixel(&rest, &layout, 4, 4), theme::tile(Colour::Green)), "{:?}", pixel(&rest, &layout, 4, 4));
    assert!(near(pixel(&rest, &layout, 4, 5), Theme::Dark.well()));
    surface.empty_cell(rect);
    assert!(near(pixel(&rest, &layout, 4, 4), Theme::Dark.well()));

    surface.tile(Layer::Moving, rect, Face::Disabled, 1.0);
    surface.light(rect, Colour::Red);
    surface.text("+70", rect.centre(), 20.0, 1.0);
    assert_eq!(pixel(&moving, &layout, 4, 4)[3], 255);
    surface.wipe();
    assert_eq!(pixel(&moving, &layout, 4, 4)[3], 0);
    surface.erase(rect);
    assert_eq!(pixel(&rest, &layout, 4, 4)[3], 0);
}

/// A storage that counts how often it has something to tell.
async fn opened() -> (WebStorage, Rc<Cell<u32>>) {
    let told = Rc::new(Cell::new(0));
    let count = told.clone();
    let (storage, error) = WebStorage::open(&window(), move || count.set(count.get() + 1)).await;
    assert_eq!(error, None);
    (storage, told)
}

/// Waits until the storage has finished something.
async fn finished(storage: &mut WebStorage, told: &Cell<u32>) -> Vec<(u64, Result<(), StorageError>)> {
    for _ in 0..500 {
        if told.get() > 0 {
            break;
        }
        let pause = Promise::new(&mut |resolve, _| {
            window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 10).expect("it can wait");
        });
        JsFuture::from(pause).await.expect("it has waited");
    }
    told.set(0);
    storage.take_finished()
}

fn records<const N: usize>(records: [(&str, &str); N]) -> Records {
    records.map(|(key, text)| (key.to_owned(), text.to_owned())).into()
}

#[wasm_bindgen_test]
async fn the_storage_keeps_what_it_is_given() {
    let (mut storage, told) = opened().await;
    let texts = [("blockers.kept.a", "5"), ("blockers.kept.b", "ä💥\u{0}"), ("blockers.kept.c", "")];
    storage.write(7, records(texts));
    assert_eq!(storage.all().get("blockers.kept.a").map(String::as_str), Some("5"), "it is read at once");
    assert_eq!(finished(&mut storage, &told).await, [(7, Ok(()))]);
    let (mut again, told) = opened().await;
    let found: Records = again.all().into_iter().filter(|(key, _)| key.starts_with("blockers.kept.")).collect();
    assert_eq!(found, records([texts[0], texts[1]]), "an empty text is no record");
    again.write(8, records(texts.map(|(key, _)| (key, ""))));
    assert_eq!(finished(&mut again, &told).await, [(8, Ok(()))]);
    assert!(opened().await.0.all().keys().all(|key| !key.starts_with("blockers.kept.")));
}

#[wasm_bindgen_test]
async fn writes_are_finished_in_their_order() {
    let (mut storage, told) = opened().await;
    for ticket in 0..20 {
        storage.write(ticket, records([("blockers.test.order", &ticket.to_string())]));
    }
    let mut tickets = Vec::new();
    while tickets.len() < 20 {
        tickets
            .extend(finished(&mut storage, &told).await.into_iter().map(|(ticket, outcome)| outcome.map(|()| ticket)));
    }
    assert_eq!(tickets, (0..20).map(Ok).collect::<Vec<_>>());
    assert_eq!(opened().await.0.all().get("blockers.test.order").map(String::as_str), Some("19"));
}

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

#[wasm_bindgen_test]
fn sound_before_it_can_be_heard_is_not_made_and_no_error() {
    let count = js_sys::Function::new_no_args(
        "const { prototype } = BaseAudioContext, make = prototype.createOscillator; let made = 0; \
         prototype.createOscillator = function () { made += 1; return make.call(this); }; return () => made;",
    );
    let count: js_sys::Function = count.call0(&JsValue::NULL).expect("it runs").unchecked_into();
    let made = || count.call0(&JsValue::NULL).expect("it counts").as_f64();
    let mut audio = WebAudio::default();
    audio.set_volume(0.5);
    let voices = [
        Voice::PickUp,
        Voice::Place { cells: 9 },
        Voice::Refused,
        Voice::Clear { lines: 20 },
        Voice::NewHand,
        Voice::GameOver,
    ];
    for voice in voices {
        audio.play(voice, 2);
    }
    // Until the browser has let it run, a moment later or never, it would be kept and heard then.
    audio.unlock();
    assert!(!audio.ready());
    for voice in voices {
        audio.play(voice, u32::MAX);
    }
    assert_eq!(made(), Some(0.0));
    let other = AudioContext::new().expect("there is sound");
    other.create_oscillator().expect("it makes one");
    assert_eq!(made(), Some(1.0), "it does count");
}

#[wasm_bindgen_test]
fn the_clock_goes_on_and_seeds_differ() {
    let clock = WebClock(window().performance().expect("there is a clock"));
    let before = clock.now();
    assert!(before > 0.0 && clock.now() >= before);
    let seeds: Vec<_> = (0..8).map(|_| WebSeeds.seed()).collect();
    assert!(seeds.windows(2).all(|pair| pair[0] != pair[1]), "{seeds:?}");
    assert!(seeds.iter().any(|seed| seed >> 32 != 0) && seeds.iter().any(|seed| seed & 0xffff_ffff != 0));
}

#[wasm_bindgen_test]
fn notices_are_text_and_add_up_and_announcements_replace_each_other() {
    let (live_region, notice) = (made::<Element>("div"), made::<Element>("div"));
    let mut announcer = WebAnnouncer { live_region: live_region.clone(), notice: notice.clone() };
    announcer.announce("one");
    announcer.announce("two");
    announcer.notice("<b>three</b>");
    announcer.notice("four");
    assert_eq!(live_region.text_content().as_deref(), Some("two"));
    assert_eq!(notice.text_content().as_deref(), Some("<b>three</b>\nfour"));
    assert_eq!(notice.child_element_count(), 0);
}

#[wasm_bindgen_test]
fn a_notice_is_known_to_be_there_and_is_taken_back_by_itself() {
    let notice = made::<Element>("div");
    let mut announcer = WebAnnouncer { live_region: made("div"), notice: notice.clone() };
    for sentence in ["one two", "three", "four"] {
        announcer.notice(sentence);
    }
    assert!(["one two", "three", "four"].iter().all(|sentence| announcer.shows(sentence)));
    assert!(["", "one", "two", "five"].iter().all(|sentence| !announcer.shows(sentence)));
    for (withdrawn, rest) in
        [("five", "one two\nthree\nfour"), ("one two", "three\nfour"), ("four", "three"), ("three", "")]
    {
        announcer.withdraw(withdrawn);
        assert_eq!(notice.text_content().as_deref(), Some(rest));
    }
}

#[wasm_bindgen_test]
fn a_page_that_lacks_an_element_is_an_error_with_its_name() {
    let error = element::<HtmlElement>(&document(), "nowhere").expect_err("it is not there");
    assert_eq!(error.as_string().as_deref(), Some("The page lacks its element `nowhere`."));
    let announcer = WebAnnouncer { live_region: made("div"), notice: made("div") };
    assert!(Page::new(&document(), announcer).is_err());
}
