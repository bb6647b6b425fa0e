//! The soak: ten million events through the game's own topics, played as a player would, without a screen. `make soak`.
//!
//! After the first hundred thousand no topic may reserve more room than it has, and no entity may be left over. It says so, and
//! ends with status 1 if that is not so.

use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

use blockers::app::{App, Wishes};
use blockers::bus::{BusExt, TopicReport};
use blockers::events::{CommandEvent, PointerEvent, PointerKind, PointerPhase};
use blockers::ports::{
    MemoryAnnouncer, MemoryAudio, MemoryClock, MemoryHaptics, MemoryOutlet, MemorySeeds, MemoryStorage, Ports,
};
use blockers::rules::Slot;
use blockers::world::geometry::BoardPosition;
use blockers::world::layout::{Layout, Viewport};
use blockers::world::{Play, Wanted};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

const EVENTS: u64 = 10_000_000;
const WARM: u64 = 100_000;

/// A game that plays itself, and what it is connected to.
struct Player {
    app: App,
    audio: MemoryAudio,
    announcer: MemoryAnnouncer,
    clock: MemoryClock,
    dice: Pcg32,
}

fn main() -> ExitCode {
    let Some(mut player) = Player::new() else {
        eprintln!("The program could not be wired.");
        return ExitCode::FAILURE;
    };
    let start = Instant::now();
    let mut warm: Option<(Vec<usize>, u32)> = None;
    let (mut published, mut drawn) = (0, 0);
    while published < EVENTS {
        for _ in 0..2_000 {
            player.drop_something();
        }
        let reports = player.app.world().topic_reports(0);
        published = reports.iter().map(|topic| topic.stats.published).sum();
        if published >= WARM && warm.is_none() {
            // Between two games the table is always the same.
            player.new_game();
            warm = Some((rooms(&player.app.world().topic_reports(0)), player.app.world().entities().count_spawned()));
        }
        let share = (published * 100 / EVENTS).min(100);
        if share > drawn {
            drawn = share;
            bar(published, start);
        }
    }
    player.new_game();
    let (rooms_now, entities_now) =
        (rooms(&player.app.world().topic_reports(0)), player.app.world().entities().count_spawned());
    println!("\n{published} events in {:.1} s", start.elapsed().as_secs_f64());
    let Some((rooms_then, entities_then)) = warm else { return ExitCode::FAILURE };
    println!("room of the topics, in events: {rooms_then:?} after the first {WARM}, {rooms_now:?} now");
    println!("entities: {entities_then} then, {entities_now} now");
    if rooms_then == rooms_now && entities_then == entities_now {
        println!("Nothing has grown.");
        ExitCode::SUCCESS
    } else {
        println!("Something has grown.");
        ExitCode::FAILURE
    }
}

fn rooms(reports: &[TopicReport]) -> Vec<usize> {
    reports.iter().map(|topic| topic.stats.room).collect()
}

fn bar(published: u64, start: Instant) {
    let share = (published as f64 / EVENTS as f64).min(1.0);
    let done = (share * 40.0) as usize;
    let rate = published as f64 / start.elapsed().as_secs_f64() / 1e6;
    print!("\r[{}{}] {:3.0} %  {rate:.2} million a second", "=".repeat(done), " ".repeat(40 - done), share * 100.0);
    // A bar that cannot be drawn is missed by nobody.
    let _ = std::io::stdout().flush();
}

impl Player {
    fn new() -> Option<Self> {
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
        let app = App::new(ports, viewport, &Wishes::default()).ok()?;
        Some(Self { app, audio, announcer, clock, dice: Pcg32::seed_from_u64(1) })
    }

    /// Drags any shape that fits to any place; if none does, begins a new game.
    fn drop_something(&mut self) {
        let game = self.app.world().resource::<Play>().game();
        let choices = Slot::ALL.map(|slot| (slot, game.anchors(slot)));
        let Some((slot, anchors)) =
            choices.into_iter().filter(|(_, anchors)| !anchors.is_empty()).max_by_key(|_| self.dice.random::<u32>())
        else {
            self.new_game();
            return;
        };
        let Some(piece) = game.staged(slot) else { return };
        let Some(cell) = anchors.cells().nth(self.dice.random_range(0..anchors.count()) as usize) else { return };
        let layout = self.app.world().resource::<Layout>();
        let from = layout.slots[slot.index()].centre();
        let to = layout.point_at(BoardPosition {
            row: f32::from(cell.row()) + f32::from(piece.shape.rows()) / 2.0,
            column: f32::from(cell.column()) + f32::from(piece.shape.columns()) / 2.0,
        });
        for (phase, position) in
            [(PointerPhase::Pressed, from), (PointerPhase::Moved, to), (PointerPhase::Released, to)]
        {
            let event = PointerEvent { pointer: 1, kind: PointerKind::Mouse, phase, position };
            if self.app.publish(event).is_ok() {
                self.frame();
            }
        }
    }

    fn new_game(&mut self) {
        // The game in progress may be worth keeping.
        let begun = self.app.publish(CommandEvent::GameRequested(Wanted::Another)).is_ok();
        if begun && self.app.publish(CommandEvent::GameConfirmed).is_ok() {
            for _ in 0..120 {
                self.frame();
            }
        }
    }

    fn frame(&mut self) {
        self.clock.advance(1000.0 / 60.0);
        self.app.frame();
        self.audio.take_played();
        self.announcer.take_announced();
    }
}
