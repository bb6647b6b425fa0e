//! The languages that there are.

/// A language that the program speaks.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Language {
    #[default]
    English,
    German,
    Spanish,
    Arabic,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::Spanish, Self::Arabic];

    /// As BCP 47 names it; so is its file called.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::Arabic => "ar",
        }
    }

    /// What it is called by those who speak it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::Spanish => "Español",
            Self::Arabic => "العربية",
        }
    }

    /// Is it written from right to left?
    #[must_use]
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Arabic)
    }

    /// The language of this code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The language of the first wanted tag that there is one for. A tag is like `de-AT`, of which only the language counts.
    /// English, if there is none for any.
    #[must_use]
    pub fn best<'a>(wanted: impl IntoIterator<Item = &'a str>) -> Self {
        let language = |tag: &str| Self::of_code(&tag.split(['-', '_']).next()?.to_ascii_lowercase());
        wanted.into_iter().find_map(language).unwrap_or_default()
    }
}
