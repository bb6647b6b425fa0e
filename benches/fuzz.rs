//! The fuzzer of everything that is read: both notations, and the records. `cargo bench --bench fuzz -- SECONDS SEED`, 60 and 1 if they
//! are left out.
//!
//! It writes recordings, saved games, archives, backups and settings down, spoils what is written, and has it read. Nothing may panic
//! or take longer than [`PATIENCE`]; what is accepted must be the same when it is written and read again, and a link that is accepted
//! must be the only one of its recording; a refusal must be a short sentence in one line. What breaks this is printed, and the exit
//! status is 1 then. The same seed spoils in the same way.
//!
//! It is not led by coverage: `cargo fuzz` needs a nightly compiler, and the project is built by a stable one. What coverage would find
//! its way to, this is given: every form is in the corpus, and spoiled insides get right checksums, behind which most of the parsers lie.

#[path = "fuzz/corpus.rs"]
mod corpus;
#[path = "fuzz/spoiling.rs"]
mod spoiling;

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use blockers::records::{Archive, Bests, DailyResults, SavedGame, backup, newest};
use blockers::rules::notation::{NotationError, parse, parse_link, parse_text, to_link, to_text};
use blockers::world::{Settings, SoundSettings};
use rand::SeedableRng;
use rand_pcg::Pcg32;

use corpus::Corpus;

/// No execution may take so long.
const PATIENCE: Duration = Duration::from_secs(5);

/// Characters of the longest refusal.
const LONGEST_REFUSAL: usize = 160;

fn main() -> ExitCode {
    // cargo adds `--bench` to what it was given.
    let mut numbers = std::env::args_os().skip(1).filter_map(|word| word.to_str()?.parse::<u64>().ok());
    let (seconds, seed) = (numbers.next().unwrap_or(60), numbers.next().unwrap_or(1));
    let mut dice = Pcg32::seed_from_u64(seed);
    let corpus = Corpus::new(&mut dice);

    let (start, limit) = (Instant::now(), Duration::from_secs(seconds));
    let (mut executions, mut accepted, mut told) = (0u64, [0u64; FORMS.len()], 0);
    let begun = Arc::new(AtomicU64::new(0));
    watch(begun.clone(), seed);
    while start.elapsed() < limit {
        let input = corpus.spoiled(&mut dice);
        executions += 1;
        begun.store(executions, Ordering::Relaxed);
        let complaint = match catch_unwind(|| judge(&input)) {
            Ok(Ok(read)) => {
                accepted.iter_mut().zip(read).for_each(|(count, read)| *count += u64::from(read));
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
            eprintln!("{told:>4} s: {executions} executions");
        }
    }
    let rate = executions as f64 / start.elapsed().as_secs_f64();
    println!("{executions} executions, {rate:.0} a second, 0 findings. Accepted:");
    for (form, accepted) in FORMS.iter().zip(accepted) {
        println!("{accepted:>10} as {form}");
    }
    ExitCode::SUCCESS
}

/// Sees that no execution takes too long. One that never ends cannot be asked what it reads, but the same seed comes to it again.
fn watch(begun: Arc<AtomicU64>, seed: u64) {
    thread::spawn(move || {
        let mut last = 0;
        loop {
            thread::sleep(PATIENCE);
            let now = begun.load(Ordering::Relaxed);
            if now == last && now > 0 {
                println!("\nExecution {now} of seed {seed} takes longer than {} s.", PATIENCE.as_secs());
                std::process::exit(1);
            }
            last = now;
        }
    });
}

/// What an input may be accepted as.
const FORMS: [&str; 8] = [
    "recordings",
    "saved games",
    "best scores",
    "daily results",
    "archives without a damaged line",
    "backups",
    "settings",
    "settings of sound",
];

/// Reads the input in every way. Returns which of them accepted it, or what the program did wrong.
fn judge(input: &str) -> Result<[bool; FORMS.len()], &'static str> {
    let recording = judge_notation(input)?;
    let saved = SavedGame::parse(input);
    let found = newest([Some(input), None]);
    let playable = saved.as_ref().is_ok_and(|saved| saved.recording.verify().is_ok());
    if found.game.is_some() != playable || found.damaged.is_empty() != playable {
        return Err("a saved game is not what it is found as");
    }
    if saved.as_ref().is_ok_and(|saved| SavedGame::parse(&saved.to_text()).as_ref() != Ok(saved)) {
        return Err("a saved game is read as something else");
    }
    let (bests, days) = (Bests::parse(input), DailyResults::parse(input));
    if bests.as_ref().is_ok_and(|bests| Bests::parse(&bests.to_text()).as_ref() != Ok(bests)) {
        return Err("best scores are read as something else");
    }
    if days.as_ref().is_ok_and(|days| DailyResults::parse(&days.to_text()).as_ref() != Ok(days)) {
        return Err("daily results are read as something else");
    }
    let (archive, damaged) = Archive::parse(input);
    if Archive::parse(&archive.to_text()) != (archive.clone(), Vec::new()) {
        return Err("an archive is read as something else");
    }
    if archive.rebuild().games().len() != archive.games().len() {
        return Err("an archive loses a game when it is counted again");
    }
    let file = backup::read(input);
    if file.as_ref().is_ok_and(|records| backup::read(&backup::write(records)).as_ref() != Ok(records)) {
        return Err("a backup is read as something else");
    }
    let (settings, sound) = (Settings::parse(input), SoundSettings::parse(input));
    if settings.as_ref().is_ok_and(|settings| Settings::parse(&settings.to_string()).as_ref() != Ok(settings)) {
        return Err("settings are read as something else");
    }
    if sound.is_some_and(|sound| SoundSettings::parse(&sound.to_string()) != Some(sound)) {
        return Err("settings of sound are read as something else");
    }
    let refusals = [
        saved.as_ref().err().map(ToString::to_string),
        bests.as_ref().err().map(ToString::to_string),
        days.as_ref().err().map(ToString::to_string),
        damaged.first().map(ToString::to_string),
    ];
    if refusals.into_iter().flatten().any(|sentence| sentence.chars().count() > 2 * LONGEST_REFUSAL) {
        return Err("a refusal is not a short line");
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

/// Reads the input as a recording, in every way. Returns whether one of them accepted it, or what the program did wrong.
fn judge_notation(input: &str) -> Result<bool, &'static str> {
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
