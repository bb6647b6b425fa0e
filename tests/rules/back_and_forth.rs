//! Going back and forth in a game: the named cases.

use blockers::rules::{
    Colour, Deal, Dealer, DropAt, Game, GameKind, IllegalDrop, Piece, Recording, Refusal, Shape, Timeline,
};

use super::timeline::{drop_at, play, state};

/// A game of dots, dealt by nobody: a dot fits wherever a cell is empty, so it has no end, and it is known what comes when.
fn dots() -> Timeline {
    let dot = Piece { shape: Shape::DOT, colour: Colour::Blue };
    Timeline::starting(Deal::new(GameKind::Seed, 1), Game::new(Dealer::scripted([dot; 3], Vec::new())))
}

/// The drop of a dot that comes after so many: along the top row, again and again, which is ten points each time.
fn dot_after(drops: usize) -> DropAt {
    drop_at(drops % 3, 0, (drops % 10) as i32)
}

fn dots_played(drops: usize) -> Timeline {
    let mut timeline = dots();
    for n in 0..drops {
        play(&mut timeline, dot_after(n)).expect("a dot fits there");
    }
    timeline
}

fn assert_stands_at(timeline: &Timeline, position: usize) {
    let game = timeline.game();
    assert_eq!(timeline.position(), position);
    assert_eq!((game.drops(), game.score()), (position as u32, (position / 10 * 10) as u64), "after {position} drops");
    assert_eq!(game.board().occupied().count() as usize, position % 10, "after {position} drops");
}

#[test]
fn at_its_beginning_there_is_nowhere_to_go() {
    let mut timeline = dots();
    assert!(!timeline.undo() && !timeline.redo());
    timeline.seek(7);
    assert_stands_at(&timeline, 0);
    assert!(timeline.is_clean() && timeline.drops().is_empty());
    assert_eq!(timeline.recording(), Recording { deal: Deal::new(GameKind::Seed, 1), undos: 0, drops: Vec::new() });
}

#[test]
fn undo_counts_and_redo_and_seek_do_not() {
    let mut timeline = dots_played(5);
    assert!(timeline.is_clean());
    timeline.seek(2);
    timeline.seek(99);
    assert_stands_at(&timeline, 5);
    assert!(!timeline.redo(), "it stands at the end");
    assert!(timeline.is_clean(), "looking is no undo");
    assert!(timeline.undo() && timeline.undo());
    assert_stands_at(&timeline, 3);
    assert!(timeline.redo());
    assert_stands_at(&timeline, 4);
    assert_eq!((timeline.undos(), timeline.drops().len()), (2, 5));
    assert_eq!(timeline.recording().drops.len(), 4);
}

#[test]
fn a_drop_in_the_past_forgets_the_future_and_a_refused_one_does_not() {
    let mut timeline = dots_played(5);
    timeline.seek(3);
    assert_eq!(play(&mut timeline, drop_at(0, 0, 0)), Err(Refusal::Occupied));
    assert_eq!((timeline.position(), timeline.drops().len()), (3, 5));
    assert_eq!(play(&mut timeline, drop_at(1, 7, 7)), Ok(()));
    assert_eq!((timeline.position(), timeline.drops().len()), (4, 4));
    assert_eq!(timeline.drops()[3], drop_at(1, 7, 7));
    assert!(!timeline.redo());
}

#[test]
fn playing_on_forgets_the_future_and_counts_as_an_undo() {
    let mut timeline = dots_played(70);
    timeline.seek(30);
    timeline.play_on();
    assert_eq!((timeline.position(), timeline.drops().len(), timeline.undos()), (30, 30, 1));
    assert!(!timeline.redo());
    assert_stands_at(&timeline, 30);
}

/// Every 64th game is kept, so these are the places where a step too many or too few would show.
#[test]
fn it_can_go_from_anywhere_to_anywhere() {
    let places = [0, 1, 63, 64, 65, 100, 127, 128, 129, 191, 192, 193, 200];
    let whole = dots_played(200);
    for from in places {
        for to in places {
            let mut timeline = whole.clone();
            timeline.seek(from);
            assert_stands_at(&timeline, from);
            timeline.seek(to);
            assert_stands_at(&timeline, to);
            assert_eq!(timeline.undo(), to > 0);
            assert_stands_at(&timeline, to.saturating_sub(1));
            assert!(timeline.redo());
            assert_stands_at(&timeline, to.max(1));
        }
    }
}

#[test]
fn what_is_played_anew_from_anywhere_can_be_gone_through_again() {
    for from in [0, 1, 63, 64, 65, 127, 128, 129, 200] {
        let mut timeline = dots_played(200);
        timeline.seek(from);
        // Dots in another place, and as many of them that they cross the kept games again.
        for n in from..from + 140 {
            let drop = drop_at(n % 3, 9, ((n - from) % 10) as i32);
            play(&mut timeline, drop).expect("a dot fits there");
        }
        let drops = timeline.drops().to_vec();
        assert_eq!(drops.len(), from + 140);
        for to in (0..=drops.len()).rev() {
            timeline.seek(to);
            let mut game = dots().game().clone();
            let played = drops[..to].iter().filter(|drop| game.play(drop.slot, drop.at.into()).is_ok()).count();
            assert_eq!((played, state(timeline.game())), (to, state(&game)), "from {from}, after {to} drops");
        }
    }
}

#[test]
fn an_illegal_drop_is_told_with_its_number_and_the_reason() {
    // Seed seven deals shapes 7, 8 and 7; the first one goes into the corner.
    let table = [
        (drop_at(0, 4, 0), Refusal::EmptySlot, "drop 2, 1@a5, is against the rules: the slot is empty"),
        (drop_at(1, 0, 1), Refusal::Occupied, "drop 2, 2@b1, is against the rules: a cell there is taken"),
        (drop_at(1, 0, 9), Refusal::OffBoard, "drop 2, 2@j1, is against the rules: the shape would leave the board"),
        (drop_at(2, 9, 0), Refusal::OffBoard, "drop 2, 3@a10, is against the rules: the shape would leave the board"),
    ];
    for (drop, refusal, sentence) in table {
        let drops = vec![drop_at(0, 0, 0), drop, drop];
        let recording = Recording { deal: Deal::new(GameKind::Seed, 7), undos: 0, drops };
        let illegal = recording.verify().expect_err(sentence);
        assert_eq!(illegal, IllegalDrop { number: 2, drop, refusal });
        assert_eq!(illegal.to_string(), sentence);
        assert_eq!(Timeline::of(&recording).expect_err(sentence), illegal);
    }
}
