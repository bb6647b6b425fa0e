//! The program without a page: builds the world, takes events in, and turns time into frames.
//!
//! Comes in: ports, a window, events. Goes out: a world that the view can draw, and whether there is anything to wait for.

use bevy_ecs::prelude::*;
use rand::SeedableRng;
use rand_pcg::Pcg32;

use crate::bus::{BusExt, Event, WiringError};
use crate::events::{Cause, CommandEvent, PointerEvent, PointerPhase, TableSet};
use crate::handlers::main_event::sound::Dice;
use crate::handlers::{report, storing};
use crate::input::gesture::Gesture;
use crate::input::{keyboard, replaying};
use crate::loading;
use crate::ports::{Announcer, Clock, Ports, SeedSource, Storage};
use crate::rules::{Deal, GameKind, Timeline, notation};
use crate::view::animation::Animation;
use crate::wiring;
use crate::words;
use crate::world::layout::{Layout, Viewport};
use crate::world::{Drops, KeyHand, OpenPanel, OwnGame, Play, Score, SystemWishes, Wanted};

/// What a page may ask for at the start.
#[derive(Clone, Default, Debug)]
pub struct Wishes {
    /// The seed of the first game, as the address has it. What is not one gets a notice and a random seed.
    pub seed: Option<String>,
    /// The link of a game to be shown: what follows `#g=` in the address.
    pub link: Option<String>,
    /// What the player's system asks for.
    pub system: SystemWishes,
}

/// The running program.
pub struct App {
    world: World,
    animation: Animation,
}

impl App {
    /// Speaks the player's language, builds the world, wires the bus, and starts the first game.
    ///
    /// # Errors
    /// [`WiringError`] if the wiring contradicts itself.
    pub fn new(ports: Ports, viewport: Viewport, wishes: &Wishes) -> Result<Self, WiringError> {
        let mut world = World::new();
        ports.install(&mut world);
        let dice = world.non_send_mut::<Box<dyn SeedSource>>().seed();
        world.insert_resource(Dice(Pcg32::seed_from_u64(dice)));
        world.insert_resource(Layout::new(viewport));
        world.insert_resource(wishes.system);
        world.init_resource::<Gesture>();
        world.init_resource::<KeyHand>();
        world.init_resource::<Drops>();
        world.init_resource::<Score>();
        world.init_resource::<OpenPanel>();
        wiring::wire(&mut world)?;

        let stored = world.non_send::<Box<dyn Storage>>().all();
        let saved = loading::load(&mut world, &stored);
        let seed = wishes.seed.as_deref().and_then(|text| seed(&mut world, text));
        let asked = seed.map(|seed| Deal::new(GameKind::Seed, seed));
        // A reload of an address with a seed goes on with its game.
        let wanted = asked.filter(|asked| saved.as_ref().is_none_or(|saved| saved.timeline.deal() != *asked));
        let (own, cause) = match (saved, wanted) {
            (Some(saved), _) => (saved, Cause::Resumed),
            (None, asked) => (first(&mut world, asked), Cause::Began),
        };
        let mut play = Play::of(own);
        let table = TableSet::of(&mut play, cause);
        world.insert_resource(play);
        loading::end_again(&mut world);
        let animation = Animation::new(&mut world);
        let mut app = Self { world, animation };
        app.publish(table)?;
        if let Some(Deal { seed, .. }) = wanted.filter(|_| cause == Cause::Resumed) {
            app.publish(CommandEvent::GameRequested(Wanted::Seed(seed)))?;
        }
        if let Some(link) = &wishes.link {
            app.open(link)?;
        }
        Ok(app)
    }

    /// Shows the game that a link has. What is not one gets a notice.
    ///
    /// # Errors
    /// [`WiringError::Full`] if the topic of commands is.
    pub fn open(&mut self, link: &str) -> Result<(), WiringError> {
        match notation::parse_link(link) {
            Ok(recording) => self.publish(CommandEvent::RecordingOpened(recording)),
            Err(error) => {
                let sentence = words::bad_link(&error);
                let mut announcer = self.world.non_send_mut::<Box<dyn Announcer>>();
                if !announcer.shows(&sentence) {
                    announcer.notice(&sentence);
                }
                Ok(())
            }
        }
    }

    /// Takes an event in. It is dealt with in the next frame.
    ///
    /// # Errors
    /// [`WiringError::NoTopic`] if nothing of its kind was wired.
    pub fn publish<E: Event>(&mut self, event: E) -> Result<(), WiringError> {
        self.world.publish(event).map(|_| ())
    }

    /// Lays everything out for another window. What was published before is dealt with in the window that it was meant for;
    /// a drag that is going on goes on in the new one.
    ///
    /// # Errors
    /// [`WiringError::Full`] if the topic of pointer events is, or that of drags.
    pub fn resize(&mut self, viewport: Viewport) -> Result<(), WiringError> {
        let now = self.world.non_send::<Box<dyn Clock>>().now();
        self.world.deliver(now.max(0.0) as u64);
        self.world.insert_resource(Layout::new(viewport));
        match *self.world.resource::<Gesture>() {
            Gesture::Idle => keyboard::follow(&mut self.world),
            Gesture::Dragging { pointer, kind, position, .. } => {
                self.publish(PointerEvent { pointer, kind, phase: PointerPhase::Moved, position })
            }
        }
    }

    /// Deals with everything that has been published, and moves on what is moving.
    pub fn frame(&mut self) -> Frame {
        let now = self.world.non_send::<Box<dyn Clock>>().now();
        let time = now.max(0.0) as u64;
        let stored = storing::finish(&mut self.world, time);
        report::withdraw(&mut self.world, &stored);
        // Its topic is retained by length, and takes whatever comes.
        let replaying = replaying::advance(&mut self.world, now).unwrap_or(false);
        let delivery = self.world.deliver(time);
        storing::begin(&mut self.world, time);
        // What was delivered may have set it going, and nobody else would ask for the next frame.
        let replaying = replaying || replaying::is_playing(&self.world);
        let moving = self.animation.advance(&mut self.world, now);
        // Nobody asks which components were removed, and the world would keep a list of them for ever.
        self.world.clear_trackers();
        let due = delivery.next_due.map(|due| (due as f64 - now).max(0.0));
        let due = due.into_iter().chain(storing::retry(&self.world, time)).reduce(f64::min);
        Frame { now, again: moving || replaying || delivery.overrun, due }
    }

    /// The world, for whoever draws it.
    pub fn world_mut(&mut self) -> &mut World {
        &mut self.world
    }

    /// The world, for whoever looks at it.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }
}

/// What one frame left behind.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Frame {
    /// When it was, in milliseconds on the program's clock.
    pub now: f64,
    /// Is another frame wanted, without any event? If not, the program sleeps.
    pub again: bool,
    /// In how many milliseconds one is wanted at the latest, because something is tried again or times out then.
    pub due: Option<f64>,
}

/// The game of a program that has none stored: of this deal, or of one that nobody could foresee.
fn first(world: &mut World, asked: Option<Deal>) -> OwnGame {
    let mut seeds = world.non_send_mut::<Box<dyn SeedSource>>();
    let deal = asked.unwrap_or_else(|| Deal::new(GameKind::Classic, seeds.seed()));
    OwnGame::new(seeds.seed(), Timeline::new(deal))
}

/// The seed that the address asks for. What is not one gets a notice.
fn seed(world: &mut World, text: &str) -> Option<u64> {
    let seed = text.parse().ok();
    if seed.is_none() {
        world.non_send_mut::<Box<dyn Announcer>>().notice(&words::not_a_seed(text));
    }
    seed
}
