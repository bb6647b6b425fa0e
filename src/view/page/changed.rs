//! The difference between two view models.

use crate::view::view_model::ViewModel;

/// The view model to show, and the one that is shown.
#[derive(Clone, Copy)]
pub struct Changed<'a> {
    /// What is shown; `None` if everything must be written.
    pub before: Option<&'a ViewModel>,
    /// What is to be shown.
    pub now: &'a ViewModel,
}

impl<'a> Changed<'a> {
    /// Returns `true` if this part must be written: it differs, or nothing is shown yet.
    #[inline]
    pub fn changed<T: PartialEq>(self, part: impl Fn(&'a ViewModel) -> T) -> bool {
        self.before.is_none_or(|before| part(before) != part(self.now))
    }

    /// Returns the difference for texts, which must all be written again in another language.
    #[must_use]
    pub fn in_one_language(self) -> Self {
        Self { before: self.before.filter(|before| before.language == self.now.language), ..self }
    }
}
