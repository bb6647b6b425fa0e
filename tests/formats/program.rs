//! The whole program with the files in its storage.

use blockers::app::{App, StartOptions};
use blockers::events::{BackupCommand, Command, UndoCommand};
use blockers::ports::{
    MemoryAnnouncer, MemoryAudio, MemoryClock, MemoryHaptics, MemoryOutlet, MemorySeeds, MemoryStorage, Ports, Storage,
};
use blockers::records::{Archive, Bests, DailyResults, GAME, Records, backup};
use blockers::world::layout::Viewport;
use blockers::world::{Generations, Play, Settings, SoundSettings, Stored};

use crate::describe::Session;
use crate::fixtures::Fixtures;

/// The program and the ports that the checks read.
struct Program {
    app: App,
    storage: MemoryStorage,
    announcer: MemoryAnnouncer,
    clock: MemoryClock,
    outlet: MemoryOutlet,
}

impl Program {
    fn start(storage: MemoryStorage) -> Self {
        let (announcer, clock, outlet) = (MemoryAnnouncer::default(), MemoryClock::default(), MemoryOutlet::default());
        let ports = Ports {
            storage: Box::new(storage.clone()),
            audio: Box::new(MemoryAudio::default()),
            announcer: Box::new(announcer.clone()),
            clock: Box::new(clock.clone()),
            haptics: Box::new(MemoryHaptics::default()),
            outlet: Box::new(outlet.clone()),
            seeds: Box::new(MemorySeeds::default()),
        };
        let viewport = Viewport { width: 390.0, height: 844.0, pixel_ratio: 2.0 };
        let app = App::new(ports, viewport, &StartOptions::default()).unwrap();
        let mut program = Self { app, storage, announcer, clock, outlet };
        program.frames();
        program
    }

    /// Runs frames for two seconds.
    fn frames(&mut self) {
        for _ in 0..120 {
            self.clock.advance(1000.0 / 60.0);
            self.app.frame();
        }
    }

    fn command(&mut self, command: impl Into<Command>) {
        self.app.publish(command.into()).unwrap();
        self.frames();
    }

    fn play(&self) -> &Play {
        self.app.world().resource::<Play>()
    }

    /// Describes the player's data as [`expected`] does.
    fn describe(&self) -> String {
        let (world, own) = (self.app.world(), &self.play().own);
        let session = Session {
            id: own.id,
            generation: world.resource::<Generations>().newest,
            timeline: &own.timeline,
            played_on_from: own.played_on_from,
            bests: &world.resource::<Stored<Bests>>().0,
            daily: &world.resource::<Stored<DailyResults>>().0,
            archive: &world.resource::<Stored<Archive>>().0,
            settings: world.resource::<Settings>(),
            sound: world.resource::<SoundSettings>(),
            records: &self.storage.all(),
        };
        without_generations(&session.describe())
    }
}

/// Starts the program with the stored records of every session. It shows the same game and no notice, stores nothing
/// but the game, and exports everything else unchanged.
pub(crate) fn start(fixtures: &Fixtures) {
    for session in fixtures.folders("sessions") {
        let records = fixtures.stored(&session);
        let mut program = Program::start(MemoryStorage::with(records.clone()));
        let notices = program.announcer.take_noticed();
        assert!(notices.is_empty(), "{session}: {notices:?}");
        assert!(program.play().is_live(), "{session}");
        assert_eq!(program.describe(), expected(fixtures, &session), "{session}");
        assert_eq!(without_game(program.storage.all()), without_game(records.clone()), "{session}");
        program.command(BackupCommand::Export);
        let (_, file) = program.outlet.take().remove(0);
        assert_eq!(without_game(backup::read(&file).unwrap()), without_game(records), "{session}");
    }
}

/// Undoes a drop of every session's game, or redoes one if all are undone, and starts the program again with what it
/// stored.
pub(crate) fn undo(fixtures: &Fixtures) {
    for session in fixtures.folders("sessions") {
        let mut program = Program::start(MemoryStorage::with(fixtures.stored(&session)));
        let before = program.play().own.timeline.position();
        let (command, after) = if before > 0 { (UndoCommand::Undo, before - 1) } else { (UndoCommand::Redo, 1) };
        program.command(command);
        let again = Program::start(MemoryStorage::with(program.storage.all()));
        assert_eq!(again.play().own.timeline.position(), after, "{session}");
        assert_eq!(again.describe(), program.describe(), "{session}");
        let notices = [program, again].map(|program| program.announcer.take_noticed());
        assert!(notices.iter().all(Vec::is_empty), "{session}: {notices:?}");
    }
}

/// Imports the backup of every session into a new program, and starts it again with what it stored.
pub(crate) fn import(fixtures: &Fixtures) {
    for session in fixtures.folders("sessions") {
        let mut program = Program::start(MemoryStorage::default());
        program.command(BackupCommand::Import(fixtures.text(&format!("sessions/{session}/backup.txt"))));
        assert_eq!(program.describe(), expected(fixtures, &session), "{session}");
        let again = Program::start(MemoryStorage::with(program.storage.all()));
        assert_eq!(again.describe(), program.describe(), "{session}");
        let notices = [program, again].map(|program| program.announcer.take_noticed());
        assert!(notices.iter().all(Vec::is_empty), "{session}: {notices:?}");
    }
}

fn expected(fixtures: &Fixtures, session: &str) -> String {
    without_generations(&fixtures.text(&format!("sessions/{session}/expected.txt")))
}

/// Returns the description without the generation and the slots. They change with every start, because it stores the
/// game again.
fn without_generations(description: &str) -> String {
    let changes = |line: &str| line.starts_with("generation: ") || line.starts_with("blockers.game.");
    description.lines().filter(|line| !changes(line)).collect::<Vec<_>>().join("\n")
}

fn without_game(mut records: Records) -> Records {
    records.retain(|key, _| !GAME.contains(&key.as_str()));
    records
}
