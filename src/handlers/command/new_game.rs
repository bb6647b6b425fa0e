//! Begins a new game, and asks first if another one would be missed.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use super::CommandHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{Cause, CommandEvent, GameEnded, TableSet};
use crate::ports::{Clock, SeedSource};
use crate::records::{DailyResults, Date};
use crate::rules::{Deal, GameKind, Timeline};
use crate::world::{Kept, OpenPanel, OwnGame, Panel, Play, Wanted};

/// Deals the game that is wanted. A game in progress that would be missed is left only if the player says so.
pub struct NewGame;

/// What a new game needs of the world.
#[derive(SystemParam)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Params<'w> {
    pub play: ResMut<'w, Play>,
    pub results: Res<'w, Kept<DailyResults>>,
    pub panel: ResMut<'w, OpenPanel>,
    pub seeds: NonSendMut<'w, Box<dyn SeedSource>>,
    pub clock: NonSend<'w, Box<dyn Clock>>,
    pub tables: Publisher<'w, TableSet>,
    pub ended: Publisher<'w, GameEnded>,
}

impl CommandHandler for NewGame {
    const NAME: &str = "new game";
    type Params = Params<'static>;

    fn on_command(event: &Envelope<CommandEvent>, params: &mut Params) -> HandlerResult {
        let wanted = match (event.body(), params.panel.0) {
            (CommandEvent::GameRequested(wanted), _) if params.play.own.would_be_missed(&params.results.0) => {
                params.panel.0 = Some(Panel::Question(*wanted));
                return params.hold(*wanted);
            }
            (CommandEvent::GameRequested(wanted), _) => *wanted,
            (CommandEvent::GameConfirmed, Some(Panel::Question(wanted))) => wanted,
            _ => return Ok(()),
        };
        params.begin(wanted)
    }
}

impl Params<'_> {
    /// While the player is asked whether to play on from here, here stays where it is.
    fn hold(&mut self, wanted: Wanted) -> HandlerResult {
        if let Some(replay) = self.play.shown.as_mut().filter(|_| wanted == Wanted::PlayOn) {
            replay.stop();
            self.tables.publish(TableSet::of(&mut self.play, Cause::Sought))?;
        }
        Ok(())
    }

    fn begin(&mut self, wanted: Wanted) -> HandlerResult {
        let own = &self.play.own;
        let game = own.timeline.game();
        if (game.drops() > 0 || own.takes_its_day(&self.results.0)) && !game.is_over() {
            self.ended.publish(GameEnded::of(&mut self.play))?;
        }
        let at_hand = self.play.own.timeline.deal();
        let mut played_on_from = 0;
        let timeline = match wanted {
            Wanted::PlayOn => {
                let mut shown = self.play.timeline().clone();
                shown.play_on();
                played_on_from = shown.position();
                shown
            }
            Wanted::Another => Timeline::new(self.deal(at_hand.kind, at_hand.seed)),
            Wanted::Kind(kind) => Timeline::new(self.deal(kind, at_hand.seed)),
            Wanted::Seed(seed) => Timeline::new(Deal::new(GameKind::Seed, seed)),
        };
        let cause = if wanted == Wanted::PlayOn { Cause::Resumed } else { Cause::Began };
        self.play.own = OwnGame { id: self.seeds.seed(), timeline, played_on_from };
        self.play.shown = None;
        self.panel.0 = None;
        self.tables.publish(TableSet::of(&mut self.play, cause))?;
        Ok(())
    }

    fn deal(&mut self, kind: GameKind, seed_at_hand: u64) -> Deal {
        let seed = match kind {
            GameKind::Classic | GameKind::Kind => self.seeds.seed(),
            GameKind::Daily => Date::from_unix_ms(self.clock.unix_ms()).yyyymmdd().into(),
            GameKind::Seed => seed_at_hand,
        };
        Deal::new(kind, seed)
    }
}
