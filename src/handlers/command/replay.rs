//! Starts, controls and ends replays. [`input::replaying`](crate::input::replaying) makes their drags.

use bevy_ecs::prelude::*;

use crate::events::{Cause, Command, ReplayCommand, TableSet};
use crate::transitions::set_table;
use crate::words;
use crate::world::{Play, Replay, ReplayHand};
use blockers_event_bus::{Batch, HandlerError, HandlerResult, Publisher};
use blockers_rules::Timeline;

/// Shows a recorded game in the place of the player's own, and controls its replay.
///
/// # Errors
/// The recording contains an illegal drop, or the topic `table set` is full.
pub fn on_command(batch: Batch<Command>, mut play: ResMut<Play>, tables: Publisher<TableSet>) -> HandlerResult {
    for event in batch {
        let Command::Replay(command) = event.event() else { continue };
        if let Some(cause) = carry_out(command, &mut play)? {
            tables.publish(set_table(&mut play, cause))?;
        }
    }
    Ok(())
}

/// Carries a command out. Returns the cause if the table must be set.
fn carry_out(command: &ReplayCommand, play: &mut Play) -> Result<Option<Cause>, HandlerError> {
    match command {
        ReplayCommand::Start if play.is_live() && play.own.timeline.position() > 0 => {
            let mut recorded = play.own.timeline.clone();
            recorded.end_here();
            play.shown = Some(Replay::of(recorded, false));
            return Ok(Some(Cause::Sought));
        }
        ReplayCommand::Open(recording) => {
            let recorded = Timeline::of(recording).map_err(|error| HandlerError::new(words::bad_link(&error)))?;
            play.shown = Some(Replay::of(recorded, true));
            return Ok(Some(Cause::Sought));
        }
        _ => {}
    }
    let Some(replay) = play.shown.as_mut() else { return Ok(None) };
    Ok(match *command {
        ReplayCommand::Start | ReplayCommand::Open(_) => None,
        ReplayCommand::Toggle => {
            replay.playing = !replay.playing;
            replay.step = false;
            // At its end a replay starts again. It plays on for a moment after its last drop.
            if replay.playing && replay.timeline.next().is_none() { seek(replay, 0) } else { None }
        }
        ReplayCommand::Step => {
            replay.playing = true;
            replay.step = true;
            None
        }
        ReplayCommand::Faster => {
            replay.speed = (replay.speed + 1) % Replay::SPEEDS.len();
            None
        }
        ReplayCommand::Seek(to) => seek(replay, to),
        ReplayCommand::Close => {
            play.shown = None;
            Some(Cause::Resumed)
        }
    })
}

fn seek(replay: &mut Replay, to: usize) -> Option<Cause> {
    replay.timeline.seek(to);
    replay.hand = ReplayHand::Resting(0.0);
    Some(Cause::Sought)
}
