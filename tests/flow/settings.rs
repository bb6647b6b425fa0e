//! Settings take effect at once, are stored, and are restored.

use std::collections::BTreeSet;

use blockers::app::StartOptions;
use blockers::events::{Command, PointerKind};
use blockers::handlers::shape_drag::main_area::MAGNET;
use blockers::ports::MemoryStorage;
use blockers::records::SETTINGS;
use blockers::view::animation::Motion;
use blockers::view::theme::{Look, Theme};
use blockers::world::{
    Carried, Lift, MotionChoice, Phantom, Setting, Settings, Switch, SystemPreferences, ThemeChoice,
};

use crate::driver::{Session, over, slot};

fn change(session: &mut Session, setting: Setting) {
    session.command(Command::ChangeSetting(setting));
}

/// Returns every setting with each of its values, but the language, which would change the texts of other tests.
fn all_settings() -> Vec<Setting> {
    let switches = || Switch::ALL.iter().copied();
    ThemeChoice::ALL
        .iter()
        .copied()
        .map(Setting::Theme)
        .chain(MotionChoice::ALL.iter().copied().map(Setting::Motion))
        .chain(Lift::ALL.iter().copied().map(Setting::Lift))
        .chain(switches().map(Setting::Marks))
        .chain(switches().map(Setting::Magnet))
        .chain(switches().map(Setting::Shortcuts))
        .collect()
}

#[test]
fn every_setting_is_stored_and_restored() {
    let key = |setting: Setting| setting.texts().0;
    let tested: BTreeSet<_> = all_settings().into_iter().map(key).chain(["language"]).collect();
    assert_eq!(tested, Settings::default().all().map(key).into());
    let mut session = Session::new(7);
    for setting in all_settings() {
        change(&mut session, setting);
        let world = session.app.world();
        let settings = *world.resource::<Settings>();
        assert!(settings.all().contains(&setting), "{setting:?}");
        assert_eq!(session.storage.stored(SETTINGS), Some(settings.to_string()), "{setting:?}");
        assert_eq!(*session.reopened().app.world().resource::<Settings>(), settings, "{setting:?}");
        let (key, value) = setting.texts();
        assert_eq!(Setting::parse(key, value), Some(setting));
    }
}

#[test]
fn a_setting_that_version_1_does_not_know_is_written_only_if_it_was_changed() {
    let version_1 = "theme=dark marks=on magnet=off lift=high motion=full language=es";
    let off = format!("{version_1} shortcuts=off");
    let cases =
        [(version_1.to_owned(), Switch::On), (format!("{version_1} shortcuts=on"), Switch::On), (off, Switch::Off)];
    for (text, shortcuts) in cases {
        let settings = Settings::parse(&text).unwrap();
        assert_eq!(settings.shortcuts, shortcuts, "{text}");
        let written = settings.to_string();
        assert_eq!(written.strip_prefix(version_1), Some(if shortcuts.is_on() { "" } else { " shortcuts=off" }));
        assert_eq!(Settings::parse(&written), Ok(settings));
    }
}

#[test]
fn invalid_settings_get_a_notice_and_are_replaced_by_the_defaults() {
    for text in ["theme", "theme=", "theme=pink", "=dark", "colour=red", "marks=1", "theme=dark marks", "language=xx"] {
        let session = Session::open(MemoryStorage::with([(SETTINGS, text)]), None);
        let notices = session.announcer.take_noticed();
        assert!(notices.len() == 1 && notices[0].contains(SETTINGS), "{text}: {notices:?}");
        assert_eq!(*session.app.world().resource::<Settings>(), Settings::default(), "{text}");
    }
    // A setting that is missing, as in a record of an older version, has its default value.
    let session = Session::open(MemoryStorage::with([(SETTINGS, "marks=on")]), None);
    assert!(session.announcer.take_noticed().is_empty());
    assert_eq!(*session.app.world().resource::<Settings>(), Settings { marks: Switch::On, ..Settings::default() });
}

#[test]
fn a_system_default_follows_the_system() {
    let none = SystemPreferences::default();
    let (dark, contrast) =
        (SystemPreferences { dark: true, ..none }, SystemPreferences { dark: true, contrast: true, ..none });
    let still = SystemPreferences { still: true, ..none };
    let themes = [
        (ThemeChoice::System, [Theme::Light, Theme::Dark, Theme::Contrast]),
        (ThemeChoice::Light, [Theme::Light; 3]),
        (ThemeChoice::Dark, [Theme::Dark; 3]),
        (ThemeChoice::Contrast, [Theme::Contrast; 3]),
    ];
    for (theme, expected) in themes {
        let settings = Settings { theme, ..Settings::default() };
        assert_eq!([none, dark, contrast].map(|system| Look::of(&settings, system).theme), expected, "{theme:?}");
    }
    let motions = [
        (MotionChoice::System, [Motion::Full, Motion::Reduced]),
        (MotionChoice::Full, [Motion::Full; 2]),
        (MotionChoice::Reduced, [Motion::Reduced; 2]),
    ];
    for (motion, expected) in motions {
        let settings = Settings { motion, ..Settings::default() };
        assert_eq!([none, still].map(|system| Motion::of(&settings, system)), expected, "{motion:?}");
    }
    let mut session =
        Session::open_with(MemoryStorage::default(), &StartOptions { system: dark, ..StartOptions::default() });
    assert_eq!(session.view_model().look, Look { theme: Theme::Dark, marks: false });
    change(&mut session, Setting::Theme(ThemeChoice::Light));
    change(&mut session, Setting::Marks(Switch::On));
    assert_eq!(session.view_model().look, Look { theme: Theme::Light, marks: true });
}

#[test]
fn without_snapping_a_shape_falls_exactly_below() {
    let mut session = Session::new(7);
    // The position exactly below is off the board; the nearest legal one is not.
    let beside = over(-MAGNET + 0.1, 3.0);
    session.press(slot(1)).move_to(beside);
    assert!(session.single::<Phantom>().is_some());
    change(&mut session, Setting::Magnet(Switch::Off));
    session.move_to(over(-0.6, 3.0)).move_to(beside);
    assert_eq!(session.single::<Phantom>(), None);
    session.move_to(over(0.4, 3.4));
    let phantom = session.single::<Phantom>().unwrap();
    assert_eq!((phantom.at.row, phantom.at.column), (0, 3));
    session.release();
    assert_eq!(session.game().drops(), 1);
}

#[test]
fn a_shape_is_as_far_above_the_finger_as_the_setting_says() {
    for &lift in Lift::ALL {
        let mut session = Session::new(7);
        change(&mut session, Setting::Lift(lift));
        session.use_kind(PointerKind::Touch).press(slot(1)).move_to(over(3.0, 4.0));
        let grip = session.single::<Carried>().unwrap().grip;
        assert!((grip.grab.row - 2.0 - lift.cells()).abs() < 1e-4, "{lift:?}: {grip:?}");
    }
}
