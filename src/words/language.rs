//! The language of all texts.
//!
//! It is a thread-local, not a parameter of every function: like the locale of a process it applies to every text, from
//! a handler's notice to the canvas, and callers need not pass it on. The program has one thread, and so has each test.

use std::cell::Cell;

pub use crate::world::Language;

thread_local! {
    static WANTED: Cell<Language> = const { Cell::new(Language::English) };
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// Returns the current language, at first English.
#[must_use]
pub fn language() -> Language {
    SPOKEN.get()
}

/// Returns the language that was set last. It is the current one, unless its messages are not there yet.
#[must_use]
pub fn wanted() -> Language {
    WANTED.get()
}

/// Sets the language that is wanted, and whether it is spoken from now on.
pub(super) fn set(wanted: Language, is_loaded: bool) {
    WANTED.set(wanted);
    if is_loaded {
        SPOKEN.set(wanted);
    }
}

/// Runs `say` in English.
pub(super) fn in_english<T>(say: impl FnOnce() -> T) -> T {
    let spoken = SPOKEN.replace(Language::English);
    let text = say();
    SPOKEN.set(spoken);
    text
}
