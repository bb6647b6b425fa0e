//! The plural rules of the languages: those of Unicode's CLDR for whole numbers, as published in
//! <https://www.unicode.org/cldr/charts/48/supplemental/language_plural_rules.html>. `tests/web/plurals.rs` compares them
//! with those of the browser.

use super::fluent::Category;
use super::language::Language;

/// Returns the category of a number.
pub(super) fn category(language: Language, number: u64) -> Category {
    match language {
        Language::English | Language::German => one_or_other(number),
        Language::Spanish => spanish(number),
        Language::Arabic => arabic(number),
    }
}

fn one_or_other(number: u64) -> Category {
    if number == 1 { Category::One } else { Category::Other }
}

fn spanish(number: u64) -> Category {
    match number {
        1 => Category::One,
        1.. if number.is_multiple_of(1_000_000) => Category::Many,
        _ => Category::Other,
    }
}

fn arabic(number: u64) -> Category {
    match (number, number % 100) {
        (0, _) => Category::Zero,
        (1, _) => Category::One,
        (2, _) => Category::Two,
        (_, 3..=10) => Category::Few,
        (_, 11..) => Category::Many,
        _ => Category::Other,
    }
}
