//! Ends the player's game when nothing fits.

use bevy_ecs::prelude::*;

use crate::events::{Cause, Dropped, GameEnded, TableSet};
use crate::transitions::end_game;
use crate::world::{Ended, Play, Score};
use blockers_event_bus::{Batch, HandlerResult, Publisher};

/// Publishes the end of the player's own game, and shows its totals. A replay only shows that its game is over.
///
/// # Errors
/// The topic `game ended` is full.
pub fn on_drop(
    batch: Batch<Dropped>,
    mut play: ResMut<Play>,
    score: Res<Score>,
    ended: Publisher<GameEnded>,
    mut commands: Commands,
) -> HandlerResult {
    for event in batch {
        if event.live && event.outcome.is_ok_and(|turn| turn.over) {
            ended.publish(end_game(&mut play))?;
            commands.insert_resource(totals(&play, &score, event.timestamp().as_millis()));
        }
    }
    Ok(())
}

/// Shows the totals if the table is set to a game that is over, and hides them otherwise. A redo can end the game
/// again.
///
/// # Errors
/// The topic `game ended` is full.
pub fn on_table_set(
    batch: Batch<TableSet>,
    mut play: ResMut<Play>,
    score: Res<Score>,
    ended: Publisher<GameEnded>,
    shown: Option<Res<Ended>>,
    mut commands: Commands,
) -> HandlerResult {
    for event in batch {
        if event.over && play.is_live() {
            if event.cause == Cause::Redone {
                ended.publish(end_game(&mut play))?;
            }
            commands.insert_resource(totals(&play, &score, event.timestamp().as_millis()));
        } else if shown.is_some() {
            commands.remove_resource::<Ended>();
        }
    }
    Ok(())
}

fn totals(play: &Play, score: &Score, since: u64) -> Ended {
    let (game, clean) = (play.game(), play.timeline().is_clean());
    let best = score.undone_best.unwrap_or(score.best);
    let raised = play.raised == Some((play.own.id, clean));
    let all_own = play.own.is_all_own();
    Ended { score: game.score(), best, clean, raised, drops: game.drops(), lines: game.lines(), all_own, since }
}
