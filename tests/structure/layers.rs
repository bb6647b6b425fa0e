//! Which module may use which, and where the browser, the clock and random numbers may be used.
//!
//! The compiler checks the rest: a crate of the workspace cannot use the page, nor a dependency that its manifest does
//! not name.

use crate::sources::sources;

/// The modules of the page from the bottom up. A module may use its own layer and every layer below.
const LAYERS: &[&[&str]] = &[
    &["records"],
    &["world"],
    &["events", "ports"],
    &["words", "transitions"],
    &["loading"],
    &["input", "handlers", "view"],
    &["wiring"],
    &["app"],
    &["shell"],
];

/// Modules of the same layer that must not use each other: the first must not use the second.
const SEPARATE: &[(&str, &str)] = &[("input", "view"), ("view", "input"), ("handlers", "view"), ("view", "handlers")];

/// The files and folders below `src` that may use the browser.
const BROWSER: &[&str] = &[
    "input/browser.rs",
    "input/browser/",
    "view/canvas.rs",
    "view/canvas/",
    "view/page/",
    "ports/web/",
    "shell.rs",
    "shell/",
    "main.rs",
];

fn top_module(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or(file)
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The modules that a line of code names after `crate::`.
fn modules_in(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

#[test]
fn every_module_of_the_page_has_a_layer() {
    for source in sources() {
        let Some(file) = source.in_page() else { continue };
        let module = top_module(file);
        assert!(["lib", "main"].contains(&module) || layer(module).is_some(), "give `{module}` a layer, for {file}");
    }
}

#[test]
fn no_module_uses_a_layer_above_its_own() {
    let mut checked = 0;
    for source in sources() {
        let Some(file) = source.in_page() else { continue };
        let Some(own) = layer(top_module(file)) else { continue };
        for line in &source.code {
            for used in modules_in(line) {
                let Some(other) = layer(used) else { panic!("{file} names crate::{used}, which has no layer: {line}") };
                assert!(other <= own, "{file} uses `{used}` from a layer above: {line}");
                let separate = SEPARATE.contains(&(top_module(file), used));
                assert!(!separate, "{file} must not use `{used}`: {line}");
                checked += 1;
            }
        }
    }
    assert!(checked > 50, "{checked} uses were found");
}

#[test]
fn handlers_do_not_use_each_other() {
    let mut checked = 0;
    for source in sources() {
        let Some(file) = source.in_page().filter(|file| file.starts_with("handlers/")) else { continue };
        for line in &source.code {
            assert!(!line.contains("crate::handlers"), "{file}: {line}");
            let sibling = line.trim_start().starts_with("use super::");
            assert!(!sibling, "{file}: {line}");
        }
        checked += 1;
    }
    assert!(checked > 20, "{checked} files were found");
}

#[test]
fn only_the_edges_use_the_browser() {
    for source in sources() {
        let Some(file) = source.in_page() else { continue };
        if BROWSER.iter().any(|edge| file.starts_with(edge)) {
            continue;
        }
        for line in &source.code {
            let used = ["web_sys", "js_sys", "wasm_bindgen"].iter().find(|word| line.contains(*word));
            assert_eq!(used, None, "{file}: {line}");
        }
    }
}

/// Time and randomness come in through ports, so that the same events give the same game.
#[test]
fn the_clock_and_the_random_numbers_of_the_machine_are_used_only_in_ports() {
    for source in sources() {
        // The terminal program measures its own speed.
        if source.path.starts_with("src/ports/web/") || source.path.starts_with("crates/headless/") {
            continue;
        }
        for line in &source.code {
            for word in ["Instant::now", "SystemTime", "performance.now", "Math::random", "thread_rng", "rand::rng()"] {
                assert!(!line.contains(word), "{}: {line}", source.path);
            }
        }
    }
}
