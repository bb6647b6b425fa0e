//! Export and import: a game as a link, and all records as a backup file.

use std::collections::BTreeMap;

use blockers::events::{BackupCommand, Command, GameCommand, PanelCommand, RecordChanged, ReplayCommand, SoundCommand};
use blockers::ports::{MemoryStorage, Storage};
use blockers::records::{
    ARCHIVE, Archive, BESTS, BackupError, Bests, DAILY, DailyResults, EndedGame, GAME, SETTINGS, SOUND, backup, merged,
    newest,
};
use blockers::world::{Panel, SoundSettings, Stored, Wanted};
use blockers_event_bus::{DeadLetter, Topic};
use blockers_rules::{GameKind, notation};

use crate::driver::Session;
use crate::games::{noon, snapshot};
use crate::replaying::sample;

const TODAY: u32 = 20_261_128;

/// Returns what this command exports: a sentence and a link, or a file name and a text.
fn exported(session: &mut Session, command: impl Into<Command>) -> (String, String) {
    let mut exported = session.command(command).outlet.take();
    assert_eq!(exported.len(), 1);
    exported.remove(0)
}

/// Starts a program with a finished daily board, another game with ten drops and two undos, and a changed volume.
fn full_session() -> Session {
    let mut session = Session::open(MemoryStorage::default(), None);
    session.clock.set_calendar(noon(TODAY));
    session.command(GameCommand::Request(Wanted::Kind(GameKind::Daily))).play_to_end();
    session.command(GameCommand::Request(Wanted::Seed(9))).play_drops(10).undo().undo();
    session.command(SoundCommand::SetVolume(0.25)).settle();
    session
}

/// Imports a file, and answers a question with yes. Returns whether there was one.
fn import(session: &mut Session, file: &str) -> bool {
    session.command(BackupCommand::Import(file.to_owned()));
    let asked = session.view_model().panel == Some(Panel::Replacing);
    if asked {
        session.command(BackupCommand::ConfirmImport);
    }
    session.settle();
    asked
}

/// Returns the records in the memory of a program, besides the game.
fn records_of(session: &Session) -> (Bests, DailyResults, Archive, SoundSettings) {
    let world = session.app.world();
    let (bests, daily) = (world.resource::<Stored<Bests>>(), world.resource::<Stored<DailyResults>>());
    (
        bests.0.clone(),
        daily.0.clone(),
        world.resource::<Stored<Archive>>().0.clone(),
        *world.resource::<SoundSettings>(),
    )
}

#[test]
fn a_shared_link_contains_the_game_and_its_sentence_describes_it() {
    type Played = fn(&mut Session) -> &mut Session;
    let cases: [(Played, &str); 4] = [
        (|session| session, "Blockers, seed 9: 0 points in 0 moves."),
        (|session| session.play_drops(1), "Blockers, seed 9: 0 points in 1 move."),
        (|session| session.play_drops(2), "Blockers, seed 9: 10 points in 2 moves."),
        (|session| session.play_drops(3).undo(), "Blockers, seed 9: 10 points in 2 moves, with undo."),
    ];
    for (played, sentence) in cases {
        let mut session = Session::new(9);
        played(&mut session);
        let (text, link) = exported(&mut session, Command::Share);
        assert_eq!(text, sentence);
        let recording = notation::parse_link(&link).unwrap();
        assert_eq!(recording, session.timeline().recording(), "{sentence}");
        let verified = recording.verify().unwrap();
        assert_eq!(snapshot(&verified), snapshot(session.game()), "{sentence}");
    }
}

/// Many programs take punctuation at the end of a URL for the end of a sentence.
#[test]
fn a_shared_link_never_ends_with_punctuation() {
    for (seed, is_marked) in [(6, true), (92, true), (56, true), (98, true), (7, false)] {
        let mut session = Session::new(seed);
        let (_, link) = exported(&mut session, Command::Share);
        assert!(link.ends_with(|letter: char| letter.is_ascii_alphanumeric()), "{link}");
        assert_eq!(link.ends_with("&end"), is_marked, "{link}");
        let mut other = Session::new(1);
        other.app.open(&format!("#g={link}")).unwrap();
        assert_eq!(other.settle().timeline().deal(), session.timeline().deal(), "{link}");
        assert!(other.announcer.take_noticed().is_empty(), "{link}");
    }
}

#[test]
fn sharing_a_replay_shares_the_whole_game() {
    let mut session = Session::new(7);
    session.play_drops(4).settle();
    session.open_paused(&sample()).command(ReplayCommand::Seek(3));
    let (text, link) = exported(&mut session, Command::Share);
    assert_eq!(text, "Blockers, classic: 90 points in 12 moves.");
    assert_eq!(notation::parse_link(&link), Ok(sample()));
    assert_eq!(session.timeline().position(), 3, "the replay does not move");
}

#[test]
fn a_daily_board_is_shared_with_a_picture_of_it() {
    let mut session = Session::open(MemoryStorage::default(), None);
    session.clock.set_calendar(noon(TODAY));
    session.command(GameCommand::Request(Wanted::Kind(GameKind::Daily))).play_drops(6);
    let (text, _) = exported(&mut session, Command::Share);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((lines[0], lines.len()), ("Blockers, daily board 2026-11-28: 10 points in 6 moves.", 11));
    let squares: Vec<char> = lines[1..].concat().chars().collect();
    assert!(lines[1..].iter().all(|line| line.chars().count() == 10), "{text}");
    let cells = session.view_model().cells;
    assert_eq!(squares.len(), cells.len());
    for (square, cell) in squares.into_iter().zip(cells) {
        assert!("⬜🟥🟦🟩🟧🟪🟨".contains(square), "{square}");
        assert_eq!(square == '⬜', cell.is_none(), "{text}");
    }
}

#[test]
fn practice_is_shared_as_practice_and_the_result_of_the_day_as_a_result() {
    let mut session = Session::open(MemoryStorage::default(), None);
    session.clock.set_calendar(noon(TODAY));
    let first_line = |session: &mut Session| exported(session, Command::Share).0.lines().next().map(str::to_owned);
    let head = "Blockers, daily board 2026-11-28";
    session.command(GameCommand::Request(Wanted::Kind(GameKind::Daily))).play_to_end().settle();
    let result = format!("{head}: 30 points in 23 moves.");
    assert_eq!(first_line(&mut session), Some(result.clone()));
    session.command(ReplayCommand::Start);
    assert_eq!(first_line(&mut session), Some(result));
    session.command(ReplayCommand::Close);
    assert_eq!(first_line(session.undo()), Some(format!("{head} (practice): 30 points in 22 moves, with undo.")));
    session.command(GameCommand::Request(Wanted::Another)).command(GameCommand::Confirm).play_drops(6);
    assert_eq!(first_line(&mut session), Some(format!("{head} (practice): 10 points in 6 moves.")));
    // A game that was opened from a recording may be another player's result.
    let foreign = session.timeline().recording();
    session.open_paused(&foreign);
    assert_eq!(first_line(&mut session), Some(format!("{head}: 10 points in 6 moves.")));
}

#[test]
fn an_exported_backup_can_be_imported_into_another_program() {
    let mut session = full_session();
    let (name, file) = exported(&mut session, BackupCommand::Export);
    assert_eq!(name, "blockers-2026-11-28.txt");
    // The other program is new, or has a game, or shows a replay.
    for (drops, replaying) in [(0, false), (5, false), (5, true)] {
        let mut other = Session::new(5);
        other.play_drops(drops).settle();
        if replaying {
            other.open_paused(&sample());
        }
        other.announcer.take_announced();
        assert_eq!(import(&mut other, &file), drops > 0, "asked with {drops} drops");
        other.assert_consistent("after the import");
        assert_eq!((records_of(&other), other.play().own.id), (records_of(&session), session.play().own.id));
        assert_eq!(other.timeline().recording(), session.timeline().recording());
        assert_eq!((other.view_model().score, other.view_model().panel), (session.view_model().score, None));
        assert!(other.play().is_live());
        assert!((other.audio.volume() - 0.25).abs() < 1e-6);
        let announced = other.announcer.take_announced();
        assert!(announced.iter().any(|sentence| sentence.starts_with("Backup restored.")), "{announced:?}");
        assert!(other.announcer.take_noticed().is_empty());

        let mut again = other.reopened();
        assert_eq!(
            (records_of(&again), again.timeline().recording()),
            (records_of(&session), session.timeline().recording())
        );
        again.play_drops(3).settle().assert_consistent("three drops later");
    }
}

#[test]
fn an_imported_game_is_newer_than_the_one_that_it_replaces() {
    let (_, file) = exported(&mut Session::new(9), BackupCommand::Export);
    let mut session = Session::new(5);
    session.play_drops(10).settle();
    let before = session.storage.all();
    session.command(BackupCommand::Import(file)).settle();
    let records = merged(&before, &session.storage.all());
    let newest = newest(GAME.map(|key| records.get(key).map(String::as_str))).game.unwrap();
    assert_eq!(
        newest.0.recording,
        session.timeline().recording(),
        "a spare copy from before the import does not replace it"
    );
}

#[test]
fn the_numbers_of_an_imported_archive_are_computed_again() {
    let mut session = full_session();
    let expected = session.stored_archive();
    let mut forged = Archive::default();
    for game in expected.games() {
        forged.enter(EndedGame { score: 1_000_000, ..game.clone() });
    }
    let file = backup::write(&BTreeMap::from([(ARCHIVE.to_owned(), forged.to_text())]));
    session.command(BackupCommand::Import(file)).settle();
    assert_eq!((records_of(&session).2, session.stored_archive()), (expected.clone(), expected));
}

#[test]
fn an_invalid_backup_is_refused_with_the_reason_and_changes_nothing() {
    let (_, file) = exported(&mut full_session(), BackupCommand::Export);
    let cut = file.trim_end().rsplit_once('\n').map(|(lines, _)| format!("{lines}\n")).unwrap();
    let texts = [
        String::new(),
        "garbage".to_owned(),
        file.replacen("backup 1", "backup 2", 1),
        file.replacen("on 0.25", "on 0.26", 1),
        cut,
        format!("{file}{file}"),
    ];
    for text in texts {
        let mut session = Session::new(7);
        session.play_drops(5).settle();
        let before = (session.view_model(), records_of(&session), session.storage.all(), session.storage.writes());
        let reason = backup::read(&text).unwrap_err();
        let sentence = format!("Import failed, nothing was changed: {reason}.");
        // The notice is not repeated while it is shown. After it was closed, it is shown again.
        for _ in 0..2 {
            for _ in 0..2 {
                session.command(BackupCommand::Import(text.clone())).settle();
            }
            assert_eq!(session.announcer.take_noticed(), std::slice::from_ref(&sentence));
        }
        assert_eq!(
            (session.view_model(), records_of(&session), session.storage.all(), session.storage.writes()),
            before,
            "{reason}"
        );
    }
}

#[test]
fn a_backup_with_invalid_settings_is_refused_even_with_a_valid_seal() {
    for (key, text) in [(SOUND, "loud"), (SOUND, ""), (SETTINGS, "theme=mauve"), (SETTINGS, "nonsense")] {
        let mut session = Session::new(7);
        session.play_drops(5).settle();
        let before = (session.view_model(), records_of(&session), session.storage.all(), session.storage.writes());
        let file = backup::write(&BTreeMap::from([(key.to_owned(), text.to_owned())]));
        assert!(backup::read(&file).is_ok(), "{file}");
        assert!(!import(&mut session, &file), "{file}");
        let notice = format!("Import failed, nothing was changed: `{key}` is not valid.");
        assert_eq!(session.announcer.take_noticed(), [notice]);
        assert_eq!(
            (session.view_model(), records_of(&session), session.storage.all(), session.storage.writes()),
            before,
            "{file}"
        );
    }
}

#[test]
fn refusing_a_file_unread_shows_a_notice_and_closes_the_menu() {
    let mut session = Session::new(7);
    session.command(PanelCommand::Open(Panel::Menu));
    session.command(BackupCommand::RefuseImport(BackupError::TooLarge { bytes: 9_000_000_000 })).settle();
    assert_eq!(session.view_model().panel, None);
    let notices = session.announcer.take_noticed();
    assert!(notices.len() == 1 && notices[0].contains("9000000000 bytes"), "{notices:?}");
}

#[test]
fn an_import_asks_before_it_replaces_records_that_would_be_missed() {
    let (_, file) = exported(&mut full_session(), BackupCommand::Export);
    type Played = fn(&mut Session) -> &mut Session;
    let cases: [(&str, Played, bool); 5] = [
        ("nothing", |session| session, false),
        ("a game that has hardly begun", |session| session.play_drops(1), false),
        ("a game in progress", |session| session.play_drops(3), true),
        ("a best score", |session| session.play_drops(2), true),
        ("games that have ended", |session| session.play_to_end().command(GameCommand::Request(Wanted::Another)), true),
    ];
    for (what, played, asked) in cases {
        let mut other = Session::new(9);
        played(&mut other).settle();
        let before = (other.view_model(), records_of(&other), other.storage.all(), other.storage.writes());
        other.command(BackupCommand::Import(file.clone())).settle();
        assert_eq!(other.view_model().panel, asked.then_some(Panel::Replacing), "{what}");
        if !asked {
            continue;
        }
        // Answer no. A later yes has no effect.
        other.command(PanelCommand::Close).command(BackupCommand::ConfirmImport).settle();
        let after = (other.view_model(), records_of(&other), other.storage.all(), other.storage.writes());
        assert_eq!(after, before, "{what}: nothing has changed");
        assert!(import(&mut other, &file), "{what}: the next import asks again");
        assert_eq!(other.view_model().panel, None);
        assert_eq!(records_of(&other), records_of(&full_session()), "{what}: yes");
    }
}

#[test]
fn an_import_that_loses_nothing_does_not_ask() {
    let mut session = full_session();
    session.command(GameCommand::Request(Wanted::Another)).command(GameCommand::Confirm).settle();
    let (_, file) = exported(&mut session, BackupCommand::Export);
    session.command(SoundCommand::SetVolume(1.0));
    assert!(!import(&mut session, &file), "the backup has the same records");
    assert!((session.audio.volume() - 0.25).abs() < 1e-6);
}

/// Returns a backup with nothing but a best score.
fn backup_of_bests() -> String {
    let mut bests = Bests::default();
    bests.raise(GameKind::Relaxed, true, 77);
    backup::write(&BTreeMap::from([(BESTS.to_owned(), bests.to_text())]))
}

#[test]
fn an_import_deletes_the_records_that_the_backup_does_not_contain() {
    let mut session = full_session();
    let own = (session.play().own.id, session.timeline().recording());
    for key in [DAILY, ARCHIVE, SOUND] {
        assert!(session.storage.all().contains_key(key), "{key}");
    }
    assert!(import(&mut session, &backup_of_bests()), "the records would be missed");
    session.assert_consistent("the current game continues");
    assert_eq!((session.play().own.id, session.timeline().recording()), own);
    let keys: Vec<_> = session.storage.all().into_keys().collect();
    assert_eq!(keys, [BESTS, GAME[0]]);
    let mut bests = Bests::default();
    bests.raise(GameKind::Relaxed, true, 77);
    for program in [&session, &session.reopened()] {
        assert_eq!(
            records_of(program),
            (bests.clone(), DailyResults::default(), Archive::default(), SoundSettings::default())
        );
        assert_eq!(program.timeline().recording(), own.1);
    }
}

#[test]
fn importing_a_backup_without_a_game_during_a_replay_restores_the_players_game() {
    let mut session = Session::new(7);
    session.play_drops(5).settle();
    let own = (session.play().own.id, true, session.timeline().recording());
    import(session.open_paused(&sample()), &backup_of_bests());
    assert_eq!((session.play().own.id, session.play().is_live(), session.timeline().recording()), own);
    session.assert_consistent("the player's game");
}

#[test]
fn an_import_that_cannot_be_stored_gets_notices_and_is_stored_when_the_storage_works_again() {
    let mut session = full_session();
    let (_, file) = exported(&mut session, BackupCommand::Export);
    let mut other = Session::new(5);
    other.storage.refuse(Some("it is full"));
    other.command(BackupCommand::Import(file)).wait(60_000.0);
    assert_eq!(records_of(&other), records_of(&session), "the import takes effect in memory");
    let letters = other.app.world().resource::<Topic<DeadLetter<RecordChanged>>>();
    let mut keys: Vec<_> = letters.retained().into_iter().map(|letter| letter.event.key.clone()).collect();
    keys.sort_unstable();
    assert_eq!(keys, [ARCHIVE, BESTS, DAILY, GAME[0], GAME[1], SOUND], "one dead letter per record");
    let notices = other.announcer.take_noticed();
    assert!(notices.len() == 5 && notices.iter().all(|notice| notice.contains("it is full")), "{notices:?}");

    other.storage.refuse(None);
    other.command(GameCommand::Request(Wanted::Another)).settle();
    let again = other.reopened();
    assert_eq!(
        (records_of(&again), again.timeline().recording()),
        (records_of(&session), session.timeline().recording())
    );
}
