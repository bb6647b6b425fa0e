//! A storage that answers late: few writes are in flight, nothing is lost, and there is no notice.

use blockers::events::{BackupCommand, RecordChanged, SoundCommand};
use blockers::handlers::storage_writer::MAX_IN_FLIGHT;
use blockers::ports::Storage;
use blockers::records::{BESTS, Bests, GAME, SOUND, backup, newest};
use blockers_event_bus::{DeadLetter, Timestamp, Topic};
use blockers_rules::{GameKind, Recording};

use crate::driver::Session;
use crate::games::snapshot;

/// Returns the game that a program would resume if it were started now.
fn stored(session: &Session) -> Option<Recording> {
    let texts = GAME.map(|key| session.storage.stored(key));
    newest(texts.each_ref().map(Option::as_deref)).game.map(|(saved, _)| saved.recording)
}

#[test]
fn changes_wait_while_the_maximum_of_writes_is_in_flight_and_are_then_written_together() {
    let mut session = Session::new(9);
    session.storage.be_slow();
    let before = session.storage.writes();
    let most = MAX_IN_FLIGHT as u32;
    session.play_drops(10);
    assert_eq!(session.storage.writes(), before + most, "the maximum is in flight");
    assert_eq!(session.storage.catch_up(), MAX_IN_FLIGHT);
    assert_eq!(stored(&session).map(|recording| recording.drops.len()), Some(MAX_IN_FLIGHT), "the first drops");
    session.frame();
    assert_eq!(session.storage.writes(), before + most + 1, "one write for the rest");
    assert_eq!(session.storage.catch_up(), 1);
    assert_eq!(stored(&session), Some(session.timeline().recording()));
    session.frame();
    assert_eq!(
        (session.storage.writes(), session.storage.catch_up()),
        (before + most + 1, 0),
        "nothing is written twice"
    );
}

#[test]
fn nothing_waits_when_the_page_may_be_closed() {
    let mut session = Session::new(9);
    session.storage.be_slow();
    session.play_drops(10);
    let before = session.storage.writes();
    session.app.flush();
    assert_eq!(session.storage.writes(), before + 1, "one write for what waits");
    assert_eq!(session.storage.catch_up(), MAX_IN_FLIGHT + 1);
    assert_eq!(stored(&session), Some(session.timeline().recording()));
    session.app.flush();
    assert_eq!(session.storage.writes(), before + 1, "nothing is written twice");
}

#[test]
fn an_export_has_the_changes_that_wait() {
    let mut session = Session::new(9);
    session.storage.be_slow();
    session.play_drops(10).command(SoundCommand::ToggleMute).settle();
    assert!(!session.storage.all().contains_key(SOUND), "it is not written yet");
    let (_, file) = session.command(BackupCommand::Export).outlet.take().remove(0);
    let records = backup::read(&file).unwrap();
    assert!(records.contains_key(SOUND));
    let games = GAME.map(|key| records.get(key).map(String::as_str));
    assert_eq!(newest(games).game.map(|(saved, _)| saved.recording), Some(session.timeline().recording()));
}

#[test]
fn a_very_slow_storage_loses_nothing_and_causes_no_notice() {
    let mut session = Session::new(9);
    session.storage.be_slow();
    for _ in 0..60 {
        session.play_drops(6);
        for _ in 0..6 {
            session.undo();
        }
    }
    session.play_drops(12).settle();
    assert!(session.group_stats::<RecordChanged>("storage").pending > 0, "writes are still in flight");
    while session.storage.catch_up() > 0 {
        session.frame();
    }
    let stats = session.group_stats::<RecordChanged>("storage");
    assert_eq!((stats.evicted, stats.dead, stats.pending), (0, 0, 0));
    assert_eq!(session.app.world().resource::<Topic<DeadLetter<RecordChanged>>>().stats(Timestamp::ZERO).published, 0);
    assert!(session.announcer.take_noticed().is_empty());
    assert_eq!(stored(&session), Some(session.timeline().whole()));
    let bests = session.storage.stored(BESTS).map(|text| Bests::parse(&text).unwrap());
    assert!(bests.is_some_and(|bests| bests.get(GameKind::Seed, false) > 0));
}

#[test]
fn a_slow_write_that_fails_is_replaced_by_newer_changes() {
    let mut session = Session::new(9);
    session.storage.be_slow();
    session.storage.refuse(Some("it is busy"));
    session.play_drops(3);
    session.storage.catch_up();
    session.play_drops(3);
    session.storage.refuse(None);
    for _ in 0..20 {
        session.storage.catch_up();
        session.wait(500.0);
    }
    assert_eq!(stored(&session), Some(session.timeline().recording()));
    assert_eq!(snapshot(session.reopened().game()), snapshot(session.game()));
    assert!(session.announcer.take_noticed().is_empty());
}
