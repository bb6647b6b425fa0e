//! The whole program on one screen: the topics, and who listens to them, in the order of the corridor.
//!
//! The number behind a topic is how many of its newest events it keeps.

use bevy_ecs::world::World;

use crate::bus::{BusExt, Event, Failure, WiringError};
use crate::events::{CommandEvent, DragEvent, Dropped, PointerEvent, ShapeDragEvent, Started};
use crate::handlers::command::{self, CommandHandler, new_game::NewGame, volume::Volume};
use crate::handlers::main_event::{
    self, MainEventHandler, announcement::Announcement, clearing::Clearing, game_over::GameOver,
    persistence::Persistence, placement::Placement, scoring::Scoring, sound::Sound, staging::Staging,
};
use crate::handlers::report::report;
use crate::handlers::shape_drag::{self, ShapeDragHandler, main_area::MainArea, staging_area::StagingArea};
use crate::input::{carrying::carrying, gesture::gesture};

/// Makes the topics and subscribes every handler.
///
/// # Errors
/// [`WiringError`] if this very file contradicts itself.
pub fn wire(world: &mut World) -> Result<(), WiringError> {
    topic::<PointerEvent>(world, "pointer", 64)?;
    world.subscribe::<PointerEvent>("gesture").handler(gesture)?;

    topic::<DragEvent>(world, "drag", 64)?;
    world.subscribe::<DragEvent>("carrying").handler(carrying)?;

    topic::<ShapeDragEvent>(world, "shape drag", 64)?;
    shape_drag::<MainArea>(world)?;
    shape_drag::<StagingArea>(world)?;
    shape_drag::<Sound>(world)?;

    topic::<CommandEvent>(world, "command", 64)?;
    command::<NewGame>(world)?;
    command::<Volume>(world)?;

    topic::<Started>(world, "started", 16)?;
    topic::<Dropped>(world, "dropped", 1024)?;
    main_event::<Placement>(world)?;
    main_event::<Clearing>(world)?;
    main_event::<Scoring>(world)?;
    main_event::<Staging>(world)?;
    main_event::<GameOver>(world)?;
    main_event::<Sound>(world)?;
    main_event::<Persistence>(world)?;
    main_event::<Announcement>(world)?;

    topic::<Failure>(world, "failure", 64)?;
    world.subscribe::<Failure>("report").handler(report)
}

fn topic<E: Event>(world: &mut World, name: &'static str, keep: usize) -> Result<(), WiringError> {
    world.add_topic::<E>(name).max_len(keep).create()
}

fn shape_drag<H: ShapeDragHandler>(world: &mut World) -> Result<(), WiringError> {
    world.subscribe::<ShapeDragEvent>(H::NAME).handler(shape_drag::drive::<H>)
}

fn command<H: CommandHandler>(world: &mut World) -> Result<(), WiringError> {
    world.subscribe::<CommandEvent>(H::NAME).handler(command::drive::<H>)
}

fn main_event<H: MainEventHandler>(world: &mut World) -> Result<(), WiringError> {
    world.subscribe::<Started>(H::NAME).handler(main_event::drive_starts::<H>)?;
    world.subscribe::<Dropped>(H::NAME).handler(main_event::drive::<H>)
}
