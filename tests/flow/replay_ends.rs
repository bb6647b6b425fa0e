//! The end of a replay: back to the own game, on in the one that is shown, or no replay at all.

use blockers::app::Wishes;
use blockers::events::{CommandEvent, ReplayControl};
use blockers::ports::Storage;
use blockers::records::End;
use blockers::rules::{Recording, notation};
use blockers::view::mirror::Mirror;
use blockers::world::{Panel, Wanted};

use crate::driver::Table;
use crate::games::{last_drop, seen};
use crate::replaying::{assert_shows, beginning, open, shown};

/// Something that was done before.
type Before = fn(&mut Table) -> &mut Table;

const BEFORE: [(&str, Before); 4] = [
    ("nothing", |table| table),
    ("five drops", |table| table.play_some(5)),
    ("drops, some taken back", |table| table.play_some(6).undo().undo()),
    ("a whole game", |table| table.play_to_the_end()),
];

/// The mirror without the time at which the game ended.
fn mirror(table: &mut Table) -> Mirror {
    let mut mirror = table.mirror();
    if let Some(ended) = &mut mirror.ended {
        ended.since = 0;
    }
    mirror
}

#[test]
fn closed_it_gives_the_own_game_back_with_everything() {
    for (name, before) in BEFORE {
        for command in [open(&shown()), CommandEvent::ReplayRequested] {
            let mut table = Table::new(9);
            before(&mut table).settle();
            let (own, id) = (mirror(&mut table), table.play().own.id);
            let (recording, drops) = (table.timeline().recording(), table.timeline().drops().to_vec());
            table.command(command);
            for _ in 0..40 {
                table.frame();
            }
            table.undo().redo().replay(ReplayControl::Close).settle();
            assert_eq!(mirror(&mut table), own, "{name}");
            assert_eq!(
                (table.play().own.id, table.play().is_live(), table.timeline().drops()),
                (id, true, &drops[..]),
                "{name}"
            );
            assert_eq!(table.timeline().recording(), recording, "{name}");
            if table.drop_as(last_drop).is_some() {
                assert_eq!(seen(table.reopened().game()), seen(table.game()), "{name}: it is played on and saved");
            }
        }
    }
}

#[test]
fn to_play_on_is_to_leave_the_own_game() {
    // Drops of the own game; is the player asked? how many games are in the archive then?
    for (drops, asked, ended) in [(0, false, 0), (2, false, 1), (5, true, 1)] {
        for undos in [0, 3] {
            let mut table = Table::new(7);
            table.play_some(drops).settle();
            let (id, own) = (table.play().own.id, table.timeline().recording());
            table.hold(&Recording { undos, ..shown() }).replay(ReplayControl::Seek(6));
            table.command(CommandEvent::GameRequested(Wanted::PlayOn)).settle();
            assert_eq!(table.mirror().panel, asked.then_some(Panel::Question(Wanted::PlayOn)), "{drops} drops");
            if asked {
                assert!(table.mirror().replay.is_some(), "nothing has happened yet");
                table.command(CommandEvent::GameConfirmed).settle();
            }
            assert_shows(&mut table, &beginning(6), "what was shown");
            assert_eq!(table.timeline().recording(), Recording { undos: undos + 1, ..beginning(6) });
            assert!(table.play().is_live() && table.play().own.id != id);
            let mirror = table.mirror();
            assert_eq!((mirror.replay, mirror.panel, mirror.steps), (None, None, [true, false]));
            let archive = table.stored_archive();
            let games: Vec<_> = archive.games().iter().map(|game| (game.id, game.end, &game.recording)).collect();
            assert_eq!(games, vec![(id, End::Left, &own); ended], "{drops} drops");
            table.drop_as(last_drop).expect("it can be played");
            assert_eq!(seen(table.reopened().game()), seen(table.game()), "and is saved");
        }
    }
}

#[test]
fn who_does_not_want_to_play_on_has_lost_nothing() {
    let mut table = Table::new(7);
    table.play_some(5).settle();
    let (own, id, stored) = (table.mirror(), table.play().own.id, table.storage.writes());
    table.hold(&shown()).replay(ReplayControl::Seek(6));
    table.command(CommandEvent::GameRequested(Wanted::PlayOn)).command(CommandEvent::PanelClosed).settle();
    assert_shows(&mut table, &beginning(6), "it is shown as before");
    assert_eq!(table.storage.writes(), stored);
    table.replay(ReplayControl::Close).settle();
    assert_eq!((table.mirror(), table.play().own.id), (own, id));
}

#[test]
fn what_is_no_game_by_the_rules_gets_a_notice_and_nothing_changes() {
    let mut illegal = shown();
    illegal.drops.insert(1, illegal.drops[0]);
    let links =
        [notation::to_link(&illegal), String::new(), "rubbish".into(), notation::to_link(&shown()).replace('A', "B")];
    for link in links {
        for shows in [false, true] {
            let mut table = Table::new(7);
            table.play_some(4).settle();
            if shows {
                table.hold(&shown()).replay(ReplayControl::Seek(6)).settle();
            }
            let before = (table.mirror(), table.storage.all(), table.play().own.id);
            table.app.open(&link).expect("there is room");
            table.settle();
            let notices = table.announcer.take_noticed();
            let [notice] = &notices[..] else { panic!("{link}: {notices:?}") };
            assert!(notice.starts_with("This link has no game to show: "), "{link}: {notice}");
            assert_eq!((table.mirror(), table.storage.all(), table.play().own.id), before, "{link}");
        }
    }
    let mut table = Table::new(7);
    table.command(open(&illegal)).settle();
    let failures = table.published_failures("replaying");
    assert!(failures.len() == 1 && failures[0].error.to_string().contains("drop 2, "), "{failures:?}");
}

#[test]
fn a_link_in_the_address_shows_its_game_and_keeps_the_saved_one() {
    let mut before = Table::new(7);
    before.play_some(5).settle();
    let link = |link: String| Wishes { link: Some(link), ..Wishes::default() };
    let mut table = before.reopened_with(&link(notation::to_link(&beginning(3))));
    assert_shows(&mut table, &beginning(3), "it is shown");
    assert_eq!((table.storage.all(), table.storage.writes()), (before.storage.all(), 0), "and nothing is stored of it");
    table.replay(ReplayControl::Close).settle().assert_agrees("closed");
    assert_eq!((seen(table.game()), table.play().own.id), (seen(before.game()), before.play().own.id));

    let mut table = before.reopened_with(&link("rubbish".to_owned()));
    assert_eq!((table.announcer.take_noticed().len(), seen(table.game())), (1, seen(before.game())));
    table.assert_agrees("the own game goes on");
}
