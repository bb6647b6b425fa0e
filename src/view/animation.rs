//! Durations and easing curves of the animations, and the removal of finished ones.
//!
//! An animated component has the time of its start in `since`. Everything else follows from that and the current time.

use bevy_ecs::prelude::*;

use crate::world::{
    Arriving, Carried, Ended, Leaving, MotionChoice, Returning, ScoreBump, Settings, Settling, SystemPreferences,
};

/// Milliseconds in which a shape grows from its size in the slot to its size on the board.
pub const PICK_UP: f64 = 90.0;
/// Milliseconds in which a placed tile settles.
pub const SETTLE: f64 = 90.0;
/// Milliseconds in which a refused shape springs back.
pub const RETURN: f64 = 180.0;
/// Milliseconds in which one cleared tile disappears.
pub const LEAVE: f64 = 190.0;
/// Milliseconds by which a cleared tile starts later than its neighbour that is nearer to the placed shape.
pub const LEAVE_STAGGER: u64 = 25;
/// Milliseconds in which a dealt shape slides in.
pub const ARRIVE: f64 = 240.0;
/// Milliseconds for which the points of a drop are shown.
pub const BUMP: f64 = 1000.0;
/// Milliseconds in which the board darkens when the game is over.
pub const FADE: f64 = 700.0;

/// Opacity at which a fade-in starts. It is not 0, because the thing was visible before: elsewhere, or as a phantom.
const FADE_IN_START: f32 = 0.4;

/// How much is animated.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Motion {
    /// Everything.
    #[default]
    Full,
    /// Nothing moves or changes its size by itself. Things fade in and out.
    Reduced,
}

/// A moment of an animation that brings something to its place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Arrival {
    /// The share of the distance that is travelled, from 0 to 1, or a little more where it overshoots.
    pub travelled: f32,
    /// The opacity, from 0 to 1.
    pub opacity: f32,
}

impl Motion {
    /// Returns what the player has chosen, or else what the system prefers.
    #[must_use]
    pub fn of(settings: &Settings, system: SystemPreferences) -> Self {
        match settings.motion {
            MotionChoice::System if system.still => Self::Reduced,
            MotionChoice::System | MotionChoice::Full => Self::Full,
            MotionChoice::Reduced => Self::Reduced,
        }
    }

    /// Returns the name in the style sheet.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Reduced => "reduced",
        }
    }

    /// Returns the share of the distance that is travelled: `eased` with full motion, all of it with reduced motion.
    #[must_use]
    pub fn travelled(self, eased: f32) -> f32 {
        match self {
            Self::Full => eased,
            Self::Reduced => 1.0,
        }
    }

    /// Returns the moment at this progress, from 0 to 1. `eased` is the share of the distance that is travelled with
    /// full motion. With reduced motion the thing is at its place at once, and fades in.
    #[must_use]
    pub fn arrival(self, progress: f32, eased: f32) -> Arrival {
        match self {
            Self::Full => Arrival { travelled: eased, opacity: 1.0 },
            Self::Reduced => Arrival { travelled: 1.0, opacity: FADE_IN_START + (1.0 - FADE_IN_START) * progress },
        }
    }

    /// Returns the time at which a cleared tile starts to disappear: one after the other with full motion, all at once
    /// with reduced motion.
    #[must_use]
    pub fn leaves_at(self, leaving: &Leaving) -> u64 {
        match self {
            Self::Full => leaving.since + LEAVE_STAGGER * leaving.steps,
            Self::Reduced => leaving.since,
        }
    }

    /// Returns the milliseconds in which the board darkens when the game is over.
    #[must_use]
    pub fn fade(self) -> f64 {
        match self {
            Self::Full => FADE,
            Self::Reduced => 200.0,
        }
    }
}

/// Returns the share of a duration that has passed, from 0 to 1. All arguments are in milliseconds.
#[must_use]
pub fn progress(now: f64, since: u64, duration: f64) -> f32 {
    ((now - since as f64) / duration).clamp(0.0, 1.0) as f32
}

/// Eases from 0 to 1: fast at first, slow at the end.
#[must_use]
pub fn ease_out(t: f32) -> f32 {
    1.0 - (1.0 - t).powi(3)
}

/// Like [`ease_out`], but goes beyond the end and comes back. An `overshoot` of 1 goes less than 4 % beyond, 1.6 nearly
/// 10 %, and 4 more than a third.
#[must_use]
pub fn ease_out_back(t: f32, overshoot: f32) -> f32 {
    1.0 + (overshoot + 1.0) * (t - 1.0).powi(3) + overshoot * (t - 1.0).powi(2)
}

/// Removes finished animations from the world. It keeps the queries for that.
pub struct Animation {
    settling: QueryState<(Entity, &'static Settling)>,
    returning: QueryState<(Entity, &'static Returning)>,
    arriving: QueryState<(Entity, &'static Arriving)>,
    leaving: QueryState<(Entity, &'static Leaving)>,
    bumps: QueryState<(Entity, &'static ScoreBump)>,
    carried: QueryState<&'static Carried>,
}

impl Animation {
    /// Prepares the queries for this world.
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

    /// Removes the animations that are finished at this time, in milliseconds. Returns `true` if others are still
    /// running.
    pub fn advance(&mut self, world: &mut World, now: f64) -> bool {
        let motion = Motion::of(world.resource::<Settings>(), *world.resource::<SystemPreferences>());
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
            ended.extend((!running(motion.leaves_at(leaving), LEAVE)).then_some((entity, End::Despawn)));
        }
        for (entity, bump) in self.bumps.iter(world) {
            ended.extend((!running(bump.since, BUMP)).then_some((entity, End::Despawn)));
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
                End::Settling => {
                    entity.remove::<Settling>();
                }
                End::Returning => {
                    entity.remove::<Returning>();
                }
                End::Arriving => {
                    entity.remove::<Arriving>();
                }
                End::Despawn => entity.despawn(),
            }
        }
        moving
    }
}

/// What is removed at the end of an animation: a component, or the whole entity.
enum End {
    Settling,
    Returning,
    Arriving,
    Despawn,
}
