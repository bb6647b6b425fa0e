//! The texts in every language: plurals, the fixed texts of the page, and which language is chosen.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail that way")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use blockers::records::Date;
use blockers::words::{self, Formats, Language, page};
use blockers_rules::clearing::complete;
use blockers_rules::{Bitboard, Cell, Colour, Deal, GameKind, Shape};

const OTHERS: [Language; 3] = [Language::German, Language::Spanish, Language::Arabic];

fn read(path: &str) -> String {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(full).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the text on one line, with single spaces.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// Returns every text and label of index.html that has a key: the key, and the English text.
fn fixed_texts() -> Vec<(String, String)> {
    let document = read("index.html");
    let mut found = Vec::new();
    for (tag, text) in document.split('<').skip(1).filter_map(|part| part.split_once('>')) {
        if let Some(key) = attribute(tag, "data-word") {
            found.push((key.to_owned(), joined(text)));
        }
        if let Some(key) = attribute(tag, "data-label") {
            found.push((key.to_owned(), attribute(tag, "aria-label").unwrap_or_default().to_owned()));
        }
    }
    found
}

#[test]
fn index_html_has_the_english_texts() {
    let found = fixed_texts();
    assert!(found.len() > 90, "only {} texts found", found.len());
    for (key, text) in found {
        let expected = page::text(&key).map(joined);
        assert_eq!(expected.as_deref(), Some(text.as_str()), "{key}");
    }
}

/// Setting the text of an element removes its child elements.
#[test]
fn elements_with_a_fixed_text_have_no_child_elements() {
    let document = read("index.html");
    let parts: Vec<_> = document.split('<').collect();
    for pair in parts.windows(2) {
        if pair[0].contains(" data-word=\"") {
            assert!(pair[1].starts_with('/'), "<{}<{}", pair[0], pair[1]);
        }
    }
}

/// Otherwise it would stay English in every language.
#[test]
fn every_text_and_label_of_index_html_has_a_key() {
    let free = ["Blockers", "BLOCKE", "RS", "0", "1×", "?", "×", "1", "2", "3"];
    // These keys have the same name on every keyboard.
    let keys = ["Enter", "Esc", "U", "N", "M", "I"];
    let document = read("index.html");
    let body = document.split_once("<body>").unwrap().1;
    for (tag, text) in body.split('<').skip(1).filter_map(|part| part.split_once('>')) {
        let text = joined(text);
        // The name of a language is in that language.
        let is_named = attribute(tag, "data-word").is_some()
            || attribute(tag, "lang").is_some()
            || (tag == "kbd" && keys.contains(&text.as_str()))
            || tag.starts_with("noscript");
        assert!(is_named || text.is_empty() || free.contains(&text.as_str()), "<{tag}>{text}");
        let is_labelled = attribute(tag, "aria-label").is_none() || attribute(tag, "data-label").is_some();
        // The program sets this label, because it changes.
        assert!(is_labelled || attribute(tag, "id") == Some("replay-toggle"), "<{tag}>");
    }
}

#[test]
fn plurals_follow_the_rules_of_the_language() {
    let numbers = [0, 1, 2, 3, 5, 11, 21, 100];
    let tables = [
        (
            Language::English,
            ["0 moves", "1 move", "2 moves", "3 moves", "5 moves", "11 moves", "21 moves", "100 moves"],
        ),
        (Language::German, ["0 Züge", "1 Zug", "2 Züge", "3 Züge", "5 Züge", "11 Züge", "21 Züge", "100 Züge"]),
        (
            Language::Spanish,
            ["0 jugadas", "1 jugada", "2 jugadas", "3 jugadas", "5 jugadas", "11 jugadas", "21 jugadas", "100 jugadas"],
        ),
        (Language::Arabic, ["لا حركات", "حركة واحدة", "حركتان", "3 حركات", "5 حركات", "11 حركة", "21 حركة", "100 حركة"]),
    ];
    for (language, expected) in tables {
        words::speak(language);
        assert_eq!(numbers.map(words::drops), expected, "{language:?}");
    }
}

/// `tests/web/plurals.rs` compares every message with the browser.
#[test]
fn plurals_of_large_numbers_follow_the_rules_of_the_language() {
    let few = [103, 110, 203, 1_003, 1_010, 10_005, 1_000_003];
    let many = [99, 111, 199, 211, 1_011, 10_099];
    let other = [100, 101, 102, 200, 201, 1_000, 1_002, 10_000, 1_000_000];
    words::speak(Language::Arabic);
    let forms = [(&few[..], "خطوط"), (&many, "خطًّا"), (&other, "خطّ")];
    for (number, form) in
        forms.into_iter().flat_map(|(numbers, form)| numbers.iter().map(move |&number| (number, form)))
    {
        assert_eq!(words::bump(10, number).1, Some(format!("{number} {form}")));
    }
    words::speak(Language::Spanish);
    let numbers = [999_999, 1_000_000, 1_000_001, 2_000_000];
    let expected = ["999999 jugadas", "1000000 de jugadas", "1000001 jugadas", "2000000 de jugadas"];
    assert_eq!(numbers.map(words::drops), expected);
}

#[test]
fn abandoned_games_are_counted_in_every_language() {
    let tables = [
        (Language::English, ["0 games abandoned", "1 game abandoned", "2 games abandoned", "11 games abandoned"]),
        (
            Language::German,
            ["0 Spiele abgebrochen", "1 Spiel abgebrochen", "2 Spiele abgebrochen", "11 Spiele abgebrochen"],
        ),
        (
            Language::Spanish,
            ["0 partidas abandonadas", "1 partida abandonada", "2 partidas abandonadas", "11 partidas abandonadas"],
        ),
        (Language::Arabic, ["لم تُترك أيّ لعبة", "تُركت لعبة واحدة", "تُركت لعبتان", "تُركت 11 لعبة"]),
    ];
    for (language, expected) in tables {
        words::speak(language);
        assert_eq!([0, 1, 2, 11].map(words::games_left), expected, "{language:?}");
    }
}

#[test]
fn lines_are_counted_in_every_language() {
    let tables = [
        (Language::English, ["2 lines", "3 lines", "11 lines"]),
        (Language::German, ["2 Linien", "3 Linien", "11 Linien"]),
        (Language::Spanish, ["2 líneas", "3 líneas", "11 líneas"]),
        (Language::Arabic, ["خطّان", "3 خطوط", "11 خطًّا"]),
    ];
    for (language, expected) in tables {
        words::speak(language);
        assert_eq!([2, 3, 11].map(|lines| words::bump(10, lines).1.unwrap()), expected, "{language:?}");
    }
}

#[test]
fn lines_that_would_be_cleared_are_announced_in_every_language() {
    let tables = [
        (Language::English, ["fits", "does not fit", "fits, clears 1 row", "fits, clears 2 rows, 1 column"]),
        (Language::German, ["passt", "passt nicht", "passt, räumt 1 Zeile ab", "passt, räumt 2 Zeilen, 1 Spalte ab"]),
        (Language::Spanish, ["cabe", "no cabe", "cabe, elimina 1 fila", "cabe, elimina 2 filas, 1 columna"]),
        (
            Language::Arabic,
            [
                "يتّسع له المكان",
                "لا يتّسع له المكان",
                "يتّسع له المكان، يمسح صفًّا واحدًا",
                "يتّسع له المكان، يمسح صفّين، عمودًا واحدًا",
            ],
        ),
    ];
    let row = Bitboard::row;
    let boards = [Bitboard::EMPTY, Bitboard::EMPTY, row(4), row(4) | row(9) | Bitboard::column(0)];
    for (language, expected) in tables {
        words::speak(language);
        for (n, (board, text)) in boards.into_iter().zip(expected).enumerate() {
            assert_eq!(words::hovering(n != 1, complete(board)), text, "{language:?}");
        }
    }
}

#[test]
fn a_cell_is_described_in_the_current_language() {
    let cell = Cell::all().nth(24).unwrap();
    let tables = [
        (Language::English, "row 3, column 5, red"),
        (Language::German, "Zeile 3, Spalte 5, rot"),
        (Language::Spanish, "fila 3, columna 5, rojo"),
        (Language::Arabic, "الصف 3، العمود 5، أحمر"),
    ];
    for (language, expected) in tables {
        words::speak(language);
        assert_eq!(words::cell(cell, Some(Colour::Red)), expected);
    }
}

#[test]
fn the_first_available_language_is_chosen() {
    let table: [(&[&str], Language); 12] = [
        (&[], Language::English),
        (&["en-GB"], Language::English),
        (&["de"], Language::German),
        (&["de-AT", "en"], Language::German),
        (&["DE-ch"], Language::German),
        (&["es_MX"], Language::Spanish),
        (&["ar-EG", "de"], Language::Arabic),
        (&["fr-FR", "ja", "es-419", "de"], Language::Spanish),
        (&["fr", "ja"], Language::English),
        (&["den", "esperanto", "arc"], Language::English),
        (&["", "-", "-de"], Language::English),
        (&["zh-Hans-CN", "ar"], Language::Arabic),
    ];
    for (wanted, expected) in table {
        assert_eq!(Language::best(wanted.iter().copied()), expected, "{wanted:?}");
    }
}

#[test]
fn a_language_is_found_by_its_code_and_only_arabic_is_right_to_left() {
    for language in Language::ALL {
        assert_eq!(Language::of_code(language.code()), Some(language));
        assert_eq!(language.is_right_to_left(), language == Language::Arabic);
        assert!(!language.name().is_empty());
    }
    assert_eq!(Language::of_code("tlh"), None);
}

#[test]
fn every_text_is_translated() {
    // Texts that are correct in both languages.
    let german = ["pause"];
    // Spanish keyboards have some of the English names, Arabic ones nearly all.
    let spanish = ["key-undo", "key-redo"];
    let arabic = ["key-home", "key-end", "key-undo", "key-redo", "key-redo-too"];
    let texts = |language: Language| -> Vec<(String, String)> {
        words::speak(language);
        let fixed = fixed_texts().into_iter().filter_map(|(key, _)| Some((key.clone(), page::text(&key)?.to_owned())));
        let composed = [
            ("empty", words::staged(None)),
            ("pause", words::toggle(true)),
            ("resume", words::toggle(false)),
            ("copied", words::copied()),
            ("nothing to show", words::nothing_to_show()),
            ("no games", words::no_games(None)),
            ("no games of a kind", words::no_games(Some(GameKind::Relaxed))),
            ("left", words::left()),
            ("not a seed", words::not_a_seed("x")),
            ("no seed", words::no_seed("x")),
            ("bad link", words::bad_link(&"x")),
            ("import", words::import_refused(&"x")),
            ("not saved", words::not_saved("x")),
            ("nonsense", words::stored_unreadable("x", &"x")),
            ("incomplete", words::stored_incomplete("x", &"x")),
            ("too long", words::too_long(1)),
            ("place", words::place(1, 2)),
            ("scores", words::scores_chart(2, 1, 2, 3)),
            ("order", words::in_order(2)),
            ("scored", words::scored(1, 2, 3)),
        ];
        let keys = ["blockers.bests", "blockers.daily", "blockers.archive", "blockers.sound", "blockers.game.0"];
        let stored = keys.map(|key| (key.to_owned(), words::not_stored(key, None)));
        let about = GameKind::ALL.map(|kind| (format!("about {kind}"), words::about(kind, 1, Date::FIRST, None)));
        let kinds = GameKind::ALL.map(|kind| (format!("kind {kind}"), words::kind(Deal::new(kind, 20_261_123))));
        let composed = composed.map(|(name, text)| (name.to_owned(), text));
        fixed.chain(composed).chain(stored).chain(about).chain(kinds).collect()
    };
    let english = texts(Language::English);
    for language in OTHERS {
        for ((key, text), (_, original)) in texts(language).into_iter().zip(&english) {
            let same: &[&str] = match language {
                Language::German => &german,
                Language::Spanish => &spanish,
                _ => &arabic,
            };
            assert!(text != *original || same.contains(&key.as_str()), "{language:?}, {key}: {text}");
        }
    }
}

/// In some languages "motion" and "move" are easily the same word.
#[test]
fn no_setting_has_the_name_of_a_part_of_the_game() {
    let parts = ["replay-place", "total-drops", "shapes", "board", "score", "best", "total-lines"];
    let settings = ["motion", "lift", "marks", "magnet", "theme", "sound", "language"];
    for language in Language::ALL {
        words::speak(language);
        for setting in settings {
            let name = page::text(setting);
            for part in parts {
                assert!(name.is_some() && name != page::text(part), "{language:?}: {setting} and {part}");
            }
        }
    }
}

#[test]
fn shapes_and_colours_have_distinct_names_in_every_language() {
    for language in Language::ALL {
        words::speak(language);
        let shapes: BTreeSet<_> = Shape::ALL.into_iter().map(words::shape).collect();
        assert_eq!(shapes.len(), Shape::ALL.len(), "{language:?}");
        let colours: BTreeSet<_> = Colour::ALL.into_iter().map(words::colour).collect();
        assert_eq!(colours.len(), Colour::ALL.len(), "{language:?}");
    }
}

/// The terminal program takes the English names from the rules, the page takes them from `l10n/en.ftl`.
#[test]
fn the_english_names_of_shapes_and_colours_are_those_of_the_rules() {
    words::speak(Language::English);
    assert_eq!(Shape::ALL.map(words::shape), Shape::ALL.map(|shape| shape.name().to_owned()));
    assert_eq!(Colour::ALL.map(words::colour), Colour::ALL.map(|colour| colour.name().to_owned()));
}

/// Left-to-right text within Arabic needs direction marks.
#[test]
fn only_arabic_isolates_foreign_text() {
    for language in [Language::English, Language::German, Language::Spanish] {
        words::speak(language);
        assert!(!words::not_saved("no room").contains(['\u{2068}', '\u{2069}']), "{language:?}");
    }
    words::speak(Language::Arabic);
    assert!(words::not_saved("no room").contains("\u{2068}no room\u{2069}"));
    assert!(words::about(GameKind::Daily, 5, Date::FIRST, None).starts_with("\u{2068}1970-01-01\u{2069}: "));
    assert!(!words::drops(5).contains('\u{2068}'));
}

#[test]
fn numbers_and_dates_are_plain_without_a_browser() {
    for language in Language::ALL {
        words::speak(language);
        assert_eq!(words::number(43_100), "43100");
        assert_eq!(words::number(u64::MAX), "18446744073709551615");
        assert_eq!(words::tenths(12.34), "12.3");
        assert_eq!(words::date(Date::FIRST), "1970-01-01");
        assert_eq!([0.5, 1.0, 4.0].map(words::pace), ["0.5×", "1×", "4×"]);
    }
}

#[test]
fn numbers_and_dates_use_the_given_formats() {
    words::format_with(Formats {
        number: |language, number, decimals| Some(format!("<{language} {number:.0$}>", usize::from(decimals))),
        date: |_, date| (date != Date::FIRST).then(|| format!("<{}>", date.yyyymmdd())),
    });
    words::speak(Language::German);
    assert_eq!(words::number(43_100), "<de 43100>");
    assert_eq!(words::number(u64::MAX), "18446744073709551615", "greater than the exact integers of JavaScript");
    assert_eq!((words::number(9_999), words::number(10_000)), ("9999".to_owned(), "<de 10000>".to_owned()));
    assert_eq!(words::tenths(0.25), "<de 0.3>");
    assert_eq!(words::drops(1), "1 Zug");
    assert_eq!(words::date(Date::FIRST), "1970-01-01");
    assert_eq!(words::date(Date::LAST), "<99991231>");
    let plain = words::plainly(|| (words::drops(2), words::date(Date::LAST)));
    assert_eq!(plain, ("2 moves".to_owned(), "9999-12-31".to_owned()));
    assert_eq!((words::language(), words::drops(2)), (Language::German, "2 Züge".to_owned()));
    words::speak(Language::Arabic);
    assert_eq!(words::number(1), "<ar 1>", "Arabic has digits of its own");
}
