//! The fuzzer of both notations: `cargo bench --bench fuzz -- SECONDS SEED`, 60 and 1 if they are left out.
//!
//! It writes recordings down, spoils what is written, and has it read. Nothing may panic; what is accepted must be the same when
//! it is written and read again, and a link that is accepted must be the only one of its recording; a refusal must be a short
//! sentence in one line. What breaks this is printed, and the exit status is 1 then. The same seed spoils in the same way.

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use blockers::rules::notation::{NotationError, parse, parse_link, parse_text, to_link, to_text};
use blockers::rules::{Cell, Deal, DropAt, GameKind, Recording, Slot};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

/// Bytes of the longest input.
const LONGEST: usize = 1 << 14;

/// Characters of the longest refusal.
const LONGEST_REFUSAL: usize = 160;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Pieces of text that mean something to the parsers.
const WORDS: [&str; 16] = [
    "#",
    "#g=",
    "&",
    "\n",
    "\r\n",
    "\t",
    " ",
    "@",
    "1@a1",
    "3@j10",
    "0",
    "9",
    "blockers=",
    "seed=",
    "18446744073709551616",
    "é",
];

fn main() -> ExitCode {
    // cargo adds `--bench` to what it was given.
    let mut numbers = std::env::args_os().skip(1).filter_map(|word| word.to_str()?.parse::<u64>().ok());
    let (seconds, seed) = (numbers.next().unwrap_or(60), numbers.next().unwrap_or(1));
    let mut dice = Pcg32::seed_from_u64(seed);
    let corpus = Corpus::new(&mut dice);

    let (start, limit) = (Instant::now(), Duration::from_secs(seconds));
    let (mut executions, mut accepted, mut told) = (0u64, 0u64, 0);
    while start.elapsed() < limit {
        let input = corpus.spoiled(&mut dice);
        executions += 1;
        let complaint = match catch_unwind(|| judge(&input)) {
            Ok(Ok(read)) => {
                accepted += u64::from(read);
                None
            }
            Ok(Err(complaint)) => Some(complaint),
            Err(_) => Some("a panic, see above"),
        };
        if let Some(complaint) = complaint {
            println!("\nExecution {executions} of seed {seed}: {complaint}. The input, escaped:");
            println!("{}", input.escape_default());
            return ExitCode::FAILURE;
        }
        if start.elapsed().as_secs() > told {
            told = start.elapsed().as_secs();
            eprintln!("{told:>4} s: {executions} executions, {accepted} accepted");
        }
    }
    let rate = executions as f64 / start.elapsed().as_secs_f64();
    let refused = executions - accepted;
    println!("{executions} executions, {accepted} accepted, {refused} refused, 0 findings, {rate:.0} executions/s");
    ExitCode::SUCCESS
}

/// Reads the input in every way. Returns whether one of them accepted it, or what the program did wrong.
fn judge(input: &str) -> Result<bool, &'static str> {
    let (either, text, link) = (parse(input), parse_text(input), parse_link(input));
    let answers = [&either, &text, &link];
    if answers.iter().any(|answer| answer.as_ref().is_err_and(is_unreadable)) {
        return Err("a refusal is not a short line");
    }
    if let Ok(recording) = &link
        && to_link(recording) != bare(input)
    {
        return Err("a recording has two links");
    }
    if let Ok(recording) = &either
        && text.as_ref() != Ok(recording)
        && parse_link(input.trim()).as_ref() != Ok(recording)
    {
        return Err("`parse` reads what is neither form");
    }
    if either.is_err() && text.is_ok() {
        return Err("`parse` refuses a text");
    }
    for recording in answers.into_iter().flatten() {
        if parse_text(&to_text(recording)).as_ref() != Ok(recording) {
            return Err("a text is read as something else");
        }
        if parse_link(&to_link(recording)).as_ref() != Ok(recording) {
            return Err("a link is read as something else");
        }
        // Hardly any of these games could be played so. It must be answered, that is all.
        if let Err(illegal) = recording.verify()
            && recording.drops.get(illegal.number - 1) != Some(&illegal.drop)
        {
            return Err("an illegal drop is named that is not there");
        }
    }
    Ok(answers.iter().any(|answer| answer.is_ok()))
}

fn is_unreadable(refusal: &NotationError) -> bool {
    let sentence = refusal.to_string();
    sentence.contains(char::is_control) || sentence.chars().count() > LONGEST_REFUSAL
}

/// The link in an address.
fn bare(address: &str) -> &str {
    let after = address.split_once("#g=").map(|(_, after)| after.split('&').next().unwrap_or_default());
    after.unwrap_or(address)
}

/// Good writings, to be spoiled.
struct Corpus {
    /// Texts, links and addresses.
    writings: Vec<Vec<u8>>,
    /// What is in the links, without the checksum.
    contents: Vec<Vec<u8>>,
}

impl Corpus {
    fn new(dice: &mut Pcg32) -> Self {
        let (mut writings, mut contents) = (Vec::new(), Vec::new());
        for kind in GameKind::ALL {
            for drops in [0, 1, 7, 8, 40, 300] {
                for recording in [anything(dice, kind, drops), played(dice, kind, drops)] {
                    let (text, link) = (to_text(&recording), to_link(&recording));
                    contents.push(content(&link));
                    writings.push(text.replace('\n', "\r\n").into_bytes());
                    writings.push(format!("# a comment\n{text}# another\n").into_bytes());
                    writings.push(format!("https://example.org/blockers/#g={link}&a=b").into_bytes());
                    writings.push(text.into_bytes());
                    writings.push(link.into_bytes());
                }
            }
        }
        Self { writings, contents }
    }

    /// One of them, spoiled. What is in a link gets its right checksum again, or nobody would look at it.
    fn spoiled(&self, dice: &mut Pcg32) -> String {
        if dice.random_ratio(1, 3) {
            return sealed(&spoil(dice, &self.contents));
        }
        String::from_utf8_lossy(&spoil(dice, &self.writings)).into_owned()
    }
}

/// A recording of any drops, legal or not.
fn anything(dice: &mut Pcg32, kind: GameKind, drops: usize) -> Recording {
    let (slots, cells): (_, Vec<Cell>) = (Slot::ALL, Cell::all().collect());
    let drops = (0..drops).map(|_| DropAt { slot: *pick(dice, &slots), at: *pick(dice, &cells) }).collect();
    let (seed, undos) = (dice.random::<u64>(), dice.random::<u32>());
    Recording { deal: Deal::new(kind, seed >> (seed % 64)), undos: undos >> (undos % 32), drops }
}

/// A recording of a game that was played, as far as it went.
fn played(dice: &mut Pcg32, kind: GameKind, drops: usize) -> Recording {
    let mut recording = Recording { deal: Deal::new(kind, dice.random_range(0..1_000u64)), ..Recording::default() };
    let mut game = recording.deal.game();
    while recording.drops.len() < drops && !game.is_over() {
        let all = Slot::ALL.into_iter().flat_map(|slot| game.anchors(slot).cells().map(move |at| DropAt { slot, at }));
        let all: Vec<_> = all.collect();
        let drop = *pick(dice, &all);
        if game.play(drop.slot, drop.at.into()).is_ok() {
            recording.drops.push(drop);
        }
    }
    recording
}

/// One of these, all as likely. There must be one.
fn pick<'a, T>(dice: &mut Pcg32, these: &'a [T]) -> &'a T {
    &these[below(dice, these.len())]
}

fn below(dice: &mut Pcg32, end: usize) -> usize {
    dice.random_range(0..end as u32) as usize
}

/// One of these with a few changes.
fn spoil(dice: &mut Pcg32, these: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = pick(dice, these).clone();
    for _ in 0..dice.random_range(0..5u32) {
        let at = below(dice, bytes.len() + 1);
        match dice.random_range(0..9u32) {
            0 | 1 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1u8 << dice.random_range(0..8u32);
                }
            }
            2 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = dice.random();
                }
            }
            3 => {
                let end = bytes.len().min(at + 1 + below(dice, 3));
                bytes.drain(at..end);
            }
            4 => insert(&mut bytes, at, pick(dice, &WORDS).as_bytes()),
            5 => {
                let noise: Vec<u8> = (0..below(dice, 20)).map(|_| dice.random()).collect();
                insert(&mut bytes, at, &noise);
            }
            6 => {
                let end = bytes.len().min(at + below(dice, 60));
                let chunk = bytes[at..end].repeat(1 + below(dice, 30));
                insert(&mut bytes, at, &chunk);
            }
            7 => {
                let other = pick(dice, these);
                bytes.truncate(at);
                bytes.extend_from_slice(&other[below(dice, other.len() + 1)..]);
            }
            _ => bytes.truncate(at),
        }
        bytes.truncate(LONGEST);
    }
    bytes
}

fn insert(bytes: &mut Vec<u8>, at: usize, what: &[u8]) {
    let rest = bytes.split_off(at);
    bytes.extend_from_slice(what);
    bytes.extend(rest);
}

/// The bytes in a link that this program wrote, without the four of the checksum.
fn content(link: &str) -> Vec<u8> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0u32, 0u32);
    for letter in link.bytes() {
        let six = LETTERS.iter().position(|&other| other == letter).unwrap_or_default();
        held = (held << 6) | six as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    bytes.truncate(bytes.len().saturating_sub(4));
    bytes
}

/// A link with this in it, and the checksum that belongs to it.
fn sealed(content: &[u8]) -> String {
    let checksum = blockers::rules::notation::checksum(content).to_le_bytes();
    let (mut link, mut held, mut bits) = (String::new(), 0u32, 0u32);
    for &byte in content.iter().chain(&checksum) {
        held = (held << 8) | u32::from(byte);
        bits += 8;
        while bits >= 6 {
            bits -= 6;
            link.push(char::from(LETTERS[(held >> bits & 63) as usize]));
        }
    }
    if bits > 0 {
        link.push(char::from(LETTERS[(held << (6 - bits) & 63) as usize]));
    }
    link
}
