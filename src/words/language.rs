//! The language of all texts.
//!
//! It is a thread-local, not a parameter of every function: like the locale of a process it applies to every text, from
//! a handler's notice to the canvas, and callers need not pass it on. The program has one thread, and so has each test.

use std::cell::Cell;

pub use crate::world::Language;

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// Sets the language of all texts from now on. Existing texts do not change.
pub fn speak(language: Language) {
    SPOKEN.set(language);
}

/// Returns the current language, at first English.
#[must_use]
pub fn language() -> Language {
    SPOKEN.get()
}
