//! What can be seen of a table: its topics, its entities, its game, what it has stored.

use bevy_ecs::prelude::*;
use blockers::bus::{Event, Failure, GroupStats, Topic};
use blockers::records::{ARCHIVE, Archive, BESTS, Bests};
use blockers::rules::{Cell, Game, Slot, Timeline};
use blockers::view::mirror::Mirror;
use blockers::world::{Play, Staged, Tile};

use crate::driver::Table;

impl Table {
    /// How many events a topic has taken in.
    pub(crate) fn published<E: Event>(&self) -> u64 {
        self.app.world().resource::<Topic<E>>().stats(0).published
    }

    /// The books of a group.
    pub(crate) fn books<E: Event>(&self, group: &str) -> GroupStats {
        let topic = self.app.world().resource::<Topic<E>>();
        topic.group(group, 0).expect("there is such a group")
    }

    /// The events of a topic that came with or after this `seq`.
    pub(crate) fn published_since<E: Copy + Send + Sync + 'static>(&self, seq: u64) -> Vec<E> {
        let topic = self.app.world().resource::<Topic<E>>();
        topic.retained().into_iter().filter(|event| event.seq() >= seq).map(|event| *event.body()).collect()
    }

    /// The failures of a group.
    pub(crate) fn published_failures(&self, group: &str) -> Vec<Failure> {
        let failures = self.app.world().resource::<Topic<Failure>>().retained().into_iter();
        failures.map(|failure| failure.body().clone()).filter(|failure| failure.group == group).collect()
    }

    /// The newest event of a topic.
    pub(crate) fn last<E: Copy + Send + Sync + 'static>(&self) -> Option<E> {
        self.published_since(0).pop()
    }

    /// How many entities have this component.
    pub(crate) fn count<C: Component>(&mut self) -> usize {
        let world = self.app.world_mut();
        world.query::<&C>().iter(world).count()
    }

    /// The only component of its kind, if there is one.
    pub(crate) fn only<C: Component + Clone>(&mut self) -> Option<C> {
        let world = self.app.world_mut();
        let all: Vec<_> = world.query::<&C>().iter(world).cloned().collect();
        assert!(all.len() <= 1, "there are {}", all.len());
        all.into_iter().next()
    }

    /// What is on the table.
    pub(crate) fn mirror(&mut self) -> Mirror {
        Mirror::of(self.app.world_mut(), 0.0)
    }

    pub(crate) fn play(&self) -> &Play {
        self.app.world().resource::<Play>()
    }

    pub(crate) fn timeline(&self) -> &Timeline {
        self.play().timeline()
    }

    pub(crate) fn game(&self) -> &Game {
        self.play().game()
    }

    /// What the storage has of the best scores.
    pub(crate) fn stored_bests(&self) -> Bests {
        let text = self.storage.stored(BESTS);
        text.map(|text| Bests::parse(&text).expect("it is whole")).unwrap_or_default()
    }

    /// What the storage has of the games that have ended.
    pub(crate) fn stored_archive(&self) -> Archive {
        let text = self.storage.stored(ARCHIVE).filter(|text| !text.is_empty());
        let (archive, damaged) = text.map(|text| Archive::parse(&text)).unwrap_or_default();
        assert!(damaged.is_empty(), "it is whole: {damaged:?}");
        archive
    }

    /// Makes sure that what lies on the table, once nothing moves, is the game.
    pub(crate) fn assert_agrees(&mut self, context: &str) {
        let mirror = self.mirror();
        let (tiles, pieces) = (self.count::<Tile>(), self.count::<Staged>());
        let game = self.game();
        for cell in Cell::all() {
            assert_eq!(mirror.cells[cell.index()], game.board().colour(cell), "{context}: {cell:?}");
        }
        let fits = game.fits();
        let expected = Slot::ALL.map(|slot| game.staged(slot).map(|piece| (piece, fits[slot.index()])));
        let slots = mirror.slots.map(|staged| staged.map(|staged| (staged.piece, staged.fits)));
        assert_eq!(slots, expected, "{context}");
        let once = (game.board().occupied().count() as usize, expected.iter().flatten().count());
        assert_eq!((tiles, pieces), once, "{context}: nothing is there twice");
        assert_eq!(mirror.score.points, game.score(), "{context}");
        assert_eq!(mirror.ended.is_some(), game.is_over() && self.play().is_live(), "{context}: over");
    }
}
