//! Values as lines of plain words, which the tests compare with the `expected.txt` files. The writers of the stored
//! formats are not used here, so a change of a writer cannot hide a change of a parser.

use std::fmt::Write as _;

use blockers::records::{
    Archive, Bests, DailyResult, DailyResults, Date, End, EndedGame, GAME, Records, SET_ASIDE, SavedGame, Totals,
};
use blockers::world::{Lift, MotionChoice, Settings, SoundSettings, Switch, ThemeChoice};
use blockers_rules::{Cell, Colour, Deal, DropAt, Game, GameKind, Recording, Slot, Timeline};

/// Everything that one player has.
pub(crate) struct Session<'a> {
    pub(crate) id: u64,
    pub(crate) generation: u64,
    pub(crate) timeline: &'a Timeline,
    pub(crate) played_on_from: usize,
    pub(crate) bests: &'a Bests,
    pub(crate) daily: &'a DailyResults,
    pub(crate) archive: &'a Archive,
    pub(crate) settings: &'a Settings,
    pub(crate) sound: &'a SoundSettings,
    /// The stored texts.
    pub(crate) records: &'a Records,
}

impl Session<'_> {
    /// Describes it in sections, as `expected.txt` does.
    pub(crate) fn describe(&self) -> String {
        let Self { id, generation, timeline, played_on_from, .. } = *self;
        [
            ("game", own_game(id, generation, timeline, played_on_from)),
            ("slots", slots(self.records)),
            ("bests", bests(self.bests)),
            ("daily", daily(self.daily)),
            ("archive", archive(self.archive)),
            ("settings", settings(self.settings)),
            ("sound", sound(self.sound)),
            ("set aside", set_aside(self.records)),
        ]
        .map(|(name, section)| format!("[{name}]\n{section}"))
        .concat()
    }
}

/// Describes what a recording contains, and the game that it leads to.
pub(crate) fn recording(recording: &Recording) -> String {
    let game = recording.verify().expect("the recorded game is legal");
    let Recording { deal, undos, drops: all } = recording;
    format!("deal: {}\nundos: {undos}\ndrops: {}\n{}", self::deal(*deal), drops(all), self::game(&game))
}

/// Describes the player's own game with its undone drops.
fn own_game(id: u64, generation: u64, timeline: &Timeline, played_on_from: usize) -> String {
    let mut text = format!("id: {id}\ngeneration: {generation}\ndeal: {}\n", deal(timeline.deal()));
    let (undos, all, position) = (timeline.undos(), drops(timeline.drops()), timeline.position());
    writeln!(text, "undos: {undos}\ndrops: {all}\nposition: {position}\nplayed on from: {played_on_from}").unwrap();
    text + &game(timeline.game())
}

/// Describes what each slot of the current game contains.
fn slots(records: &Records) -> String {
    let one = |key: &str| {
        let saved = SavedGame::parse(records.get(key)?).expect("the slot is readable");
        let SavedGame { id, generation, recording, position, played_on_from } = saved;
        let (deal, undos, drops) = (deal(recording.deal), recording.undos, recording.drops.len());
        let rest = format!("undos {undos}, {drops} drops, position {position}, played on from {played_on_from}");
        Some(format!("{key}: id {id}, generation {generation}, {deal}, {rest}\n"))
    };
    GAME.into_iter().filter_map(one).collect()
}

/// Describes the state of a game: the score, the counts, and every cell of the board.
fn game(game: &Game) -> String {
    let (score, drops, lines) = (game.score(), game.drops(), game.lines());
    let mut text = format!("score: {score}\ndrops played: {drops}\nlines: {lines}\nover: {}\nboard:\n", game.is_over());
    for cell in Cell::all() {
        text.push(game.board().colour(cell).map_or('.', letter));
        if cell.column() == 9 {
            text.push('\n');
        }
    }
    for slot in Slot::ALL {
        let piece = game
            .staged(slot)
            .map_or("empty".to_owned(), |piece| format!("shape {} {}", piece.shape.number(), letter(piece.colour)));
        writeln!(text, "slot {}: {piece}", slot.index() + 1).unwrap();
    }
    text
}

fn letter(colour: Colour) -> char {
    match colour {
        Colour::Red => 'R',
        Colour::Blue => 'B',
        Colour::Green => 'G',
        Colour::Orange => 'O',
        Colour::Purple => 'P',
        Colour::Yellow => 'Y',
    }
}

fn deal(deal: Deal) -> String {
    format!("{} {}", deal.kind.name(), deal.seed)
}

/// Each drop as slot, column and row, all from 0: `2:94` is from the third slot to the tenth column of the fifth row.
fn drops(drops: &[DropAt]) -> String {
    let one = |drop: &DropAt| format!(" {}:{}{}", drop.slot.index(), drop.at.column(), drop.at.row());
    format!("{}{}", drops.len(), drops.iter().map(one).collect::<String>())
}

/// Describes the best score of each kind of game, without and with undo.
fn bests(bests: &Bests) -> String {
    let one = |kind: GameKind| {
        format!("{}: {} without undo, {} with undo\n", kind.name(), bests.get(kind, true), bests.get(kind, false))
    };
    GameKind::ALL.into_iter().map(one).collect()
}

/// Describes the results of the daily games, each with the streak on that day and on the next two days.
fn daily(results: &DailyResults) -> String {
    let one = |(date, result): (Date, DailyResult)| {
        let DailyResult { score, drops, undos } = result;
        let streak = |days: u32| results.streak(Date::from_days(date.days() + days));
        let streaks = format!("streak {}, then {}, then {}", streak(0), streak(1), streak(2));
        format!("{}: score {score}, drops {drops}, undos {undos}, {streaks}\n", date.yyyymmdd())
    };
    results.results().map(one).collect()
}

/// Describes the archive: the totals of each kind, of all games and of those whose recordings are gone, and every game.
fn archive(archive: &Archive) -> String {
    let mut text = format!("all games: {}\n", totals(&archive.totals(None)));
    for kind in GameKind::ALL {
        writeln!(text, "{}: {}", kind.name(), totals(&archive.totals(Some(kind)))).unwrap();
        writeln!(text, "{} without recording: {}", kind.name(), totals(&archive.older(kind))).unwrap();
    }
    archive.games().iter().for_each(|game| text.push_str(&ended_game(game)));
    text
}

fn totals(totals: &Totals) -> String {
    let Totals { games, over, drops, lines, points, most_lines, streak, best } = totals;
    format!(
        "{games} games, {over} over, {drops} drops, {lines} lines, {points} points, at most {most_lines} lines, \
         streak {streak}, best {best}"
    )
}

fn ended_game(game: &EndedGame) -> String {
    let EndedGame { id, end, score, drops: count, lines, most_lines, streak, recording } = game;
    let end = match end {
        End::Over => "over",
        End::Left => "left",
    };
    let Recording { deal, undos, drops: all } = recording;
    format!(
        "game {id}: {end}, score {score}, {count} drops, {lines} lines, at most {most_lines} lines, streak {streak}, \
         {}, undos {undos}, {}\n",
        self::deal(*deal),
        drops(all)
    )
}

/// Describes every setting.
pub(crate) fn settings(settings: &Settings) -> String {
    let theme = match settings.theme {
        ThemeChoice::System => "of the system",
        ThemeChoice::Light => "light",
        ThemeChoice::Dark => "dark",
        ThemeChoice::Contrast => "high contrast",
    };
    let motion = match settings.motion {
        MotionChoice::System => "of the system",
        MotionChoice::Full => "full",
        MotionChoice::Reduced => "reduced",
    };
    let lift = match settings.lift {
        Lift::Low => "low",
        Lift::Usual => "usual",
        Lift::High => "high",
    };
    let switch = |switch: Switch| if switch.is_on() { "yes" } else { "no" };
    let language = settings.language.map_or("of the system", |language| language.name());
    let (marks, magnet) = (switch(settings.marks), switch(settings.magnet));
    format!(
        "theme {theme}; marks {marks}; magnet {magnet}; lift {lift}, {} cells; motion {motion}; language {language}\n",
        settings.lift.cells()
    )
}

/// Describes the settings of the sound.
pub(crate) fn sound(sound: &SoundSettings) -> String {
    format!("muted {}; volume {:.3}; effective volume {:.3}\n", sound.muted, sound.volume(), sound.loudness())
}

/// Describes the texts that were set aside, because they could not be read.
fn set_aside(records: &Records) -> String {
    let one = |(key, text): (&String, &String)| format!("{key}: {}\n", text.escape_debug());
    records.iter().filter(|(key, _)| key.starts_with(SET_ASIDE)).map(one).collect()
}
