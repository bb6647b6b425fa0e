//! Opens and closes what can be open over the table.

use bevy_ecs::prelude::*;

use super::CommandHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::CommandEvent;
use crate::ports::Clock;
use crate::records::{Archive, DailyResults, Date, Statistics};
use crate::rules::GameKind;
use crate::world::{Kept, OpenPanel, Panel, ShownStatistics, Today};

/// One panel is open, or none. What it shows is found out when it is opened.
pub struct Panels;

type Params<'w, 's> = (
    ResMut<'w, OpenPanel>,
    Res<'w, Kept<Archive>>,
    Res<'w, Kept<DailyResults>>,
    NonSend<'w, Box<dyn Clock>>,
    Commands<'w, 's>,
);

impl CommandHandler for Panels {
    const NAME: &str = "panels";
    type Params = Params<'static, 'static>;

    fn on_command(event: &Envelope<CommandEvent>, params: &mut Params) -> HandlerResult {
        match event.body() {
            CommandEvent::PanelOpened(panel) => {
                let today = today(params);
                params.4.insert_resource(Today(today));
                params.0.0 = Some(*panel);
                if *panel == Panel::Statistics {
                    show(params, None);
                }
            }
            CommandEvent::PanelClosed => params.0.0 = None,
            // What these lead to is seen on the table, or told there; but a question stays until it is answered.
            CommandEvent::ReplayRequested
            | CommandEvent::RecordingOpened(_)
            | CommandEvent::ShareRequested
            | CommandEvent::ExportRequested
            | CommandEvent::ImportRequested(_)
            | CommandEvent::ImportRefused(_) => {
                params.0.0 = params.0.0.filter(|panel| panel.asks());
            }
            CommandEvent::StatisticsChosen(kind) => show(params, *kind),
            _ => {}
        }
        Ok(())
    }
}

fn today((_, _, _, clock, _): &Params) -> Date {
    Date::from_unix_ms(clock.unix_ms())
}

fn show(params: &mut Params, of: Option<GameKind>) {
    let days = params.2.0.streak(today(params));
    let statistics = Statistics::of(&params.1.0, of);
    params.4.insert_resource(ShownStatistics { of, statistics, days });
}
