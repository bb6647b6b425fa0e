//! The part of Fluent's syntax (<https://projectfluent.org>) that l10n/ uses: messages, variables, and variants for the
//! plural categories of a number. `tests/messages.rs` compares it with Fluent's reference implementation.
//!
//! `build.rs` includes this file to check l10n/, so nothing here depends on the rest of the program.

/// A plural category of Unicode's CLDR.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Category {
    /// Returns the key of the variant for this category.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

/// The variables of a message.
pub(crate) trait Variables {
    /// Appends the variable of this name.
    fn write(&self, name: &str, out: &mut String);

    /// Returns the category of the number of this name.
    fn category(&self, name: &str) -> Category;
}

/// Returns the messages of a file in their order: the id and the pattern of each. Comments are left out.
pub(crate) fn messages(file: &str) -> Vec<(&str, &str)> {
    let mut messages = Vec::new();
    let mut rest = file;
    while let Some(line) = rest.split('\n').next().filter(|_| !rest.is_empty()) {
        let mut length = line.len();
        if let Some((id, first)) = message(line) {
            let start = length - first.len();
            let continues = |next: &str| next.starts_with([' ', '}']);
            while let Some(next) =
                rest.get(length + 1..).and_then(|rest| rest.split('\n').next()).filter(|&next| continues(next))
            {
                length += 1 + next.len();
            }
            messages.push((id, rest[start..length].trim_end()));
        }
        rest = rest.get(length + 1..).unwrap_or_default();
    }
    messages
}

/// Returns the id and the rest of the first line of a message. Here and below texts are split at single letters,
/// because the search for several takes another 4 kB of program.
fn message(line: &str) -> Option<(&str, &str)> {
    let (id, first) = line.split_once('=').filter(|_| !line.starts_with('#'))?;
    Some((id.strip_suffix(' ')?, first.strip_prefix(' ')?))
}

/// Appends a pattern with these variables.
pub(crate) fn write(pattern: &str, variables: &impl Variables, out: &mut String) {
    let mut rest = pattern;
    while let Some((before, placeable, after)) = next_placeable(rest) {
        out.push_str(before);
        match selection(placeable) {
            Some((name, variants)) => write(variant(variants, variables.category(name)), variables, out),
            None => variables.write(variable(placeable), out),
        }
        rest = after;
    }
    out.push_str(rest);
}

/// Returns what is before, in and after the first pair of braces.
pub(crate) fn next_placeable(pattern: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = pattern.split_once('{')?;
    let mut depth = 1;
    let end = rest.find(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        depth == 0
    })?;
    Some((before, &rest[..end], &rest[end + 1..]))
}

/// Returns the number that a placeable depends on, and its variants; `None` if it is just a variable.
pub(crate) fn selection(placeable: &str) -> Option<(&str, &str)> {
    let (name, variants) = placeable.split_once('>')?;
    Some((variable(name.strip_suffix('-')?), variants))
}

/// Returns the name of a variable.
pub(crate) fn variable(placeable: &str) -> &str {
    placeable.trim().trim_start_matches('$')
}

/// Returns each variant: its key, and its pattern. The key of the default begins with `*`.
pub(crate) fn variants(variants: &str) -> impl Iterator<Item = (&str, &str)> {
    variants.split('\n').filter_map(|line| {
        let (key, pattern) = line.trim().split_once(']')?;
        Some((key, pattern.strip_prefix(' ')?))
    })
}

/// Returns the pattern for this category, or else the default.
fn variant(text: &str, category: Category) -> &str {
    let chosen = variants(text).find(|(key, _)| key.strip_prefix('[') == Some(category.key()));
    let default = || variants(text).find(|(key, _)| key.starts_with('*'));
    chosen.or_else(default).map_or("", |(_, pattern)| pattern)
}
