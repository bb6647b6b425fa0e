//! `simulate`: many whole games, and how they went.
//!
//! Comes in: how many, of which deal, by which player. Goes out: a summary, and the games as recordings if they are wanted.
//! Each game has its own seed and its own dice, so how many threads share the work changes nothing but the time it takes.

use std::fs;
use std::io::Write;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use blockers::rules::{Deal, Game, Recording, notation};
use clap::{Args, value_parser};
use indicatif::ProgressBar;
use rand::SeedableRng;
use rand_pcg::Pcg32;
use serde_json::json;

use crate::call::Dealt;
use crate::drops;
use crate::ending::{Ending, Stop, count};
use crate::player::Player;
use crate::progress;
use crate::summary::Summary;

/// A longer game could be written as a recording, but not read.
const MOST: i64 = notation::MAX_DROPS as i64;

#[derive(Args)]
pub(crate) struct Simulate {
    /// How many games; the first has the given seed, each further one the next number
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = value_parser!(u32).range(1..))]
    games: u32,
    #[command(flatten)]
    dealt: Dealt,
    /// Who plays
    #[arg(long, value_enum, default_value_t = Player::Random)]
    player: Player,
    /// Cut a game off after so many drops: a kind one may go on for ever
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = value_parser!(u32).range(1..=MOST))]
    max_drops: u32,
    /// Write each game into this folder as a recording, game-<SEED>.txt
    #[arg(long, value_name = "DIR")]
    recordings: Option<PathBuf>,
    /// How many threads share the work; as many as the machine has, unless given
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// How a game went.
struct Played {
    index: u32,
    drops: u32,
    lines: u32,
    points: u64,
    /// It was not over, but had as many drops as a game may have here.
    cut_off: bool,
}

impl Simulate {
    pub(crate) fn run(&self, json: bool, out: &mut dyn Write) -> Result<Ending, Stop> {
        if let Some(folder) = &self.recordings {
            fs::create_dir_all(folder)
                .map_err(|error| Stop::Unusable(format!("{}: the folder cannot be made: {error}", folder.display())))?;
        }
        let bar = progress::bar(self.games.into(), "games");
        let games = self.play_all(&bar)?;
        let rate = f64::from(self.games) / progress::seconds(&bar);
        if json { self.tell(&games, rate, out) } else { self.show(&games, rate, out) }
    }

    /// Every game, in the order of their seeds.
    fn play_all(&self, bar: &ProgressBar) -> Result<Vec<Played>, Stop> {
        let next = AtomicU64::new(0);
        let mut games: Vec<Played> = Vec::new();
        thread::scope(|scope| {
            let workers: Vec<_> = (0..self.threads()).map(|_| scope.spawn(|| self.work(&next, bar))).collect();
            for worker in workers {
                match worker.join() {
                    Ok(done) => games.extend(done?),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            Ok::<(), Stop>(())
        })?;
        games.sort_by_key(|game| game.index);
        Ok(games)
    }

    /// What one thread does: takes the next game that nobody has taken, until there is none.
    fn work(&self, next: &AtomicU64, bar: &ProgressBar) -> Result<Vec<Played>, Stop> {
        let mut games = Vec::new();
        while let Ok(index) = u32::try_from(next.fetch_add(1, Ordering::Relaxed))
            && index < self.games
        {
            let (game, recording) = self.play(index);
            if let Some(folder) = &self.recordings
                && let Err(stop) = write(folder, &recording)
            {
                // Nobody needs to begin another game.
                next.store(self.games.into(), Ordering::Relaxed);
                return Err(stop);
            }
            games.push(game);
            bar.inc(1);
        }
        Ok(games)
    }

    /// A whole game.
    fn play(&self, index: u32) -> (Played, Recording) {
        let first = self.dealt.deal();
        let deal = Deal { seed: first.seed.wrapping_add(index.into()), ..first };
        let mut game = deal.game();
        // Dice of the dealer's seed would fall as the hands do.
        let mut dice = Pcg32::seed_from_u64(!deal.seed);
        let mut played = Vec::new();
        while game.drops() < self.max_drops
            && let Some(drop) = self.player.choose(&game, &mut dice)
        {
            drops::make(&mut game, drop);
            played.push(drop);
        }
        (Played::new(index, &game), Recording { deal, undos: 0, drops: played })
    }

    fn threads(&self) -> usize {
        let machine = || thread::available_parallelism().map_or(1, NonZero::get);
        self.threads.map_or_else(machine, usize::from)
    }

    fn show(&self, games: &[Played], rate: f64, out: &mut dyn Write) -> Result<Ending, Stop> {
        let Deal { kind, seed } = self.dealt.deal();
        let player = self.player.name();
        writeln!(out, "{}, kind {kind}, seed {seed}, player {player}\n", count(self.games, "game", "games"))?;
        writeln!(out, "{:<15}{}", "", Summary::COLUMNS)?;
        for (_, name, summary) in summaries(games) {
            writeln!(out, "{name:<15}{summary}")?;
        }
        let cut_off = count(cut_off(games), "game was", "games were");
        writeln!(out, "\n{cut_off} cut off after {}", count(self.max_drops, "drop", "drops"))?;
        writeln!(out, "{rate:.1} games/s")?;
        Ok(Ending::Well)
    }

    fn tell(&self, games: &[Played], rate: f64, out: &mut dyn Write) -> Result<Ending, Stop> {
        let Deal { kind, seed } = self.dealt.deal();
        let mut told = json!({
            "games": self.games,
            "kind": kind.name(),
            "seed": seed,
            "player": self.player.name(),
            "max_drops": self.max_drops,
            "cut_off": cut_off(games),
            "games_per_second": rate,
        });
        for (key, _, summary) in summaries(games) {
            told[key] = json!(summary);
        }
        writeln!(out, "{told}")?;
        Ok(Ending::Well)
    }
}

impl Played {
    fn new(index: u32, game: &Game) -> Self {
        let (drops, lines, points) = (game.drops(), game.lines(), game.score());
        Self { index, drops, lines, points, cut_off: !game.is_over() }
    }
}

/// What is said of the games: its name for programs, its name for people, its numbers.
fn summaries(games: &[Played]) -> [(&'static str, &'static str, Summary); 4] {
    let of = |number: fn(&Played) -> f64| Summary::of(games.iter().map(number));
    [
        ("drops", "drops/game", of(|game| f64::from(game.drops))),
        ("lines", "lines/game", of(|game| f64::from(game.lines))),
        ("points", "points/game", of(|game| game.points as f64)),
        ("points_per_drop", "points/drop", of(|game| game.points as f64 / f64::from(game.drops.max(1)))),
    ]
}

fn cut_off(games: &[Played]) -> u32 {
    games.iter().map(|game| u32::from(game.cut_off)).sum()
}

fn write(folder: &Path, recording: &Recording) -> Result<(), Stop> {
    let file = folder.join(format!("game-{}.txt", recording.deal.seed));
    fs::write(&file, notation::to_text(recording))
        .map_err(|error| Stop::Unusable(format!("{}: it cannot be written: {error}", file.display())))
}
