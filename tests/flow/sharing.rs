//! What goes out to others and comes back: a game as a link, and everything as a file.

use std::collections::BTreeMap;

use blockers::bus::{DeadLetter, Topic};
use blockers::events::{CommandEvent, RecordChanged, ReplayControl};
use blockers::loading::{SETTINGS, SOUND};
use blockers::ports::{MemoryStorage, Storage};
use blockers::records::{
    ARCHIVE, Archive, BESTS, BackupError, Bests, DAILY, DailyResults, EndedGame, GAME, backup, newest, united,
};
use blockers::rules::{GameKind, notation};
use blockers::world::{Kept, Panel, SoundSettings, Wanted};

use crate::driver::Table;
use crate::games::{noon, seen};
use crate::replaying::shown;

const TODAY: u32 = 20_261_128;

/// What was given away: a sentence and a link, or a name and a text. It is one thing.
fn given(table: &mut Table, command: CommandEvent) -> (String, String) {
    let mut given = table.command(command).outlet.take();
    assert_eq!(given.len(), 1);
    given.remove(0)
}

/// A program in which a good deal has happened: a daily board, ten drops of another game and two of them taken back, and the
/// sound was changed.
fn rich() -> Table {
    let mut table = Table::open(MemoryStorage::default(), None);
    table.clock.set_calendar(noon(TODAY));
    table.command(CommandEvent::GameRequested(Wanted::Kind(GameKind::Daily))).play_to_the_end();
    table.command(CommandEvent::GameRequested(Wanted::Seed(9))).play_some(10).undo().undo();
    table.command(CommandEvent::VolumeSet(0.25)).settle();
    table
}

/// Imports a file, and says yes where that is asked. Returns whether it was.
fn import(table: &mut Table, file: &str) -> bool {
    table.command(CommandEvent::ImportRequested(file.to_owned()));
    let asked = table.mirror().panel == Some(Panel::Replacing);
    if asked {
        table.command(CommandEvent::ImportConfirmed);
    }
    table.settle();
    asked
}

/// What a program has in its memory besides the game.
fn kept(table: &Table) -> (Bests, DailyResults, Archive, SoundSettings) {
    let world = table.app.world();
    let (bests, daily) = (world.resource::<Kept<Bests>>(), world.resource::<Kept<DailyResults>>());
    (bests.0.clone(), daily.0.clone(), world.resource::<Kept<Archive>>().0.clone(), *world.resource::<SoundSettings>())
}

#[test]
fn a_shared_link_leads_to_the_same_game_and_the_sentence_says_what_it_is() {
    type Played = fn(&mut Table) -> &mut Table;
    let table: [(Played, &str); 4] = [
        (|table| table, "Blockers, seed 9: 0 points in 0 drops."),
        (|table| table.play_some(1), "Blockers, seed 9: 0 points in 1 drop."),
        (|table| table.play_some(2), "Blockers, seed 9: 10 points in 2 drops."),
        (|table| table.play_some(3).undo(), "Blockers, seed 9: 10 points in 2 drops, with drops taken back."),
    ];
    for (played, sentence) in table {
        let mut table = Table::new(9);
        played(&mut table);
        let (text, link) = given(&mut table, CommandEvent::ShareRequested);
        assert_eq!(text, sentence);
        let recording = notation::parse_link(&link).expect("it is a link");
        assert_eq!(recording, table.timeline().recording(), "{sentence}");
        let verified = recording.verify().expect("it is by the rules");
        assert_eq!(seen(&verified), seen(table.game()), "{sentence}");
    }
}

#[test]
fn of_a_replay_the_whole_game_is_shared() {
    let mut table = Table::new(7);
    table.play_some(4).settle();
    table.hold(&shown()).replay(ReplayControl::Seek(3));
    let (text, link) = given(&mut table, CommandEvent::ShareRequested);
    assert_eq!(text, "Blockers, classic: 90 points in 12 drops.");
    assert_eq!(notation::parse_link(&link), Ok(shown()));
    assert_eq!(table.timeline().position(), 3, "it is shown where it was");
}

#[test]
fn a_daily_board_is_shared_with_its_picture() {
    let mut table = Table::open(MemoryStorage::default(), None);
    table.clock.set_calendar(noon(TODAY));
    table.command(CommandEvent::GameRequested(Wanted::Kind(GameKind::Daily))).play_some(6);
    let (text, _) = given(&mut table, CommandEvent::ShareRequested);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((lines[0], lines.len()), ("Blockers, daily board of 2026-11-28: 10 points in 6 drops.", 11));
    let squares: Vec<char> = lines[1..].concat().chars().collect();
    assert!(lines[1..].iter().all(|line| line.chars().count() == 10), "{text}");
    let cells = table.mirror().cells;
    assert_eq!(squares.len(), cells.len());
    for (square, cell) in squares.into_iter().zip(cells) {
        assert!("⬜🟥🟦🟩🟧🟪🟨".contains(square), "{square}");
        assert_eq!(square == '⬜', cell.is_none(), "{text}");
    }
}

#[test]
fn practice_is_shared_as_practice_and_the_result_of_the_day_as_that() {
    let mut table = Table::open(MemoryStorage::default(), None);
    table.clock.set_calendar(noon(TODAY));
    let said = |table: &mut Table| given(table, CommandEvent::ShareRequested).0.lines().next().map(str::to_owned);
    let head = "Blockers, daily board of 2026-11-28";
    table.command(CommandEvent::GameRequested(Wanted::Kind(GameKind::Daily))).play_to_the_end().settle();
    let result = format!("{head}: 30 points in 23 drops.");
    assert_eq!(said(&mut table), Some(result.clone()), "the result itself, also when it is watched");
    table.command(CommandEvent::ReplayRequested);
    assert_eq!(said(&mut table), Some(result));
    table.replay(ReplayControl::Close);
    assert_eq!(said(table.undo()), Some(format!("{head}, practice: 30 points in 22 drops, with drops taken back.")));
    table.command(CommandEvent::GameRequested(Wanted::Another)).command(CommandEvent::GameConfirmed).play_some(6);
    assert_eq!(said(&mut table), Some(format!("{head}, practice: 10 points in 6 drops.")));
    // What somebody else has played may well have been a result.
    let foreign = table.timeline().recording();
    table.hold(&foreign);
    assert_eq!(said(&mut table), Some(format!("{head}: 10 points in 6 drops.")));
}

#[test]
fn what_was_exported_is_imported_into_another_program() {
    let mut table = rich();
    let (name, file) = given(&mut table, CommandEvent::ExportRequested);
    assert_eq!(name, "blockers-2026-11-28.txt");
    // The other program is new, or has a game, or shows one.
    for (drops, replaying) in [(0, false), (5, false), (5, true)] {
        let mut other = Table::new(5);
        other.play_some(drops).settle();
        if replaying {
            other.hold(&shown());
        }
        other.announcer.take_announced();
        assert_eq!(import(&mut other, &file), drops > 0, "asked, with {drops} drops");
        other.assert_agrees("imported");
        assert_eq!((kept(&other), other.play().own.id), (kept(&table), table.play().own.id));
        assert_eq!(other.timeline().recording(), table.timeline().recording());
        assert_eq!((other.mirror().score, other.mirror().panel), (table.mirror().score, None));
        assert!(other.play().is_live());
        assert!((other.audio.volume() - 0.25).abs() < 1e-6);
        let said = other.announcer.take_announced();
        assert!(said.iter().any(|sentence| sentence.starts_with("Everything is as in the file now.")), "{said:?}");
        assert!(other.announcer.take_noticed().is_empty());

        let mut again = other.reopened();
        assert_eq!((kept(&again), again.timeline().recording()), (kept(&table), table.timeline().recording()));
        again.play_some(3).settle().assert_agrees("it is played on");
    }
}

#[test]
fn what_was_imported_is_newer_than_what_was_there_before_it() {
    let (_, file) = given(&mut Table::new(9), CommandEvent::ExportRequested);
    let mut table = Table::new(5);
    table.play_some(10).settle();
    let before = table.storage.all();
    table.command(CommandEvent::ImportRequested(file)).settle();
    let found = united(&before, &table.storage.all());
    let newest = newest(GAME.map(|key| found.get(key).map(String::as_str))).game.expect("there is a game");
    assert_eq!(
        newest.0.recording,
        table.timeline().recording(),
        "a spare copy from before the import does not undo it"
    );
}

#[test]
fn an_imported_archive_is_counted_again() {
    let mut table = rich();
    let right = table.stored_archive();
    let mut forged = Archive::default();
    for game in right.games() {
        forged.enter(EndedGame { score: 1_000_000, ..game.clone() });
    }
    let file = backup::write(&BTreeMap::from([(ARCHIVE.to_owned(), forged.to_text())]));
    table.command(CommandEvent::ImportRequested(file)).settle();
    assert_eq!((kept(&table).2, table.stored_archive()), (right.clone(), right));
}

#[test]
fn what_is_no_backup_is_refused_with_the_reason_and_nothing_changes() {
    let (_, file) = given(&mut rich(), CommandEvent::ExportRequested);
    let cut = file.trim_end().rsplit_once('\n').map(|(lines, _)| format!("{lines}\n")).expect("it has lines");
    let texts = [
        String::new(),
        "rubbish".to_owned(),
        file.replacen("backup 1", "backup 2", 1),
        file.replacen("on 0.25", "on 0.26", 1),
        file.trim_end().to_owned(),
        cut,
        format!("{file}{file}"),
    ];
    for text in texts {
        let mut table = Table::new(7);
        table.play_some(5).settle();
        let before = (table.mirror(), kept(&table), table.storage.all(), table.storage.writes());
        let reason = backup::read(&text).expect_err("it is none");
        let sentence = format!("This file was not taken, and nothing has changed: {reason}.");
        // While it can be read it is not said once more; when the notice was closed it is.
        for _ in 0..2 {
            for _ in 0..2 {
                table.command(CommandEvent::ImportRequested(text.clone())).settle();
            }
            assert_eq!(table.announcer.take_noticed(), std::slice::from_ref(&sentence));
        }
        assert_eq!((table.mirror(), kept(&table), table.storage.all(), table.storage.writes()), before, "{reason}");
    }
}

#[test]
fn a_file_with_settings_that_mean_nothing_is_refused_although_its_seal_is_right() {
    for (key, text) in [(SOUND, "loud"), (SOUND, ""), (SETTINGS, "theme=mauve"), (SETTINGS, "nonsense")] {
        let mut table = Table::new(7);
        table.play_some(5).settle();
        let before = (table.mirror(), kept(&table), table.storage.all(), table.storage.writes());
        let file = backup::write(&BTreeMap::from([(key.to_owned(), text.to_owned())]));
        assert!(backup::read(&file).is_ok(), "{file}");
        assert!(!import(&mut table, &file), "{file}");
        let notices = table.announcer.take_noticed();
        let head = format!("This file was not taken, and nothing has changed: `{key}` cannot be read");
        assert!(notices.len() == 1 && notices[0].starts_with(&head), "{notices:?}");
        assert_eq!((table.mirror(), kept(&table), table.storage.all(), table.storage.writes()), before, "{file}");
    }
}

#[test]
fn a_file_that_was_not_read_is_refused_and_the_menu_is_closed() {
    let mut table = Table::new(7);
    table.command(CommandEvent::PanelOpened(Panel::Menu));
    table.command(CommandEvent::ImportRefused(BackupError::TooLarge { bytes: 9_000_000_000 })).settle();
    assert_eq!(table.mirror().panel, None);
    assert!(table.announcer.take_noticed()[0].contains("9000000000 bytes"));
}

#[test]
fn a_file_takes_the_place_of_what_would_be_missed_only_if_the_player_says_so() {
    let (_, file) = given(&mut rich(), CommandEvent::ExportRequested);
    type Played = fn(&mut Table) -> &mut Table;
    let table: [(&str, Played, bool); 5] = [
        ("nothing", |table| table, false),
        ("a game that has hardly begun", |table| table.play_some(1), false),
        ("a game in progress", |table| table.play_some(3), true),
        ("a best score", |table| table.play_some(2), true),
        (
            "games that have ended",
            |table| table.play_to_the_end().command(CommandEvent::GameRequested(Wanted::Another)),
            true,
        ),
    ];
    for (what, played, asked) in table {
        let mut other = Table::new(9);
        played(&mut other).settle();
        let before = (other.mirror(), kept(&other), other.storage.all(), other.storage.writes());
        other.command(CommandEvent::ImportRequested(file.clone())).settle();
        assert_eq!(other.mirror().panel, asked.then_some(Panel::Replacing), "{what}");
        if !asked {
            continue;
        }
        // No, and a yes that comes after it.
        other.command(CommandEvent::PanelClosed).command(CommandEvent::ImportConfirmed).settle();
        let after = (other.mirror(), kept(&other), other.storage.all(), other.storage.writes());
        assert_eq!(after, before, "{what}: nothing has changed");
        assert!(import(&mut other, &file), "{what}: it is asked again");
        assert_eq!(other.mirror().panel, None);
        assert_eq!(kept(&other), kept(&rich()), "{what}: yes");
    }
}

#[test]
fn a_file_that_takes_nothing_away_is_taken_unasked() {
    let mut table = rich();
    table.command(CommandEvent::GameRequested(Wanted::Another)).command(CommandEvent::GameConfirmed).settle();
    let (_, file) = given(&mut table, CommandEvent::ExportRequested);
    table.command(CommandEvent::VolumeSet(1.0));
    assert!(!import(&mut table, &file), "it is what is here");
    assert!((table.audio.volume() - 0.25).abs() < 1e-6);
}

/// A file in which there is nothing but a best score.
fn poor() -> String {
    let mut bests = Bests::default();
    bests.raise(GameKind::Kind, true, 77);
    backup::write(&BTreeMap::from([(BESTS.to_owned(), bests.to_text())]))
}

#[test]
fn what_the_file_does_not_have_is_gone() {
    let mut table = rich();
    let own = (table.play().own.id, table.timeline().recording());
    for key in [DAILY, ARCHIVE, SOUND] {
        assert!(table.storage.all().contains_key(key), "{key}");
    }
    assert!(import(&mut table, &poor()), "there is much to be missed");
    table.assert_agrees("the game at hand goes on");
    assert_eq!((table.play().own.id, table.timeline().recording()), own);
    let keys: Vec<_> = table.storage.all().into_keys().collect();
    assert_eq!(keys, [BESTS, GAME[0]]);
    let mut bests = Bests::default();
    bests.raise(GameKind::Kind, true, 77);
    for program in [&table, &table.reopened()] {
        assert_eq!(
            kept(program),
            (bests.clone(), DailyResults::default(), Archive::default(), SoundSettings::default())
        );
        assert_eq!(program.timeline().recording(), own.1);
    }
}

#[test]
fn a_file_without_a_game_gives_the_own_game_back_from_a_replay() {
    let mut table = Table::new(7);
    table.play_some(5).settle();
    let own = (table.play().own.id, true, table.timeline().recording());
    import(table.hold(&shown()), &poor());
    assert!(table.play().is_live());
    assert_eq!((table.play().own.id, table.play().is_live(), table.timeline().recording()), own);
    table.assert_agrees("the own game");
}

#[test]
fn an_import_that_cannot_be_stored_is_told_and_is_stored_when_there_is_room_again() {
    let mut table = rich();
    let (_, file) = given(&mut table, CommandEvent::ExportRequested);
    let mut other = Table::new(5);
    other.storage.refuse(Some("it is full"));
    other.command(CommandEvent::ImportRequested(file)).wait(60_000.0);
    assert_eq!(kept(&other), kept(&table), "it is there, for as long as the page is");
    let letters = other.app.world().resource::<Topic<DeadLetter<RecordChanged>>>();
    let mut keys: Vec<_> = letters.retained().into_iter().map(|letter| letter.event.key.clone()).collect();
    keys.sort_unstable();
    assert_eq!(keys, [ARCHIVE, BESTS, DAILY, GAME[0], GAME[1], SOUND], "a dead letter for each record");
    let notices = other.announcer.take_noticed();
    assert!(notices.len() == 5 && notices.iter().all(|notice| notice.contains("it is full")), "{notices:?}");

    other.storage.refuse(None);
    other.command(CommandEvent::GameRequested(Wanted::Another)).settle();
    let again = other.reopened();
    assert_eq!((kept(&again), again.timeline().recording()), (kept(&table), table.timeline().recording()));
}
