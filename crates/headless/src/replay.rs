//! `replay`: prints what each drop of a recorded game did, and the board at the end. Stops at an illegal drop.

use std::ffi::OsString;
use std::io::{self, Write};

use blockers_rules::{DropAt, Game, IllegalDrop, Recording, Turn, trace};
use clap::Args;
use serde::Serialize;
use serde_json::json;

use crate::exit::{Error, Outcome, print_error};
use crate::source::{Input, label};
use crate::text::{count, with_sources};

#[derive(Args)]
pub(crate) struct Replay {
    /// A file with a recorded game (text or link), a link, or `-` for standard input
    #[arg(value_name = "FILE|LINK")]
    source: OsString,
    /// Show the board after each drop
    #[arg(long)]
    every: bool,
}

/// What a drop did, as it is printed. Slots, rows and columns are counted from 0, as in traces.
#[derive(Serialize)]
struct PlayedDrop {
    number: u32,
    drop: String,
    slot: usize,
    row: u8,
    col: u8,
    shape: u8,
    name: &'static str,
    gained: u64,
    score: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    board: Option<String>,
}

impl Replay {
    pub(crate) fn run(&self, json: bool, out: &mut dyn Write) -> Result<Outcome, Error> {
        let recording = self.recording()?;
        let mut replay = recording.replay();
        let mut played = Vec::new();
        let mut illegal = None;
        if !json {
            writeln!(out, "{}", header(&recording))?;
        }
        while let Some(step) = replay.next() {
            match step.map(|(drop, turn)| self.played_drop(drop, &turn, replay.game())) {
                Ok(drop) if json => played.push(drop),
                Ok(drop) => print_drop(&drop, out)?,
                Err(error) => illegal = Some(error),
            }
        }
        let game = replay.game();
        if json {
            writeln!(out, "{}", to_json(&recording, &played, game, illegal))?;
        } else {
            writeln!(out, "\n{}\n\n{}", board_lines(&trace::picture(game.board())), footer(game))?;
        }
        let Some(illegal) = illegal else { return Ok(Outcome::Success) };
        print_error(&illegal);
        Ok(Outcome::Mismatch)
    }

    fn recording(&self) -> Result<Recording, Error> {
        let input = if self.source == "-" { Input::from_stdin() } else { Input::from_file_or_link(&self.source) };
        let message = match input {
            Ok(Input::Recording(recording)) => return Ok(recording),
            Ok(Input::Trace(_)) => "a trace, not a recording".to_owned(),
            Err(error) => with_sources(&error),
        };
        Err(Error::BadInput(format!("{}: {message}", label(&self.source))))
    }

    fn played_drop(&self, drop: DropAt, turn: &Turn, game: &Game) -> PlayedDrop {
        let shape = turn.piece.shape;
        PlayedDrop {
            number: game.drops(),
            drop: drop.to_string(),
            slot: drop.slot.index(),
            row: drop.at.row(),
            col: drop.at.column(),
            shape: shape.number(),
            name: shape.name(),
            gained: turn.points,
            score: turn.score,
            board: self.every.then(|| trace::picture(game.board())),
        }
    }
}

fn print_drop(played: &PlayedDrop, out: &mut dyn Write) -> io::Result<()> {
    let PlayedDrop { number, drop, name, shape, gained, score, board, .. } = played;
    writeln!(out, "{number:>5}  {drop:<5} {name:<14} {shape:>2} {gained:>7} {score:>8}")?;
    match board {
        Some(board) => writeln!(out, "\n{}\n", board_lines(board)),
        None => Ok(()),
    }
}

fn header(recording: &Recording) -> String {
    let Recording { deal, undos, drops } = recording;
    let (drops, undos) = (count(drops.len() as u64, "drop", "drops"), count(*undos, "undo", "undos"));
    let title = format!("kind {}, seed {}, {drops}, {undos}", deal.kind, deal.seed);
    let columns = format!("{:>5}  {:<5} {:<17} {:>7} {:>8}", "", "drop", "shape", "points", "score");
    format!("{title}\n\n{columns}")
}

fn footer(game: &Game) -> String {
    let (drops, lines) = (count(game.drops(), "drop", "drops"), count(game.lines(), "line", "lines"));
    format!("score {}, {drops}, {lines}, {}", game.score(), if game.is_over() { "over" } else { "not over" })
}

fn to_json(
    recording: &Recording,
    played: &[PlayedDrop],
    game: &Game,
    illegal: Option<IllegalDrop>,
) -> serde_json::Value {
    json!({
        "kind": recording.deal.kind.name(),
        "seed": recording.deal.seed,
        "undos": recording.undos,
        "drops": played,
        "board": trace::picture(game.board()),
        "score": game.score(),
        "lines": game.lines(),
        "over": game.is_over(),
        "illegal": illegal.map(|illegal| illegal.to_string()),
    })
}

/// Returns the picture of a board with each row on its own line.
fn board_lines(picture: &str) -> String {
    picture.replace('/', "\n")
}
