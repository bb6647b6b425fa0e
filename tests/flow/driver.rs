//! Runs the whole program with in-memory ports, and simulates the player's input.

mod queries;

use blockers::app::{App, Frame, StartOptions};
use blockers::events::{
    Cause, Command, KeyEvent, PointerEvent, PointerInput, PointerKind, PointerPhase, ReplayCommand, UndoCommand,
};
use blockers::ports::{
    Clock, MemoryAnnouncer, MemoryAudio, MemoryClock, MemoryHaptics, MemoryOutlet, MemorySeeds, MemoryStorage, Ports,
    Storage,
};
use blockers::transitions::set_table;
use blockers::world::geometry::{BoardPosition, Point};
use blockers::world::layout::{Layout, Viewport};
use blockers::world::{Carried, OwnGame, Play};
use blockers_rules::{Colour, Deal, Dealer, DropAt, Game, GameKind, Hand, Piece, Recording, Shape, Slot, Timeline};

use crate::games::{Strategy, first_drop};

pub(crate) const PORTRAIT: Viewport = Viewport { width: 390.0, height: 844.0, pixel_ratio: 2.0 };
pub(crate) const LANDSCAPE: Viewport = Viewport { width: 844.0, height: 390.0, pixel_ratio: 2.0 };

/// A target for the pointer.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// The middle of a slot.
    Slot(usize),
    /// The position that brings the top-left cell of the dragged shape here.
    Over(BoardPosition),
    /// This position.
    Point(Point),
}

pub(crate) fn slot(number: usize) -> Place {
    Place::Slot(number)
}

/// A cell as a target. It may be outside the board.
pub(crate) fn cell(row: i32, column: i32) -> Place {
    over(row as f32, column as f32)
}

pub(crate) fn over(row: f32, column: f32) -> Place {
    Place::Over(BoardPosition { row, column })
}

/// Returns a red piece of this shape.
pub(crate) fn red(number: u8) -> Piece {
    Piece { shape: Shape::new(number).unwrap(), colour: Colour::Red }
}

/// A running program, the ports that it is connected to, and the pointer that the next input comes from.
pub(crate) struct Session {
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

impl Session {
    /// Starts a program with an empty storage, a portrait window, and the game of this seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self::open(MemoryStorage::default(), Some(&seed.to_string()))
    }

    /// Starts a program on this storage, with this text as the seed in its address.
    pub(crate) fn open(storage: MemoryStorage, seed: Option<&str>) -> Self {
        Self::open_with(storage, &StartOptions { seed: seed.map(str::to_owned), ..StartOptions::default() })
    }

    /// Starts a program on this storage, with these options.
    pub(crate) fn open_with(storage: MemoryStorage, options: &StartOptions) -> Self {
        Self::build(storage, options, 1_000)
    }

    /// Starts another program on a copy of this one's storage.
    pub(crate) fn reopened(&self) -> Self {
        self.reopened_with(&StartOptions::default())
    }

    /// Starts another program on a copy of this one's storage, with these options.
    pub(crate) fn reopened_with(&self, options: &StartOptions) -> Self {
        Self::build(MemoryStorage::with(self.storage.all()), options, self.seeds + 1_000)
    }

    fn build(storage: MemoryStorage, options: &StartOptions, seeds: u64) -> Self {
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
        let app = App::new(ports, PORTRAIT, options).unwrap();
        let (kind, pointer) = (PointerKind::Mouse, 1);
        let mut session = Self { app, storage, audio, announcer, clock, haptics, outlet, kind, pointer, seeds };
        session.settle();
        session
    }

    /// Starts the game that deals these hands.
    pub(crate) fn deal(&mut self, first: Hand, rest: Vec<Hand>) -> &mut Self {
        self.start(Game::new(Dealer::scripted(first, rest)))
    }

    /// Starts this game. No seed deals it, so it can neither be resumed nor be entered into the archive.
    pub(crate) fn start(&mut self, game: Game) -> &mut Self {
        let deal = Deal::new(GameKind::Seed, 0);
        let mut play = self.app.world_mut().resource_mut::<Play>();
        play.own = OwnGame::new(0, Timeline::starting(deal, game));
        play.shown = None;
        let event = set_table(&mut play, Cause::Began);
        self.publish(event).settle()
    }

    /// Sets the kind of the pointer that the next input comes from.
    pub(crate) fn use_kind(&mut self, kind: PointerKind) -> &mut Self {
        self.kind = kind;
        self
    }

    /// Sets the id of the pointer that the next input comes from.
    pub(crate) fn use_pointer(&mut self, pointer: i32) -> &mut Self {
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
        self.point_again(PointerPhase::Released)
    }

    /// Cancels the pointer, as the system does when it takes a touch over.
    pub(crate) fn cancel(&mut self) -> &mut Self {
        self.point_again(PointerPhase::Cancelled)
    }

    /// Interrupts every drag, as Escape does and as the window does when it loses the focus.
    pub(crate) fn interrupt(&mut self) -> &mut Self {
        self.publish(KeyEvent::Interrupted).publish(PointerEvent::Interrupted);
        self.frame();
        self
    }

    /// Picks up the shape in this slot by a key.
    pub(crate) fn choose(&mut self, slot: usize) -> &mut Self {
        self.key(KeyEvent::SlotChosen(Slot::ALL[slot]))
    }

    /// Moves the held shape by keys.
    pub(crate) fn move_held(&mut self, rows: i32, columns: i32) -> &mut Self {
        self.key(KeyEvent::Moved { rows, columns })
    }

    /// Releases the held shape by a key.
    pub(crate) fn release_held(&mut self) -> &mut Self {
        self.key(KeyEvent::Released)
    }

    pub(crate) fn key(&mut self, event: KeyEvent) -> &mut Self {
        self.publish(event);
        self.frame();
        self
    }

    pub(crate) fn command(&mut self, command: impl Into<Command>) -> &mut Self {
        self.app.command(command).unwrap();
        self.frame();
        self
    }

    pub(crate) fn undo(&mut self) -> &mut Self {
        self.command(UndoCommand::Undo)
    }

    pub(crate) fn redo(&mut self) -> &mut Self {
        self.command(UndoCommand::Redo)
    }

    /// Opens a replay of this recording, paused at its beginning.
    pub(crate) fn open_paused(&mut self, recording: &Recording) -> &mut Self {
        self.command(ReplayCommand::Open(recording.clone()));
        self.command(ReplayCommand::Toggle).command(ReplayCommand::Seek(0)).settle()
    }

    pub(crate) fn resize(&mut self, viewport: Viewport) -> &mut Self {
        self.app.resize(viewport).unwrap();
        self.frame();
        self
    }

    /// Drags from a slot to a cell.
    pub(crate) fn drop_at(&mut self, from: usize, row: i32, column: i32) -> &mut Self {
        self.press(slot(from)).move_to(cell(row, column)).release()
    }

    /// Publishes an event without running a frame. It is delivered in the next one.
    pub(crate) fn publish<E: Send + Sync + 'static>(&mut self, event: E) -> &mut Self {
        self.app.publish(event).unwrap();
        self
    }

    /// Runs one frame, a sixtieth of a second after the one before.
    pub(crate) fn frame(&mut self) -> Frame {
        self.clock.advance(1000.0 / 60.0);
        self.app.frame()
    }

    /// Runs frames until nothing moves.
    pub(crate) fn settle(&mut self) -> &mut Self {
        for _ in 0..600 {
            if !self.frame().again {
                return self;
            }
        }
        panic!("something still moves after ten seconds");
    }

    /// Lets time pass, with the frames that the program asks for and those after a finished write.
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

    /// Drags as this strategy chooses. Returns the drop, or `None` if no shape fits.
    pub(crate) fn drop_with(&mut self, choose: Strategy) -> Option<DropAt> {
        let drop = choose(self.game())?;
        self.drop_at(drop.slot.index(), drop.at.row().into(), drop.at.column().into());
        Some(drop)
    }

    /// Makes this many drops with the strategy [`first_drop`].
    pub(crate) fn play_drops(&mut self, drops: u32) -> &mut Self {
        for _ in 0..drops {
            self.drop_with(first_drop).expect("the game has at least this many drops");
        }
        self
    }

    /// Plays with the strategy [`first_drop`] until the game is over.
    pub(crate) fn play_to_end(&mut self) -> &mut Self {
        self.play_to_end_with(first_drop)
    }

    /// Plays with this strategy until the game is over.
    pub(crate) fn play_to_end_with(&mut self, choose: Strategy) -> &mut Self {
        for _ in 0..2_000 {
            if self.drop_with(choose).is_none() {
                return self;
            }
        }
        panic!("the game is not over after 2000 drops");
    }

    /// Returns the last input of a pointer.
    pub(crate) fn last_pointer(&self) -> Option<PointerInput> {
        match self.last_event::<PointerEvent>()? {
            PointerEvent::Input(input) => Some(input),
            PointerEvent::Interrupted => None,
        }
    }

    pub(crate) fn layout(&self) -> &Layout {
        self.app.world().resource::<Layout>()
    }

    fn point(&mut self, phase: PointerPhase, place: Place) -> &mut Self {
        let position = match place {
            Place::Point(point) => point,
            Place::Slot(slot) => self.layout().slots[slot].centre(),
            Place::Over(at) => {
                let grab = self.single::<Carried>().map_or_else(BoardPosition::default, |carried| carried.grip.grab);
                self.layout().point_at(BoardPosition { row: at.row + grab.row, column: at.column + grab.column })
            }
        };
        self.publish_pointer(phase, position)
    }

    /// Publishes pointer input at the position of the input before.
    fn point_again(&mut self, phase: PointerPhase) -> &mut Self {
        let position = self.last_pointer().map_or_else(Point::default, |input| input.position);
        self.publish_pointer(phase, position)
    }

    fn publish_pointer(&mut self, phase: PointerPhase, position: Point) -> &mut Self {
        let input = PointerInput { pointer: self.pointer, kind: self.kind, phase, position };
        self.publish(PointerEvent::Input(input));
        self.frame();
        self
    }
}
