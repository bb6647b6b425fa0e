//! The whole program on one screen: the topics, and who listens to them under which policy, in the order of the corridor.

use bevy_ecs::world::World;

use crate::bus::{Answer, Backoff, BusExt, DeadLetter, Failure, Request, RequestExt, WiringError};
use crate::events::fits::{Fits, WhereFits};
use crate::events::{
    CommandEvent, DragEvent, Dropped, GameEnded, KeyEvent, PointerEvent, RecordChanged, ShapeDragEvent, TableSet,
};
use crate::handlers::command::{
    self, CommandHandler, choosing::Choosing, inspector::InspectorPanel, new_game::NewGame, panels::Panels,
    replaying::Replaying, second_try::SecondTry, sharing::Sharing, transfer::Transfer, undo::Undo, volume::Volume,
};
use crate::handlers::game_ended::{self, GameEndedHandler, daily::Daily, statistics::Statistics};
use crate::handlers::hovering::hovering;
use crate::handlers::main_event::{
    self, MainEventHandler, announcement::Announcement, clearing::Clearing, feel::Feel, game_over::GameOver,
    persistence::Persistence, placement::Placement, saving::Saving, scoring::Scoring, sound::Sound, staging::Staging,
};
use crate::handlers::report::{Lost, Recorder, report, report_lost};
use crate::handlers::shape_drag::orientation::{self, Orientation};
use crate::handlers::shape_drag::{self, ShapeDragHandler, main_area::MainArea, staging_area::StagingArea};
use crate::handlers::storing::Storing;
use crate::input::keyboard::{give_way, keyboard};
use crate::input::{carrying::carrying, gesture, gesture::gesture};

/// A sound or a tick that comes later than this is worse than none, in milliseconds.
const STALE: u64 = 150;
/// A storage that refuses is asked again after so long, and longer.
const STORAGE_BACKOFF: Backoff = Backoff::Doubling { first: 250, most: 4_000 };
const STORAGE_TRIES: u32 = 5;
/// Changes that are kept, and their bytes. What a write has must stay there until it is answered for, on a slow disk too: an archive
/// is of two megabytes at most, a game of some hundred thousand, an imported file of sixteen megabytes.
const CHANGES: usize = 4_096;
const CHANGED: usize = 32 << 20;
/// Ends of games by which the statistics know what they have counted.
const COUNTED: usize = 256;

/// Makes the topics and subscribes every handler.
///
/// # Errors
/// [`WiringError`] if this very file contradicts itself.
pub fn wire(world: &mut World) -> Result<(), WiringError> {
    world.add_topic::<PointerEvent>("pointer").max_len(64).create()?;
    world.subscribe::<PointerEvent>("keyboard").handler(give_way)?;
    world.subscribe::<PointerEvent>("gesture").handler(gesture)?;

    world.add_topic::<KeyEvent>("key").max_len(64).create()?;
    world.subscribe::<KeyEvent>("keyboard").handler(keyboard)?;
    world.subscribe::<KeyEvent>("hovering").handler(hovering)?;

    world.add_topic::<DragEvent>("drag").max_len(64).create()?;
    world.subscribe::<DragEvent>("carrying").handler(carrying)?;

    world.add_topic::<ShapeDragEvent>("shape drag").max_len(64).create()?;
    shape_drag::<MainArea>(world)?;
    shape_drag::<StagingArea>(world)?;
    shape_drag::<Sound>(world)?;
    shape_drag::<Feel>(world)?;
    shape_drag::<Orientation>(world)?;

    world.add_requests::<WhereFits, Fits>("fits")?;
    world.subscribe::<Request<WhereFits>>("rules").handler(orientation::reply)?;
    world.subscribe::<Answer<Fits>>("announcement").handler(orientation::say)?;

    world.add_topic::<CommandEvent>("command").max_len(64).create()?;
    command::<NewGame>(world)?;
    command::<Undo>(world)?;
    command::<Replaying>(world)?;
    command::<Panels>(world)?;
    command::<Sharing>(world)?;
    command::<Transfer>(world)?;
    command::<SecondTry>(world)?;
    command::<Volume>(world)?;
    command::<Choosing>(world)?;
    command::<InspectorPanel>(world)?;
    world.subscribe::<CommandEvent>("gesture").handler(gesture::give_way)?;

    world.add_topic::<TableSet>("table set").max_len(16).create()?;
    world.add_topic::<Dropped>("dropped").max_len(1024).create()?;
    comparing::<Placement>(world)?;
    main_event::<Clearing>(world)?;
    main_event::<Scoring>(world)?;
    comparing::<Staging>(world)?;
    main_event::<Persistence>(world)?;
    main_event::<Saving>(world)?;
    main_event::<GameOver>(world)?;

    on_set::<Sound>(world)?;
    let sound = world.subscribe::<Dropped>(<Sound as MainEventHandler>::NAME).at_most_once().ttl(STALE);
    sound.handler(main_event::drive::<Sound>)?;
    let feel = world.subscribe::<Dropped>(<Feel as MainEventHandler>::NAME).at_most_once().ttl(STALE);
    feel.handler(main_event::drive::<Feel>)?;

    on_set::<Announcement>(world)?;
    world.subscribe::<Dropped>(Announcement::NAME).handler(main_event::drive_newest::<Announcement>)?;

    let recorder = world.subscribe::<Dropped>("recorder").at_most_once().pull()?;
    world.insert_resource(Recorder(recorder));

    world.add_topic::<GameEnded>("game ended").max_len(16).create()?;
    let statistics = world.subscribe::<GameEnded>(Statistics::NAME).effectively_once(COUNTED, |ended| ended.end);
    statistics.handler(game_ended::drive::<Statistics>)?;
    world.subscribe::<GameEnded>(Daily::NAME).handler(game_ended::drive::<Daily>)?;

    let changes = world
        .add_topic::<RecordChanged>("record changed")
        .max_len(CHANGES)
        .max_bytes(CHANGED, |change| change.text.len());
    changes.dead_letters(256).create()?;
    let storage = world.subscribe::<RecordChanged>("storage").at_least_once();
    let storage = storage.max_deliver(STORAGE_TRIES).backoff(STORAGE_BACKOFF).pull()?;
    world.insert_resource(Storing::new(storage));
    world.init_resource::<Lost>();
    world.subscribe::<DeadLetter<RecordChanged>>("report").handler(report_lost)?;

    world.add_topic::<Failure>("failure").max_len(64).create()?;
    world.subscribe::<Failure>("report").handler(report)
}

fn shape_drag<H: ShapeDragHandler>(world: &mut World) -> Result<(), WiringError> {
    world.subscribe::<ShapeDragEvent>(H::NAME).handler(shape_drag::drive::<H>)
}

fn command<H: CommandHandler>(world: &mut World) -> Result<(), WiringError> {
    world.subscribe::<CommandEvent>(H::NAME).handler(command::drive::<H>)
}

fn main_event<H: MainEventHandler>(world: &mut World) -> Result<(), WiringError> {
    on_set::<H>(world)?;
    world.subscribe::<Dropped>(H::NAME).handler(main_event::drive::<H>)
}

/// A main event handler that compares what lies on the table with what is to lie there.
fn comparing<H: MainEventHandler>(world: &mut World) -> Result<(), WiringError> {
    world.subscribe::<TableSet>(H::NAME).handler(main_event::drive_newest_set::<H>)?;
    world.subscribe::<Dropped>(H::NAME).handler(main_event::drive::<H>)
}

fn on_set<H: MainEventHandler>(world: &mut World) -> Result<(), WiringError> {
    world.subscribe::<TableSet>(H::NAME).handler(main_event::drive_sets::<H>)
}
