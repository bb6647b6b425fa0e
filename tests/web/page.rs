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

#[wasm_bindgen_test]
fn notices_are_appended_as_text_and_announcements_replace_each_other() {
    let (live_region, notice) = (added::<Element>("div"), added::<Element>("div"));
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
fn one_of_several_notices_can_be_found_and_withdrawn() {
    let notice = added::<Element>("div");
    let mut announcer = WebAnnouncer { live_region: added("div"), notice: notice.clone() };
    for sentence in ["one two", "three", "four"] {
        announcer.notice(sentence);
    }
    assert!(["one two", "three", "four"].iter().all(|sentence| announcer.shows(sentence)));
    assert!(["", "one", "two", "five"].iter().all(|sentence| !announcer.shows(sentence)));
    let cases = [("five", "one two\nthree\nfour"), ("one two", "three\nfour"), ("four", "three"), ("three", "")];
    for (withdrawn, rest) in cases {
        announcer.withdraw(withdrawn);
        assert_eq!(notice.text_content().as_deref(), Some(rest));
    }
}

#[wasm_bindgen_test]
fn a_missing_element_is_an_error_that_names_its_id() {
    let error = element::<HtmlElement>(&document(), "nowhere").unwrap_err();
    assert_eq!(error.as_string().as_deref(), Some("The page lacks its element `nowhere`."));
    let announcer = WebAnnouncer { live_region: added("div"), notice: added("div") };
    assert!(Page::new(&document(), announcer).is_err());
}
