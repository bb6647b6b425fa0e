//! Games that are longer than any player's: everything works up to the limit, and a notice reports what no longer does.

use blockers::events::{BackupCommand, Command, GameCommand, RecordChanged};
use blockers::ports::{MemoryStorage, Storage};
use blockers::records::{ARCHIVE, Archive, EndedGame, GAME, SavedGame, backup};
use blockers::world::Wanted;
use blockers_rules::notation::{self, MAX_DROPS};

use crate::driver::Session;
use crate::games::{drops_for_hand, relaxed_game, snapshot};

/// Starts a program on a stored game of this many drops, a multiple of three, so that the next hand is complete.
fn stored_game(drops: usize) -> Session {
    let saved = SavedGame::new(1, 1, relaxed_game(drops).recording());
    assert_eq!(saved.recording.drops.len(), drops);
    Session::open(MemoryStorage::with([(GAME[0], saved.to_text())]), None)
}

/// Drops a hand, piece by piece.
fn drop_hand(session: &mut Session) {
    for drop in drops_for_hand(session.game()) {
        session.drop_at(drop.slot.index(), drop.at.row().into(), drop.at.column().into()).settle();
    }
}

fn share(session: &mut Session) -> (String, String) {
    session.command(Command::Share).outlet.take().remove(0)
}

#[test]
fn a_game_of_a_hundred_thousand_drops_can_be_continued_undone_stored_shared_and_exported() {
    let mut session = stored_game(99_999);
    assert!(session.announcer.take_noticed().is_empty());
    drop_hand(&mut session);
    assert_eq!(session.game().drops(), 100_002);
    session.undo().undo().settle().assert_consistent("after undo");
    let again = session.reopened();
    assert_eq!((snapshot(again.game()), again.timeline().drops().len()), (snapshot(session.game()), 100_002));
    session.redo().redo().settle().assert_consistent("after redo");
    let whole = session.timeline().recording();

    let (_, link) = share(&mut session);
    assert_eq!(notation::parse_link(&link).as_ref(), Ok(&whole));

    session.command(GameCommand::Request(Wanted::Another)).command(GameCommand::Confirm).settle();
    assert_eq!(session.stored_archive().games()[0].recording, whole, "the game in the archive");
    let (_, file) = session.command(BackupCommand::Export).outlet.take().remove(0);
    let mut other = Session::new(5);
    other.command(BackupCommand::Import(file)).settle();
    assert_eq!(other.stored_archive(), session.stored_archive());
    assert!(other.announcer.take_noticed().is_empty() && session.announcer.take_noticed().is_empty());
}

#[test]
fn a_game_above_the_limit_gets_one_notice_and_is_stored_up_to_the_limit() {
    let last = MAX_DROPS - MAX_DROPS % 3;
    let mut session = stored_game(last);
    let [first, second, third] = drops_for_hand(session.game());
    for drop in [first, second] {
        session.drop_at(drop.slot.index(), drop.at.row().into(), drop.at.column().into());
    }
    session.settle();
    let longest = snapshot(session.game());
    assert_eq!((session.game().drops() as usize, session.announcer.take_noticed().len()), (MAX_DROPS, 0));
    session.drop_at(third.slot.index(), third.at.row().into(), third.at.column().into()).settle();
    let notice = "This game has more than 200000 moves. Later moves are not saved or included in links.";
    assert_eq!(session.announcer.take_noticed(), [notice]);
    drop_hand(&mut session);
    assert!(session.announcer.take_noticed().is_empty(), "there is one notice only");
    assert_eq!(snapshot(session.reopened().game()), longest);

    let (sentence, link) = share(&mut session);
    let recording = notation::parse_link(&link).unwrap();
    assert_eq!((recording.drops.len(), snapshot(&recording.verify().unwrap())), (MAX_DROPS, longest));
    assert!(sentence.contains("in 200000 moves"), "{sentence}");

    let drops = session.game().drops();
    session.command(GameCommand::Request(Wanted::Another)).command(GameCommand::Confirm).settle();
    let archive = session.stored_archive();
    let game = &archive.games()[0];
    assert_eq!((game.drops, game.recording.drops.len()), (drops, MAX_DROPS), "the numbers include every drop");
    assert_eq!(archive.rebuild(), archive, "the same numbers after a rebuild");
}

#[test]
fn an_archive_of_long_games_fits_into_the_topic_and_into_a_backup() {
    let long = relaxed_game(MAX_DROPS).recording();
    let game = |id| EndedGame::of(id, &long).unwrap();
    let mut archive = Archive::default();
    let first = game(1);
    for id in 1..=20 {
        archive.enter(EndedGame { id, ..first.clone() });
    }
    let kept = archive.games().len();
    assert!((1..20).contains(&kept), "{kept} games");
    assert_eq!(archive.totals(None).games, 20, "the totals include every game");
    let text = archive.to_text();
    assert!(text.len() < 2 << 20, "{} bytes", text.len());

    let saved = SavedGame::new(21, 1, relaxed_game(99_999).recording());
    let mut session = Session::open(MemoryStorage::with([(ARCHIVE, text), (GAME[0], saved.to_text())]), None);
    drop_hand(&mut session);
    session.command(GameCommand::Request(Wanted::Another)).command(GameCommand::Confirm).settle();
    assert_eq!(session.stored_archive().totals(None).games, 21);
    assert_eq!(session.group_stats::<RecordChanged>("storage").evicted, 0);
    assert!(session.announcer.take_noticed().is_empty());
    let stored = session.storage.all();
    assert_eq!(backup::read(&backup::write(&stored)), Ok(stored));
}
