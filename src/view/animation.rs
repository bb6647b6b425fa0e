//! How long things move and in what manner, and the end of what has moved enough.
//!
//! Comes in: components with a `since`, and the time. Goes out: how far each is, and whether another frame is wanted.

use bevy_ecs::prelude::*;

use crate::world::{
    Arriving, Carried, Ended, Leaving, MotionChoice, Returning, ScoreBump, Settings, Settling, SystemWishes,
};

/// Milliseconds from the size in the slot to the size on the board.
pub const PICK_UP: f64 = 90.0;
/// Milliseconds in which a placed tile settles.
pub const SETTLE: f64 = 90.0;
/// Milliseconds in which a refused shape springs back.
pub const RETURN: f64 = 180.0;
/// Milliseconds in which one cleared tile goes.
pub const LEAVE: f64 = 190.0;
/// How much later a cleared tile goes than its neighbour that is nearer to the shape, in milliseconds.
pub const APART: u64 = 25;
/// Milliseconds in which a dealt shape slides in.
pub const ARRIVE: f64 = 240.0;
/// Milliseconds for which points are shown.
pub const BUMP: f64 = 1000.0;
/// Milliseconds in which the board fades when the game is over.
pub const FADE: f64 = 700.0;

/// Opacity at which a thing begins that fades in and was there before, elsewhere or as a phantom.
const PALE: f32 = 0.4;

/// How much the player wants things to move.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Motion {
    /// All of it.
    #[default]
    Full,
    /// Nothing changes its place or its size on its own; what comes and goes fades.
    Reduced,
}

/// How a thing that comes looks on its way.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Coming {
    /// How far it has come, 0 to 1, and perhaps a little beyond.
    pub way: f32,
    /// How much of it is seen, 0 to 1.
    pub opacity: f32,
}

impl Motion {
    /// What was chosen, or else what the system asks for.
    #[must_use]
    pub fn of(settings: &Settings, system: SystemWishes) -> Self {
        match settings.motion {
            MotionChoice::System if system.still => Self::Reduced,
            MotionChoice::System | MotionChoice::Full => Self::Full,
            MotionChoice::Reduced => Self::Reduced,
        }
    }

    /// As the style sheet calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Reduced => "reduced",
        }
    }

    /// How far a thing has come on its way, of a progress from 0 to 1: with less motion it is there at once.
    #[must_use]
    pub fn travelled(self, eased: f32) -> f32 {
        match self {
            Self::Full => eased,
            Self::Reduced => 1.0,
        }
    }

    /// A thing that comes from somewhere, at a progress from 0 to 1 and where that would have brought it. With less motion it is
    /// there at once, and fades in.
    #[must_use]
    pub fn coming(self, progress: f32, eased: f32) -> Coming {
        match self {
            Self::Full => Coming { way: eased, opacity: 1.0 },
            Self::Reduced => Coming { way: 1.0, opacity: PALE + (1.0 - PALE) * progress },
        }
    }

    /// When a cleared tile begins to go: in its turn, or with less motion all at once.
    #[must_use]
    pub fn leaves_at(self, leaving: &Leaving) -> u64 {
        match self {
            Self::Full => leaving.since + APART * leaving.steps,
            Self::Reduced => leaving.since,
        }
    }

    /// Milliseconds in which the board fades when the game is over.
    #[must_use]
    pub fn fade(self) -> f64 {
        match self {
            Self::Full => FADE,
            Self::Reduced => 200.0,
        }
    }
}

/// The share of a duration that is over, 0 to 1.
#[must_use]
pub fn progress(now: f64, since: u64, duration: f64) -> f32 {
    ((now - since as f64) / duration).clamp(0.0, 1.0) as f32
}

/// Quick at first, gentle at the end.
#[must_use]
pub fn ease_out(t: f32) -> f32 {
    1.0 - (1.0 - t).powi(3)
}

/// As [`ease_out`], but beyond the end and back: it settles with a give. Beyond 1 it overshoots by less than a 25th, beyond 1.6 by
/// nearly a tenth, beyond 4 by more than a third.
#[must_use]
pub fn ease_out_back(t: f32, beyond: f32) -> f32 {
    1.0 + (beyond + 1.0) * (t - 1.0).powi(3) + beyond * (t - 1.0).powi(2)
}

/// Ends what has moved enough.
pub struct Animation {
    settling: QueryState<(Entity, &'static Settling)>,
    returning: QueryState<(Entity, &'static Returning)>,
    arriving: QueryState<(Entity, &'static Arriving)>,
    leaving: QueryState<(Entity, &'static Leaving)>,
    bumps: QueryState<(Entity, &'static ScoreBump)>,
    carried: QueryState<&'static Carried>,
}

impl Animation {
    /// Of what moves in this world.
    #[must_use]
    pub fn new(world: &mut World) -> Self {
        Self {
            settling: QueryState::new(world),
            returning: QueryState::new(world),
            arriving: QueryState::new(world),
            leaving: QueryState::new(world),
            bumps: QueryState::new(world),
            carried: QueryState::new(world),
        }
    }

    /// Ends what has moved enough now. Returns whether anything is moving still.
    pub fn advance(&mut self, world: &mut World, now: f64) -> bool {
        let motion = Motion::of(world.resource::<Settings>(), *world.resource::<SystemWishes>());
        let mut moving = false;
        let mut running = |since: u64, duration: f64| {
            let runs = now < since as f64 + duration;
            moving |= runs;
            runs
        };
        let mut ended: Vec<(Entity, End)> = Vec::new();
        for (entity, settling) in self.settling.iter(world) {
            ended.extend((!running(settling.since, SETTLE)).then_some((entity, End::Settling)));
        }
        for (entity, returning) in self.returning.iter(world) {
            ended.extend((!running(returning.since, RETURN)).then_some((entity, End::Returning)));
        }
        for (entity, arriving) in self.arriving.iter(world) {
            ended.extend((!running(arriving.since, ARRIVE)).then_some((entity, End::Arriving)));
        }
        for (entity, leaving) in self.leaving.iter(world) {
            ended.extend((!running(motion.leaves_at(leaving), LEAVE)).then_some((entity, End::Gone)));
        }
        for (entity, bump) in self.bumps.iter(world) {
            ended.extend((!running(bump.since, BUMP)).then_some((entity, End::Gone)));
        }
        for carried in self.carried.iter(world) {
            running(carried.since, PICK_UP);
        }
        if let Some(over) = world.get_resource::<Ended>() {
            running(over.since, motion.fade());
        }
        for (entity, end) in ended {
            let mut entity = world.entity_mut(entity);
            match end {
                End::Settling => drop(entity.remove::<Settling>()),
                End::Returning => drop(entity.remove::<Returning>()),
                End::Arriving => drop(entity.remove::<Arriving>()),
                End::Gone => entity.despawn(),
            }
        }
        moving
    }
}

/// What becomes of an entity whose time is up.
enum End {
    Settling,
    Returning,
    Arriving,
    Gone,
}
