//! The floors of the house: a module uses what lies below it, never above; and the browser is known only at its doors.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail that way")]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the ground up. What stands on one floor may use each other and every floor below.
const FLOORS: &[&[&str]] = &[
    &["rules", "bus"],
    &["records"],
    &["world"],
    &["events", "ports"],
    &["words"],
    &["loading"],
    &["input", "handlers", "view"],
    &["wiring"],
    &["app"],
    &["shell"],
];

/// These must not know each other although they stand side by side.
const STRANGERS: &[(&str, &str)] = &[
    ("rules", "bus"),
    ("bus", "rules"),
    ("input", "view"),
    ("view", "input"),
    ("handlers", "view"),
    ("view", "handlers"),
];

/// Where the browser may be named: folders and files below `src`.
const DOORS: &[&str] = &[
    "input/browser.rs",
    "view/canvas.rs",
    "view/canvas/",
    "view/page/",
    "ports/web/",
    "shell.rs",
    "shell/",
    "main.rs",
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// Every file below `src`: its name from there, and its lines of code.
fn sources() -> Vec<(String, Vec<String>)> {
    let named = |path: PathBuf| {
        let name = path.strip_prefix(source()).expect("it lies below").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).expect("it can be read");
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned).collect();
        (name, code)
    };
    files(&source()).into_iter().map(named).collect()
}

fn module(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or(file)
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The modules of this crate that a line of code names.
fn named_in(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

#[test]
fn every_module_stands_on_a_floor() {
    for (file, _) in sources() {
        let module = module(&file);
        let outside = ["lib", "main", "bin"].contains(&module);
        assert!(outside || floor(module).is_some(), "{file} stands nowhere: give `{module}` a floor");
    }
}

#[test]
fn nothing_uses_what_stands_above_it() {
    let mut seen = 0;
    for (file, code) in sources() {
        let Some(own) = floor(module(&file)) else { continue };
        for line in &code {
            for used in named_in(line) {
                let Some(other) = floor(used) else {
                    panic!("{file} names crate::{used}, which stands nowhere: {line}")
                };
                assert!(other <= own, "{file} stands below `{used}` and must not use it: {line}");
                let strangers = STRANGERS.contains(&(module(&file), used));
                assert!(!strangers, "{file} must not know `{used}`: {line}");
                seen += 1;
            }
        }
    }
    assert!(seen > 50, "this test has found the imports: {seen}");
}

#[test]
fn rules_and_bus_know_only_what_they_are_made_of() {
    for (file, code) in sources() {
        let forbidden: &[&str] = match module(&file) {
            "rules" => &["bevy_ecs", "web_sys", "js_sys", "wasm_bindgen", "std::time", "SystemTime"],
            "bus" => &["rand", "serde", "web_sys", "js_sys", "wasm_bindgen", "std::time", "SystemTime"],
            _ => continue,
        };
        for line in code {
            assert!(forbidden.iter().all(|word| !line.contains(word)), "{file}: {line}");
        }
    }
}

#[test]
fn the_browser_is_named_only_at_its_doors() {
    for (file, code) in sources() {
        if DOORS.iter().any(|door| file.starts_with(door)) {
            continue;
        }
        for line in code {
            let named = ["web_sys", "js_sys", "wasm_bindgen"].iter().find(|word| line.contains(*word));
            assert_eq!(named, None, "{file}: {line}");
        }
    }
}

/// Time comes in through a port, so that the same events are the same game.
#[test]
fn nobody_asks_the_machine_for_the_time_or_for_chance() {
    for (file, code) in sources() {
        if file.starts_with("ports/web/") {
            continue;
        }
        for line in code {
            for word in ["Instant::now", "SystemTime", "performance.now", "Math::random", "thread_rng", "rand::rng()"] {
                assert!(!line.contains(word), "{file}: {line}");
            }
        }
    }
}
