//! Ends the game when nothing fits.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{Cause, Dropped, GameEnded, TableSet};
use crate::world::{Ended, Play, Score};

/// Puts up the end of the player's game, with its totals, and tells that it has ended; takes it away when the table is set for
/// one that is not over. A game that is only shown has no end but its own.
pub struct GameOver;

type Params<'w, 's> = (ResMut<'w, Play>, Res<'w, Score>, Publisher<'w, GameEnded>, Commands<'w, 's>);

impl MainEventHandler for GameOver {
    const NAME: &str = "game over";
    type Params = Params<'static, 'static>;

    fn on_drop(event: &Envelope<Dropped>, (play, score, ended, commands): &mut Params) -> HandlerResult {
        if event.live && event.outcome.is_ok_and(|turn| turn.over) {
            ended.publish(GameEnded::of(play))?;
            commands.insert_resource(end(play, score, event.at()));
        }
        Ok(())
    }

    fn on_set(event: &Envelope<TableSet>, (play, score, ended, commands): &mut Params) -> HandlerResult {
        if event.over && play.is_live() {
            if event.cause == Cause::Redone {
                ended.publish(GameEnded::of(play))?;
            }
            commands.insert_resource(end(play, score, event.at()));
        } else {
            commands.remove_resource::<Ended>();
        }
        Ok(())
    }
}

fn end(play: &Play, score: &Score, since: u64) -> Ended {
    let (game, clean) = (play.game(), play.timeline().is_clean());
    let best = score.undone_best.unwrap_or(score.best);
    let raised = play.raised == Some((play.own.id, clean));
    let all_own = play.own.is_all_own();
    Ended { score: game.score(), best, clean, raised, drops: game.drops(), lines: game.lines(), all_own, since }
}
