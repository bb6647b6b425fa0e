//! Ends the game when nothing fits.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::{Dropped, Started};
use crate::world::{Ended, Play, Score};

/// Puts up the end of the game, with its totals; takes it away when the next one begins.
pub struct GameOver;

type Params<'w, 's> = (Res<'w, Play>, Res<'w, Score>, Commands<'w, 's>);

impl MainEventHandler for GameOver {
    const NAME: &str = "game over";
    type Params = Params<'static, 'static>;

    fn on_drop(event: &Envelope<Dropped>, (play, score, commands): &mut Params) -> HandlerResult {
        if event.outcome.is_ok_and(|turn| turn.over) {
            commands.insert_resource(Ended {
                score: play.0.score(),
                best: score.best,
                drops: play.0.drops(),
                lines: play.0.lines(),
                since: event.at(),
            });
        }
        Ok(())
    }

    fn on_start(_: &Envelope<Started>, (_, _, commands): &mut Params) -> HandlerResult {
        commands.remove_resource::<Ended>();
        Ok(())
    }
}
