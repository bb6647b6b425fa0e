//! The whole program with memory at its edges, and hands to play it with.

use bevy_ecs::prelude::*;
use blockers::app::{App, Frame, Wishes};
use blockers::bus::{Failure, Topic};
use blockers::events::{CommandEvent, PointerEvent, PointerKind, PointerPhase};
use blockers::handlers::command::new_game::beginning;
use blockers::ports::{MemoryAnnouncer, MemoryAudio, MemoryClock, MemorySeeds, MemoryStorage, Ports};
use blockers::rules::{Anchor, Colour, Dealer, Game, Hand, Piece, Shape, Slot};
use blockers::view::mirror::Mirror;
use blockers::world::geometry::{BoardPosition, Point};
use blockers::world::layout::{Layout, Viewport};
use blockers::world::{Carried, Play};

/// An upright window.
pub(crate) const PORTRAIT: Viewport = Viewport { width: 390.0, height: 844.0, pixel_ratio: 2.0 };
/// The same window, turned.
pub(crate) const LANDSCAPE: Viewport = Viewport { width: 844.0, height: 390.0, pixel_ratio: 2.0 };

/// Where the pointer goes next.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// The middle of a slot.
    Slot(usize),
    /// So that the dragged shape's top-left cell lies here.
    Over(BoardPosition),
    /// Exactly here.
    Point(Point),
}

pub(crate) fn slot(number: usize) -> Place {
    Place::Slot(number)
}

/// Over a cell, which may lie off the board.
pub(crate) fn cell(row: i32, column: i32) -> Place {
    over(row as f32, column as f32)
}

pub(crate) fn over(row: f32, column: f32) -> Place {
    Place::Over(BoardPosition { row, column })
}

/// A red piece of this shape.
pub(crate) fn red(number: u8) -> Piece {
    Piece { shape: Shape::new(number).expect("tests name shapes that exist"), colour: Colour::Red }
}

/// The program at its table, and everything that it is connected to.
pub(crate) struct Table {
    pub(crate) app: App,
    pub(crate) audio: MemoryAudio,
    pub(crate) announcer: MemoryAnnouncer,
    pub(crate) clock: MemoryClock,
    kind: PointerKind,
    pointer: i32,
}

impl Table {
    /// A program with nothing stored, an upright window, and the game of this seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self::open(MemoryStorage::default(), Some(&seed.to_string()))
    }

    /// A program on this storage, with this text for a seed in its address.
    pub(crate) fn open(storage: MemoryStorage, seed: Option<&str>) -> Self {
        let (audio, announcer, clock) = (MemoryAudio::default(), MemoryAnnouncer::default(), MemoryClock::default());
        let ports = Ports {
            storage: Box::new(storage),
            audio: Box::new(audio.clone()),
            announcer: Box::new(announcer.clone()),
            clock: Box::new(clock.clone()),
            seeds: Box::new(MemorySeeds(1000)),
        };
        let wishes = Wishes { seed: seed.map(str::to_owned), ..Wishes::default() };
        let app = App::new(ports, PORTRAIT, &wishes).expect("the wiring is sound");
        let mut table = Self { app, audio, announcer, clock, kind: PointerKind::Mouse, pointer: 1 };
        table.settle();
        table
    }

    /// Begins the game that deals these hands.
    pub(crate) fn deal(&mut self, first: Hand, rest: Vec<Hand>) -> &mut Self {
        self.begin(Game::new(Dealer::scripted(first, rest)))
    }

    /// Begins this game.
    pub(crate) fn begin(&mut self, game: Game) -> &mut Self {
        let started = beginning(&game);
        self.app.world_mut().insert_resource(Play(game));
        self.app.publish(started).expect("there is such a topic");
        self.settle()
    }

    /// From now on it is this kind of pointer.
    pub(crate) fn with(&mut self, kind: PointerKind) -> &mut Self {
        self.kind = kind;
        self
    }

    /// From now on it is another pointer.
    pub(crate) fn with_pointer(&mut self, pointer: i32) -> &mut Self {
        self.pointer = pointer;
        self
    }

    pub(crate) fn press(&mut self, place: Place) -> &mut Self {
        self.point(PointerPhase::Pressed, place)
    }

    pub(crate) fn move_to(&mut self, place: Place) -> &mut Self {
        self.point(PointerPhase::Moved, place)
    }

    pub(crate) fn release(&mut self) -> &mut Self {
        self.at(PointerPhase::Released)
    }

    /// The system takes the pointer away.
    pub(crate) fn cancel(&mut self) -> &mut Self {
        self.at(PointerPhase::Cancelled)
    }

    /// Escape, or the window loses the focus.
    pub(crate) fn interrupt(&mut self) -> &mut Self {
        self.at(PointerPhase::Interrupted)
    }

    pub(crate) fn command(&mut self, command: CommandEvent) -> &mut Self {
        self.app.publish(command).expect("there is such a topic");
        self.frame();
        self
    }

    pub(crate) fn resize(&mut self, viewport: Viewport) -> &mut Self {
        self.app.resize(viewport).expect("there is room");
        self.frame();
        self
    }

    /// Drags from a slot to a cell.
    pub(crate) fn drop_at(&mut self, from: usize, row: i32, column: i32) -> &mut Self {
        self.press(slot(from)).move_to(cell(row, column)).release()
    }

    /// One frame, a sixtieth of a second after the one before.
    pub(crate) fn frame(&mut self) -> Frame {
        self.clock.advance(1000.0 / 60.0);
        self.app.frame()
    }

    /// Frames until nothing moves any more.
    pub(crate) fn settle(&mut self) -> &mut Self {
        for _ in 0..600 {
            if !self.frame().again {
                return self;
            }
        }
        panic!("after ten seconds something is moving still");
    }

    /// The events of a topic that came with or after this `seq`.
    pub(crate) fn published_since<E: Copy + Send + Sync + 'static>(&self, seq: u64) -> Vec<E> {
        let topic = self.app.world().resource::<Topic<E>>();
        topic.retained().filter(|event| event.seq() >= seq).map(|event| *event.body()).collect()
    }

    /// The failures of a group.
    pub(crate) fn published_failures(&self, group: &str) -> Vec<Failure> {
        let failures = self.app.world().resource::<Topic<Failure>>().retained();
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

    pub(crate) fn game(&self) -> &Game {
        &self.app.world().resource::<Play>().0
    }

    /// Drops whatever fits wherever it fits first, until the game is over.
    pub(crate) fn play_to_the_end(&mut self) -> &mut Self {
        for _ in 0..2_000 {
            let first = |slot: Slot| self.game().anchors(slot).cells().next().map(|cell| (slot, Anchor::from(cell)));
            let Some((slot, at)) = Slot::ALL.into_iter().find_map(first) else { return self };
            self.drop_at(slot.index(), at.row, at.column);
        }
        panic!("this game does not end");
    }

    fn layout(&self) -> &Layout {
        self.app.world().resource::<Layout>()
    }

    fn point(&mut self, phase: PointerPhase, place: Place) -> &mut Self {
        let position = match place {
            Place::Point(point) => point,
            Place::Slot(slot) => self.layout().slots[slot].centre(),
            Place::Over(at) => {
                let grab = self.only::<Carried>().map_or_else(BoardPosition::default, |carried| carried.grip.grab);
                self.layout().point_at(BoardPosition { row: at.row + grab.row, column: at.column + grab.column })
            }
        };
        self.publish(phase, position)
    }

    /// What a pointer does where it is.
    fn at(&mut self, phase: PointerPhase) -> &mut Self {
        let position = self.last::<PointerEvent>().map_or_else(Point::default, |event| event.position);
        self.publish(phase, position)
    }

    fn publish(&mut self, phase: PointerPhase, position: Point) -> &mut Self {
        let event = PointerEvent { pointer: self.pointer, kind: self.kind, phase, position };
        self.app.publish(event).expect("there is such a topic");
        self.frame();
        self
    }
}
