//! The words of the page that never change: index.html names each by its key, and has the English ones itself.

use fluent_static::Message;

use super::table::{Words, spoken};

/// A message without variables.
type Text = fn(&Words) -> Message;

/// Each key, and its words.
const TEXTS: &[(&str, Text)] = &[
    ("board", Words::board),
    ("shapes", Words::shapes),
    ("update", Words::update),
    ("score", Words::score),
    ("best", Words::best),
    ("with-undo", Words::with_undo),
    ("best-with-undo", Words::best_with_undo),
    ("controls", Words::controls),
    ("new-game", Words::new_game),
    ("undo", Words::undo),
    ("redo", Words::redo),
    ("menu", Words::menu),
    ("mute", Words::mute),
    ("volume", Words::volume),
    ("close-notice", Words::close_notice),
    ("over-title", Words::over_title),
    ("total-drops", Words::total_drops),
    ("total-lines", Words::total_lines),
    ("games-played", Words::games_played),
    ("play-again", Words::play_again),
    ("watch", Words::watch),
    ("share", Words::share),
    ("replay", Words::replay),
    ("one-drop", Words::one_drop),
    ("replay-place", Words::replay_place),
    ("speed", Words::speed),
    ("play-on", Words::play_on),
    ("replay-close", Words::replay_close),
    ("play", Words::play),
    ("title-classic", Words::title_classic),
    ("title-kind", Words::title_kind),
    ("title-daily", Words::title_daily),
    ("title-seed", Words::title_seed),
    ("menu-note", Words::menu_note),
    ("watch-game", Words::watch_game),
    ("share-game", Words::share_game),
    ("statistics", Words::statistics),
    ("export", Words::export),
    ("import", Words::import),
    ("import-file", Words::import_file),
    ("help", Words::help),
    ("close", Words::close),
    ("of-which-games", Words::of_which_games),
    ("all-games", Words::all_games),
    ("total-games", Words::total_games),
    ("points-per-drop", Words::points_per_drop),
    ("most-lines", Words::most_lines),
    ("streak", Words::streak),
    ("days-in-a-row", Words::days_in_a_row),
    ("chart-scores", Words::chart_scores),
    ("chart-ends", Words::chart_ends),
    ("chart-heat", Words::chart_heat),
    ("how-to-play", Words::how_to_play),
    ("help-rules", Words::help_rules),
    ("help-tap", Words::help_tap),
    ("keys", Words::keys),
    ("key-arrows", Words::key_arrows),
    ("help-pick-up", Words::help_pick_up),
    ("help-move", Words::help_move),
    ("help-edges", Words::help_edges),
    ("help-drop", Words::help_drop),
    ("help-put-back", Words::help_put_back),
    ("help-undo", Words::help_undo),
    ("help-redo", Words::help_redo),
    ("help-new-game", Words::help_new_game),
    ("help-sound", Words::help_sound),
    ("help-bus", Words::help_bus),
    ("help-help", Words::help_help),
    ("points", Words::points),
    ("help-points", Words::help_points),
    ("leave-title", Words::leave_title),
    ("go-on", Words::go_on),
    ("leave", Words::leave),
    ("failure-title", Words::failure_title),
    ("failure-text", Words::failure_text),
    ("start-again", Words::start_again),
    ("elsewhere-title", Words::elsewhere_title),
    ("elsewhere-text", Words::elsewhere_text),
    ("play-here", Words::play_here),
    ("settings", Words::settings),
    ("settings-strip", Words::settings_strip),
    ("colours", Words::colours),
    ("as-system", Words::as_system),
    ("theme-light", Words::theme_light),
    ("theme-dark", Words::theme_dark),
    ("theme-contrast", Words::theme_contrast),
    ("motion", Words::motion),
    ("motion-full", Words::motion_full),
    ("motion-reduced", Words::motion_reduced),
    ("lift", Words::lift),
    ("lift-low", Words::lift_low),
    ("lift-usual", Words::lift_usual),
    ("lift-high", Words::lift_high),
    ("marks", Words::marks),
    ("magnet", Words::magnet),
    ("sound", Words::sound),
    ("language", Words::language),
];

/// The words of this key, in the language that is spoken. `None`, if there is no such key.
#[must_use]
pub fn text(key: &str) -> Option<String> {
    let (_, words) = TEXTS.iter().find(|(name, _)| *name == key)?;
    Some(words(&spoken()).to_string())
}

/// Every key.
pub fn keys() -> impl Iterator<Item = &'static str> {
    TEXTS.iter().map(|(key, _)| *key)
}
