//! Playing and checking recordings.

use blockers_rules::{Deal, GameKind, IllegalDrop, Recording, Refusal, Timeline};

use super::timeline::{drop_at, state};

/// Returns a recording of ten legal drops.
fn legal() -> Recording {
    let deal = Deal::new(GameKind::Classic, 7);
    let mut game = deal.game();
    let mut drops = Vec::new();
    while drops.len() < 10 {
        let drop = game.legal_drops().last().unwrap();
        game.play(drop.slot, drop.at.into()).unwrap();
        drops.push(drop);
    }
    Recording { deal, undos: 2, drops }
}

#[test]
fn replay_plays_one_drop_at_each_step() {
    let recording = legal();
    let mut game = recording.deal.game();
    let mut replay = recording.replay();
    assert_eq!(state(replay.game()), state(&game), "nothing is played before the first step");
    for &drop in &recording.drops {
        let turn = game.play(drop.slot, drop.at.into()).unwrap();
        assert_eq!(replay.next(), Some(Ok((drop, turn))));
        assert_eq!(state(replay.game()), state(&game));
    }
    assert_eq!(replay.next(), None);
    assert_eq!(state(&recording.verify().unwrap()), state(&game));
}

#[test]
fn replay_stops_after_the_first_illegal_drop() {
    let mut recording = legal();
    // The last three drops would be legal again.
    recording.drops.insert(7, recording.drops[6]);
    let before = Recording { drops: recording.drops[..7].to_vec(), ..recording.clone() }.verify().unwrap();

    let mut replay = recording.replay();
    assert!(replay.by_ref().take(7).all(|step| step.is_ok()));
    let illegal = IllegalDrop { number: 8, drop: recording.drops[7], refusal: Refusal::EmptySlot };
    assert_eq!(replay.next(), Some(Err(illegal)));
    assert_eq!([replay.next(), replay.next()], [None, None]);
    assert_eq!(state(replay.game()), state(&before), "the illegal drop changes nothing");
    assert_eq!(recording.verify().unwrap_err(), illegal);
}

#[test]
fn an_illegal_drop_is_reported_with_its_number_and_the_reason() {
    // Seed 7 deals shapes 7, 8 and 7. The first one goes into the top-left corner.
    let table = [
        (drop_at(0, 4, 0), Refusal::EmptySlot, "drop 2, 1@a5, is against the rules: the slot is empty"),
        (drop_at(1, 0, 1), Refusal::Occupied, "drop 2, 2@b1, is against the rules: a cell there is taken"),
        (drop_at(1, 0, 9), Refusal::OffBoard, "drop 2, 2@j1, is against the rules: the shape would leave the board"),
        (drop_at(2, 9, 0), Refusal::OffBoard, "drop 2, 3@a10, is against the rules: the shape would leave the board"),
    ];
    for (drop, refusal, message) in table {
        let drops = vec![drop_at(0, 0, 0), drop, drop];
        let recording = Recording { deal: Deal::new(GameKind::Seed, 7), undos: 0, drops };
        let illegal = recording.verify().expect_err(message);
        assert_eq!(illegal, IllegalDrop { number: 2, drop, refusal });
        assert_eq!(illegal.to_string(), message);
        assert_eq!(Timeline::of(&recording).expect_err(message), illegal);
    }
}
