//! Perft: how many sequences of drops the rules allow, as the table says and as the naive twin counts. Whoever deals, places,
//! clears or refuses otherwise anywhere on the way comes to another number.

use blockers::rules::{Anchor, Bitboard, Cell, Deal, Dealer, Game, GameKind, SLOTS, Shape, Slot};

use crate::naive::{self, Table};

/// A line is kind, seed, drops and sequences; what follows a `#` is a comment.
const TABLE: &str = include_str!("perft.txt");

fn table() -> impl Iterator<Item = (Deal, u32, u64)> {
    let lines = TABLE.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).map(|line| {
        let words: Vec<_> = line.split_whitespace().collect();
        let [kind, seed, depth, count] = <[&str; 4]>::try_from(words).expect("a line has four words");
        let kind = kind.parse().expect("the first word is a kind of game");
        let seed = seed.parse().expect("the second word is a seed");
        let depth = depth.parse().expect("the third word is a number of drops");
        (Deal { kind, seed }, depth, count.parse().expect("the last word is a number of sequences"))
    })
}

/// How many sequences of so many drops, one or more, go on from here. The last drop is not made.
fn sequences(game: &Game, depth: u32) -> u64 {
    let anchors = Slot::ALL.map(|slot| (slot, game.anchors(slot)));
    if depth == 1 {
        return anchors.iter().map(|(_, anchors)| u64::from(anchors.count())).sum();
    }
    let drops = anchors.into_iter().flat_map(|(slot, anchors)| anchors.cells().map(move |at| (slot, at)));
    drops
        .map(|(slot, at)| {
            let mut after = game.clone();
            after.play(slot, at.into()).expect("it is one of the anchors");
            sequences(&after, depth - 1)
        })
        .sum()
}

/// A game by the naive twin's rules: only the dealer is the program's.
#[derive(Clone)]
struct Twin {
    table: Table,
    staged: [Option<Shape>; SLOTS],
    dealer: Dealer,
}

impl Twin {
    fn new(deal: Deal) -> Self {
        let mut twin = Self { table: Table::default(), staged: [None; SLOTS], dealer: deal.dealer() };
        twin.deal();
        twin
    }

    fn deal(&mut self) {
        let filled = |cell: &Cell| self.table[usize::from(cell.row())][usize::from(cell.column())];
        let occupied: Bitboard = Cell::all().filter(filled).collect();
        self.staged = self.dealer.deal(occupied).map(|piece| Some(piece.shape));
    }

    /// Every drop that is possible, found by trying.
    fn drops(&self) -> Vec<(usize, Anchor)> {
        let staged = self.staged.into_iter().enumerate().filter_map(|(slot, shape)| Some((slot, shape?)));
        let tries = staged.flat_map(|(slot, shape)| Cell::all().map(move |cell| (slot, shape, Anchor::from(cell))));
        tries.filter(|&(_, shape, at)| naive::fits(&self.table, shape, at)).map(|(slot, _, at)| (slot, at)).collect()
    }

    fn play(&mut self, slot: usize, at: Anchor) {
        let shape = self.staged[slot].take().expect("it is one of the drops");
        naive::place(&mut self.table, shape, at);
        naive::clear(&mut self.table);
        if self.staged == [None; SLOTS] {
            self.deal();
        }
    }

    fn sequences(&self, depth: u32) -> u64 {
        let drops = self.drops();
        if depth == 1 {
            return drops.len() as u64;
        }
        let after = |(slot, at)| {
            let mut after = self.clone();
            after.play(slot, at);
            after.sequences(depth - 1)
        };
        drops.into_iter().map(after).sum()
    }
}

/// The game after so many drops, or fewer if it is over before; and its twin.
fn middle(deal: Deal, drops: usize) -> (Game, Twin) {
    let (mut game, mut twin) = (deal.game(), Twin::new(deal));
    for number in 0..drops {
        let possible = twin.drops();
        let Some(&(slot, at)) = possible.get(number * 31 % possible.len().max(1)) else { break };
        game.play(Slot::ALL[slot], at).expect("the twin says that it is possible");
        twin.play(slot, at);
    }
    (game, twin)
}

#[test]
fn the_rules_allow_as_many_sequences_of_drops_as_the_table_says() {
    let counted = table().map(|(deal, depth, expected)| (deal, depth, expected, sequences(&deal.game(), depth)));
    let wrong: Vec<_> = counted
        .filter(|(_, _, expected, found)| expected != found)
        .map(|(deal, depth, expected, found)| {
            format!("{} {} {depth} {found}, and not {expected}", deal.kind, deal.seed)
        })
        .collect();
    assert!(wrong.is_empty(), "the rules allow:\n{}", wrong.join("\n"));
    assert!(table().count() > 20, "the table has lines to speak of");
}

/// The shapes of a hand do not get in each other's way before the first drop: each lies in `(11 - rows)(11 - columns)` ways.
#[test]
fn a_game_begins_with_as_many_drops_as_its_hand_has_places_on_an_empty_board() {
    for deal in GameKind::ALL.into_iter().flat_map(|kind| (0..50).map(move |seed| Deal::new(kind, seed))) {
        let game = deal.game();
        let shapes = Slot::ALL.into_iter().filter_map(|slot| game.staged(slot)).map(|piece| piece.shape);
        let places = shapes.map(|shape| (11 - u64::from(shape.rows())) * (11 - u64::from(shape.columns())));
        assert_eq!(sequences(&game, 1), places.sum::<u64>(), "{} {}", deal.kind, deal.seed);
    }
}

#[test]
fn from_the_middle_of_a_game_there_are_as_many_sequences_as_the_naive_twin_counts() {
    // After 11 and after 20 drops one piece is left, so that the next drop deals.
    for (drops, depths) in [(0, 1..=2), (11, 1..=2), (20, 1..=3)] {
        for deal in
            [GameKind::Classic, GameKind::Kind].into_iter().flat_map(|kind| (0..3).map(move |seed| Deal { kind, seed }))
        {
            let (game, twin) = middle(deal, drops);
            for depth in depths.clone() {
                let counted = (sequences(&game, depth), twin.sequences(depth));
                assert_eq!(counted.0, counted.1, "{} {}, {depth} from drop {drops} on", deal.kind, deal.seed);
            }
        }
    }
}
