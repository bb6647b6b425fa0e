//! Makes a method of every message in l10n/en.ftl, and checks that the other languages have the same messages with the
//! same variables, in the same order.

#![allow(clippy::expect_used, clippy::panic, reason = "a build script reports errors that way")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[path = "src/words/fluent.rs"]
#[allow(dead_code, reason = "the program uses the rest of it")]
mod fluent;

const REFERENCE: &str = "en";
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

fn main() {
    println!("cargo::rerun-if-changed=l10n");
    println!("cargo::rerun-if-changed=index.html");
    println!("cargo::rerun-if-changed=src/words/fluent.rs");
    let reference = read(REFERENCE);
    let messages = fluent::messages(&reference);
    for path in fs::read_dir("l10n").expect("l10n/ can be read").map(|entry| entry.expect("l10n/ can be read").path()) {
        let language = path.file_stem().and_then(|name| name.to_str()).expect("l10n/ has files with plain names");
        compare(language, &messages, &fluent::messages(&read(language)));
    }
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let file = |name: &str| Path::new(&out).join(name);
    let page = fs::read_to_string("index.html").expect("index.html can be read");
    fs::write(file("methods.rs"), methods(&messages, &page)).expect("OUT_DIR can be written");
    // The program contains this one.
    fs::write(file("en.ftl"), short(&messages)).expect("OUT_DIR can be written");
}

fn read(language: &str) -> String {
    let path = format!("l10n/{language}.ftl");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn compare(language: &str, reference: &[(&str, &str)], messages: &[(&str, &str)]) {
    for (n, (id, pattern)) in reference.iter().enumerate() {
        let Some((other, translated)) = messages.get(n) else { panic!("l10n/{language}.ftl has no message `{id}`") };
        assert!(other == id, "l10n/{language}.ftl has the message `{other}` where `{id}` is in l10n/{REFERENCE}.ftl");
        let [expected, found] = [pattern, translated].map(|pattern| {
            let mut names = Vec::new();
            variables(pattern, &mut names).unwrap_or_else(|error| panic!("`{id}` in l10n/{language}.ftl {error}"));
            names.into_iter().collect::<BTreeSet<_>>()
        });
        assert!(found.is_subset(&expected), "`{id}` in l10n/{language}.ftl has {found:?}, and in English {expected:?}");
    }
    assert!(
        messages.len() == reference.len(),
        "l10n/{language}.ftl has messages that l10n/{REFERENCE}.ftl does not have"
    );
}

/// Appends the names of the variables, in the order of their first use, and checks the syntax.
fn variables<'a>(pattern: &'a str, names: &mut Vec<&'a str>) -> Result<(), String> {
    let mut rest = pattern;
    while let Some((before, placeable, after)) = fluent::next_placeable(rest) {
        plain(before)?;
        let name = fluent::selection(placeable).map_or_else(|| fluent::variable(placeable), |(name, _)| name);
        if name.is_empty() || !name.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return Err(format!("has `{name}`, which is not the name of a variable"));
        }
        if !names.contains(&name) {
            names.push(name);
        }
        if let Some((_, variants)) = fluent::selection(placeable) {
            let keys: Vec<_> = fluent::variants(variants).map(|(key, _)| key).collect();
            let is_category = |key: &&str| CATEGORIES.contains(&key.trim_start_matches(['*', '[']));
            if keys.last() != Some(&"*[other") || !keys.iter().all(is_category) {
                return Err(format!("has the variants {keys:?}: the last must be `*[other]`, the others categories"));
            }
            fluent::variants(variants).try_for_each(|(_, pattern)| variables(pattern, names))?;
        }
        rest = after;
    }
    plain(rest)
}

fn plain(text: &str) -> Result<(), String> {
    if text.contains(['{', '}', '\n']) { Err(format!("has a brace or a line break in `{text}`")) } else { Ok(()) }
}

/// Writes a method for each message. Its variables are the parameters. The compiler reports methods that are not used,
/// except for the texts of the page.
fn methods(messages: &[(&str, &str)], page: &str) -> String {
    let mut code = String::from("impl Words {\n");
    for (n, (id, pattern)) in messages.iter().enumerate() {
        let mut names = Vec::new();
        // The caller has checked it.
        let _ = variables(pattern, &mut names);
        let method = id.replace('-', "_");
        let parameters: String = names.iter().map(|name| format!(", {name}: impl Into<Value>")).collect();
        let values: String = names.iter().map(|name| format!("(\"{name}\", {name}.into()), ")).collect();
        if page.contains(&format!("=\"{id}\"")) {
            code += "    #[allow(dead_code, reason = \"index.html has this text\")]\n";
        }
        let _ =
            writeln!(code, "    pub(super) fn {method}(&self{parameters}) -> String {{ self.say({n}, &[{values}]) }}");
    }
    code + "}\n"
}

/// Returns the messages without comments.
fn short(messages: &[(&str, &str)]) -> String {
    messages.iter().map(|(id, pattern)| format!("{id} = {pattern}\n")).collect()
}
