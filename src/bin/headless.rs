//! The program without a screen: checks traces, and plays in the terminal.
//!
//! Comes in: arguments, files, drops on standard input. Goes out: lines on standard output, complaints on standard error,
//! and an exit code: 0 all is well, 1 a trace does not match, 2 the call or a file is not of the form.

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    // What is not text is no seed and no file that we could name, and must not stop us with a panic.
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    terminal::run(&arguments)
}

#[cfg(not(target_arch = "wasm32"))]
mod terminal {
    use std::io::{self, BufRead, Write};
    use std::process::ExitCode;

    use blockers::rules::trace::{self, Trace};
    use blockers::rules::{Dealer, Game};

    const USAGE: &str = "\
Usage:
  headless verify FILE...    checks games in the traces' form, a line each and a total
  headless play [--seed N]   deals the game of this seed (0 if none is given), reads drops from standard input
                             (`slot row col`, one a line) and answers each with a line of JSON";

    const MISMATCH: u8 = 1;
    const UNUSABLE: u8 = 2;

    pub(super) fn run(arguments: &[String]) -> ExitCode {
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let done = match words.as_slice() {
            ["verify", files @ ..] if !files.is_empty() => return verify(files),
            ["play"] => play(0),
            ["play", "--seed", seed] => match seed.parse() {
                Ok(seed) => play(seed),
                Err(_) => return unusable(&format!("`{seed}` is not a seed: that is a number from 0 to {}", u64::MAX)),
            },
            ["help" | "--help" | "-h"] => writeln!(io::stdout(), "{USAGE}"),
            _ => return unusable(USAGE),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            // Whoever read our output has had enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => unusable(&format!("the game stopped: {error}")),
        }
    }

    fn unusable(sentence: &str) -> ExitCode {
        eprintln!("{sentence}");
        ExitCode::from(UNUSABLE)
    }

    fn verify(files: &[&str]) -> ExitCode {
        let (mut matching, mut mismatching, mut unusable) = (0, 0, 0);
        for file in files {
            let trace = std::fs::read_to_string(file)
                .map_err(|error| format!("it cannot be read: {error}"))
                .and_then(|text| Trace::parse(&text));
            match trace.map(|trace| (trace.steps.len(), trace.verify())) {
                Ok((steps, Ok(()))) => {
                    matching += 1;
                    println!("{file}: {steps} steps match");
                }
                Ok((_, Err(mismatch))) => {
                    mismatching += 1;
                    println!("{file}: {mismatch}");
                }
                Err(sentence) => {
                    unusable += 1;
                    eprintln!("{file}: {sentence}");
                }
            }
        }
        println!("{matching} match, {mismatching} do not, {unusable} could not be read");
        match (mismatching, unusable) {
            (_, 1..) => ExitCode::from(UNUSABLE),
            (1.., _) => ExitCode::from(MISMATCH),
            _ => ExitCode::SUCCESS,
        }
    }

    fn play(seed: u64) -> io::Result<()> {
        let mut game = Game::new(Dealer::classic(seed));
        let mut out = io::stdout().lock();
        let (hand, colours) = trace::staged(&game);
        writeln!(out, "{}", serde_json::json!({ "hand": hand, "colours": colours }))?;
        for line in io::stdin().lock().lines() {
            let line = line?;
            let answer = match drop_in(&line) {
                Some((slot, row, col)) => serde_json::to_string(&trace::step(&mut game, slot, row, col))?,
                None => serde_json::json!({ "error": format!("`{line}` is not a drop: that is `slot row col`") })
                    .to_string(),
            };
            writeln!(out, "{answer}")?;
        }
        Ok(())
    }

    fn drop_in(line: &str) -> Option<(usize, i32, i32)> {
        let mut words = line.split_whitespace();
        let drop = (words.next()?.parse().ok()?, words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        words.next().is_none().then_some(drop)
    }
}
