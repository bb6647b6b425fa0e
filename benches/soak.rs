//! Publishes ten million events on the game's own topics by playing it without a browser: `make soak`.
//!
//! After the first hundred thousand events, no topic may allocate more memory and no entity may be added. Otherwise the
//! exit status is 1.

use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

use blockers::app::{App, StartOptions};
use blockers::events::{GameCommand, PointerEvent, PointerInput, PointerKind, PointerPhase};
use blockers::ports::{
    MemoryAnnouncer, MemoryAudio, MemoryClock, MemoryHaptics, MemoryOutlet, MemorySeeds, MemoryStorage, Ports,
};
use blockers::world::geometry::BoardPosition;
use blockers::world::layout::{Layout, Viewport};
use blockers::world::{Play, Wanted};
use blockers_event_bus::{Timestamp, WorldBusExt};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

const EVENTS: u64 = 10_000_000;
/// The events after which memory must not grow.
const WARM_UP: u64 = 100_000;
/// The drops between two checks of the number of events.
const DROPS_PER_ROUND: u32 = 2_000;

/// The memory that the program holds.
#[derive(Clone, PartialEq, Debug)]
struct Memory {
    /// For each topic, the events for which it has allocated memory.
    room: Vec<usize>,
    entities: u32,
}

type BoxedError = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<ExitCode, BoxedError> {
    let mut player = Player::new()?;
    let start = Instant::now();
    let mut warm = None;
    let (mut published, mut percent_drawn) = (0, 0);
    while published < EVENTS {
        for _ in 0..DROPS_PER_ROUND {
            player.drop_something()?;
        }
        published = player.published();
        if published >= WARM_UP && warm.is_none() {
            warm = Some(player.memory_at_rest()?);
        }
        let percent = (published * 100 / EVENTS).min(100);
        if percent > percent_drawn {
            percent_drawn = percent;
            draw_bar(published, start);
        }
    }
    let now = player.memory_at_rest()?;
    println!("\n{published} events in {:.1} s", start.elapsed().as_secs_f64());
    println!("after the first {WARM_UP} events: {warm:?}");
    println!("at the end: {now:?}");
    if warm == Some(now) {
        println!("Nothing has grown.");
        Ok(ExitCode::SUCCESS)
    } else {
        println!("Something has grown.");
        Ok(ExitCode::FAILURE)
    }
}

fn draw_bar(published: u64, start: Instant) {
    let share = (published as f64 / EVENTS as f64).min(1.0);
    let done = (share * 40.0) as usize;
    let rate = published as f64 / start.elapsed().as_secs_f64() / 1e6;
    print!("\r[{}{}] {:3.0} %  {rate:.2} million per second", "=".repeat(done), " ".repeat(40 - done), share * 100.0);
    // The bar is not needed for the result.
    let _ = std::io::stdout().flush();
}

/// A program with in-memory ports, and random input for it.
struct Player {
    app: App,
    audio: MemoryAudio,
    announcer: MemoryAnnouncer,
    clock: MemoryClock,
    random: Pcg32,
}

impl Player {
    fn new() -> Result<Self, BoxedError> {
        let (audio, announcer, clock) = (MemoryAudio::default(), MemoryAnnouncer::default(), MemoryClock::default());
        let ports = Ports {
            storage: Box::new(MemoryStorage::default()),
            audio: Box::new(audio.clone()),
            announcer: Box::new(announcer.clone()),
            clock: Box::new(clock.clone()),
            haptics: Box::new(MemoryHaptics::default()),
            seeds: Box::new(MemorySeeds(1)),
            outlet: Box::new(MemoryOutlet::default()),
        };
        let viewport = Viewport { width: 800.0, height: 600.0, pixel_ratio: 1.0 };
        let app = App::new(ports, viewport, &StartOptions::default())?;
        Ok(Self { app, audio, announcer, clock, random: Pcg32::seed_from_u64(1) })
    }

    /// Drags a shape by mouse to make a random legal drop. If there is none, starts a new game.
    fn drop_something(&mut self) -> Result<(), BoxedError> {
        let game = self.app.world().resource::<Play>().game();
        let count = game.legal_drop_count();
        if count == 0 {
            return self.new_game();
        }
        let number = self.random.random_range(0..count) as usize;
        let drop = game.legal_drops().nth(number);
        let Some((drop, piece)) = drop.and_then(|drop| Some((drop, game.staged(drop.slot)?))) else { return Ok(()) };
        let layout = self.app.world().resource::<Layout>();
        let from = layout.slots[drop.slot.index()].centre();
        let to = layout.point_at(BoardPosition {
            row: f32::from(drop.at.row()) + f32::from(piece.shape.rows()) / 2.0,
            column: f32::from(drop.at.column()) + f32::from(piece.shape.columns()) / 2.0,
        });
        for (phase, position) in
            [(PointerPhase::Pressed, from), (PointerPhase::Moved, to), (PointerPhase::Released, to)]
        {
            let input = PointerInput { pointer: 1, kind: PointerKind::Mouse, phase, position };
            self.app.publish(PointerEvent::Input(input))?;
            self.frame();
        }
        Ok(())
    }

    /// Starts a new game, and runs frames until its animations are over.
    fn new_game(&mut self) -> Result<(), BoxedError> {
        self.app.command(GameCommand::Request(Wanted::Another))?;
        self.frame();
        // This answers the question that comes first if a game is in progress.
        self.app.command(GameCommand::Confirm)?;
        for _ in 0..120 {
            self.frame();
        }
        Ok(())
    }

    fn frame(&mut self) {
        self.clock.advance(1000.0 / 60.0);
        self.app.frame();
        self.audio.take_played();
        self.announcer.take_announced();
    }

    /// Returns the number of events that were published on all topics.
    fn published(&self) -> u64 {
        self.app.world().topic_reports(Timestamp::ZERO).iter().map(|topic| topic.stats.published).sum()
    }

    /// Starts a new game, so that the number of entities can be compared, and returns the memory in use.
    fn memory_at_rest(&mut self) -> Result<Memory, BoxedError> {
        self.new_game()?;
        let world = self.app.world();
        let room = world.topic_reports(Timestamp::ZERO).iter().map(|topic| topic.stats.capacity).collect();
        Ok(Memory { room, entities: world.entities().count_spawned() })
    }
}
