//! Starts a new game. If the current game would be missed, the player is asked first.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::events::{Cause, Command, GameCommand, GameEnded, TableSet};
use crate::ports::{Clock, SeedSource};
use crate::records::DailyResults;
use crate::transitions::{end_game, set_table};
use crate::world::{OpenPanel, OwnGame, Panel, Play, Stored, Today, Wanted};
use blockers_event_bus::{Batch, HandlerResult, Publisher};
use blockers_rules::{Deal, GameKind, Timeline};

/// What a new game changes and needs: more than the seven parameters that a function may have.
#[derive(SystemParam)]
pub struct NewGame<'w> {
    play: ResMut<'w, Play>,
    results: Res<'w, Stored<DailyResults>>,
    panel: ResMut<'w, OpenPanel>,
    today: Option<Res<'w, Today>>,
    seeds: NonSendMut<'w, Box<dyn SeedSource>>,
    clock: NonSend<'w, Box<dyn Clock>>,
    tables: Publisher<'w, TableSet>,
    ended: Publisher<'w, GameEnded>,
}

/// Deals the requested game, or opens the question; deals it after the answer.
///
/// # Errors
/// The topic `table set` or `game ended` is full.
pub fn on_command(batch: Batch<Command>, mut new_game: NewGame) -> HandlerResult {
    for event in batch {
        let Command::Game(command) = event.event() else { continue };
        match (command, new_game.panel.0) {
            (GameCommand::Request(wanted), _) => new_game.request(*wanted)?,
            (GameCommand::Confirm, Some(Panel::Question(wanted))) => new_game.begin(wanted)?,
            (GameCommand::Confirm, _) => {}
        }
    }
    Ok(())
}

impl NewGame<'_> {
    /// Deals the game, or opens the question. The day of a daily board is that of the request, so that midnight before
    /// the answer changes nothing.
    fn request(&mut self, wanted: Wanted) -> HandlerResult {
        let shown = self.today.as_ref().filter(|_| self.panel.0 == Some(Panel::Menu)).map(|today| today.0);
        let wanted = match wanted {
            Wanted::Kind(GameKind::Daily) => Wanted::Daily(shown.unwrap_or_else(|| self.clock.today())),
            other => other,
        };
        if self.play.own.would_be_missed(&self.results.0) { self.ask(wanted) } else { self.begin(wanted) }
    }

    /// Opens the question. A replay that is to be continued stops where it is.
    fn ask(&mut self, wanted: Wanted) -> HandlerResult {
        self.panel.0 = Some(Panel::Question(wanted));
        if let Some(replay) = self.play.shown.as_mut().filter(|_| wanted == Wanted::PlayOn) {
            replay.stop();
            self.tables.publish(set_table(&mut self.play, Cause::Sought))?;
        }
        Ok(())
    }

    fn begin(&mut self, wanted: Wanted) -> HandlerResult {
        let own = &self.play.own;
        let game = own.timeline.game();
        if (game.drops() > 0 || own.takes_its_day(&self.results.0)) && !game.is_over() {
            self.ended.publish(end_game(&mut self.play))?;
        }
        let current = self.play.own.timeline.deal();
        let mut played_on_from = 0;
        let timeline = match wanted {
            Wanted::PlayOn => {
                let mut shown = self.play.timeline().clone();
                shown.play_on();
                played_on_from = shown.position();
                shown
            }
            Wanted::Another => Timeline::new(self.deal(current.kind, current.seed)),
            Wanted::Kind(kind) => Timeline::new(self.deal(kind, current.seed)),
            Wanted::Daily(date) => Timeline::new(Deal::new(GameKind::Daily, date.yyyymmdd().into())),
            Wanted::Seed(seed) => Timeline::new(Deal::new(GameKind::Seed, seed)),
        };
        let cause = if wanted == Wanted::PlayOn { Cause::Resumed } else { Cause::Began };
        self.play.own = OwnGame { id: self.seeds.seed(), timeline, played_on_from };
        self.play.shown = None;
        self.panel.0 = None;
        self.tables.publish(set_table(&mut self.play, cause))?;
        Ok(())
    }

    fn deal(&mut self, kind: GameKind, current_seed: u64) -> Deal {
        let seed = match kind {
            GameKind::Classic | GameKind::Relaxed => self.seeds.seed(),
            GameKind::Daily => self.clock.today().yyyymmdd().into(),
            GameKind::Seed => current_seed,
        };
        Deal::new(kind, seed)
    }
}
