//! The program without a page: builds the world from its ports, publishes events, and runs frames. It must not use the
//! browser.

use bevy_ecs::prelude::*;
use rand::SeedableRng;
use rand_pcg::Pcg32;

use crate::events::{Cause, Command, GameCommand, PointerEvent, PointerInput, PointerPhase, ReplayCommand};
use crate::handlers::command::panels;
use crate::handlers::main_event::sound::Dice;
use crate::handlers::{failure_report, storage_writer};
use crate::input::gesture::Gesture;
use crate::input::leading::Leading;
use crate::input::{keyboard, replaying};
use crate::loading;
use crate::ports::{Announcer, Clock, Ports, SeedSource, Storage, timestamp};
use crate::transitions::set_table;
use crate::view::animation::Animation;
use crate::wiring;
use crate::words;
use crate::world::layout::{Layout, Viewport};
use crate::world::{Drops, KeyHand, OpenPanel, OwnGame, Play, Score, SystemPreferences, Wanted};
use blockers_event_bus::{PublishError, WorldBusExt};
use blockers_rules::{Deal, GameKind, Timeline, notation, parse_seed};

/// What the page passes on at the start.
#[derive(Clone, Default, Debug)]
pub struct StartOptions {
    /// The seed of the first game, as it stands in the address. An invalid seed leads to a notice and a random game.
    pub seed: Option<String>,
    /// The link of a game to be replayed: the text after `#g=` in the address.
    pub link: Option<String>,
    /// What the player's system prefers.
    pub system: SystemPreferences,
}

/// Any error that stops the program from starting or going on.
type BoxedError = Box<dyn std::error::Error + Send + Sync>;

/// The running program.
pub struct App {
    world: World,
    animation: Animation,
}

impl App {
    /// Builds the world, wires the bus, sets the language, and resumes the stored game or starts the first one.
    ///
    /// # Errors
    /// [`WiringError`](blockers_event_bus::WiringError) if a topic or group is defined twice, or a topic is missing.
    pub fn new(ports: Ports, viewport: Viewport, options: &StartOptions) -> Result<Self, BoxedError> {
        let mut world = World::new();
        ports.install(&mut world);
        let dice = world.non_send_mut::<Box<dyn SeedSource>>().seed();
        world.insert_resource(Dice(Pcg32::seed_from_u64(dice)));
        world.insert_resource(Layout::new(viewport));
        world.insert_resource(options.system);
        world.insert_resource(Gesture::default());
        world.insert_resource(KeyHand::default());
        world.insert_resource(Leading::default());
        world.insert_resource(Drops::default());
        world.insert_resource(Score::default());
        world.insert_resource(OpenPanel::default());
        wiring::wire(&mut world)?;

        let stored = world.non_send::<Box<dyn Storage>>().all();
        let saved = loading::load(&mut world, &stored);
        let seed = options.seed.as_deref().and_then(|text| seed(&mut world, text));
        let asked = seed.map(|seed| Deal::new(GameKind::Seed, seed));
        // After a reload of an address with a seed, its game is resumed.
        let wanted = asked.filter(|asked| saved.as_ref().is_none_or(|saved| saved.timeline.deal() != *asked));
        let (own, cause) = match (saved, wanted) {
            (Some(saved), _) => (saved, Cause::Resumed),
            (None, asked) => (first(&mut world, asked), Cause::Began),
        };
        let mut play = Play::of(own);
        let table = set_table(&mut play, cause);
        world.insert_resource(play);
        loading::archive_finished_game(&mut world);
        let animation = Animation::new(&mut world);
        let mut app = Self { world, animation };
        app.publish(table)?;
        if let Some(Deal { seed, .. }) = wanted.filter(|_| cause == Cause::Resumed) {
            app.command(GameCommand::Request(Wanted::Seed(seed)))?;
        }
        if let Some(link) = &options.link {
            app.replay(link)?;
        }
        Ok(app)
    }

    /// Replays the game of a link. An invalid link leads to a notice.
    ///
    /// # Errors
    /// [`PublishError::Full`] if the topic `command` is full.
    pub fn open(&mut self, link: &str) -> Result<(), PublishError<Command>> {
        if notation::parse_link(link).is_ok() {
            self.world.non_send_mut::<Box<dyn Announcer>>().begin_game();
        }
        self.replay(link)
    }

    fn replay(&mut self, link: &str) -> Result<(), PublishError<Command>> {
        match notation::parse_link(link) {
            Ok(recording) => self.command(ReplayCommand::Open(recording)),
            Err(error) => {
                self.world.non_send_mut::<Box<dyn Announcer>>().notice_for_now(&words::bad_link(&error));
                Ok(())
            }
        }
    }

    /// Publishes a command of the player.
    ///
    /// # Errors
    /// [`PublishError::Full`] if the topic `command` is full.
    pub fn command(&mut self, command: impl Into<Command>) -> Result<(), PublishError<Command>> {
        self.publish(command.into())
    }

    /// Publishes an event. It is delivered in the next frame.
    ///
    /// # Errors
    /// [`PublishError::NoTopic`] if there is no topic of this type.
    pub fn publish<E: Send + Sync + 'static>(&mut self, event: E) -> Result<(), PublishError<E>> {
        self.world.publish(event).map(|_| ())
    }

    /// Lays everything out for another window size. Events that were published before are delivered with the old
    /// layout, and a drag that is in progress continues in the new one.
    ///
    /// # Errors
    /// [`PublishError::Full`] if the topic `pointer` or `drag` is full.
    pub fn resize(&mut self, viewport: Viewport) -> Result<(), BoxedError> {
        let now = self.world.non_send::<Box<dyn Clock>>().now();
        self.world.deliver(timestamp(now));
        self.world.insert_resource(Layout::new(viewport));
        match *self.world.resource::<Gesture>() {
            Gesture::Idle => keyboard::follow(&mut self.world)?,
            Gesture::Dragging { pointer, kind, position, .. } => {
                let phase = PointerPhase::Moved;
                self.publish(PointerEvent::Input(PointerInput { pointer, kind, phase, position }))?;
            }
        }
        Ok(())
    }

    /// Delivers everything that has been published, and advances animations and replays.
    pub fn frame(&mut self) -> Frame {
        let now = self.world.non_send::<Box<dyn Clock>>().now();
        let time = timestamp(now);
        storage_writer::finish(&mut self.world, time);
        failure_report::withdraw_notices(&mut self.world);
        // It fails only if the topic refuses events, and this one discards old events instead.
        let replaying = replaying::advance(&mut self.world, now).unwrap_or(false);
        let delivery = self.world.deliver(time);
        // After the delivery: a button that was pressed before midnight does what its text said then.
        let date = panels::follow_calendar(&mut self.world);
        storage_writer::begin(&mut self.world, time, storage_writer::MAX_IN_FLIGHT);
        // A command that was delivered may have started a replay, which needs the next frame.
        let replaying = replaying || replaying::is_playing(&self.world);
        let moving = self.animation.advance(&mut self.world, now);
        // The world would otherwise keep a list of all removed components, which is never read.
        self.world.clear_trackers();
        let due = delivery.next_due.map(|due| (due.as_millis() as f64 - now).max(0.0));
        let due = due.into_iter().chain(date).reduce(f64::min);
        Frame { now, again: moving || replaying || delivery.overrun, due }
    }

    /// Begins to write everything that the last frame has changed, however slow the storage is. Used when the page may
    /// be closed.
    pub fn flush(&mut self) {
        let now = self.world.non_send::<Box<dyn Clock>>().now();
        storage_writer::begin(&mut self.world, timestamp(now), usize::MAX);
    }

    /// Returns the world, for drawing.
    pub fn world_mut(&mut self) -> &mut World {
        &mut self.world
    }

    /// Returns the world.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }
}

/// The result of a frame.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Frame {
    /// The time of the frame, in milliseconds on the program's clock.
    pub now: f64,
    /// Whether another frame is needed even if no event is published. If not, the program sleeps.
    pub again: bool,
    /// The milliseconds until a frame is needed at the latest, because of a retry, a timeout or the date.
    pub due: Option<f64>,
}

/// Returns the first game if none is stored: of this deal, or of a random one.
fn first(world: &mut World, asked: Option<Deal>) -> OwnGame {
    let mut seeds = world.non_send_mut::<Box<dyn SeedSource>>();
    let deal = asked.unwrap_or_else(|| Deal::new(GameKind::Classic, seeds.seed()));
    OwnGame::new(seeds.seed(), Timeline::new(deal))
}

/// Returns the seed in the address. An invalid one leads to a notice.
fn seed(world: &mut World, text: &str) -> Option<u64> {
    let seed = parse_seed(text);
    if seed.is_none() {
        world.non_send_mut::<Box<dyn Announcer>>().notice_for_now(&words::not_a_seed(text));
    }
    seed
}
