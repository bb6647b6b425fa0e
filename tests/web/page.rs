//! The browser's sound, clock, random seeds, announcer and elements.

use blockers::ports::web::announcer::WebAnnouncer;
use blockers::ports::web::audio::WebAudio;
use blockers::ports::web::clock::WebClock;
use blockers::ports::web::seed::WebSeeds;
use blockers::ports::{Announcer, Audio, Clock, SeedSource, Voice};
use blockers::view::page::{Page, element};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{AudioContext, Element, HtmlElement};

use super::{added, document, window};

#[wasm_bindgen_test]
fn sound_that_is_played_before_it_is_allowed_is_dropped_without_an_error() {
    let patch = js_sys::Function::new_no_args(
        "const { prototype } = BaseAudioContext, create = prototype.createOscillator; let created = 0; \
         prototype.createOscillator = function () { created += 1; return create.call(this); }; \
         return () => created;",
    );
    let count: js_sys::Function = patch.call0(&JsValue::NULL).unwrap().unchecked_into();
    let oscillators = || count.call0(&JsValue::NULL).unwrap().as_f64();
    let mut audio = WebAudio::new(&window(), &document());
    audio.set_volume(0.5);
    assert!(!audio.ready());
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
    // An oscillator that is created before the browser lets the context run would be heard as soon as it does.
    audio.unlock();
    for voice in voices {
        audio.play(voice, u32::MAX);
    }
    assert_eq!(oscillators(), Some(0.0));
    let other = AudioContext::new().unwrap();
    other.create_oscillator().unwrap();
    assert_eq!(oscillators(), Some(1.0), "the counter works");
}

#[wasm_bindgen_test]
fn the_clock_is_monotonic_and_seeds_differ() {
    let clock = WebClock(window().performance().unwrap());
    let before = clock.now();
    assert!(before > 0.0 && clock.now() >= before);
    let seeds: Vec<_> = (0..8).map(|_| WebSeeds.seed()).collect();
    assert!(seeds.windows(2).all(|pair| pair[0] != pair[1]), "{seeds:?}");
    assert!(seeds.iter().any(|seed| seed >> 32 != 0) && seeds.iter().any(|seed| seed & 0xffff_ffff != 0));
}

/// An announcer, and its elements: the live region, the box of the notices, and their text.
fn announcer() -> (WebAnnouncer, Element, HtmlElement, Element) {
    let (live_region, notice, text) = (added::<Element>("div"), added::<HtmlElement>("div"), added::<Element>("div"));
    notice.append_child(&text).unwrap();
    notice.set_hidden(true);
    (WebAnnouncer::new(live_region.clone(), notice.clone(), text.clone()), live_region, notice, text)
}

/// Changes the text of an element as a translator does: the elements in it get other texts.
fn translate(element: &Element) {
    let font = document().create_element("font").unwrap();
    font.set_text_content(Some("Something else."));
    match element.first_element_child() {
        Some(child) => child.replace_children_with_node_1(&font),
        None => element.replace_children_with_node_1(&font),
    }
}

#[wasm_bindgen_test]
fn notices_are_appended_as_text_and_announcements_replace_each_other() {
    let (mut announcer, live_region, notice, text) = announcer();
    announcer.announce("one");
    announcer.announce("two");
    announcer.notice("<b>three</b>");
    announcer.notice("four");
    announcer.notice("four");
    assert_eq!(live_region.text_content().as_deref(), Some("two"));
    assert_eq!(text.text_content().as_deref(), Some("<b>three</b>\nfour"));
    assert_eq!(text.query_selector("b").unwrap(), None);
    assert!(!notice.hidden());
}

#[wasm_bindgen_test]
fn one_of_several_notices_can_be_found_and_withdrawn() {
    let (mut announcer, _, notice, text) = announcer();
    for sentence in ["one two", "three", "four"] {
        announcer.notice(sentence);
    }
    assert!(["one two", "three", "four"].iter().all(|sentence| announcer.shows(sentence)));
    assert!(["", "one", "two", "five"].iter().all(|sentence| !announcer.shows(sentence)));
    let cases = [("five", "one two\nthree\nfour"), ("one two", "three\nfour"), ("four", "three"), ("three", "")];
    for (withdrawn, rest) in cases {
        announcer.withdraw(withdrawn);
        assert_eq!(text.text_content().as_deref(), Some(rest));
    }
    assert!(notice.hidden());
}

#[wasm_bindgen_test]
fn another_game_removes_only_the_notices_about_this_one() {
    let (mut announcer, _, notice, text) = announcer();
    announcer.notice_for_now("This link is damaged.");
    announcer.notice("Your game cannot be saved.");
    announcer.show_link("A game", "https://example.org/#g=AA");
    announcer.confirm("Link copied");
    assert!(!notice.has_attribute("data-brief"), "not only confirmations");
    announcer.begin_game();
    assert_eq!(text.text_content().as_deref(), Some("Your game cannot be saved.\nLink copied"));
    announcer.close();
    assert!(notice.hidden());
}

#[wasm_bindgen_test]
fn a_link_to_be_copied_is_a_link_and_replaces_the_one_before() {
    let (announcer, _, _, text) = announcer();
    for link in ["https://example.org/#g=AA", "https://example.org/#g=BB"] {
        announcer.show_link("Two\nlines", link);
        let anchors = text.query_selector_all("a").unwrap();
        assert_eq!(anchors.length(), 1);
        let anchor: Element = anchors.item(0).unwrap().unchecked_into();
        assert_eq!(anchor.get_attribute("href").as_deref(), Some(link));
        assert_eq!(text.text_content().unwrap(), format!("Two\nlines\n{link}"));
    }
}

#[wasm_bindgen_test]
fn what_is_shown_is_known_after_a_translator_has_changed_it() {
    let (mut announcer, live_region, notice, text) = announcer();
    announcer.notice("one");
    translate(&text);
    assert!(announcer.shows("one"));
    announcer.notice("one");
    announcer.notice("two");
    assert_eq!(text.text_content().as_deref(), Some("Something else.\ntwo"), "it is not shown twice");
    announcer.withdraw("one");
    assert_eq!(text.text_content().as_deref(), Some("two"));
    announcer.withdraw("two");
    assert!(notice.hidden());

    announcer.announce("three");
    translate(&live_region);
    announcer.announce("three");
    assert_eq!(live_region.text_content().as_deref(), Some("three\u{a0}"), "it is announced again");
}

#[wasm_bindgen_test]
fn a_missing_element_is_an_error_that_names_its_id() {
    let error = element::<HtmlElement>(&document(), "nowhere").unwrap_err();
    assert_eq!(error.as_string().as_deref(), Some("The page lacks its element `nowhere`."));
    assert!(Page::new(&document(), announcer().0).is_err());
}
