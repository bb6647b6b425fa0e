//! A storage that answers late: few writes are out, and nothing is lost or said to be lost.

use blockers::bus::{DeadLetter, Topic};
use blockers::events::RecordChanged;
use blockers::handlers::storing::OUT;
use blockers::records::{BESTS, Bests, GAME, newest};
use blockers::rules::GameKind;

use crate::driver::Table;
use crate::games::seen;

/// What would be found if the program ended now.
fn stored(table: &Table) -> Option<blockers::rules::Recording> {
    let texts = GAME.map(|key| table.storage.stored(key));
    newest(texts.each_ref().map(Option::as_deref)).game.map(|(saved, _)| saved.recording)
}

#[test]
fn what_changes_while_enough_writes_are_out_is_written_together_when_they_are_finished() {
    let mut table = Table::new(9);
    table.storage.be_slow();
    let before = table.storage.writes();
    let out = OUT as u32;
    table.play_some(10);
    assert_eq!(table.storage.writes(), before + out, "so many are out");
    assert_eq!(table.storage.catch_up(), OUT);
    assert_eq!(stored(&table).map(|recording| recording.drops.len()), Some(OUT), "those of the first drops");
    table.frame();
    assert_eq!(table.storage.writes(), before + out + 1, "the rest is in the next");
    assert_eq!(table.storage.catch_up(), 1);
    assert_eq!(stored(&table), Some(table.timeline().recording()));
    table.frame();
    assert_eq!((table.storage.writes(), table.storage.catch_up()), (before + out + 1, 0), "nothing is written twice");
}

#[test]
fn a_storage_that_is_very_slow_loses_nothing_and_nobody_is_told_so() {
    let mut table = Table::new(9);
    table.storage.be_slow();
    for _ in 0..60 {
        table.play_some(6);
        for _ in 0..6 {
            table.undo();
        }
    }
    table.play_some(12).settle();
    assert!(table.books::<RecordChanged>("storage").pending > 0, "it has not answered yet");
    while table.storage.catch_up() > 0 {
        table.frame();
    }
    let books = table.books::<RecordChanged>("storage");
    assert_eq!((books.evicted, books.dead, books.pending), (0, 0, 0));
    assert_eq!(table.app.world().resource::<Topic<DeadLetter<RecordChanged>>>().stats(0).published, 0);
    assert!(table.announcer.take_noticed().is_empty());
    assert_eq!(stored(&table), Some(table.timeline().whole()));
    let bests = table.storage.stored(BESTS).map(|text| Bests::parse(&text).expect("it is whole"));
    assert!(bests.is_some_and(|bests| bests.get(GameKind::Seed, false) > 0));
}

#[test]
fn a_slow_write_that_fails_is_followed_by_what_is_newer() {
    let mut table = Table::new(9);
    table.storage.be_slow();
    table.storage.refuse(Some("it is busy"));
    table.play_some(3);
    table.storage.catch_up();
    table.play_some(3);
    table.storage.refuse(None);
    for _ in 0..20 {
        table.storage.catch_up();
        table.wait(500.0);
    }
    assert_eq!(stored(&table), Some(table.timeline().recording()));
    assert_eq!(seen(table.reopened().game()), seen(table.game()));
    assert!(table.announcer.take_noticed().is_empty());
}
