//! The whole program with memory at its edges, and hands to play it with.

use blockers::app::{App, Frame, Wishes};
use blockers::events::{
    Cause, CommandEvent, KeyEvent, PointerEvent, PointerKind, PointerPhase, ReplayControl, TableSet,
};
use blockers::ports::{
    Clock, MemoryAnnouncer, MemoryAudio, MemoryClock, MemoryHaptics, MemoryOutlet, MemorySeeds, MemoryStorage, Ports,
    Storage,
};
use blockers::rules::{Colour, Deal, Dealer, DropAt, Game, GameKind, Hand, Piece, Recording, Shape, Slot, Timeline};
use blockers::world::geometry::{BoardPosition, Point};
use blockers::world::layout::{Layout, Viewport};
use blockers::world::{Carried, OwnGame, Play};

use crate::games::{Choice, first_drop};

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
    pub(crate) storage: MemoryStorage,
    pub(crate) audio: MemoryAudio,
    pub(crate) announcer: MemoryAnnouncer,
    pub(crate) clock: MemoryClock,
    pub(crate) haptics: MemoryHaptics,
    pub(crate) outlet: MemoryOutlet,
    kind: PointerKind,
    pointer: i32,
    seeds: u64,
}

impl Table {
    /// A program with nothing stored, an upright window, and the game of this seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self::open(MemoryStorage::default(), Some(&seed.to_string()))
    }

    /// A program on this storage, with this text for a seed in its address.
    pub(crate) fn open(storage: MemoryStorage, seed: Option<&str>) -> Self {
        Self::wish(storage, &Wishes { seed: seed.map(str::to_owned), ..Wishes::default() })
    }

    /// A program on this storage that is asked for something in its address.
    pub(crate) fn wish(storage: MemoryStorage, wishes: &Wishes) -> Self {
        Self::build(storage, wishes, 1_000)
    }

    /// Another program, opened later, which finds what this one has stored.
    pub(crate) fn reopened(&self) -> Self {
        self.reopened_with(&Wishes::default())
    }

    /// Another program, opened later, which finds what this one has stored and is asked for something in its address.
    pub(crate) fn reopened_with(&self, wishes: &Wishes) -> Self {
        Self::build(MemoryStorage::with(self.storage.all()), wishes, self.seeds + 1_000)
    }

    fn build(storage: MemoryStorage, wishes: &Wishes, seeds: u64) -> Self {
        let (outlet, haptics) = (MemoryOutlet::default(), MemoryHaptics::default());
        let (audio, announcer, clock) = (MemoryAudio::default(), MemoryAnnouncer::default(), MemoryClock::default());
        let ports = Ports {
            storage: Box::new(storage.clone()),
            audio: Box::new(audio.clone()),
            announcer: Box::new(announcer.clone()),
            clock: Box::new(clock.clone()),
            haptics: Box::new(haptics.clone()),
            seeds: Box::new(MemorySeeds(seeds)),
            outlet: Box::new(outlet.clone()),
        };
        let app = App::new(ports, PORTRAIT, wishes).expect("the wiring is sound");
        let (kind, pointer) = (PointerKind::Mouse, 1);
        let mut table = Self { app, storage, audio, announcer, clock, haptics, outlet, kind, pointer, seeds };
        table.settle();
        table
    }

    /// Begins the game that deals these hands.
    pub(crate) fn deal(&mut self, first: Hand, rest: Vec<Hand>) -> &mut Self {
        self.begin(Game::new(Dealer::scripted(first, rest)))
    }

    /// Begins this game. No seed deals it, so it can neither be taken up again nor be entered into the archive.
    pub(crate) fn begin(&mut self, game: Game) -> &mut Self {
        let deal = Deal::new(GameKind::Seed, 0);
        let mut play = self.app.world_mut().resource_mut::<Play>();
        play.own = OwnGame::new(0, Timeline::starting(deal, game));
        play.shown = None;
        let table = TableSet::of(&mut play, Cause::Began);
        self.app.publish(table).expect("there is such a topic");
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
        self.app.publish(KeyEvent::Interrupted).expect("there is such a topic");
        self.at(PointerPhase::Interrupted)
    }

    /// A key chooses the shape in this slot.
    pub(crate) fn choose(&mut self, slot: usize) -> &mut Self {
        self.key(KeyEvent::SlotChosen(Slot::ALL[slot]))
    }

    /// Keys move what is held.
    pub(crate) fn step(&mut self, rows: i32, columns: i32) -> &mut Self {
        self.key(KeyEvent::Moved { rows, columns })
    }

    /// A key lets go what is held.
    pub(crate) fn let_go(&mut self) -> &mut Self {
        self.key(KeyEvent::Released)
    }

    pub(crate) fn key(&mut self, event: KeyEvent) -> &mut Self {
        self.app.publish(event).expect("there is such a topic");
        self.frame();
        self
    }

    pub(crate) fn command(&mut self, command: CommandEvent) -> &mut Self {
        self.app.publish(command).expect("there is such a topic");
        self.frame();
        self
    }

    pub(crate) fn undo(&mut self) -> &mut Self {
        self.command(CommandEvent::UndoRequested)
    }

    pub(crate) fn redo(&mut self) -> &mut Self {
        self.command(CommandEvent::RedoRequested)
    }

    pub(crate) fn replay(&mut self, control: ReplayControl) -> &mut Self {
        self.command(CommandEvent::Replay(control))
    }

    /// Shows a recording, and holds it at its beginning.
    pub(crate) fn hold(&mut self, recording: &Recording) -> &mut Self {
        self.command(CommandEvent::RecordingOpened(recording.clone()));
        self.replay(ReplayControl::Toggle).replay(ReplayControl::Seek(0)).settle()
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

    /// Lets time pass, with the frames that the program asks for, and those for which a storage wakes it that has finished.
    pub(crate) fn wait(&mut self, milliseconds: f64) -> &mut Self {
        let end = self.clock.now() + milliseconds;
        loop {
            let writes = self.storage.writes();
            let frame = self.frame();
            let at_once = frame.again || self.storage.writes() > writes;
            let pause = if at_once { 16.0 } else { frame.due.unwrap_or(f64::MAX) };
            if self.clock.now() + pause > end {
                return self;
            }
            self.clock.advance(pause);
        }
    }

    /// Drags as this player would, if there is a drop.
    pub(crate) fn drop_as(&mut self, choose: Choice) -> Option<DropAt> {
        let drop = choose(self.game())?;
        self.drop_at(drop.slot.index(), drop.at.row().into(), drop.at.column().into());
        Some(drop)
    }

    /// So many drops, each whatever fits wherever it fits first.
    pub(crate) fn play_some(&mut self, drops: u32) -> &mut Self {
        for _ in 0..drops {
            self.drop_as(first_drop).expect("the game goes on so long");
        }
        self
    }

    /// Drops whatever fits wherever it fits first, until the game is over.
    pub(crate) fn play_to_the_end(&mut self) -> &mut Self {
        self.play_to_the_end_as(first_drop)
    }

    /// Drags as this player would, until the game is over.
    pub(crate) fn play_to_the_end_as(&mut self, choose: Choice) -> &mut Self {
        for _ in 0..2_000 {
            if self.drop_as(choose).is_none() {
                return self;
            }
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
