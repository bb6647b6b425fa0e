//! What is said, in every language: the plurals, the words of the page, and which language is chosen.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail that way")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use blockers::records::Date;
use blockers::rules::clearing::complete;
use blockers::rules::{Bitboard, Cell, Colour, Deal, GameKind, Shape};
use blockers::words::{self, Formats, Language, page};

const OTHERS: [Language; 3] = [Language::German, Language::Spanish, Language::Arabic];

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("it can be read")
}

/// The keys of a file of Fluent, in their order.
fn messages(language: Language) -> Vec<String> {
    let text = read(&format!("l10n/{}.ftl", language.code()));
    let key = |line: &str| line.split_once(" =").map(|(key, _)| key.to_owned());
    text.lines().filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase())).filter_map(key).collect()
}

/// What is written with two more spaces in it, or on two lines, is the same to a reader.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// Every word of the page that has a key: the key, and what index.html has there, as a text or as a label.
fn words_of_the_page() -> Vec<(String, String)> {
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
fn the_page_has_the_words_of_the_table_in_english() {
    let found = words_of_the_page();
    assert!(found.len() > 90, "this test has found the words: {}", found.len());
    for (key, text) in found {
        let expected = page::text(&key).map(|text| joined(&text));
        assert_eq!(expected.as_deref(), Some(text.as_str()), "{key}");
    }
}

#[test]
fn every_key_of_the_table_is_in_the_page_and_is_there_once() {
    let used: BTreeSet<_> = words_of_the_page().into_iter().map(|(key, _)| key).collect();
    let keys: Vec<_> = page::keys().collect();
    assert_eq!(keys.iter().copied().collect::<BTreeSet<_>>().len(), keys.len());
    for key in keys {
        assert!(used.contains(key), "nothing in index.html has the key {key}");
    }
    assert_eq!(page::text("no-such-key"), None);
}

/// An element whose words are replaced would lose the elements in it.
#[test]
fn a_text_of_the_page_has_no_elements_in_it() {
    let document = read("index.html");
    let parts: Vec<_> = document.split('<').collect();
    for pair in parts.windows(2) {
        if pair[0].contains(" data-word=\"") {
            assert!(pair[1].starts_with('/'), "<{}<{}", pair[0], pair[1]);
        }
    }
}

/// What nobody may see in English in a page of another language.
#[test]
fn nothing_in_the_page_is_forgotten() {
    let free = ["Blockers", "BLOCKE", "RS", "0", "1×", "?", "×", "1", "2", "3"];
    // What is on keyboards everywhere.
    let keys = ["Enter", "Esc", "U", "N", "M", "I"];
    let document = read("index.html");
    let body = document.split_once("<body>").expect("there is one").1;
    for (tag, text) in body.split('<').skip(1).filter_map(|part| part.split_once('>')) {
        let text = joined(text);
        // A language is named in itself.
        let is_named = attribute(tag, "data-word").is_some()
            || attribute(tag, "lang").is_some()
            || (tag == "kbd" && keys.contains(&text.as_str()))
            || tag.starts_with("noscript");
        assert!(is_named || text.is_empty() || free.contains(&text.as_str()), "<{tag}>{text}");
        let is_labelled = attribute(tag, "aria-label").is_none() || attribute(tag, "data-label").is_some();
        // This one changes, and is said by the program.
        assert!(is_labelled || attribute(tag, "id") == Some("replay-toggle"), "<{tag}>");
    }
}

#[test]
fn every_message_is_said_somewhere() {
    let code = ["board", "games", "mod", "page", "statistics", "trouble"]
        .map(|name| read(&format!("src/words/{name}.rs")))
        .concat();
    let keys = messages(Language::English);
    assert!(keys.len() > 150, "this test has found the messages: {}", keys.len());
    for key in keys {
        let function = key.replace('-', "_");
        let is_called = [".", "::"].iter().any(|before| {
            code.match_indices(&format!("{before}{function}"))
                .any(|(at, found)| code[at + found.len()..].starts_with(['(', ',', ')']))
        });
        assert!(is_called, "nobody says {key}");
    }
}

#[test]
fn all_languages_have_the_same_messages_in_the_same_order() {
    for language in OTHERS {
        assert_eq!(messages(language), messages(Language::English), "{language:?}");
    }
}

#[test]
fn plurals_are_those_of_the_language() {
    let numbers = [0, 1, 2, 3, 5, 11, 21, 100];
    let tables = [
        (
            Language::English,
            ["0 drops", "1 drop", "2 drops", "3 drops", "5 drops", "11 drops", "21 drops", "100 drops"],
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

#[test]
fn games_that_were_left_are_counted_in_every_language() {
    let tables = [
        (Language::English, ["0 games were left", "1 game was left", "2 games were left", "11 games were left"]),
        (
            Language::German,
            [
                "0 Spiele wurden abgebrochen",
                "1 Spiel wurde abgebrochen",
                "2 Spiele wurden abgebrochen",
                "11 Spiele wurden abgebrochen",
            ],
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
        assert_eq!([2, 3, 11].map(|lines| words::bump(10, lines).1.expect("it is said")), expected, "{language:?}");
    }
}

#[test]
fn what_would_be_cleared_is_told_in_every_language() {
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
        for (n, (board, sentence)) in boards.into_iter().zip(expected).enumerate() {
            assert_eq!(words::hovering(n != 1, complete(board)), sentence, "{language:?}");
        }
    }
}

#[test]
fn a_cell_is_told_in_the_language_that_is_spoken() {
    let cell = Cell::all().nth(24).expect("there are a hundred");
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
fn the_best_language_is_the_first_one_that_there_is() {
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
fn a_language_is_found_by_its_code_and_only_arabic_goes_to_the_left() {
    for language in Language::ALL {
        assert_eq!(Language::of_code(language.code()), Some(language));
        assert_eq!(language.is_right_to_left(), language == Language::Arabic);
        assert!(!language.name().is_empty());
    }
    assert_eq!(Language::of_code("tlh"), None);
}

/// Words that are the same in two languages, and right in both.
#[test]
fn nothing_is_left_in_english() {
    let german = ["pause"];
    // Spanish keyboards have some of the English words, those with Arabic letters nearly all.
    let spanish = ["key-undo", "key-redo"];
    let arabic = ["key-home", "key-end", "key-undo", "key-redo", "key-redo-too"];
    let words = |language: Language| -> Vec<(String, String)> {
        words::speak(language);
        let fixed = page::keys().filter_map(|key| Some((key.to_owned(), page::text(key)?)));
        let said = [
            ("empty", words::staged(None)),
            ("pause", words::toggle(true)),
            ("resume", words::toggle(false)),
            ("copied", words::copied()),
            ("nothing to show", words::nothing_to_show()),
            ("no games", words::no_games(None)),
            ("no games of a kind", words::no_games(Some(GameKind::Kind))),
            ("left", words::left()),
            ("not a seed", words::not_a_seed("x")),
            ("no seed", words::no_seed("x")),
            ("bad link", words::bad_link(&"x")),
            ("import", words::import_refused(&"x")),
            ("not saved", words::not_saved("x")),
            ("nonsense", words::stored_nonsense("x", &"x")),
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
        let said = said.map(|(name, text)| (name.to_owned(), text));
        fixed.chain(said).chain(stored).chain(about).chain(kinds).collect()
    };
    let english = words(Language::English);
    for language in OTHERS {
        for ((key, text), (_, original)) in words(language).into_iter().zip(&english) {
            let the_same: &[&str] = match language {
                Language::German => &german,
                Language::Spanish => &spanish,
                _ => &arabic,
            };
            let may_be = the_same.contains(&key.as_str());
            assert!(text != *original || may_be, "{language:?}, {key}: {text}");
        }
    }
}

/// What moves on its own is no drop, whatever a language calls the two.
#[test]
fn a_setting_is_not_called_like_a_thing_of_the_game() {
    let of_the_game = ["replay-place", "total-drops", "shapes", "board", "score", "best", "total-lines"];
    let settings = ["motion", "lift", "marks", "magnet", "colours", "sound", "language"];
    for language in Language::ALL {
        words::speak(language);
        for setting in settings {
            let name = page::text(setting);
            for thing in of_the_game {
                assert!(name.is_some() && name != page::text(thing), "{language:?}: {setting} and {thing}");
            }
        }
    }
}

#[test]
fn shapes_and_colours_have_names_of_their_own_in_every_language() {
    for language in Language::ALL {
        words::speak(language);
        let shapes: BTreeSet<_> = Shape::ALL.into_iter().map(words::shape).collect();
        assert_eq!(shapes.len(), Shape::ALL.len(), "{language:?}");
        let colours: BTreeSet<_> = Colour::ALL.into_iter().map(words::colour).collect();
        assert_eq!(colours.len(), Colour::ALL.len(), "{language:?}");
    }
}

/// Within Arabic what is written from left to right must be kept apart; nothing else has such marks.
#[test]
fn what_is_foreign_in_arabic_is_kept_apart() {
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
fn numbers_and_days_are_plain_without_a_browser() {
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
fn numbers_and_days_are_written_by_who_knows_how() {
    words::format_with(Formats {
        number: |language, number, decimals| Some(format!("<{language} {number:.0$}>", usize::from(decimals))),
        date: |_, date| (date != Date::FIRST).then(|| format!("<{}>", date.yyyymmdd())),
    });
    words::speak(Language::German);
    assert_eq!(words::number(43_100), "<de 43100>");
    assert_eq!(words::number(u64::MAX), "18446744073709551615", "more than a number of JavaScript can hold");
    assert_eq!(words::tenths(0.25), "<de 0.3>");
    assert_eq!(words::drops(1), "<de 1> Zug");
    assert_eq!(words::date(Date::FIRST), "1970-01-01");
    assert_eq!(words::date(Date::LAST), "<99991231>");
    let plain = words::plainly(|| (words::drops(2), words::date(Date::LAST)));
    assert_eq!(plain, ("2 drops".to_owned(), "9999-12-31".to_owned()));
    assert_eq!((words::language(), words::drops(2)), (Language::German, "<de 2> Züge".to_owned()));
}
