//! A storage that fails: writes are retried, then given up with a notice, which is withdrawn when writing works again.

use blockers::events::{GameCommand, RecordChanged, SoundCommand};
use blockers::ports::{Announcer, MemoryStorage};
use blockers::records::{BESTS, Bests, End};
use blockers::world::{Score, Wanted};
use blockers_event_bus::{DeadLetter, Topic};
use blockers_rules::GameKind;

use crate::driver::Session;

fn best(session: &Session) -> u64 {
    session.app.world().resource::<Score>().best
}

/// Returns the record in which this is the best score of games with a seed.
fn best_of_seeds(score: u64) -> String {
    let mut bests = Bests::default();
    bests.raise(GameKind::Seed, true, score);
    bests.to_text()
}

/// Starts a game with a seed, and scores ten points in it.
fn score_ten(session: &mut Session) {
    session.command(GameCommand::Request(Wanted::Seed(9))).play_drops(2);
    assert_eq!(session.game().score(), 10);
}

#[test]
fn a_new_best_score_is_stored_at_once() {
    let storage = MemoryStorage::with([(BESTS, best_of_seeds(5))]);
    let mut session = Session::open(storage, Some("7"));
    assert_eq!(best(&session), 5);
    score_ten(&mut session);
    assert_eq!(session.storage.stored(BESTS), Some(best_of_seeds(10)));
    assert_eq!(best(&session.reopened()), 10);
}

#[test]
fn a_lower_or_equal_score_is_not_stored() {
    for score in [10, 5_000, u64::MAX] {
        let mut session = Session::open(MemoryStorage::with([(BESTS, best_of_seeds(score))]), None);
        score_ten(&mut session);
        assert_eq!((best(&session), session.storage.stored(BESTS)), (score, Some(best_of_seeds(score))));
        let changed = session
            .app
            .world()
            .resource::<Topic<RecordChanged>>()
            .retained()
            .into_iter()
            .any(|change| change.key == BESTS);
        assert!(!changed, "{score}");
    }
}

#[test]
fn a_storage_that_works_at_the_third_try_loses_nothing_and_causes_no_notice() {
    let mut session = Session::open(MemoryStorage::default(), None);
    session.storage.refuse(Some("it is busy"));
    score_ten(&mut session);
    // The first try failed at once, the second one fails after 250 ms.
    session.wait(400.0);
    assert!(session.group_stats::<RecordChanged>("storage").failed >= 2);
    assert_eq!(session.storage.stored(BESTS), None);
    session.storage.refuse(None);
    session.wait(2_000.0);
    assert_eq!(session.storage.stored(BESTS), Some(best_of_seeds(10)));
    assert_eq!(session.reopened().timeline().recording(), session.timeline().recording());
    assert!(session.announcer.take_noticed().is_empty());
    let stats = session.group_stats::<RecordChanged>("storage");
    assert_eq!((stats.dead, stats.pending, stats.in_backoff), (0, 0, 0));
}

#[test]
fn a_storage_that_always_fails_causes_a_dead_letter_and_one_notice_and_the_game_continues() {
    let mut session = Session::open(MemoryStorage::default(), None);
    session.storage.refuse(Some("it is full"));
    score_ten(&mut session);
    assert!(session.announcer.take_noticed().is_empty(), "it is retried first");
    assert_eq!(best(&session), 10);
    session.wait(60_000.0);
    let notice = "Your best score cannot be saved (it is full). Changes will be lost when you close this page.";
    assert!(session.announcer.take_noticed().contains(&notice.to_owned()));
    let letters = session.app.world().resource::<Topic<DeadLetter<RecordChanged>>>();
    let of_best: Vec<_> = letters.retained().into_iter().filter(|letter| letter.event.key == BESTS).collect();
    assert_eq!((of_best.len(), of_best[0].verdict.attempts, &*of_best[0].verdict.group), (1, 5, "storage"));
    let log = session.announcer.take_logged().join("\n");
    assert!(log.contains("Group `storage` gave up on `blockers.bests` of topic `record changed`"), "{log}");
    assert!(log.contains("1 row cleared"), "the report lists the drops before it: {log}");

    // There is one notice only, and starting the next game tries again.
    score_ten(&mut session);
    session.wait(60_000.0);
    assert!(!session.announcer.take_noticed().contains(&notice.to_owned()));
    session.storage.refuse(None);
    session.command(GameCommand::Request(Wanted::Another)).settle();
    assert_eq!(session.storage.stored(BESTS), Some(best_of_seeds(10)));
    let games: Vec<_> = session.stored_archive().games().iter().map(|game| (game.end, game.drops)).collect();
    assert_eq!(games, [(End::Left, 2), (End::Left, 2)], "each game is counted once");
}

#[test]
fn a_notice_about_a_record_is_withdrawn_when_it_is_stored_and_shown_again_when_that_fails() {
    let mut session = Session::open(MemoryStorage::default(), None);
    let notice =
        |what: &str| format!("{what} cannot be saved (it is full). Changes will be lost when you close this page.");
    let [game, best] = ["Your game", "Your best score"].map(notice);
    session.storage.refuse(Some("it is full"));
    score_ten(&mut session);
    session.wait(60_000.0);
    assert!(session.announcer.shows(&game) && session.announcer.shows(&best));

    session.storage.refuse(None);
    session.play_drops(1).wait(1_000.0);
    assert!(!session.announcer.shows(&game), "the game is stored");
    assert!(session.announcer.shows(&best), "the best score is not stored yet");
    session.command(GameCommand::Request(Wanted::Another)).command(GameCommand::Confirm).wait(1_000.0);
    assert!(!session.announcer.shows(&best), "starting a game tries again");
    assert_eq!(session.announcer.take_noticed(), Vec::<String>::new());

    session.storage.refuse(Some("it is full"));
    session.play_drops(1).wait(60_000.0);
    assert_eq!(session.announcer.take_noticed(), [game]);
}

#[test]
fn no_frame_is_due_when_nothing_has_failed() {
    let mut session = Session::new(7);
    session.drop_at(1, 3, 4).settle();
    session.wait(5_000.0);
    assert_eq!(session.frame().due, None);
}

#[test]
fn without_a_storage_there_are_notices_and_the_game_continues() {
    let storage = MemoryStorage::default();
    storage.refuse(Some("it is forbidden"));
    let mut session = Session::open(storage, None);
    score_ten(&mut session);
    session.wait(60_000.0);
    let notices = session.announcer.take_noticed();
    assert!(!notices.is_empty() && notices.iter().all(|notice| notice.contains("it is forbidden")), "{notices:?}");
    assert_eq!(best(&session), 10);
    session.play_drops(3).settle().assert_consistent("after three more drops");
}

#[test]
fn a_volume_that_cannot_be_stored_takes_effect_and_gets_a_notice() {
    let mut session = Session::open(MemoryStorage::default(), None);
    session.storage.refuse(Some("it is full"));
    session.command(SoundCommand::ToggleMute);
    assert!(session.audio.volume().abs() < 1e-6);
    session.wait(60_000.0);
    let notice = "A setting cannot be saved (it is full). Changes will be lost when you close this page.";
    assert_eq!(session.announcer.take_noticed(), [notice]);
}
