//! What the page's buttons and keys ask for.

use crate::events::{CommandEvent, ReplayControl};
use crate::input::browser::Key;
use crate::rules::GameKind;
use crate::world::{Panel, Wanted};

/// Every button, and what it asks for.
pub(super) fn buttons() -> Vec<(&'static str, CommandEvent)> {
    use CommandEvent::{
        ExportRequested, GameConfirmed, GameRequested, ImportConfirmed, MuteToggled, PanelClosed, PanelOpened,
        RedoRequested, Replay, ReplayRequested, ShareRequested, StatisticsChosen, UndoRequested,
    };
    vec![
        ("new-game", GameRequested(Wanted::Another)),
        ("undo", UndoRequested),
        ("redo", RedoRequested),
        ("open-menu", PanelOpened(Panel::Menu)),
        ("mute", MuteToggled),
        ("play-again", GameRequested(Wanted::Another)),
        ("over-watch", ReplayRequested),
        ("over-share", ShareRequested),
        ("over-undo", UndoRequested),
        ("kind-classic", GameRequested(Wanted::Kind(GameKind::Classic))),
        ("kind-kind", GameRequested(Wanted::Kind(GameKind::Kind))),
        ("kind-daily", GameRequested(Wanted::Kind(GameKind::Daily))),
        ("watch", ReplayRequested),
        ("share", ShareRequested),
        ("open-statistics", PanelOpened(Panel::Statistics)),
        ("export", ExportRequested),
        ("open-help", PanelOpened(Panel::Help)),
        ("open-settings", PanelOpened(Panel::Settings)),
        ("settings-sound", MuteToggled),
        ("settings-close", PanelClosed),
        ("help-close", PanelClosed),
        ("menu-close", PanelClosed),
        ("question-yes", GameConfirmed),
        ("question-no", PanelClosed),
        ("replacing-yes", ImportConfirmed),
        ("replacing-no", PanelClosed),
        ("statistics-close", PanelClosed),
        ("of-all", StatisticsChosen(None)),
        ("of-classic", StatisticsChosen(Some(GameKind::Classic))),
        ("of-kind", StatisticsChosen(Some(GameKind::Kind))),
        ("of-daily", StatisticsChosen(Some(GameKind::Daily))),
        ("of-seed", StatisticsChosen(Some(GameKind::Seed))),
        ("replay-toggle", Replay(ReplayControl::Toggle)),
        ("replay-step", Replay(ReplayControl::Step)),
        ("replay-speed", Replay(ReplayControl::Faster)),
        ("replay-share", ShareRequested),
        ("replay-close", Replay(ReplayControl::Close)),
        ("play-on", GameRequested(Wanted::PlayOn)),
    ]
}

/// The keys that stand for a button, and what they ask for.
pub(super) fn keys() -> [(Key, CommandEvent); 8] {
    use CommandEvent::{GameRequested, InspectorToggled, MuteToggled, PanelOpened, RedoRequested, UndoRequested};
    [
        (Key::plain("n"), GameRequested(Wanted::Another)),
        (Key::plain("m"), MuteToggled),
        (Key::sign("?"), PanelOpened(Panel::Help)),
        (Key::plain("i"), InspectorToggled),
        (Key::plain("u"), UndoRequested),
        (Key::with_control("z"), UndoRequested),
        (Key::with_control_and_shift("z"), RedoRequested),
        (Key::with_control("y"), RedoRequested),
    ]
}

/// The dialogs. Escape closes one by itself, and the program must hear of it.
pub(super) const DIALOGS: [&str; 6] = ["menu", "statistics", "settings", "help", "question", "replacing"];
