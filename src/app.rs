//! The program without a page: builds the world, takes events in, and turns time into frames.
//!
//! Comes in: ports, a window, events. Goes out: a world that the view can draw, and whether there is anything to wait for.

use bevy_ecs::prelude::*;
use rand::SeedableRng;
use rand_pcg::Pcg32;

use crate::bus::{BusExt, Event, WiringError};
use crate::events::{PointerEvent, PointerPhase};
use crate::handlers::command::new_game::beginning;
use crate::handlers::command::volume::SOUND;
use crate::handlers::main_event::persistence::{BEST, StoredBest};
use crate::handlers::main_event::sound::Dice;
use crate::handlers::main_event::statistics::TOTALS;
use crate::input::gesture::Gesture;
use crate::ports::{Announcer, Audio, Clock, Ports, SeedSource, Storage};
use crate::rules::{Dealer, Game};
use crate::view::animation::{self, Motion};
use crate::wiring;
use crate::words;
use crate::world::layout::{Layout, Viewport};
use crate::world::{Drops, Play, Score, SoundSettings, Totals};

/// What a page may ask for at the start.
#[derive(Clone, Default, Debug)]
pub struct Wishes {
    /// The seed of the first game, as the address has it. What is not one gets a notice and a random seed.
    pub seed: Option<String>,
    /// Does the player want less motion?
    pub motion: Motion,
}

/// The running program.
pub struct App {
    world: World,
}

impl App {
    /// Builds the world, wires the bus, and starts the first game.
    ///
    /// # Errors
    /// [`WiringError`] if the wiring contradicts itself.
    pub fn new(ports: Ports, viewport: Viewport, wishes: &Wishes) -> Result<Self, WiringError> {
        let mut world = World::new();
        ports.install(&mut world);
        let seed = first_seed(&mut world, wishes.seed.as_deref());
        let game = Game::new(Dealer::classic(seed));
        let started = beginning(&game);
        let dice = world.non_send_mut::<Box<dyn SeedSource>>().seed();

        world.insert_resource(Play(game));
        world.insert_resource(Dice(Pcg32::seed_from_u64(dice)));
        world.insert_resource(Layout::new(viewport));
        world.insert_resource(wishes.motion);
        world.init_resource::<Gesture>();
        world.init_resource::<Drops>();
        let mut notices = Vec::new();
        let best = stored(&world, BEST, |text| text.parse().ok(), &mut notices);
        world.insert_resource(StoredBest(best));
        world.insert_resource(Score { points: 0, best });
        let sound = stored(&world, SOUND, SoundSettings::parse, &mut notices);
        let totals: Totals = stored(&world, TOTALS, Totals::parse, &mut notices);
        world.insert_resource(totals);
        notices.dedup();
        for notice in notices {
            world.non_send_mut::<Box<dyn Announcer>>().notice(&notice);
        }
        world.non_send_mut::<Box<dyn Audio>>().set_volume(sound.loudness());
        world.insert_resource(sound);

        wiring::wire(&mut world)?;
        let mut app = Self { world };
        app.publish(started)?;
        Ok(app)
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
    /// [`WiringError::Full`] if the topic of pointer events is.
    pub fn resize(&mut self, viewport: Viewport) -> Result<(), WiringError> {
        let now = self.world.non_send::<Box<dyn Clock>>().now();
        self.world.deliver(now.max(0.0) as u64);
        self.world.insert_resource(Layout::new(viewport));
        match *self.world.resource::<Gesture>() {
            Gesture::Idle => Ok(()),
            Gesture::Dragging { pointer, kind, position, .. } => {
                self.publish(PointerEvent { pointer, kind, phase: PointerPhase::Moved, position })
            }
        }
    }

    /// Deals with everything that has been published, and moves on what is moving.
    pub fn frame(&mut self) -> Frame {
        let now = self.world.non_send::<Box<dyn Clock>>().now();
        let delivery = self.world.deliver(now.max(0.0) as u64);
        let moving = animation::advance(&mut self.world, now);
        // Nobody asks which components were removed, and the world would keep a list of them for ever.
        self.world.clear_trackers();
        let due = delivery.next_due.map(|due| (due as f64 - now).max(0.0));
        Frame { now, again: moving || delivery.overrun, due }
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

fn first_seed(world: &mut World, asked: Option<&str>) -> u64 {
    if let Some(text) = asked {
        match text.parse() {
            Ok(seed) => return seed,
            Err(_) => world.non_send_mut::<Box<dyn Announcer>>().notice(&words::not_a_seed(text)),
        }
    }
    world.non_send_mut::<Box<dyn SeedSource>>().seed()
}

/// What is stored under a key; the default and a notice where that is nothing to be understood.
fn stored<T: Default>(world: &World, key: &str, parse: impl Fn(&str) -> Option<T>, notices: &mut Vec<String>) -> T {
    let notice = match world.non_send::<Box<dyn Storage>>().read(key) {
        Ok(None) => return T::default(),
        Ok(Some(text)) => match parse(&text) {
            Some(value) => return value,
            None => words::stored_nonsense(key),
        },
        Err(error) => words::storage_unreadable(&error),
    };
    notices.push(notice);
    T::default()
}
