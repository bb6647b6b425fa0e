//! `replay`: a recorded game, drop by drop.
//!
//! Comes in: a recording, from a file, from standard input, or as a link. Goes out: what each drop did, and the table at the
//! end. A drop that the rules refuse ends it.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use blockers::rules::notation::NotationError;
use blockers::rules::{DropAt, Game, IllegalDrop, Recording, Turn, notation, trace};
use blockers::words;
use clap::Args;
use serde::Serialize;
use serde_json::json;

use crate::ending::{Ending, Stop, complain, count};

#[derive(Args)]
pub(crate) struct Replay {
    /// A file with a recorded game (text or link), a link itself, or `-` for standard input
    #[arg(value_name = "FILE|LINK")]
    source: OsString,
    /// Show the board after each drop
    #[arg(long)]
    every: bool,
}

/// What a drop did, for programs. Slots, rows and columns count from 0, as in traces.
#[derive(Serialize)]
struct Dropped {
    number: usize,
    drop: String,
    slot: usize,
    row: u8,
    col: u8,
    shape: u8,
    name: String,
    gained: u64,
    score: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    board: Option<String>,
}

impl Replay {
    pub(crate) fn run(&self, json: bool, out: &mut dyn Write) -> Result<Ending, Stop> {
        let recording = self.recording()?;
        let mut game = recording.deal.game();
        let mut dropped = Vec::new();
        let mut illegal = None;
        if !json {
            writeln!(out, "{}", head(&recording))?;
        }
        for (number, &drop) in (1..).zip(&recording.drops) {
            match game.play(drop.slot, drop.at.into()) {
                Ok(turn) if json => dropped.push(self.told(number, drop, &turn, &game)),
                Ok(turn) => show(&self.told(number, drop, &turn, &game), out)?,
                Err(refusal) => {
                    illegal = Some(IllegalDrop { number, drop, refusal });
                    break;
                }
            }
        }
        if json {
            writeln!(out, "{}", end_told(&recording, &dropped, &game, illegal))?;
        } else {
            writeln!(out, "\n{}\n\n{}", lines(&trace::picture(game.board())), end(&game))?;
        }
        let Some(illegal) = illegal else { return Ok(Ending::Well) };
        complain(&illegal.to_string());
        Ok(Ending::Mismatch)
    }

    /// A file of the name comes first; what names none is read as a link.
    fn recording(&self) -> Result<Recording, Stop> {
        let name = self.source.to_string_lossy();
        let read = if self.source == "-" {
            let text = io::read_to_string(io::stdin()).map_err(|error| format!("it cannot be read: {error}"));
            text.and_then(|text| notation::parse(&text).map_err(|error| format!("it is no recording: {error}")))
        } else {
            match fs::read_to_string(&self.source) {
                Ok(text) => notation::parse(&text).map_err(|error| format!("it is no recording: {error}")),
                Err(unread) => notation::parse(&name).map_err(|error| unreadable(&unread, &error)),
            }
        };
        read.map_err(|sentence| Stop::Unusable(format!("{}: {sentence}", beginning(&name))))
    }

    fn told(&self, number: usize, drop: DropAt, turn: &Turn, game: &Game) -> Dropped {
        let shape = turn.piece.shape;
        Dropped {
            number,
            drop: drop.to_string(),
            slot: drop.slot.index(),
            row: drop.at.row(),
            col: drop.at.column(),
            shape: shape.number(),
            name: words::shape(shape),
            gained: turn.points,
            score: turn.score,
            board: self.every.then(|| trace::picture(game.board())),
        }
    }
}

/// Why something is neither a file nor a link.
pub(crate) fn unreadable(unread: &io::Error, error: &NotationError) -> String {
    format!("it cannot be read as a file ({unread}), and is no link: {error}")
}

/// The name of a file, or the beginning of a link, which may be long.
pub(crate) fn beginning(name: &str) -> String {
    if Path::new(name).exists() { name.to_owned() } else { name.chars().take(60).collect() }
}

fn show(dropped: &Dropped, out: &mut dyn Write) -> io::Result<()> {
    let Dropped { number, drop, name, shape, gained, score, board, .. } = dropped;
    writeln!(out, "{number:>5}  {drop:<5} {name:<14} {shape:>2} {gained:>7} {score:>8}")?;
    match board {
        Some(board) => writeln!(out, "\n{}\n", lines(board)),
        None => Ok(()),
    }
}

fn head(recording: &Recording) -> String {
    let Recording { deal, undos, drops } = recording;
    let (drops, undos) = (count(drops.len() as u64, "drop", "drops"), count(*undos, "undo", "undos"));
    let title = format!("kind {}, seed {}, {drops}, {undos}", deal.kind, deal.seed);
    let columns = format!("{:>5}  {:<5} {:<17} {:>7} {:>8}", "", "drop", "shape", "points", "score");
    format!("{title}\n\n{columns}")
}

fn end(game: &Game) -> String {
    let (drops, lines) = (count(game.drops(), "drop", "drops"), count(game.lines(), "line", "lines"));
    format!("score {}, {drops}, {lines}, {}", game.score(), if game.is_over() { "over" } else { "not over" })
}

fn end_told(
    recording: &Recording,
    dropped: &[Dropped],
    game: &Game,
    illegal: Option<IllegalDrop>,
) -> serde_json::Value {
    json!({
        "kind": recording.deal.kind.name(),
        "seed": recording.deal.seed,
        "undos": recording.undos,
        "drops": dropped,
        "board": trace::picture(game.board()),
        "score": game.score(),
        "lines": game.lines(),
        "over": game.is_over(),
        "illegal": illegal.map(|illegal| illegal.to_string()),
    })
}

/// The rows of a board's picture, on lines.
fn lines(picture: &str) -> String {
    picture.replace('/', "\n")
}
