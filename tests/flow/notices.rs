//! How long a notice stays: one about a problem of the moment goes when another game begins, others stay.

use blockers::app::StartOptions;
use blockers::events::{BackupCommand, GameCommand};
use blockers::ports::{Announcer, MemoryStorage, Storage};
use blockers::records::backup;
use blockers::world::Wanted;
use blockers_rules::notation;

use crate::driver::Session;
use crate::replaying::sample;

/// Causes a notice that contains a text.
type Cause = (fn() -> Session, &'static str);

/// What ends a notice about a problem of the moment.
type End = (&'static str, fn(&mut Session));

const CAUSES: [Cause; 4] = [
    (|| Session::open(MemoryStorage::default(), Some("none")), "is not a seed"),
    (
        || {
            let mut session = Session::new(7);
            session.app.open("rubbish").unwrap();
            session
        },
        "This link is damaged",
    ),
    (
        || {
            let mut session = Session::new(7);
            let mut illegal = sample();
            illegal.drops.insert(1, illegal.drops[0]);
            session.app.open(&notation::to_link(&illegal)).unwrap();
            session
        },
        "is against the rules",
    ),
    (
        || {
            let mut session = Session::new(7);
            session.command(BackupCommand::Import("rubbish".to_owned()));
            session
        },
        "Import failed",
    ),
];

const ENDS: [End; 3] = [
    ("another game", |session| {
        session.command(GameCommand::Request(Wanted::Another));
    }),
    ("a valid link", |session| session.app.open(&notation::to_link(&sample())).unwrap()),
    ("an import", |session| {
        session.command(BackupCommand::Import(backup::write(&session.storage.all())));
    }),
];

#[test]
fn a_notice_about_a_problem_of_the_moment_stays_until_another_game_is_shown() {
    for (cause, text) in CAUSES {
        for (what, end) in ENDS {
            let mut session = cause();
            session.settle().play_drops(2).undo().settle();
            let notice = || session.announcer.noticed().join("\n");
            assert!(notice().contains(text), "{text}: {}", notice());
            end(&mut session);
            session.settle();
            assert_eq!(session.announcer.take_noticed(), Vec::<String>::new(), "{text}, after {what}");
        }
    }
}

#[test]
fn a_notice_about_the_storage_stays_when_another_game_begins() {
    let mut session = Session::open(MemoryStorage::default(), None);
    session.storage.refuse(Some("it is full"));
    session.play_drops(1).wait(60_000.0);
    let notices = session.announcer.noticed();
    assert!(notices.iter().any(|notice| notice.contains("cannot be saved")), "{notices:?}");
    for (_, end) in ENDS {
        end(&mut session);
        session.settle();
        assert!(notices.iter().all(|notice| session.announcer.shows(notice)), "{notices:?}");
    }
}

#[test]
fn a_notice_about_the_address_stays_when_its_link_is_shown_at_the_start() {
    let link = Some(notation::to_link(&sample()));
    let options = StartOptions { seed: Some("none".to_owned()), link, ..StartOptions::default() };
    let session = Session::open_with(MemoryStorage::default(), &options);
    assert!(session.announcer.noticed()[0].contains("is not a seed"));
}
