//! Games that are longer than anybody plays: everything works in them, and what no longer does is told.

use blockers::events::{CommandEvent, RecordChanged};
use blockers::ports::{MemoryStorage, Storage};
use blockers::records::{ARCHIVE, GAME, SavedGame, backup};
use blockers::rules::notation::{self, MAX_DROPS};
use blockers::world::Wanted;

use crate::driver::Table;
use crate::games::{endless, kind_way, seen};

/// A program that finds a game of so many drops; the next hand is whole.
fn found(drops: usize) -> Table {
    let saved = SavedGame::new(1, 1, endless(drops).recording());
    assert_eq!(saved.recording.drops.len(), drops);
    Table::open(MemoryStorage::with([(GAME[0], saved.to_text())]), None)
}

/// Drops a hand, piece by piece.
fn drop_hand(table: &mut Table) {
    for drop in kind_way(table.game()) {
        table.drop_at(drop.slot.index(), drop.at.row().into(), drop.at.column().into()).settle();
    }
}

fn shared(table: &mut Table) -> (String, String) {
    table.command(CommandEvent::ShareRequested).outlet.take().remove(0)
}

#[test]
fn a_game_of_a_hundred_thousand_drops_is_played_on_taken_back_shared_stored_and_carried_elsewhere() {
    let mut table = found(99_999);
    assert!(table.announcer.take_noticed().is_empty());
    drop_hand(&mut table);
    assert_eq!(table.game().drops(), 100_002);
    table.undo().undo().settle().assert_agrees("taken back");
    let again = table.reopened();
    assert_eq!((seen(again.game()), again.timeline().drops().len()), (seen(table.game()), 100_002));
    table.redo().redo().settle().assert_agrees("played again");
    let whole = table.timeline().recording();

    let (_, link) = shared(&mut table);
    assert_eq!(notation::parse_link(&link).as_ref(), Ok(&whole));

    table.command(CommandEvent::GameRequested(Wanted::Another)).command(CommandEvent::GameConfirmed).settle();
    assert_eq!(table.stored_archive().games()[0].recording, whole, "it is in the archive");
    let (_, file) = table.command(CommandEvent::ExportRequested).outlet.take().remove(0);
    let mut elsewhere = Table::new(5);
    elsewhere.command(CommandEvent::ImportRequested(file)).settle();
    assert_eq!(elsewhere.stored_archive(), table.stored_archive());
    assert!(elsewhere.announcer.take_noticed().is_empty() && table.announcer.take_noticed().is_empty());
}

#[test]
fn a_game_that_is_too_long_to_be_stored_is_told_of_once_and_stays_as_it_was() {
    let last = MAX_DROPS - MAX_DROPS % 3;
    let mut table = found(last);
    let [first, second, third] = kind_way(table.game());
    for drop in [first, second] {
        table.drop_at(drop.slot.index(), drop.at.row().into(), drop.at.column().into());
    }
    table.settle();
    let longest = seen(table.game());
    assert_eq!((table.game().drops() as usize, table.announcer.take_noticed().len()), (MAX_DROPS, 0));
    table.drop_at(third.slot.index(), third.at.row().into(), third.at.column().into()).settle();
    let told = "This game has more than 200000 drops. What comes after them is not stored, and is in no link.";
    assert_eq!(table.announcer.take_noticed(), [told]);
    drop_hand(&mut table);
    assert!(table.announcer.take_noticed().is_empty(), "once");
    assert_eq!(seen(table.reopened().game()), longest);

    let (sentence, link) = shared(&mut table);
    let recording = notation::parse_link(&link).expect("what is shared can be read");
    assert_eq!((recording.drops.len(), seen(&recording.verify().expect("it was played"))), (MAX_DROPS, longest));
    assert!(sentence.contains("in 200000 drops"), "{sentence}");

    let drops = table.game().drops();
    table.command(CommandEvent::GameRequested(Wanted::Another)).command(CommandEvent::GameConfirmed).settle();
    let archive = table.stored_archive();
    let game = &archive.games()[0];
    assert_eq!((game.drops, game.recording.drops.len()), (drops, MAX_DROPS), "all of it counts");
    assert_eq!(archive.rebuild(), archive, "and does so when it is counted again");
}

#[test]
fn an_archive_of_long_games_has_room_on_the_bus_and_in_a_file() {
    let long = endless(MAX_DROPS).recording();
    let game = |id| blockers::records::EndedGame::of(id, &long).expect("it was played");
    let mut archive = blockers::records::Archive::default();
    let first = game(1);
    for id in 1..=20 {
        archive.enter(blockers::records::EndedGame { id, ..first.clone() });
    }
    let kept = archive.games().len();
    assert!((1..20).contains(&kept), "{kept} are kept");
    assert_eq!(archive.totals(None).games, 20, "but all of them count");
    let text = archive.to_text();
    assert!(text.len() < 2 << 20, "{} bytes", text.len());

    let saved = SavedGame::new(21, 1, endless(99_999).recording());
    let mut table = Table::open(MemoryStorage::with([(ARCHIVE, text), (GAME[0], saved.to_text())]), None);
    drop_hand(&mut table);
    table.command(CommandEvent::GameRequested(Wanted::Another)).command(CommandEvent::GameConfirmed).settle();
    assert_eq!(table.stored_archive().totals(None).games, 21);
    assert_eq!(table.books::<RecordChanged>("storage").evicted, 0);
    assert!(table.announcer.take_noticed().is_empty());
    let stored = table.storage.all();
    assert_eq!(backup::read(&backup::write(&stored)), Ok(stored));
}
