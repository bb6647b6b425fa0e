//! The program's own reading of l10n/ gives the same texts as Fluent's reference implementation.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail that way")]

use std::fs;
use std::path::Path;

use blockers::words::Language;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

// The private modules of `blockers::words`, once more.
#[path = "../src/words/fluent.rs"]
#[allow(dead_code, reason = "build.rs uses the rest of it")]
mod fluent;
#[path = "../src/words/plurals.rs"]
mod plurals;
mod language {
    pub(super) use blockers::words::Language;
}

use fluent::{Category, Variables};

/// Every variable is this number, if there is one, or this text.
#[derive(Clone, Copy)]
struct Same {
    language: Language,
    number: Option<u64>,
    text: &'static str,
}

impl Variables for Same {
    fn write(&self, _: &str, out: &mut String) {
        out.push_str(&self.number.map_or_else(|| self.text.to_owned(), |number| number.to_string()));
    }

    fn category(&self, _: &str) -> Category {
        self.number.map_or(Category::Other, |number| plurals::category(self.language, number))
    }
}

fn file(language: Language) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("l10n").join(format!("{}.ftl", language.code()));
    fs::read_to_string(path).unwrap()
}

/// The names of all variables that occur in a text.
fn names(text: &str) -> Vec<String> {
    let name = |rest: &str| rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    text.split('$').skip(1).map(name).collect()
}

#[test]
fn every_message_is_written_as_by_fluent() {
    // The plural rules of the reference are wrong for Arabic numbers from 103 on; tests/web/plurals.rs has those.
    let numbers = (0..=102).map(Some).chain([None]);
    for language in Language::ALL {
        let text = file(language);
        let mut bundle = FluentBundle::new(vec![language.code().parse().unwrap()]);
        bundle.set_use_isolating(false);
        bundle.add_resource(FluentResource::try_new(text.clone()).unwrap()).unwrap();
        let messages = fluent::messages(&text);
        assert!(messages.len() > 200, "{language:?} has {} messages", messages.len());
        for number in numbers.clone() {
            let same = Same { language, number, text: "x y" };
            let value = number.map_or_else(|| FluentValue::from(same.text), FluentValue::from);
            let mut values = FluentArgs::new();
            names(&text).into_iter().for_each(|name| values.set(name, value.clone()));
            for (id, pattern) in &messages {
                let mut errors = Vec::new();
                let expected =
                    bundle.format_pattern(bundle.get_message(id).unwrap().value().unwrap(), Some(&values), &mut errors);
                assert!(errors.is_empty(), "{language:?}, {id}: {errors:?}");
                let mut written = String::new();
                fluent::write(pattern, &same, &mut written);
                assert_eq!(written, expected, "{language:?}, {id}, {number:?}");
            }
        }
    }
}

/// A file that was loaded may be anything.
#[test]
fn no_text_stops_the_program() {
    let same = Same { language: Language::Arabic, number: Some(1), text: "x" };
    for text in [
        "",
        "\n",
        "a",
        "a = ",
        "a = {",
        "a = }",
        "a = { $b",
        "a = { $b -> }",
        "a = {{}}",
        "a = { $b ->\n   *[",
        "é = { ->é] é\n é }",
    ] {
        for (_, pattern) in fluent::messages(text) {
            fluent::write(pattern, &same, &mut String::new());
        }
    }
}
