//! The errors for malformed texts and links, with their places.

use blockers_rules::notation::{Place, parse, parse_link, parse_text};

use super::{HEADER, long, naive};

#[test]
fn a_malformed_header_is_an_error_with_its_place() {
    let table = [
        ("", "line 1, column 1: expected blockers=, found nothing"),
        ("# only\n\n# comments", "line 3, column 11: expected blockers=, found nothing"),
        ("1@a1", "line 1, column 1: expected blockers=, found `1@a1`"),
        (
            "blockers=2 rules=other seeds=many",
            "line 1, column 10: expected version 1, the only one that this program reads, found version `2`",
        ),
        (
            "blockers=01 rules=blocktser",
            "line 1, column 10: expected version 1, the only one that this program reads, found version `01`",
        ),
        ("blockers=1\n", "line 2, column 1: expected rules=, found nothing"),
        ("blockers=1 rules=tetris", "line 1, column 18: expected blocktser, found `tetris`"),
        ("blockers=1 dealer=classic", "line 1, column 12: expected rules=, found `dealer=classic`"),
        ("blockers=1 rules=blocktser dealer=kind game=daily", "line 1, column 35: expected classic, found `kind`"),
        ("blockers=1 rules=blocktser dealer=classic game=kind", "line 1, column 35: expected kind, found `classic`"),
        (
            "blockers=1 rules=blocktser dealer=classic game=weekly",
            "line 1, column 48: expected classic, kind, daily or seed, found `weekly`",
        ),
        (
            "blockers=1 rules=blocktser dealer=classic game=daily seed=-1",
            "line 1, column 59: expected a number from 0 to 18446744073709551615, found `-1`",
        ),
        (
            "blockers=1 rules=blocktser dealer=classic game=daily seed=+1",
            "line 1, column 59: expected a number from 0 to 18446744073709551615, found `+1`",
        ),
        (
            "blockers=1 rules=blocktser dealer=classic game=daily seed=007",
            "line 1, column 59: expected a number from 0 to 18446744073709551615, found `007`",
        ),
        (
            "blockers=1 rules=blocktser dealer=classic game=daily seed=",
            "line 1, column 59: expected a number from 0 to 18446744073709551615, found nothing",
        ),
        (
            "blockers=1 rules=blocktser dealer=classic game=daily seed=18446744073709551616",
            "line 1, column 59: expected a number from 0 to 18446744073709551615, found `18446744073709551616`",
        ),
        (
            "blockers=1 rules=blocktser dealer=classic game=daily seed=7 undos=4294967296",
            "line 1, column 67: expected a number from 0 to 4294967295, found `4294967296`",
        ),
        (
            "blockers=1 rules=blocktser dealer=classic game=daily seed=7\n1@a1",
            "line 2, column 1: expected undos=, found `1@a1`",
        ),
    ];
    for (text, message) in table {
        let error = parse_text(text).expect_err(text);
        assert_eq!(error.to_string(), message, "{text}");
    }
}

#[test]
fn a_malformed_drop_is_an_error_with_its_place() {
    let table = [
        ("0@a1", "line 2, column 1: expected a slot from 1 to 3, found `0`"),
        ("4@a1", "line 2, column 1: expected a slot from 1 to 3, found `4`"),
        ("é@a1", "line 2, column 1: expected a slot from 1 to 3, found `é`"),
        ("2", "line 2, column 2: expected @, found nothing"),
        ("2d7", "line 2, column 2: expected @, found `d`"),
        ("2é7", "line 2, column 2: expected @, found `é`"),
        ("2@", "line 2, column 3: expected a column from a to j, found nothing"),
        ("2@k7", "line 2, column 3: expected a column from a to j, found `k`"),
        ("2@D7", "line 2, column 3: expected a column from a to j, found `D`"),
        ("2@é7", "line 2, column 3: expected a column from a to j, found `é`"),
        ("2@d", "line 2, column 4: expected a row from 1 to 10, found nothing"),
        ("2@d0", "line 2, column 4: expected a row from 1 to 10, found `0`"),
        ("2@d11", "line 2, column 4: expected a row from 1 to 10, found `11`"),
        ("2@d07", "line 2, column 4: expected a row from 1 to 10, found `07`"),
        ("2@d+7", "line 2, column 4: expected a row from 1 to 10, found `+7`"),
        ("2@d-7", "line 2, column 4: expected a row from 1 to 10, found `-7`"),
        ("2@d7é", "line 2, column 4: expected a row from 1 to 10, found `7é`"),
        ("2@d4294967303", "line 2, column 4: expected a row from 1 to 10, found `4294967303`"),
        ("2@d7,1@a1", "line 2, column 4: expected a row from 1 to 10, found `7,1@a1`"),
        ("1@a1 2@k7", "line 2, column 8: expected a column from a to j, found `k`"),
        ("1@a1 # nice", "line 2, column 6: expected a slot from 1 to 3, found `#`"),
        (" # nice", "line 2, column 2: expected a slot from 1 to 3, found `#`"),
        ("# é\r\r1@a1\r  3@x1", "line 5, column 5: expected a column from a to j, found `x`"),
        ("\u{feff}3@x1", "line 2, column 3: expected a column from a to j, found `x`"),
        ("# é\r\n\r\n1@a1\r\n  3@x1", "line 5, column 5: expected a column from a to j, found `x`"),
        ("1@a\u{7}\u{1b}[31m", "line 2, column 4: expected a row from 1 to 10, found `\\u{7}\\u{1b}[31m`"),
        (
            "1@a123456789012345678901234",
            "line 2, column 4: expected a row from 1 to 10, found `123456789012345678901234`",
        ),
        (
            "1@a1234567890123456789012345",
            "line 2, column 4: expected a row from 1 to 10, found `123456789012345678901234…`",
        ),
    ];
    for (drops, message) in table {
        let text = format!("{HEADER}\n{drops}");
        let error = parse(&text).expect_err(drops);
        assert_eq!(error.to_string(), message, "{drops}");
    }
    let error = parse(&format!("{HEADER}\n1@a1 2@k7")).unwrap_err();
    assert_eq!(error.place, Place::Text { line: 2, column: 8 });
    assert_eq!((error.expected, error.found.as_str()), ("a column from a to j", "`k`"));
}

#[test]
fn a_malformed_link_is_an_error_with_its_place() {
    let sealed = |parts: &[&[u8]]| naive::sealed(&parts.concat());
    let good = sealed(&[&[1, 0, 0, 7, 0]]);
    let spare = sealed(&[&[1, 0, 0, 200, 1, 0]]);
    assert!(parse_link(&good).is_ok() && parse_link(&spare).is_ok() && spare.ends_with("_A"));
    let table = [
        (String::new(), "character 1: expected more of the link, found nothing"),
        ("AQ".into(), "character 3: expected more of the link, found nothing"),
        ("https://example.org/#g=".into(), "character 1: expected more of the link, found nothing"),
        ("#g=A Q".into(), "character 4: expected more of the link, found nothing"),
        ("#g=A\u{200b}?".into(), "character 3: expected a letter, a digit, - or _, found `?`"),
        ("AQ==".into(), "character 3: expected a letter, a digit, - or _, found `=`"),
        ("AQ+/".into(), "character 3: expected a letter, a digit, - or _, found `+`"),
        ("AQé".into(), "character 3: expected a letter, a digit, - or _, found `é`"),
        ("A\u{7}".into(), "character 2: expected a letter, a digit, - or _, found `\\u{7}`"),
        (
            sealed(&[&[2, 0, 0, 7, 0]]),
            "character 1: expected version 1, the only one that this program reads, found version 2",
        ),
        (sealed(&[&[1, 4, 0, 7, 0]]), "character 2: expected a kind of game from 0 to 3, found 4"),
        (
            sealed(&[&[1, 0, 0x80, 0, 7, 0]]),
            "character 3: expected a number of undos up to 4294967295, found a number that is too long",
        ),
        (
            sealed(&[&[1, 0], &naive::number(1 << 32), &[7, 0]]),
            "character 3: expected a number of undos up to 4294967295, found 4294967296",
        ),
        (sealed(&[&[1, 0, 0, 0x87, 0, 0]]), "character 5: expected a seed, found a number that is too long"),
        (sealed(&[&[1, 0, 0], &[0xff; 9], &[2, 0]]), "character 5: expected a seed, found a number that is too long"),
        (sealed(&[&[1, 0, 0], &[0x80; 10], &[1, 0]]), "character 5: expected a seed, found a number that is too long"),
        (sealed(&[&[1, 0, 0, 7], &naive::number(200_001)]), "character 6: expected at most 200000 drops, found 200001"),
        (
            sealed(&[&[1, 0, 0, 7, 0x80, 0]]),
            "character 6: expected at most 200000 drops, found a number that is too long",
        ),
        (sealed(&[&[1, 0, 0, 7, 1, 0x96, 0]]), "character 7: expected a drop below 300, found 300"),
        (sealed(&[&[1, 0, 0, 7, 1, 0, 1]]), "character 9: expected zero bits after the last drop, found other bits"),
        (
            naive::base64(&[1, 0, 0, 7, 0, 0, 0, 0, 0]),
            "character 7: expected the correct checksum, found a different one",
        ),
        (good[..good.len() - 1].to_owned(), "character 12: expected more of the link, found nothing"),
        (format!("{good}A"), "character 13: expected the end of the link, found `A`"),
        (format!("{good}_7."), "character 13: expected the end of the link, found `_7.`"),
        (spare.replace("_A", "_B"), "character 14: expected a character whose spare bits are zero, found `B`"),
    ];
    for (link, message) in table {
        let error = parse_link(&link).expect_err(&link);
        assert_eq!(error.to_string(), message, "{link}");
    }
    assert_eq!(parse_link("#g=AQ=").unwrap_err().place, Place::Link { character: 3 });
}

#[test]
fn a_megabyte_of_input_is_an_error() {
    let million = 1 << 20;
    let good = naive::sealed(&naive::content(&long(640_000)));
    assert!(good.len() > 900_000);
    for (input, message) in [
        ("A".repeat(million), "character 1: expected version 1, the only one that this program reads, found version 0"),
        (good.clone(), "character 11: expected at most 200000 drops, found 640000"),
        (format!("#g={good}"), "character 11: expected at most 200000 drops, found 640000"),
        (
            format!("AQIAg9LUCQNRgCVgnLAaqw{}", "A".repeat(million)),
            "character 23: expected the end of the link, found `AAAAAAAAAAAAAAAAAAAAAAAA…`",
        ),
        (format!("{HEADER} {}", "1".repeat(million)), "line 1, column 77: expected @, found `1`"),
        (
            format!("{HEADER}\n{}", "1@a1\n".repeat(million)),
            "line 200002, column 1: expected at most 200000 drops, found one more",
        ),
        ("\n".repeat(million), "character 1: expected more of the link, found nothing"),
        ("#".repeat(million), "character 1: expected a letter, a digit, - or _, found `#`"),
    ] {
        assert_eq!(parse(&input).map(|_| ()).map_err(|error| error.to_string()), Err(message.to_owned()));
    }
}
