//! The language that is spoken.
//!
//! The spoken language is kept here and is no parameter of every function: like the locale of a process it holds for all that is
//! said, from the notice of a handler to the canvas, and those who have something to say need not know of it. The program is one
//! thread; of the tests each has its own.

use std::cell::Cell;

pub use crate::world::Language;

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// Speaks this language from now on. What has been said stays as it was.
pub fn speak(language: Language) {
    SPOKEN.set(language);
}

/// The language that is spoken: English at first.
#[must_use]
pub fn language() -> Language {
    SPOKEN.get()
}
