//! The plural rules of the page's languages, behind the interface of the crate `intl_pluralrules` 7.
//!
//! `fluent-static` takes plural rules from that crate, whose rules are wrong for Arabic numbers from 103 on and for the
//! million in Spanish (`findings/fluent-static-arabic-plurals.sh`). So the workspace replaces it by this one, in the
//! section `[patch.crates-io]` of its Cargo.toml. It has only what `fluent-static` calls.
//!
//! The rules are those of Unicode's CLDR for whole numbers, as published in
//! <https://www.unicode.org/cldr/charts/48/supplemental/language_plural_rules.html>. `tests/web/plurals.rs` compares
//! them with those of the browser.

use unic_langid::LanguageIdentifier;

/// The plural category of a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names are those of Unicode")]
pub enum PluralCategory {
    ZERO,
    ONE,
    TWO,
    FEW,
    MANY,
    OTHER,
}

/// The type of plural rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PluralRuleType {
    /// For numbers of things, not for positions in an order.
    CARDINAL,
}

/// The plural rules of a language.
#[derive(Clone, Copy, Debug)]
pub struct PluralRules(fn(u64) -> PluralCategory);

impl PluralRules {
    /// Returns the rules of a language.
    ///
    /// # Errors
    /// The language is not one of the page.
    pub fn create(language: impl Into<LanguageIdentifier>, _: PluralRuleType) -> Result<Self, &'static str> {
        match language.into().language.as_str() {
            "en" | "de" => Ok(Self(one_or_other)),
            "es" => Ok(Self(spanish)),
            "ar" => Ok(Self(arabic)),
            _ => Err("There are no plural rules for this language."),
        }
    }

    /// Returns the category of a number. The page has only whole numbers, so that for fractions is not that of CLDR.
    ///
    /// # Errors
    /// None; the crate that this one replaces has errors here.
    pub fn select(&self, number: f64) -> Result<PluralCategory, &'static str> {
        Ok(self.0(number as u64))
    }
}

fn one_or_other(number: u64) -> PluralCategory {
    if number == 1 { PluralCategory::ONE } else { PluralCategory::OTHER }
}

fn spanish(number: u64) -> PluralCategory {
    match number {
        1 => PluralCategory::ONE,
        1.. if number.is_multiple_of(1_000_000) => PluralCategory::MANY,
        _ => PluralCategory::OTHER,
    }
}

fn arabic(number: u64) -> PluralCategory {
    match (number, number % 100) {
        (0, _) => PluralCategory::ZERO,
        (1, _) => PluralCategory::ONE,
        (2, _) => PluralCategory::TWO,
        (_, 3..=10) => PluralCategory::FEW,
        (_, 11..) => PluralCategory::MANY,
        _ => PluralCategory::OTHER,
    }
}
