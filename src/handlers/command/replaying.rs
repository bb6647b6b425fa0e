//! Begins and ends replays, and does what is asked of the one that is going on. The hand that plays it is
//! [`input::replaying`](crate::input::replaying)'s.

use bevy_ecs::prelude::*;

use super::CommandHandler;
use crate::bus::{Envelope, HandlerError, HandlerResult, Publisher};
use crate::events::{Cause, CommandEvent, ReplayControl, TableSet};
use crate::rules::Timeline;
use crate::words;
use crate::world::{Play, Replay, ReplayHand};

/// Puts a recorded game on the table in the place of the player's own, and takes it away again.
pub struct Replaying;

type Params<'w> = (ResMut<'w, Play>, Publisher<'w, TableSet>);

impl CommandHandler for Replaying {
    const NAME: &str = "replaying";
    type Params = Params<'static>;

    fn on_command(event: &Envelope<CommandEvent>, (play, tables): &mut Params) -> HandlerResult {
        let cause = match event.body() {
            CommandEvent::ReplayRequested if play.is_live() => {
                let mut recorded = play.own.timeline.clone();
                recorded.end_here();
                play.shown = Some(Replay::of(recorded, false));
                Some(Cause::Sought)
            }
            CommandEvent::RecordingOpened(recording) => {
                let recorded = Timeline::of(recording).map_err(|error| HandlerError::new(words::bad_link(&error)))?;
                play.shown = Some(Replay::of(recorded, true));
                Some(Cause::Sought)
            }
            CommandEvent::Replay(control) => obey(*control, play),
            _ => None,
        };
        if let Some(cause) = cause {
            tables.publish(TableSet::of(play, cause))?;
        }
        Ok(())
    }
}

/// Does what is asked. Returns why the table is to be set, if it is.
fn obey(control: ReplayControl, play: &mut Play) -> Option<Cause> {
    let replay = play.shown.as_mut()?;
    match control {
        ReplayControl::Toggle => {
            let at_end = replay.timeline.next().is_none();
            replay.playing = !replay.playing || at_end;
            replay.step = false;
            // From the end it begins anew.
            if at_end { seek(replay, 0) } else { None }
        }
        ReplayControl::Step => {
            replay.playing = true;
            replay.step = true;
            None
        }
        ReplayControl::Faster => {
            replay.speed = (replay.speed + 1) % Replay::SPEEDS.len();
            None
        }
        ReplayControl::Seek(to) => seek(replay, to),
        ReplayControl::Close => {
            play.shown = None;
            Some(Cause::Resumed)
        }
    }
}

fn seek(replay: &mut Replay, to: usize) -> Option<Cause> {
    replay.timeline.seek(to);
    replay.hand = ReplayHand::Resting(0.0);
    Some(Cause::Sought)
}
