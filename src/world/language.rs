//! The supported languages.

/// A supported language.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug)]
pub enum Language {
    /// English, the default.
    #[default]
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// Arabic, which is written from right to left.
    Arabic,
}

impl Language {
    /// All languages, in the order of the settings.
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::Spanish, Self::Arabic];

    /// Returns the BCP 47 code, which is also the name of the translation's file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::Arabic => "ar",
        }
    }

    /// Returns the name of the language in the language itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::Spanish => "Español",
            Self::Arabic => "العربية",
        }
    }

    /// Returns `true` if the language is written from right to left.
    #[must_use]
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Arabic)
    }

    /// Returns `true` if the language is written with the digits 0 to 9.
    #[must_use]
    pub const fn has_latin_digits(self) -> bool {
        !matches!(self, Self::Arabic)
    }

    /// Returns the language with this code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// Returns the supported language of the first tag that has one, or else English. Of a tag such as `de-AT`, only
    /// the language is used.
    #[must_use]
    pub fn best<'a>(wanted: impl IntoIterator<Item = &'a str>) -> Self {
        let language = |tag: &str| Self::of_code(&tag.split(['-', '_']).next()?.to_ascii_lowercase());
        wanted.into_iter().find_map(language).unwrap_or_default()
    }
}
