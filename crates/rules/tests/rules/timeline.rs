//! Tests the timeline against a naive one that stores the game after every drop.

use std::sync::LazyLock;

use blockers_rules::{Board, Cell, Deal, DropAt, Game, GameKind, Piece, Recording, Refusal, Slot, Timeline, solver};
use proptest::prelude::*;

/// The visible state of a game: board, staged pieces, score, drops and lines.
pub(crate) type State = (Board, [Option<Piece>; 3], u64, u32, u32);

pub(crate) fn state(game: &Game) -> State {
    (*game.board(), Slot::ALL.map(|slot| game.staged(slot)), game.score(), game.drops(), game.lines())
}

pub(crate) fn drop_at(slot: usize, row: i32, column: i32) -> DropAt {
    DropAt { slot: Slot::ALL[slot], at: Cell::new(row, column).unwrap() }
}

pub(crate) fn play(timeline: &mut Timeline, drop: DropAt) -> Result<(), Refusal> {
    timeline.play(drop.slot, drop.at.into()).map(|_| ())
}

/// A naive timeline.
struct NaiveTimeline {
    deal: Deal,
    undos: u32,
    drops: Vec<DropAt>,
    /// The games after 0, 1, 2, … drops.
    games: Vec<Game>,
    position: usize,
}

impl NaiveTimeline {
    fn new(deal: Deal, game: Game) -> Self {
        Self { deal, undos: 0, drops: Vec::new(), games: vec![game], position: 0 }
    }

    fn game(&self) -> &Game {
        &self.games[self.position]
    }

    fn delete_undone_drops(&mut self) {
        self.drops.truncate(self.position);
        self.games.truncate(self.position + 1);
    }

    fn play(&mut self, drop: DropAt) -> Result<(), Refusal> {
        let mut game = self.game().clone();
        game.play(drop.slot, drop.at.into())?;
        // Repeating the next undone drop keeps the other undone drops.
        if self.drops.get(self.position) == Some(&drop) {
            self.position += 1;
            return Ok(());
        }
        self.delete_undone_drops();
        self.drops.push(drop);
        self.games.push(game);
        self.position += 1;
        Ok(())
    }

    fn undo(&mut self) -> bool {
        let any = self.position > 0;
        if any {
            self.position -= 1;
            self.undos += 1;
        }
        any
    }

    fn redo(&mut self) -> bool {
        let any = self.position < self.drops.len();
        if any {
            self.position += 1;
        }
        any
    }

    fn recording(&self) -> Recording {
        Recording { deal: self.deal, undos: self.undos, drops: self.drops[..self.position].to_vec() }
    }
}

/// Returns the next drops of a long game: the placement of the whole hand if no piece of it has been dropped, else the
/// first legal drop.
fn next_drops(game: &Game) -> Vec<DropAt> {
    if let [Some(a), Some(b), Some(c)] = Slot::ALL.map(|slot| game.staged(slot))
        && let Some(placements) = solver::find_placement(game.board().occupied(), [a, b, c])
    {
        return placements.map(|(slot, at)| DropAt { slot: Slot::ALL[slot], at }).to_vec();
    }
    game.legal_drops().take(1).collect()
}

/// A long game. All hands of the relaxed dealer can be placed, so the game does not end.
static LONG: LazyLock<Recording> = LazyLock::new(|| {
    let deal = Deal::new(GameKind::Relaxed, 5);
    let mut game = deal.game();
    let mut drops = Vec::new();
    while drops.len() < 240 {
        let next = next_drops(&game);
        assert!(!next.is_empty(), "the relaxed game is over");
        for drop in next {
            game.play(drop.slot, drop.at.into()).unwrap();
            drops.push(drop);
        }
    }
    Recording { deal, undos: 3, drops }
});

#[derive(Clone, Debug)]
enum Step {
    /// One of the legal drops.
    Drop(prop::sample::Index),
    /// Any drop, legal or not.
    Try(DropAt),
    /// This many hands, as [`next_drops`] plays them.
    Hands(usize),
    Undo,
    Redo,
    /// To a position in per mille of all drops, or after the last one.
    Seek(usize),
    PlayOn,
}

fn any_drop() -> impl Strategy<Value = DropAt> {
    (0usize..3, 0i32..10, 0i32..10).prop_map(|(slot, row, column)| drop_at(slot, row, column))
}

fn steps(max_hands: usize, max_steps: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => any::<prop::sample::Index>().prop_map(Step::Drop),
        1 => any_drop().prop_map(Step::Try),
        1 => (0..max_hands).prop_map(Step::Hands),
        4 => Just(Step::Undo),
        3 => Just(Step::Redo),
        2 => (0..1_100usize).prop_map(Step::Seek),
        1 => Just(Step::PlayOn),
    ];
    prop::collection::vec(step, 1..max_steps)
}

/// Makes a step in both timelines and checks that the results are equal.
fn make(timeline: &mut Timeline, naive: &mut NaiveTimeline, step: &Step) -> Result<(), TestCaseError> {
    match step {
        Step::Drop(choice) => {
            let legal: Vec<_> = naive.game().legal_drops().collect();
            if !legal.is_empty() {
                let drop = *choice.get(&legal);
                prop_assert_eq!(play(timeline, drop), Ok(()));
                prop_assert_eq!(naive.play(drop), Ok(()));
            }
        }
        Step::Try(drop) => prop_assert_eq!(play(timeline, *drop), naive.play(*drop)),
        Step::Hands(hands) => {
            for _ in 0..*hands {
                for drop in next_drops(naive.game()) {
                    prop_assert_eq!(play(timeline, drop), Ok(()));
                    prop_assert_eq!(naive.play(drop), Ok(()));
                }
            }
        }
        Step::Undo => prop_assert_eq!(timeline.undo(), naive.undo()),
        Step::Redo => prop_assert_eq!(timeline.redo(), naive.redo()),
        Step::Seek(share) => {
            let to = (naive.drops.len() * share).div_ceil(1_000);
            timeline.seek(to);
            naive.position = to.min(naive.drops.len());
        }
        Step::PlayOn => {
            timeline.play_on();
            naive.delete_undone_drops();
            naive.undos += 1;
        }
    }
    Ok(())
}

fn check_equal(timeline: &Timeline, naive: &NaiveTimeline) -> Result<(), TestCaseError> {
    prop_assert_eq!(state(timeline.game()), state(naive.game()));
    prop_assert_eq!(timeline.position(), naive.position);
    prop_assert_eq!(timeline.drops(), naive.drops.as_slice());
    prop_assert_eq!(timeline.deal(), naive.deal);
    prop_assert_eq!((timeline.undos(), timeline.is_clean()), (naive.undos, naive.undos == 0));
    prop_assert_eq!(timeline.recording(), naive.recording());
    let whole = Recording { drops: naive.drops.clone(), ..naive.recording() };
    prop_assert_eq!(timeline.whole(), whole);
    prop_assert_eq!(timeline.last(), naive.drops[..naive.position].last().copied());
    prop_assert_eq!(timeline.next(), naive.drops.get(naive.position).copied());
    Ok(())
}

/// Checks that the timeline of the recording has the same game, and only the drops up to its position.
fn check_recording(timeline: &Timeline) -> Result<(), TestCaseError> {
    let recording = timeline.recording();
    let again = Timeline::of(&recording);
    prop_assert!(again.is_ok(), "{:?}", again.err());
    if let Ok(again) = again {
        prop_assert_eq!(again.recording(), recording);
        prop_assert_eq!(again.drops(), &timeline.drops()[..timeline.position()]);
        prop_assert_eq!((again.position(), again.undos()), (timeline.position(), timeline.undos()));
        prop_assert_eq!(state(again.game()), state(timeline.game()));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_timeline_matches_the_naive_one(
        kind in prop::sample::select(GameKind::ALL.to_vec()), seed: u64, steps in steps(8, 80),
    ) {
        let deal = Deal::new(kind, seed);
        let (mut timeline, mut naive) = (Timeline::new(deal), NaiveTimeline::new(deal, deal.game()));
        check_equal(&timeline, &naive)?;
        for step in &steps {
            make(&mut timeline, &mut naive, step)?;
            check_equal(&timeline, &naive)?;
        }
        check_recording(&timeline)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The game is long enough that many snapshots are used, deleted and created again.
    #[test]
    fn a_long_timeline_matches_the_naive_one(steps in steps(40, 30)) {
        let mut timeline = Timeline::of(&LONG).unwrap();
        let mut naive = NaiveTimeline::new(LONG.deal, LONG.deal.game());
        for &drop in &LONG.drops {
            prop_assert_eq!(naive.play(drop), Ok(()));
        }
        naive.undos = LONG.undos;
        check_equal(&timeline, &naive)?;
        for step in &steps {
            make(&mut timeline, &mut naive, step)?;
            check_equal(&timeline, &naive)?;
        }
        check_recording(&timeline)?;
        // Every position once, from the last one to the first.
        for to in (0..=naive.drops.len()).rev() {
            timeline.seek(to);
            prop_assert_eq!(state(timeline.game()), state(&naive.games[to]), "after {} drops", to);
        }
    }

    #[test]
    fn the_first_illegal_drop_is_reported(place in 0usize..240, other in any_drop()) {
        let mut recording = LONG.clone();
        recording.drops[place] = other;
        let mut game = recording.deal.game();
        let refused = recording.drops.iter().position(|drop| game.play(drop.slot, drop.at.into()).is_err());
        let verified = recording.verify();
        let reported = verified.as_ref().err().map(|illegal| (illegal.number, illegal.drop));
        prop_assert_eq!(reported, refused.map(|place| (place + 1, recording.drops[place])));
        prop_assert_eq!(Timeline::of(&recording).err(), verified.as_ref().err().copied());
        if let Ok(end) = &verified {
            prop_assert_eq!(state(end), state(&game));
        }
    }
}
