//! Lets the game be heard.

use bevy_ecs::prelude::*;
use rand::RngExt;
use rand_pcg::Pcg32;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::{Cause, Dropped, ShapeDragEvent, TableSet};
use crate::handlers::shape_drag::ShapeDragHandler;
use crate::ports::audio::{Audio, VARIANTS, Voice};

/// Plays what belongs to a drop, in order: placed, cleared, new hand, game over; or refused. And a tick for a pick-up.
pub struct Sound;

/// Chooses among the variants of a sound.
#[derive(Resource)]
pub struct Dice(pub Pcg32);

type Params<'w> = (NonSendMut<'w, Box<dyn Audio>>, ResMut<'w, Dice>);

impl MainEventHandler for Sound {
    const NAME: &str = "sound";
    type Params = Params<'static>;

    fn ready((audio, _): &Params) -> bool {
        audio.ready()
    }

    fn on_drop(event: &Envelope<Dropped>, params: &mut Params) -> HandlerResult {
        match event.outcome {
            Err(_) => play(params, Voice::Refused),
            Ok(turn) => {
                play(params, Voice::Place { cells: turn.placed.count() });
                if turn.points > 0 {
                    play(params, Voice::Clear { lines: turn.complete.lines() });
                }
                if turn.dealt.is_some() && !turn.over {
                    play(params, Voice::NewHand);
                }
                if turn.over {
                    play(params, Voice::GameOver);
                }
            }
        }
        Ok(())
    }

    fn on_set(event: &Envelope<TableSet>, params: &mut Params) -> HandlerResult {
        match event.cause {
            Cause::Began => play(params, Voice::NewHand),
            Cause::Undone(_) | Cause::Redone => play(params, Voice::PickUp),
            Cause::Resumed | Cause::Imported | Cause::Sought => {}
        }
        Ok(())
    }
}

impl ShapeDragHandler for Sound {
    const NAME: &str = "sound";
    type Params = Params<'static>;

    fn on_drag_start(_: &Envelope<ShapeDragEvent>, params: &mut Params) -> HandlerResult {
        play(params, Voice::PickUp);
        Ok(())
    }
}

fn play((audio, dice): &mut Params, voice: Voice) {
    audio.play(voice, dice.0.random_range(0..VARIANTS));
}
