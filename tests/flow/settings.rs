//! What the player chose is done at once, stored, and found again.

use blockers::app::Wishes;
use blockers::events::{CommandEvent, PointerKind};
use blockers::handlers::shape_drag::main_area::MAGNET;
use blockers::loading::SETTINGS;
use blockers::ports::MemoryStorage;
use blockers::view::animation::Motion;
use blockers::view::theme::{Look, Theme};
use blockers::world::{Carried, Lift, MotionChoice, Phantom, Setting, Settings, Switch, SystemWishes, ThemeChoice};

use crate::driver::{Table, over, slot};

fn choose(table: &mut Table, setting: Setting) {
    table.command(CommandEvent::SettingChosen(setting));
}

/// Every choice that there is.
fn choices() -> Vec<Setting> {
    let switches = || Switch::ALL.iter().copied();
    ThemeChoice::ALL
        .iter()
        .copied()
        .map(Setting::Theme)
        .chain(MotionChoice::ALL.iter().copied().map(Setting::Motion))
        .chain(Lift::ALL.iter().copied().map(Setting::Lift))
        .chain(switches().map(Setting::Marks))
        .chain(switches().map(Setting::Magnet))
        .collect()
}

#[test]
fn every_choice_is_stored_and_found_again() {
    let mut table = Table::new(7);
    for choice in choices() {
        choose(&mut table, choice);
        let world = table.app.world();
        let settings = *world.resource::<Settings>();
        assert!(settings.all().contains(&choice), "{choice:?}");
        assert_eq!(table.storage.stored(SETTINGS), Some(settings.to_string()), "{choice:?}");
        assert_eq!(*table.reopened().app.world().resource::<Settings>(), settings, "{choice:?}");
        let (key, value) = choice.texts();
        assert_eq!(Setting::parse(key, value), Some(choice));
    }
}

#[test]
fn settings_that_mean_nothing_are_kept_aside_and_told() {
    for text in ["theme", "theme=", "theme=pink", "=dark", "colour=red", "marks=1", "theme=dark marks", "language=xx"] {
        let table = Table::open(MemoryStorage::with([(SETTINGS, text)]), None);
        let notices = table.announcer.take_noticed();
        assert!(notices.len() == 1 && notices[0].contains(SETTINGS), "{text}: {notices:?}");
        assert_eq!(*table.app.world().resource::<Settings>(), Settings::default(), "{text}");
    }
    // What another version does not name is as it is at first.
    let table = Table::open(MemoryStorage::with([(SETTINGS, "marks=on")]), None);
    assert!(table.announcer.take_noticed().is_empty());
    assert_eq!(*table.app.world().resource::<Settings>(), Settings { marks: Switch::On, ..Settings::default() });
}

#[test]
fn what_was_not_chosen_is_as_the_system_asks() {
    let nothing = SystemWishes::default();
    let (dark, contrast) =
        (SystemWishes { dark: true, ..nothing }, SystemWishes { dark: true, contrast: true, ..nothing });
    let still = SystemWishes { still: true, ..nothing };
    let themes = [
        (ThemeChoice::System, [Theme::Light, Theme::Dark, Theme::Contrast]),
        (ThemeChoice::Light, [Theme::Light; 3]),
        (ThemeChoice::Dark, [Theme::Dark; 3]),
        (ThemeChoice::Contrast, [Theme::Contrast; 3]),
    ];
    for (theme, expected) in themes {
        let settings = Settings { theme, ..Settings::default() };
        assert_eq!([nothing, dark, contrast].map(|system| Look::of(&settings, system).theme), expected, "{theme:?}");
    }
    let motions = [
        (MotionChoice::System, [Motion::Full, Motion::Reduced]),
        (MotionChoice::Full, [Motion::Full; 2]),
        (MotionChoice::Reduced, [Motion::Reduced; 2]),
    ];
    for (motion, expected) in motions {
        let settings = Settings { motion, ..Settings::default() };
        assert_eq!([nothing, still].map(|system| Motion::of(&settings, system)), expected, "{motion:?}");
    }
    let mut table = Table::wish(MemoryStorage::default(), &Wishes { system: dark, ..Wishes::default() });
    assert_eq!(table.mirror().look, Look { theme: Theme::Dark, marks: false });
    choose(&mut table, Setting::Theme(ThemeChoice::Light));
    choose(&mut table, Setting::Marks(Switch::On));
    assert_eq!(table.mirror().look, Look { theme: Theme::Light, marks: true });
}

#[test]
fn without_the_magnet_a_shape_falls_only_where_it_is() {
    let mut table = Table::new(7);
    // The place exactly below is off the board; the nearest one is not.
    let beside = over(-MAGNET + 0.1, 3.0);
    table.press(slot(1)).move_to(beside);
    assert!(table.only::<Phantom>().is_some());
    choose(&mut table, Setting::Magnet(Switch::Off));
    table.move_to(over(-0.6, 3.0)).move_to(beside);
    assert_eq!(table.only::<Phantom>(), None);
    table.move_to(over(0.4, 3.4));
    let phantom = table.only::<Phantom>().expect("it fits exactly below");
    assert_eq!((phantom.at.row, phantom.at.column), (0, 3));
    table.release();
    assert_eq!(table.game().drops(), 1);
}

#[test]
fn a_shape_hangs_as_far_above_the_finger_as_was_chosen() {
    for &lift in Lift::ALL {
        let mut table = Table::new(7);
        choose(&mut table, Setting::Lift(lift));
        table.with(PointerKind::Touch).press(slot(1)).move_to(over(3.0, 4.0));
        let grip = table.only::<Carried>().expect("it is carried").grip;
        assert!((grip.grab.row - 2.0 - lift.cells()).abs() < 1e-4, "{lift:?}: {grip:?}");
    }
}
