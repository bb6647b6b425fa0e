//! Every message with a plural has the form that the browser's `Intl` chooses, in every language.

use std::collections::BTreeSet;

use fluent_static::{Message, MessageBundle};
use js_sys::Function;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use bundle::Words;

/// The messages of the page once more, because those of the page are private.
mod bundle {
    #![allow(
        unused,
        clippy::all,
        clippy::allow_attributes_without_reason,
        clippy::unwrap_used,
        reason = "the macro writes this"
    )]

    use fluent_static::message_bundle;

    #[message_bundle(
        resources = [("l10n/en.ftl", "en"), ("l10n/de.ftl", "de"), ("l10n/es.ftl", "es"), ("l10n/ar.ftl", "ar")],
        default_language = "en"
    )]
    pub(super) struct Words;
}

const LANGUAGES: [(&str, &str); 4] = [
    ("en", include_str!("../../l10n/en.ftl")),
    ("de", include_str!("../../l10n/de.ftl")),
    ("es", include_str!("../../l10n/es.ftl")),
    ("ar", include_str!("../../l10n/ar.ftl")),
];

/// The variables that are texts. All others are numbers.
const TEXTS: [&str; 5] = ["shape", "what", "date", "kind", "place"];

/// Makes a message with this number.
type Build = fn(&Words, u64) -> Message;

/// Every message that has a plural in some language, with this text for each text and this number for each number.
const MESSAGES: [(&str, Build); 22] = [
    ("about-daily-played", |words, n| words.about_daily_played("x", n, n)),
    ("about-daily-undone", |words, n| words.about_daily_undone("x", n, n)),
    ("columns-cleared", |words, n| words.columns_cleared(n)),
    ("columns-to-clear", |words, n| words.columns_to_clear(n)),
    ("count-cells", |words, n| words.count_cells(n)),
    ("count-drops", |words, n| words.count_drops(n)),
    ("count-lines", |words, n| words.count_lines(n)),
    ("count-times", |words, n| words.count_times(n)),
    ("gained", |words, n| words.gained(n)),
    ("games-left", |words, n| words.games_left(n)),
    ("in-order", |words, n| words.in_order(n)),
    ("picked-up", |words, n| words.picked_up("x", n, n, n)),
    ("replayed", |words, n| words.replayed("x", "x", n)),
    ("replayed-checked", |words, n| words.replayed_checked("x", "x", n)),
    ("rows-cleared", |words, n| words.rows_cleared(n)),
    ("rows-to-clear", |words, n| words.rows_to_clear(n)),
    ("scored", |words, n| words.scored(n, n, n)),
    ("scores-chart", |words, n| words.scores_chart(n, n, n, n)),
    ("scores-chart-of-one", |words, n| words.scores_chart_of_one(n)),
    ("shared", |words, n| words.shared("x", n, n)),
    ("shared-undone", |words, n| words.shared_undone("x", n, n)),
    ("sought", |words, n| words.sought(n, n)),
];

/// Returns each message of a language by its id, as its file has it.
fn messages(file: &str) -> impl Iterator<Item = (&str, String)> {
    let mut lines = file.lines().peekable();
    std::iter::from_fn(move || {
        let (id, first) = lines.find_map(|line| line.split_once(" = ").filter(|(id, _)| !id.starts_with('#')))?;
        let mut text = first.to_owned();
        while let Some(line) = lines.next_if(|line| line.starts_with([' ', '}'])) {
            text = format!("{text}\n{line}");
        }
        Some((id, text))
    })
}

/// Fills in a message for numbers of this category. `#` stands for the number.
fn filled(message: &str, category: &str) -> String {
    let Some((before, rest)) = message.split_once('{') else { return message.to_owned() };
    let mut depth = 1;
    let is_end = |letter: char| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        depth == 0
    };
    let (inner, after) = rest.split_at(rest.find(is_end).unwrap());
    let value = match inner.split_once("->") {
        Some((_, variants)) => {
            let variants: Vec<_> = variants.lines().filter_map(|line| line.trim().split_once("] ")).collect();
            let wanted = format!("[{category}");
            let chosen = variants.iter().find(|(name, _)| *name == wanted);
            filled(chosen.or_else(|| variants.iter().find(|(name, _)| name.starts_with('*'))).unwrap().1, category)
        }
        None if TEXTS.contains(&inner.trim().trim_start_matches('$')) => "x".to_owned(),
        None => "#".to_owned(),
    };
    format!("{before}{value}{}", filled(&after[1..], category))
}

#[wasm_bindgen_test]
fn every_plural_of_every_message_is_the_one_of_intl() {
    let create = "const rules = new Intl.PluralRules(language); return (number) => rules.select(number);";
    let create = Function::new_with_args("language", create);
    let known: BTreeSet<_> = MESSAGES.iter().map(|(id, _)| *id).collect();
    let with_plural = LANGUAGES.iter().flat_map(|(_, file)| messages(file)).filter(|(_, text)| text.contains("->"));
    assert_eq!(with_plural.map(|(id, _)| id).collect::<BTreeSet<_>>(), known, "the list is complete");

    for (language, file) in LANGUAGES {
        let rules: Function = create.call1(&JsValue::NULL, &language.into()).unwrap().unchecked_into();
        let mut words = Words::get(language).unwrap();
        words.set_use_isolating(false);
        let numbers = (0..=10_000).chain([100_000, 1_000_000]);
        let category = |number: u64| rules.call1(&JsValue::NULL, &(number as f64).into()).unwrap().as_string().unwrap();
        let numbers: Vec<_> = numbers.map(|number| (number, category(number))).collect();
        let categories: BTreeSet<_> = numbers.iter().map(|(_, category)| category.as_str()).collect();
        for (id, say) in MESSAGES {
            let (_, message) = messages(file).find(|(other, _)| *other == id).unwrap();
            for &category in &categories {
                let form = filled(&message, category);
                for (number, _) in numbers.iter().filter(|(_, other)| other == category) {
                    let expected = form.replace('#', &number.to_string());
                    assert_eq!(say(&words, *number).to_string(), expected, "{language}, {id}, {category}");
                }
            }
        }
    }
}
