//! Fuzzes the parsers with mutated recordings, records and backups: `cargo bench --bench fuzz -- SECONDS SEED`. The
//! defaults are 60 seconds and seed 1.
//!
//! The corpus contains valid texts of both notations and of all records. Each execution mutates one of them and parses
//! it in every form. No parser may panic or take longer than [`TIMEOUT`]. An accepted value must be the same after it
//! is written and parsed again, an accepted link must contain the link of its recording, and an error message must be
//! one short line. On a violation, the input is printed and the exit status is 1. The same seed leads to the same
//! mutations.
//!
//! The fuzzer is not guided by coverage, because `cargo fuzz` needs a nightly compiler. Instead, every form is in the
//! corpus, and mutated content gets valid checksums, so that the parsers behind the checksums are reached.

#[path = "fuzz/corpus.rs"]
mod corpus;
#[path = "fuzz/mutation.rs"]
mod mutation;

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use blockers::records::{Archive, Bests, DailyResults, SavedGame, backup, newest};
use blockers::world::{Settings, SoundSettings};
use blockers_rules::notation::{NotationError, parse, parse_link, parse_text, to_link, to_text};
use rand::SeedableRng;
use rand_pcg::Pcg32;

use corpus::Corpus;

/// The maximum duration of an execution.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The maximum length of an error message of the notations, in characters.
const MAX_MESSAGE: usize = 160;

fn main() -> ExitCode {
    // cargo adds the argument `--bench`.
    let mut numbers = std::env::args_os().skip(1).filter_map(|word| word.to_str()?.parse::<u64>().ok());
    let (seconds, seed) = (numbers.next().unwrap_or(60), numbers.next().unwrap_or(1));
    let mut rng = Pcg32::seed_from_u64(seed);
    let corpus = Corpus::new(&mut rng);

    let (start, limit) = (Instant::now(), Duration::from_secs(seconds));
    let (mut executions, mut accepted, mut reported) = (0u64, [0u64; FORMS.len()], 0);
    let started = Arc::new(AtomicU64::new(0));
    watch(started.clone(), seed);
    while start.elapsed() < limit {
        let input = corpus.mutated(&mut rng);
        executions += 1;
        started.store(executions, Ordering::Relaxed);
        let violation = match catch_unwind(|| check(&input)) {
            Ok(Ok(is_accepted)) => {
                accepted.iter_mut().zip(is_accepted).for_each(|(count, accepted)| *count += u64::from(accepted));
                None
            }
            Ok(Err(violation)) => Some(violation),
            Err(_) => Some("a parser panicked, see above"),
        };
        if let Some(violation) = violation {
            println!("\nExecution {executions} of seed {seed}: {violation}. The input, escaped:");
            println!("{}", input.escape_default());
            return ExitCode::FAILURE;
        }
        if start.elapsed().as_secs() > reported {
            reported = start.elapsed().as_secs();
            eprintln!("{reported:>4} s: {executions} executions");
        }
    }
    let rate = executions as f64 / start.elapsed().as_secs_f64();
    println!("{executions} executions, {rate:.0} a second, 0 findings. Accepted:");
    for (form, accepted) in FORMS.iter().zip(accepted) {
        println!("{accepted:>10} as {form}");
    }
    ExitCode::SUCCESS
}

/// Ends the process if an execution exceeds the timeout. The input cannot be printed then, but the same seed reproduces
/// it.
fn watch(started: Arc<AtomicU64>, seed: u64) {
    thread::spawn(move || {
        let mut last = 0;
        loop {
            thread::sleep(TIMEOUT);
            let now = started.load(Ordering::Relaxed);
            if now == last && now > 0 {
                println!("\nExecution {now} of seed {seed} takes longer than {} s.", TIMEOUT.as_secs());
                std::process::exit(1);
            }
            last = now;
        }
    });
}

/// The forms as which an input can be accepted.
const FORMS: [&str; 8] = [
    "recordings",
    "saved games",
    "best scores",
    "daily results",
    "archives without a damaged line",
    "backups",
    "settings",
    "sound settings",
];

/// Parses the input in every form. Returns for each of [`FORMS`] whether it was accepted.
///
/// # Errors
/// The violated requirement.
fn check(input: &str) -> Result<[bool; FORMS.len()], &'static str> {
    let recording = check_notation(input)?;
    let saved = SavedGame::parse(input);
    let found = newest([Some(input), None]);
    let playable = saved.as_ref().is_ok_and(|saved| saved.recording.verify().is_ok());
    if found.game.is_some() != playable || found.damaged.is_empty() != playable {
        return Err("`newest` and `SavedGame::parse` disagree");
    }
    if saved.as_ref().is_ok_and(|saved| SavedGame::parse(&saved.to_text()).as_ref() != Ok(saved)) {
        return Err("a saved game changed when written and parsed again");
    }
    let (bests, days) = (Bests::parse(input), DailyResults::parse(input));
    if bests.as_ref().is_ok_and(|bests| Bests::parse(&bests.to_text()).as_ref() != Ok(bests)) {
        return Err("best scores changed when written and parsed again");
    }
    if days.as_ref().is_ok_and(|days| DailyResults::parse(&days.to_text()).as_ref() != Ok(days)) {
        return Err("daily results changed when written and parsed again");
    }
    let (archive, damaged) = Archive::parse(input);
    if Archive::parse(&archive.to_text()) != (archive.clone(), Vec::new()) {
        return Err("an archive changed when written and parsed again");
    }
    if archive.rebuild().games().len() != archive.games().len() {
        return Err("`rebuild` loses a game");
    }
    let file = backup::read(input);
    if file.as_ref().is_ok_and(|records| backup::read(&backup::write(records)).as_ref() != Ok(records)) {
        return Err("a backup changed when written and parsed again");
    }
    let (settings, sound) = (Settings::parse(input), SoundSettings::parse(input));
    if settings.as_ref().is_ok_and(|settings| Settings::parse(&settings.to_string()).as_ref() != Ok(settings)) {
        return Err("settings changed when written and parsed again");
    }
    if sound.is_some_and(|sound| SoundSettings::parse(&sound.to_string()) != Some(sound)) {
        return Err("sound settings changed when written and parsed again");
    }
    let messages = [
        saved.as_ref().err().map(ToString::to_string),
        bests.as_ref().err().map(ToString::to_string),
        days.as_ref().err().map(ToString::to_string),
        damaged.first().map(ToString::to_string),
    ];
    if messages.into_iter().flatten().any(|message| message.chars().count() > 2 * MAX_MESSAGE) {
        return Err("an error message is not one short line");
    }
    Ok([
        recording,
        saved.is_ok(),
        bests.is_ok(),
        days.is_ok(),
        damaged.is_empty(),
        file.is_ok(),
        settings.is_ok(),
        sound.is_some(),
    ])
}

/// Parses the input as a recording in every notation. Returns `true` if one of them accepted it.
///
/// # Errors
/// The violated requirement.
fn check_notation(input: &str) -> Result<bool, &'static str> {
    let (either, text, link) = (parse(input), parse_text(input), parse_link(input));
    let results = [&either, &text, &link];
    if results.iter().any(|result| result.as_ref().is_err_and(has_bad_message)) {
        return Err("an error message is not one short line");
    }
    if let Ok(recording) = &link
        && !contains_link(input, &to_link(recording))
    {
        return Err("a recording has two links");
    }
    if let Ok(recording) = &either
        && text.as_ref() != Ok(recording)
        && link.as_ref() != Ok(recording)
    {
        return Err("`parse` accepts an input that is neither a text nor a link");
    }
    if either.is_err() && text.is_ok() {
        return Err("`parse` refuses a valid text");
    }
    for recording in results.into_iter().flatten() {
        if parse_text(&to_text(recording)).as_ref() != Ok(recording) {
            return Err("a text changed when written and parsed again");
        }
        if parse_link(&to_link(recording)).as_ref() != Ok(recording) {
            return Err("a link changed when written and parsed again");
        }
        // Most of these games are illegal. The error must name one of their drops.
        if let Err(illegal) = recording.verify()
            && recording.drops.get(illegal.number - 1) != Some(&illegal.drop)
        {
            return Err("an illegal drop is not in the recording");
        }
    }
    Ok(results.iter().any(|result| result.is_ok()))
}

/// Returns `true` if the message of this error is not one short line.
fn has_bad_message(error: &NotationError) -> bool {
    let message = error.to_string();
    message.contains(char::is_control) || message.chars().count() > MAX_MESSAGE
}

/// Returns `true` if the characters of the link are in the input, apart from punctuation that may be lost at its end.
/// What is percent-encoded is not checked.
fn contains_link(input: &str, link: &str) -> bool {
    let punctuation = ['-', '_'];
    let is_letter = |letter: &char| letter.is_ascii_alphanumeric() || punctuation.contains(letter);
    let letters: String = input.chars().filter(is_letter).collect();
    input.contains('%') || letters.contains(link.trim_end_matches(punctuation))
}
