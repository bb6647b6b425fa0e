//! Going back and forth in a game, against a twin that keeps every game there has been and looks each one up.

use std::sync::LazyLock;

use blockers::rules::{Board, Cell, Deal, DropAt, Game, GameKind, Piece, Recording, Refusal, Slot, Timeline, kindness};
use proptest::prelude::*;

/// What can be seen of a game.
pub(crate) type State = (Board, [Option<Piece>; 3], u64, u32, u32);

pub(crate) fn state(game: &Game) -> State {
    (*game.board(), Slot::ALL.map(|slot| game.staged(slot)), game.score(), game.drops(), game.lines())
}

pub(crate) fn drop_at(slot: usize, row: i32, column: i32) -> DropAt {
    DropAt { slot: Slot::ALL[slot], at: Cell::new(row, column).expect("it is on the board") }
}

pub(crate) fn play(timeline: &mut Timeline, drop: DropAt) -> Result<(), Refusal> {
    timeline.play(drop.slot, drop.at.into()).map(|_| ())
}

/// The timeline, said plainly: the game after no drop, after one, after two…
struct Twin {
    deal: Deal,
    undos: u32,
    drops: Vec<DropAt>,
    games: Vec<Game>,
    position: usize,
}

impl Twin {
    fn new(deal: Deal, game: Game) -> Self {
        Self { deal, undos: 0, drops: Vec::new(), games: vec![game], position: 0 }
    }

    fn game(&self) -> &Game {
        &self.games[self.position]
    }

    fn forget_the_future(&mut self) {
        self.drops.truncate(self.position);
        self.games.truncate(self.position + 1);
    }

    fn play(&mut self, drop: DropAt) -> Result<(), Refusal> {
        let mut game = self.game().clone();
        game.play(drop.slot, drop.at.into())?;
        // What was taken back and is played again is no other future.
        if self.drops.get(self.position) == Some(&drop) {
            self.position += 1;
            return Ok(());
        }
        self.forget_the_future();
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

/// What a player does next who wants to go on for long: a way for the hand if it is whole, else the first drop that there is.
fn sensible(game: &Game) -> Vec<DropAt> {
    if let [Some(a), Some(b), Some(c)] = Slot::ALL.map(|slot| game.staged(slot))
        && let Some(way) = kindness::way(game.board().occupied(), [a, b, c])
    {
        return way.map(|(slot, at)| DropAt { slot: Slot::ALL[slot], at }).to_vec();
    }
    legal(game).into_iter().take(1).collect()
}

/// Every drop that the rules allow.
fn legal(game: &Game) -> Vec<DropAt> {
    Slot::ALL.into_iter().flat_map(|slot| game.anchors(slot).cells().map(move |at| DropAt { slot, at })).collect()
}

/// A long game that was really dealt: the kind dealer's hands can all be placed, so it has no end.
static LONG: LazyLock<Recording> = LazyLock::new(|| {
    let deal = Deal::new(GameKind::Kind, 5);
    let mut game = deal.game();
    let mut drops = Vec::new();
    while drops.len() < 240 {
        let next = sensible(&game);
        assert!(!next.is_empty(), "a kind game goes on");
        for drop in next {
            game.play(drop.slot, drop.at.into()).expect("it is a way");
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
    /// So many hands, played sensibly.
    Hands(usize),
    Undo,
    Redo,
    /// To so many per mille of all drops, or past them.
    Seek(usize),
    PlayOn,
}

fn any_drop() -> impl Strategy<Value = DropAt> {
    (0usize..3, 0i32..10, 0i32..10).prop_map(|(slot, row, column)| drop_at(slot, row, column))
}

fn steps(hands: usize, most: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => any::<prop::sample::Index>().prop_map(Step::Drop),
        1 => any_drop().prop_map(Step::Try),
        1 => (0..hands).prop_map(Step::Hands),
        4 => Just(Step::Undo),
        3 => Just(Step::Redo),
        2 => (0..1_100usize).prop_map(Step::Seek),
        1 => Just(Step::PlayOn),
    ];
    prop::collection::vec(step, 1..most)
}

/// Does the same to both, and sees that they answer the same.
fn take(timeline: &mut Timeline, twin: &mut Twin, step: &Step) -> Result<(), TestCaseError> {
    match step {
        Step::Drop(choice) => {
            let legal = legal(twin.game());
            if !legal.is_empty() {
                let drop = *choice.get(&legal);
                prop_assert_eq!(play(timeline, drop), Ok(()));
                prop_assert_eq!(twin.play(drop), Ok(()));
            }
        }
        Step::Try(drop) => prop_assert_eq!(play(timeline, *drop), twin.play(*drop)),
        Step::Hands(hands) => {
            for _ in 0..*hands {
                for drop in sensible(twin.game()) {
                    prop_assert_eq!(play(timeline, drop), Ok(()));
                    prop_assert_eq!(twin.play(drop), Ok(()));
                }
            }
        }
        Step::Undo => prop_assert_eq!(timeline.undo(), twin.undo()),
        Step::Redo => prop_assert_eq!(timeline.redo(), twin.redo()),
        Step::Seek(share) => {
            let to = (twin.drops.len() * share).div_ceil(1_000);
            timeline.seek(to);
            twin.position = to.min(twin.drops.len());
        }
        Step::PlayOn => {
            timeline.play_on();
            twin.forget_the_future();
            twin.undos += 1;
        }
    }
    Ok(())
}

fn same(timeline: &Timeline, twin: &Twin) -> Result<(), TestCaseError> {
    prop_assert_eq!(state(timeline.game()), state(twin.game()));
    prop_assert_eq!(timeline.position(), twin.position);
    prop_assert_eq!(timeline.drops(), twin.drops.as_slice());
    prop_assert_eq!(timeline.deal(), twin.deal);
    prop_assert_eq!((timeline.undos(), timeline.is_clean()), (twin.undos, twin.undos == 0));
    prop_assert_eq!(timeline.recording(), twin.recording());
    let whole = Recording { drops: twin.drops.clone(), ..twin.recording() };
    prop_assert_eq!(timeline.whole(), whole);
    prop_assert_eq!(timeline.last(), twin.drops[..twin.position].last().copied());
    prop_assert_eq!(timeline.next(), twin.drops.get(twin.position).copied());
    Ok(())
}

/// A timeline of its own recording stands where it stands, and knows what led there and nothing after.
fn comes_back(timeline: &Timeline) -> Result<(), TestCaseError> {
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
    fn a_timeline_goes_as_its_twin(kind in prop::sample::select(GameKind::ALL.to_vec()), seed: u64, steps in steps(8, 80)) {
        let deal = Deal::new(kind, seed);
        let (mut timeline, mut twin) = (Timeline::new(deal), Twin::new(deal, deal.game()));
        same(&timeline, &twin)?;
        for step in &steps {
            take(&mut timeline, &mut twin, step)?;
            same(&timeline, &twin)?;
        }
        comes_back(&timeline)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Long enough that many of the games that are kept on the way are crossed, forgotten and made again.
    #[test]
    fn a_long_timeline_goes_as_its_twin(steps in steps(40, 30)) {
        let mut timeline = Timeline::of(&LONG).expect("it was played so");
        let mut twin = Twin::new(LONG.deal, LONG.deal.game());
        for &drop in &LONG.drops {
            prop_assert_eq!(twin.play(drop), Ok(()));
        }
        twin.undos = LONG.undos;
        same(&timeline, &twin)?;
        for step in &steps {
            take(&mut timeline, &mut twin, step)?;
            same(&timeline, &twin)?;
        }
        comes_back(&timeline)?;
        // And once from the one end to the other.
        for to in (0..=twin.drops.len()).rev() {
            timeline.seek(to);
            prop_assert_eq!(state(timeline.game()), state(&twin.games[to]), "after {} drops", to);
        }
    }

    #[test]
    fn the_first_illegal_drop_is_named(place in 0usize..240, other in any_drop()) {
        let mut recording = LONG.clone();
        recording.drops[place] = other;
        let mut game = recording.deal.game();
        let refused = recording.drops.iter().position(|drop| game.play(drop.slot, drop.at.into()).is_err());
        let verified = recording.verify();
        let named = verified.as_ref().err().map(|illegal| (illegal.number, illegal.drop));
        prop_assert_eq!(named, refused.map(|place| (place + 1, recording.drops[place])));
        prop_assert_eq!(Timeline::of(&recording).err(), verified.as_ref().err().copied());
        if let Ok(end) = &verified {
            prop_assert_eq!(state(end), state(&game));
        }
    }
}
