//! Records that cannot be read: they are set aside, what can be restored is restored, and the game continues.

use blockers::events::{GameCommand, GameEnded};
use blockers::ports::{MemoryStorage, Storage};
use blockers::records::{
    ARCHIVE, Archive, BESTS, Bests, DAILY, DailyResults, EndedGame, SETTINGS, SOUND, seal, set_aside_key,
};
use blockers::world::{SoundSettings, Stored, Wanted};
use blockers_rules::{Deal, GameKind};

use crate::driver::Session;
use crate::games::{first_drop, last_drop, noon, recorded};

/// Starts a game with a seed, and scores ten points in it.
fn score_ten(session: &mut Session) {
    session.command(GameCommand::Request(Wanted::Seed(9))).play_drops(2);
    assert_eq!(session.game().score(), 10);
}

/// Returns an archive of three short games.
fn archive_of_three() -> Archive {
    let mut archive = Archive::default();
    for id in 1..=3 {
        let recording = recorded(Deal::new(GameKind::Classic, id), first_drop, 4);
        archive.enter(EndedGame::of(id, &recording).unwrap());
    }
    archive
}

#[test]
fn an_invalid_record_is_set_aside_with_one_notice_and_replaced_by_the_default() {
    let sealed = [seal("2 0"), seal("1 x"), seal("")];
    let texts =
        ["abc", "-5", "NaN", "99999999999999999999999", "null", "{}", "\u{0}\u{ffff}", "\u{1f9f1}", "x deadbeef"];
    for key in [BESTS, DAILY, ARCHIVE, SOUND, SETTINGS] {
        for text in texts.into_iter().chain(sealed.iter().map(String::as_str)) {
            let mut session = Session::open(MemoryStorage::with([(key, text)]), None);
            let notices = session.announcer.take_noticed();
            assert!(notices.len() == 1 && notices[0].contains(key), "{key} {text}: {notices:?}");
            let world = session.app.world();
            assert_eq!(world.resource::<Stored<Bests>>(), &Stored::default(), "{key} {text}");
            assert_eq!(world.resource::<Stored<DailyResults>>(), &Stored::default(), "{key} {text}");
            assert_eq!(world.resource::<Stored<Archive>>(), &Stored::default(), "{key} {text}");
            assert_eq!(world.resource::<SoundSettings>(), &SoundSettings::default(), "{key} {text}");
            assert_eq!(session.storage.stored(&set_aside_key(key)).as_deref(), Some(text), "it is set aside");
            assert!(session.storage.all().get(key).is_none_or(|left| left != text), "it is removed from its key");
            let again = Session::open(session.storage.clone(), None);
            assert!(again.announcer.take_noticed().is_empty(), "there is one notice only");
            score_ten(&mut session);
            assert_eq!(session.stored_bests().get(GameKind::Seed, true), 10, "{key} {text}");
        }
    }
}

#[test]
fn an_empty_record_is_the_same_as_a_missing_one() {
    for key in [BESTS, DAILY, ARCHIVE, SOUND, SETTINGS] {
        let session = Session::open(MemoryStorage::with([(key, "")]), None);
        assert_eq!(
            (session.announcer.take_noticed().len(), session.storage.stored(&set_aside_key(key))),
            (0, None),
            "{key}"
        );
    }
}

#[test]
fn a_damaged_line_of_the_archive_loses_one_game() {
    let mut archive = archive_of_three();
    let text = archive.to_text();
    let second = text.lines().nth(2).unwrap();
    let damaged = second.replace(" left ", " over ");
    let mut session = Session::open(MemoryStorage::with([(ARCHIVE, text.replace(second, &damaged))]), None);
    let notices = session.announcer.take_noticed();
    assert!(notices.len() == 1 && notices[0].contains("line 3"), "{notices:?}");
    archive.remove(2);
    assert_eq!(session.app.world().resource::<Stored<Archive>>().0, archive);
    assert_eq!((session.storage.stored(&set_aside_key(ARCHIVE)), session.view_model().games), (Some(damaged), 2));
}

#[test]
fn an_archive_that_lacks_lines_gets_one_notice_and_nothing_is_set_aside() {
    let mut archive = archive_of_three();
    let text = archive.to_text();
    let (rest, _) = text.rsplit_once('\n').unwrap();
    let session = Session::open(MemoryStorage::with([(ARCHIVE, rest)]), None);
    let notice = "Saved data blockers.archive is incomplete (line 4: expected 3 games after the totals, found 2). \
                The readable part is used.";
    assert_eq!(session.announcer.take_noticed(), [notice]);
    archive.remove(3);
    assert_eq!((session.stored_archive(), session.storage.stored(&set_aside_key(ARCHIVE))), (archive, None));
    assert!(session.reopened().announcer.take_noticed().is_empty());
}

#[test]
fn up_to_four_different_records_are_set_aside_for_each_key() {
    let storage = MemoryStorage::default();
    let set_aside = |number: usize| {
        let first = set_aside_key(BESTS);
        storage.stored(&if number == 1 { first } else { format!("{first}.{number}") })
    };
    let damage = |text: &str| {
        storage.clone().write(0, [(BESTS.to_owned(), text.to_owned())].into());
        drop(Session::open(storage.clone(), None));
    };
    for (number, text) in (1..).zip(["one", "two", "three", "four"]) {
        damage(text);
        assert_eq!(set_aside(number).as_deref(), Some(text));
    }
    damage("two");
    damage("five");
    let all: Vec<_> = (1..=5).map(set_aside).collect();
    let expected = ["one", "two", "three", "five"].map(|text| Some(text.to_owned()));
    assert_eq!((&all[..4], &all[4]), (&expected[..], &None));
}

#[test]
fn best_scores_and_daily_results_are_restored_from_the_archive() {
    let mut session = Session::open(MemoryStorage::default(), None);
    session.clock.set_calendar(noon(20_261_128));
    for wanted in [Wanted::Kind(GameKind::Relaxed), Wanted::Kind(GameKind::Daily), Wanted::Seed(9)] {
        session.command(GameCommand::Request(wanted)).play_to_end().settle();
    }
    // Practice with a better score, and a game with undo.
    session.command(GameCommand::Request(Wanted::Kind(GameKind::Daily))).play_to_end_with(last_drop).settle();
    session.command(GameCommand::Request(Wanted::Seed(7))).play_drops(3).undo().play_to_end().settle();
    let (bests, daily) = (session.stored_bests(), session.storage.stored(DAILY));
    assert!(bests.get(GameKind::Daily, true) > 0 && bests.get(GameKind::Seed, false) > 0);
    let mut records = session.storage.all();
    records.insert(BESTS.to_owned(), "damaged".to_owned());
    records.insert(DAILY.to_owned(), "damaged".to_owned());
    let again = Session::open(MemoryStorage::with(records), None);
    assert_eq!(again.announcer.take_noticed().len(), 2);
    assert_eq!((again.stored_bests(), again.storage.stored(DAILY)), (bests, daily));
}

#[test]
fn a_game_that_is_over_is_entered_again_when_the_archive_lost_it() {
    let mut session = Session::new(9);
    session.play_to_end().settle();
    let expected = session.stored_archive();
    for lost in [Some("damaged"), None] {
        let mut records = session.storage.all();
        match lost {
            Some(text) => records.insert(ARCHIVE.to_owned(), text.to_owned()),
            None => records.remove(ARCHIVE),
        };
        let again = Session::open(MemoryStorage::with(records), None);
        assert_eq!(again.stored_archive(), expected, "{lost:?}");
    }
    assert_eq!(
        session.reopened().published_count::<GameEnded>(),
        0,
        "a game that is in the archive is not entered again"
    );
}
