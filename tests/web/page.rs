//! Sound, time, and the page's elements.

use blockers::ports::web::announcer::WebAnnouncer;
use blockers::ports::web::audio::WebAudio;
use blockers::ports::web::clock::WebClock;
use blockers::ports::web::seed::WebSeeds;
use blockers::ports::{Announcer, Audio, Clock, SeedSource, Voice};
use blockers::view::page::{Page, element};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{AudioContext, Element, HtmlElement};

use super::{document, made, window};

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
