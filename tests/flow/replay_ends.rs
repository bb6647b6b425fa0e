//! How a replay ends: the player returns to their own game or continues the shown one. Invalid links start no replay.

use blockers::app::StartOptions;
use blockers::events::{GameCommand, PanelCommand, ReplayCommand};
use blockers::ports::Storage;
use blockers::records::End;
use blockers::view::view_model::ViewModel;
use blockers::world::{Panel, Wanted};
use blockers_rules::{Recording, notation};

use crate::driver::Session;
use crate::games::{last_drop, snapshot};
use crate::replaying::{assert_shows, open, sample, sample_prefix};

/// What the player did before the replay.
type Before = fn(&mut Session) -> &mut Session;

const BEFORE: [(&str, Before); 4] = [
    ("nothing", |session| session),
    ("five drops", |session| session.play_drops(5)),
    ("drops, some undone", |session| session.play_drops(6).undo().undo()),
    ("a whole game", |session| session.play_to_end()),
];

/// Returns the view model without the time at which the game ended.
fn timeless_view_model(session: &mut Session) -> ViewModel {
    let mut view = session.view_model();
    if let Some(ended) = &mut view.ended {
        ended.since = 0;
    }
    view
}

#[test]
fn closing_a_replay_restores_the_players_game() {
    for (name, before) in BEFORE {
        for command in [open(&sample()), ReplayCommand::Start] {
            let mut session = Session::new(9);
            before(&mut session).settle();
            let (own, id) = (timeless_view_model(&mut session), session.play().own.id);
            let (recording, drops) = (session.timeline().recording(), session.timeline().drops().to_vec());
            session.command(command);
            for _ in 0..40 {
                session.frame();
            }
            session.undo().redo().command(ReplayCommand::Close).settle();
            assert_eq!(timeless_view_model(&mut session), own, "{name}");
            assert_eq!(
                (session.play().own.id, session.play().is_live(), session.timeline().drops()),
                (id, true, &drops[..]),
                "{name}"
            );
            assert_eq!(session.timeline().recording(), recording, "{name}");
            if session.drop_with(last_drop).is_some() {
                assert_eq!(
                    snapshot(session.reopened().game()),
                    snapshot(session.game()),
                    "{name}: the next drop is stored"
                );
            }
        }
    }
}

#[test]
fn continuing_a_replay_ends_the_players_game() {
    // The drops of the player's game, whether the player is asked, and the number of games in the archive afterwards.
    for (drops, asked, ended) in [(0, false, 0), (2, false, 1), (5, true, 1)] {
        for undos in [0, 3] {
            let mut session = Session::new(7);
            session.play_drops(drops).settle();
            let (id, own) = (session.play().own.id, session.timeline().recording());
            session.open_paused(&Recording { undos, ..sample() }).command(ReplayCommand::Seek(6));
            session.command(GameCommand::Request(Wanted::PlayOn)).settle();
            assert_eq!(session.view_model().panel, asked.then_some(Panel::Question(Wanted::PlayOn)), "{drops} drops");
            if asked {
                assert!(session.view_model().replay.is_some(), "the replay is still open");
                session.command(GameCommand::Confirm).settle();
            }
            assert_shows(&mut session, &sample_prefix(6), "the shown game");
            assert_eq!(session.timeline().recording(), Recording { undos: undos + 1, ..sample_prefix(6) });
            assert!(session.play().is_live() && session.play().own.id != id);
            let view = session.view_model();
            assert_eq!((view.replay, view.panel, session.steps()), (None, None, (true, false)));
            let archive = session.stored_archive();
            let games: Vec<_> = archive.games().iter().map(|game| (game.id, game.end, &game.recording)).collect();
            assert_eq!(games, vec![(id, End::Left, &own); ended], "{drops} drops");
            session.drop_with(last_drop).unwrap();
            assert_eq!(snapshot(session.reopened().game()), snapshot(session.game()), "it is stored");
        }
    }
}

#[test]
fn declining_to_continue_a_replay_changes_nothing() {
    let mut session = Session::new(7);
    session.play_drops(5).settle();
    let (own, id, stored) = (session.view_model(), session.play().own.id, session.storage.writes());
    session.open_paused(&sample()).command(ReplayCommand::Seek(6));
    session.command(GameCommand::Request(Wanted::PlayOn)).command(PanelCommand::Close).settle();
    assert_shows(&mut session, &sample_prefix(6), "the replay is still shown");
    assert_eq!(session.storage.writes(), stored);
    session.command(ReplayCommand::Close).settle();
    assert_eq!((session.view_model(), session.play().own.id), (own, id));
}

#[test]
fn an_invalid_or_illegal_link_gets_a_notice_and_changes_nothing() {
    let mut illegal = sample();
    illegal.drops.insert(1, illegal.drops[0]);
    let links =
        [notation::to_link(&illegal), String::new(), "rubbish".into(), notation::to_link(&sample()).replace('A', "B")];
    for link in links {
        for shows in [false, true] {
            let mut session = Session::new(7);
            session.play_drops(4).settle();
            if shows {
                session.open_paused(&sample()).command(ReplayCommand::Seek(6)).settle();
            }
            let before = (session.view_model(), session.storage.all(), session.play().own.id);
            session.app.open(&link).unwrap();
            session.settle();
            let notices = session.announcer.take_noticed();
            let [notice] = &notices[..] else { panic!("{link}: {notices:?}") };
            assert!(notice.starts_with("This link is damaged or from a newer version: "), "{link}: {notice}");
            assert_eq!((session.view_model(), session.storage.all(), session.play().own.id), before, "{link}");
        }
    }
}

#[test]
fn the_failure_of_a_handler_is_published_reported_and_shown_once() {
    let mut illegal = sample();
    illegal.drops.insert(1, illegal.drops[0]);
    let mut session = Session::new(7);
    session.play_drops(1).settle();
    let before = session.view_model();
    for _ in 0..2 {
        session.command(open(&illegal)).settle();
    }
    let failures = session.failures("replay");
    assert!(failures.len() == 2 && failures.iter().all(|failure| failure.given_up), "{failures:?}");
    let sentence = failures[0].error.to_string();
    assert!(sentence.contains("drop 2, "), "{sentence}");
    assert_eq!(session.announcer.take_noticed(), [sentence.as_str()], "one notice for two failures");
    let log = session.announcer.take_logged().join("\n");
    assert!(log.contains("`replay`") && log.contains("`command`") && log.contains(" placed"), "{log}");
    assert_eq!(session.view_model(), before);
}

#[test]
fn a_link_in_the_address_opens_a_replay_and_keeps_the_stored_game() {
    let mut before = Session::new(7);
    before.play_drops(5).settle();
    let link = |link: String| StartOptions { link: Some(link), ..StartOptions::default() };
    let mut session = before.reopened_with(&link(notation::to_link(&sample_prefix(3))));
    assert_shows(&mut session, &sample_prefix(3), "the game of the link");
    assert_eq!(
        (session.storage.all(), session.storage.writes()),
        (before.storage.all(), 0),
        "the replay is not stored"
    );
    session.command(ReplayCommand::Close).settle().assert_consistent("closed");
    assert_eq!((snapshot(session.game()), session.play().own.id), (snapshot(before.game()), before.play().own.id));

    let mut session = before.reopened_with(&link("rubbish".to_owned()));
    assert_eq!((session.announcer.take_noticed().len(), snapshot(session.game())), (1, snapshot(before.game())));
    session.assert_consistent("the player's game");
}
