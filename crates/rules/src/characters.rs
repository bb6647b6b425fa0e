//! Characters that cannot be seen. Other programs add them to the texts that they pass on: a byte order mark, blanks
//! that do not break, marks of the writing direction.

/// Returns `true` for white space and for invisible characters.
///
/// ```
/// use blockers_rules::characters::is_blank;
///
/// assert!([' ', '\r', '\u{a0}', '\u{200f}', '\u{feff}'].into_iter().all(is_blank));
/// assert!(!is_blank('7'));
/// ```
#[must_use]
pub fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || is_mark(letter)
}

/// Returns `true` for what is invisible but no white space: the end mark of DOS files, and Unicode's soft hyphen,
/// joiners, marks of the direction, variation selectors and byte order mark.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{1a}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}')
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Returns the text without the [blanks](is_blank) around it.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// Returns the beginning of a text for a message, `most` characters long at most. Control characters, invisible
/// characters and unusual blanks are escaped. `…` stands for the rest of a longer text.
///
/// ```
/// use blockers_rules::characters::visible;
///
/// assert_eq!(visible("1\r", 24), r"1\r");
/// assert_eq!(visible("\u{feff}seven", 12), r"\u{feff}seve…");
/// ```
#[must_use]
pub fn visible(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let mut left = most;
    for letter in text.chars() {
        let is_hidden = letter.is_control() || (is_blank(letter) && letter != ' ');
        let length = if is_hidden { letter.escape_default().count() } else { 1 };
        let Some(rest) = left.checked_sub(length) else {
            shown.push('…');
            break;
        };
        left = rest;
        if is_hidden {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}
