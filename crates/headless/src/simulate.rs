//! `simulate`: plays many whole games, prints a summary, and can write the games as recordings.
//!
//! Each game has its own seed and its own random generator, so the results do not depend on the number of threads.

use std::fs;
use std::io::Write;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use blockers_rules::{Deal, Game, Recording, notation};
use clap::{Args, value_parser};
use indicatif::ProgressBar;
use rand::SeedableRng;
use rand_pcg::Pcg32;
use serde_json::json;

use crate::args::DealArgs;
use crate::exit::{Error, Outcome};
use crate::player::Player;
use crate::progress;
use crate::summary::Summary;
use crate::text::count;

/// The maximum of `--max-drops`. The recording of a longer game could not be read.
const MAX_DROPS: i64 = notation::MAX_DROPS as i64;

#[derive(Args)]
pub(crate) struct Simulate {
    /// The number of games; the first has the given seed, each further one the next number
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = value_parser!(u32).range(1..))]
    games: u32,
    #[command(flatten)]
    deal: DealArgs,
    /// The player
    #[arg(long, value_enum, default_value_t = Player::Random)]
    player: Player,
    /// Cut a game off after this many drops; a relaxed game (`--kind kind`) may never end
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = value_parser!(u32).range(1..=MAX_DROPS))]
    max_drops: u32,
    /// Write each game into this folder as a recording, game-SEED.txt
    #[arg(long, value_name = "DIR")]
    recordings: Option<PathBuf>,
    /// The number of threads; by default, one for each processor
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// The result of a game.
struct GameResult {
    index: u32,
    drops: u32,
    lines: u32,
    points: u64,
    /// `true` if the game was cut off at the maximum number of drops.
    cut_off: bool,
}

impl Simulate {
    pub(crate) fn run(&self, json: bool, out: &mut dyn Write) -> Result<Outcome, Error> {
        if let Some(folder) = &self.recordings {
            fs::create_dir_all(folder)
                .map_err(|error| Error::BadInput(format!("{}: cannot create the folder: {error}", folder.display())))?;
        }
        let bar = progress::bar(self.games.into(), "games");
        let games = self.play_all(&bar)?;
        let rate = f64::from(self.games) / progress::finish(&bar);
        if json { self.print_json(&games, rate, out) } else { self.print_table(&games, rate, out) }
    }

    /// Plays all games and returns their results in the order of the games.
    fn play_all(&self, bar: &ProgressBar) -> Result<Vec<GameResult>, Error> {
        let next = AtomicU64::new(0);
        let mut games: Vec<GameResult> = Vec::new();
        thread::scope(|scope| {
            let workers: Vec<_> = (0..self.threads()).map(|_| scope.spawn(|| self.work(&next, bar))).collect();
            for worker in workers {
                match worker.join() {
                    Ok(results) => games.extend(results?),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            Ok::<(), Error>(())
        })?;
        games.sort_by_key(|game| game.index);
        Ok(games)
    }

    /// Plays one game after another, until all games have been started by this thread or another one.
    fn work(&self, next: &AtomicU64, bar: &ProgressBar) -> Result<Vec<GameResult>, Error> {
        let mut games = Vec::new();
        while let Ok(index) = u32::try_from(next.fetch_add(1, Ordering::Relaxed))
            && index < self.games
        {
            let (game, recording) = self.play(index);
            if let Some(folder) = &self.recordings
                && let Err(error) = write(folder, &recording)
            {
                // The other threads start no further game.
                next.store(self.games.into(), Ordering::Relaxed);
                return Err(error);
            }
            games.push(game);
            bar.inc(1);
        }
        Ok(games)
    }

    /// Plays a whole game.
    fn play(&self, index: u32) -> (GameResult, Recording) {
        let first = self.deal.deal();
        let deal = Deal { seed: first.seed.wrapping_add(index.into()), ..first };
        let mut game = deal.game();
        // With the dealer's seed, the player's choices would correlate with the hands.
        let mut generator = Pcg32::seed_from_u64(!deal.seed);
        let mut drops = Vec::new();
        while game.drops() < self.max_drops
            && let Some(drop) = self.player.choose(&game, &mut generator)
        {
            if let Err(refusal) = game.play(drop.slot, drop.at.into()) {
                unreachable!("the legal drop {drop} was refused: {refusal}");
            }
            drops.push(drop);
        }
        (GameResult::new(index, &game), Recording { deal, undos: 0, drops })
    }

    fn threads(&self) -> usize {
        let processors = || thread::available_parallelism().map_or(1, NonZero::get);
        self.threads.map_or_else(processors, usize::from)
    }

    fn print_table(&self, games: &[GameResult], rate: f64, out: &mut dyn Write) -> Result<Outcome, Error> {
        let Deal { kind, seed } = self.deal.deal();
        let player = self.player.name();
        writeln!(out, "{}, kind {kind}, seed {seed}, player {player}\n", count(self.games, "game", "games"))?;
        writeln!(out, "{:<15}{}", "", Summary::COLUMNS)?;
        for (_, name, summary) in summaries(games) {
            writeln!(out, "{name:<15}{summary}")?;
        }
        let cut_off = count(cut_off(games), "game was", "games were");
        writeln!(out, "\n{cut_off} cut off after {}", count(self.max_drops, "drop", "drops"))?;
        writeln!(out, "{rate:.1} games/s")?;
        Ok(Outcome::Success)
    }

    fn print_json(&self, games: &[GameResult], rate: f64, out: &mut dyn Write) -> Result<Outcome, Error> {
        let Deal { kind, seed } = self.deal.deal();
        let mut value = json!({
            "games": self.games,
            "kind": kind.name(),
            "seed": seed,
            "player": self.player.name(),
            "max_drops": self.max_drops,
            "cut_off": cut_off(games),
            "games_per_second": rate,
        });
        for (key, _, summary) in summaries(games) {
            value[key] = json!(summary);
        }
        writeln!(out, "{value}")?;
        Ok(Outcome::Success)
    }
}

impl GameResult {
    fn new(index: u32, game: &Game) -> Self {
        let (drops, lines, points) = (game.drops(), game.lines(), game.score());
        Self { index, drops, lines, points, cut_off: !game.is_over() }
    }
}

/// Returns a summary of each quantity, with its JSON key and its name in the table.
fn summaries(games: &[GameResult]) -> [(&'static str, &'static str, Summary); 4] {
    let of = |number: fn(&GameResult) -> f64| Summary::of(games.iter().map(number));
    [
        ("drops", "drops/game", of(|game| f64::from(game.drops))),
        ("lines", "lines/game", of(|game| f64::from(game.lines))),
        ("points", "points/game", of(|game| game.points as f64)),
        ("points_per_drop", "points/drop", of(|game| game.points as f64 / f64::from(game.drops.max(1)))),
    ]
}

/// Returns the number of games that were cut off.
fn cut_off(games: &[GameResult]) -> u32 {
    games.iter().map(|game| u32::from(game.cut_off)).sum()
}

fn write(folder: &Path, recording: &Recording) -> Result<(), Error> {
    let file = folder.join(format!("game-{}.txt", recording.deal.seed));
    fs::write(&file, notation::to_text(recording))
        .map_err(|error| Error::BadInput(format!("{}: cannot write the file: {error}", file.display())))
}
