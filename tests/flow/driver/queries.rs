//! Reads the state of a session: topics, entities, the game, the stored records.

use bevy_ecs::prelude::*;
use blockers::records::{ARCHIVE, Archive, BESTS, Bests};
use blockers::view::view_model::ViewModel;
use blockers::world::{Play, Staged, Tile};
use blockers_event_bus::{Failure, GroupStats, Timestamp, Topic};
use blockers_rules::{Cell, Game, Slot, Timeline};

use super::Session;

impl Session {
    /// Returns how many events a topic has accepted.
    pub(crate) fn published_count<E: Send + Sync + 'static>(&self) -> u64 {
        self.app.world().resource::<Topic<E>>().stats(Timestamp::ZERO).published
    }

    /// Returns the counters of a group.
    pub(crate) fn group_stats<E: Send + Sync + 'static>(&self, group: &str) -> GroupStats {
        let topic = self.app.world().resource::<Topic<E>>();
        topic.group(group, Timestamp::ZERO).unwrap()
    }

    /// Returns the names of a topic's groups, in the order in which they are called.
    pub(crate) fn groups<E: Send + Sync + 'static>(&self) -> Vec<String> {
        let groups = self.app.world().resource::<Topic<E>>().report(Timestamp::ZERO).groups.into_iter();
        groups.map(|group| group.name.into_owned()).collect()
    }

    /// Returns the retained events of a topic.
    pub(crate) fn published<E: Copy + Send + Sync + 'static>(&self) -> Vec<E> {
        self.published_since(0)
    }

    /// Returns the retained events of a topic that have this `seq` or a higher one.
    pub(crate) fn published_since<E: Copy + Send + Sync + 'static>(&self, seq: u64) -> Vec<E> {
        let topic = self.app.world().resource::<Topic<E>>();
        topic.retained().into_iter().filter(|event| event.seq() >= seq).map(|event| *event.event()).collect()
    }

    /// Returns the failures of a group.
    pub(crate) fn failures(&self, group: &str) -> Vec<Failure> {
        let failures = self.app.world().resource::<Topic<Failure>>().retained().into_iter();
        failures.map(|failure| failure.event().clone()).filter(|failure| failure.group == group).collect()
    }

    /// Returns the newest event of a topic.
    pub(crate) fn last_event<E: Copy + Send + Sync + 'static>(&self) -> Option<E> {
        self.published().pop()
    }

    /// Returns how many entities have this component.
    pub(crate) fn count<C: Component>(&mut self) -> usize {
        let world = self.app.world_mut();
        world.query::<&C>().iter(world).count()
    }

    /// Returns the component of the only entity that has it; `None` if no entity has it.
    pub(crate) fn single<C: Component + Clone>(&mut self) -> Option<C> {
        let world = self.app.world_mut();
        let all: Vec<_> = world.query::<&C>().iter(world).cloned().collect();
        assert!(all.len() <= 1, "{} entities have it", all.len());
        all.into_iter().next()
    }

    /// Returns what the page's elements show.
    pub(crate) fn view_model(&mut self) -> ViewModel {
        ViewModel::of(self.app.world_mut(), 0.0)
    }

    /// Returns whether the view offers undo, and redo.
    pub(crate) fn steps(&mut self) -> (bool, bool) {
        let steps = self.view_model().steps;
        (steps.undo, steps.redo)
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

    /// Returns the stored best scores.
    pub(crate) fn stored_bests(&self) -> Bests {
        let text = self.storage.stored(BESTS);
        text.map(|text| Bests::parse(&text).unwrap()).unwrap_or_default()
    }

    /// Returns the stored archive of ended games.
    pub(crate) fn stored_archive(&self) -> Archive {
        let text = self.storage.stored(ARCHIVE).filter(|text| !text.is_empty());
        let (archive, damaged) = text.map(|text| Archive::parse(&text)).unwrap_or_default();
        assert!(damaged.is_empty(), "{damaged:?}");
        archive
    }

    /// Asserts that the entities and the view model show the game. Call it when nothing moves.
    pub(crate) fn assert_consistent(&mut self, context: &str) {
        let view = self.view_model();
        let (tiles, pieces) = (self.count::<Tile>(), self.count::<Staged>());
        let game = self.game();
        for cell in Cell::all() {
            assert_eq!(view.cells[cell.index()], game.board().colour(cell), "{context}: {cell:?}");
        }
        let fits = game.fits();
        let expected = Slot::ALL.map(|slot| game.staged(slot).map(|piece| (piece, fits[slot.index()])));
        let slots = view.slots.map(|staged| staged.map(|staged| (staged.piece, staged.fits)));
        assert_eq!(slots, expected, "{context}");
        let once = (game.board().occupied().count() as usize, expected.iter().flatten().count());
        assert_eq!((tiles, pieces), once, "{context}: no cell or piece has two entities");
        assert_eq!(view.score.points, game.score(), "{context}");
        assert_eq!(view.ended.is_some(), game.is_over() && self.play().is_live(), "{context}: over");
    }
}
