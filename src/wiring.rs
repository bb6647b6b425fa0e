//! Every topic, and every handler that is subscribed to it with its delivery policy, in the order of the data flow.
//!
//! A producer is a system with a `Publisher` parameter, or calls `world.publish`; the comment above each topic names
//! them.

use std::time::Duration;

use bevy_ecs::world::World;

use crate::events::fits::{Fits, WhereFits};
use crate::events::{
    Command, DragEvent, Dropped, GameEnded, KeyEvent, PointerEvent, RecordChanged, ShapeDragEvent, TableSet,
};
use crate::handlers::failure_report::{self, Recorder, Unstored};
use crate::handlers::storage_writer::StorageWriter;
use crate::handlers::{command, game_ended, hover_announcement, main_event, shape_drag};
use crate::input::{carrying, gesture, keyboard};
use crate::world::StorageState;
use blockers_event_bus::{Backoff, DeadLetter, Failure, Request, RequestExt, WiringError, WorldBusExt};

/// The time after which a sound or a haptic tick is not played any more.
const FEEDBACK_TTL: Duration = Duration::from_millis(150);
/// The time between two tries to write to the storage.
const STORAGE_BACKOFF: Backoff = Backoff::Doubling { first: Duration::from_millis(250), most: Duration::from_secs(4) };
const STORAGE_TRIES: u32 = 5;
/// The time after which the question where a shape fits is not answered any more.
const FITS_TIMEOUT: Duration = Duration::from_secs(1);
/// Changes of records that are retained, and their bytes. A change must be retained until its write is finished, even
/// on a slow disk. An archive has at most two megabytes, a game some hundred thousand bytes, an imported file sixteen
/// megabytes.
const MAX_CHANGES: usize = 4_096;
const MAX_CHANGE_BYTES: usize = 32 << 20;
/// Ends of games that the statistics remember, so as to count each once.
const ENDS_WINDOW: usize = 256;

/// Creates the topics and subscribes every handler.
///
/// # Errors
/// [`WiringError`] if a topic or a group is defined twice, or a group's topic is missing.
pub fn wire(world: &mut World) -> Result<(), WiringError> {
    // From the page's listeners, from `gesture` when a panel opens, and from `App::resize`.
    world.add_topic::<PointerEvent>("pointer").max_len(64).create()?;
    world.subscribe::<PointerEvent>("keyboard").handler(keyboard::on_pointer)?;
    world.subscribe::<PointerEvent>("gesture").handler(gesture::on_pointer)?;

    // From the page's listeners, and from `gesture` when a shape is tapped.
    world.add_topic::<KeyEvent>("key").max_len(64).create()?;
    world.subscribe::<KeyEvent>("keyboard").handler(keyboard::on_key)?;
    world.subscribe::<KeyEvent>("hover announcement").handler(hover_announcement::on_key)?;

    // From `gesture`, `keyboard` and `replaying`.
    world.add_topic::<DragEvent>("drag").max_len(64).create()?;
    world.subscribe::<DragEvent>("carrying").handler(carrying::on_drag)?;

    // From `carrying`.
    world.add_topic::<ShapeDragEvent>("shape drag").max_len(64).create()?;
    world.subscribe::<ShapeDragEvent>("main area").handler(shape_drag::main_area::on_drag)?;
    world.subscribe::<ShapeDragEvent>("staging area").handler(shape_drag::staging_area::on_drag)?;
    world.subscribe::<ShapeDragEvent>("scoring").handler(main_event::scoring::on_drag)?;
    world.subscribe::<ShapeDragEvent>("sound").handler(main_event::sound::on_drag)?;
    world.subscribe::<ShapeDragEvent>("haptics").handler(main_event::haptics::on_drag)?;
    world.subscribe::<ShapeDragEvent>("fit hint").handler(shape_drag::fit_hint::on_drag)?;

    // From `fit hint`, which asks and gets the answer.
    world.add_requests::<WhereFits, Fits>("fits").timeout(FITS_TIMEOUT).create()?;
    world.subscribe::<Request<WhereFits>>("rules").handler(shape_drag::fit_hint::on_request)?;
    world.subscribe_answers::<Fits>("fit hint").handler(shape_drag::fit_hint::on_answer)?;

    // From the page's buttons, keys and forms, and from the address.
    world.add_topic::<Command>("command").max_len(64).create()?;
    world.subscribe::<Command>("new game").handler(command::new_game::on_command)?;
    world.subscribe::<Command>("undo").handler(command::undo::on_command)?;
    world.subscribe::<Command>("replay").handler(command::replay::on_command)?;
    world.subscribe::<Command>("panels").handler(command::panels::on_command)?;
    world.subscribe::<Command>("share").handler(command::share::on_command)?;
    world.subscribe::<Command>("backup").handler(command::backup::on_command)?;
    world.subscribe::<Command>("redelivery").handler(command::redelivery::on_command)?;
    world.subscribe::<Command>("volume").handler(command::volume::on_command)?;
    world.subscribe::<Command>("settings").handler(command::settings::on_command)?;
    world.subscribe::<Command>("inspector panel").handler(command::inspector::on_command)?;
    world.subscribe::<Command>("gesture").handler(gesture::on_command)?;

    // From `new game`, `undo` and `replay`, from `App::new` at the start, and from `loading` after an import.
    world.add_topic::<TableSet>("table set").max_len(16).create()?;
    world.subscribe::<TableSet>("placement").handler(main_event::placement::on_table_set)?;
    world.subscribe::<TableSet>("scoring").handler(main_event::scoring::on_table_set)?;
    world.subscribe::<TableSet>("staging").handler(main_event::staging::on_table_set)?;
    world.subscribe::<TableSet>("best scores").handler(main_event::best_scores::on_table_set)?;
    world.subscribe::<TableSet>("save game").handler(main_event::save_game::on_table_set)?;
    world.subscribe::<TableSet>("game over").handler(main_event::game_over::on_table_set)?;
    world.subscribe::<TableSet>("sound").handler(main_event::sound::on_table_set)?;
    world.subscribe::<TableSet>("announcement").handler(main_event::announcement::on_table_set)?;

    // From `main area`, which lets the rules decide.
    world.add_topic::<Dropped>("dropped").max_len(1024).create()?;
    world.subscribe::<Dropped>("placement").handler(main_event::placement::on_drop)?;
    world.subscribe::<Dropped>("clearing").handler(main_event::clearing::on_drop)?;
    world.subscribe::<Dropped>("scoring").handler(main_event::scoring::on_drop)?;
    world.subscribe::<Dropped>("staging").handler(main_event::staging::on_drop)?;
    world.subscribe::<Dropped>("best scores").handler(main_event::best_scores::on_drop)?;
    world.subscribe::<Dropped>("save game").handler(main_event::save_game::on_drop)?;
    world.subscribe::<Dropped>("game over").handler(main_event::game_over::on_drop)?;
    let sound = world.subscribe::<Dropped>("sound").at_most_once().ttl(FEEDBACK_TTL);
    sound.handler(main_event::sound::on_drop)?;
    let haptics = world.subscribe::<Dropped>("haptics").at_most_once().ttl(FEEDBACK_TTL);
    haptics.handler(main_event::haptics::on_drop)?;
    world.subscribe::<Dropped>("announcement").handler(main_event::announcement::on_drop)?;
    let recorder = world.subscribe::<Dropped>("recorder").at_most_once().pull()?;
    world.insert_resource(Recorder(recorder));

    // From `game over` and `new game`, and `loading` for a game that is missing in the archive.
    world.add_topic::<GameEnded>("game ended").max_len(16).create()?;
    let statistics = world.subscribe::<GameEnded>("statistics").effectively_once(ENDS_WINDOW, |ended| ended.end);
    statistics.handler(game_ended::statistics::on_game_ended)?;
    world.subscribe::<GameEnded>("daily").handler(game_ended::daily::on_game_ended)?;

    // From everything that stores: `save game`, `best scores`, `statistics`, `daily`, `volume`, `settings`, `backup`,
    // `loading`.
    let changes = world.add_topic::<RecordChanged>("record changed").max_len(MAX_CHANGES);
    changes.max_bytes(MAX_CHANGE_BYTES, |change| change.text.len()).dead_letters(256).create()?;
    let storage = world.subscribe::<RecordChanged>("storage").at_least_once();
    let storage = storage.max_deliver(STORAGE_TRIES).backoff(STORAGE_BACKOFF).pull()?;
    world.insert_resource(StorageWriter::new(storage));
    world.insert_resource(StorageState::default());
    world.insert_resource(Unstored::default());
    world.subscribe::<DeadLetter<RecordChanged>>("failure report").handler(failure_report::on_dead_letter)?;

    // From the bus itself, when a handler fails.
    world.add_topic::<Failure>("failure").max_len(64).create()?;
    // Records that could not be stored are reported by their dead letters.
    let failures = world.subscribe::<Failure>("failure report").filter(|failure| failure.group != "storage");
    failures.handler(failure_report::on_failure)?;
    Ok(())
}
