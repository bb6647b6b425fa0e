//! The written forms of recordings, the variants that the parsers accept, and the lengths of both forms.

use blockers_rules::GameKind;
use blockers_rules::notation::{MAX_DROPS, parse, parse_link, parse_text, to_link, to_text};

use super::{HEADER, drop_at, long, naive, recording, sample};

#[test]
fn a_drop_is_written_with_its_slot_its_column_and_its_row() {
    for (drop, written) in [
        (drop_at(0, 0, 0), "1@a1"),
        (drop_at(1, 6, 3), "2@d7"),
        (drop_at(2, 9, 0), "3@a10"),
        (drop_at(2, 0, 9), "3@j1"),
        (drop_at(2, 9, 9), "3@j10"),
    ] {
        assert_eq!(drop.to_string(), written);
        let read = parse_text(&format!("{HEADER}\n{written}")).map(|recording| recording.drops);
        assert_eq!(read, Ok(vec![drop]));
    }
}

#[test]
fn recordings_have_the_expected_texts_and_links() {
    let many = recording(GameKind::Relaxed, u64::MAX, u32::MAX, &[drop_at(0, 0, 0); 25]);
    let line = ["1@a1"; 12].join(" ");
    let kind = format!(
        "blockers=1 rules=blocktser dealer=kind game=kind seed={} undos={}\n{line}\n{line}\n1@a1\n",
        u64::MAX,
        u32::MAX
    );
    let table = [
        (sample(), format!("{HEADER}\n2@d7 1@a1 3@j10\n"), "AQIAg9LUCQNRgCVgnLAaqw".to_owned()),
        (
            recording(GameKind::Classic, 7, 0, &[]),
            "blockers=1 rules=blocktser dealer=classic game=classic seed=7 undos=0\n".to_owned(),
            "AQAABwBqSAO0".to_owned(),
        ),
        (many.clone(), kind, naive::sealed(&naive::content(&many))),
    ];
    for (recording, text, link) in table {
        assert_eq!(to_text(&recording), text);
        assert_eq!(parse_text(&text), Ok(recording.clone()));
        assert_eq!(to_link(&recording), link);
        assert_eq!(parse_link(&link), Ok(recording.clone()));
        assert_eq!((parse(&text), parse(&link)), (Ok(recording.clone()), Ok(recording)));
    }
}

#[test]
fn a_text_can_have_any_white_space_and_comments() {
    let spread = HEADER.replace(' ', " \t ");
    for text in [
        format!("{HEADER}\n2@d7 1@a1 3@j10"),
        format!("{HEADER} 2@d7 1@a1 3@j10"),
        format!("{HEADER}\r\n2@d7 1@a1 3@j10\r\n"),
        format!("{HEADER}\n\n\n2@d7\n\n  1@a1\t3@j10  \n\n"),
        format!("\n  {spread}\r\n2@d7\r\n\r\n1@a1\r\n3@j10"),
        format!("{HEADER}\r2@d7 1@a1\r3@j10\r"),
        format!("\u{feff}{HEADER}\u{a0}\n2@d7\u{2003}1@a1\u{200f}\n3@j10\u{3000}\n\n"),
        format!("\u{feff}# my game\r{HEADER}\r\u{feff}# more\r2@d7 1@a1 3@j10"),
        format!("# my game\n#\n{HEADER}\n2@d7 1@a1\n# the end of it: 3@x99\n3@j10\n#"),
        format!("#{HEADER}\n{}\n2@d7 1@a1 3@j10\n", HEADER.replace(' ', "\n")),
    ] {
        assert_eq!(parse_text(&text), Ok(sample()), "{text}");
        assert_eq!(parse(&text), Ok(sample()), "{text}");
    }
}

#[test]
fn a_link_is_found_in_a_url() {
    let link = to_link(&sample());
    for url in [
        format!("#g={link}"),
        format!("https://example.org/blockers/#g={link}"),
        format!("https://example.org/?seed=7&theme=dark#g={link}"),
        format!("https://example.org/#g={link}&theme=dark&g=AAAA"),
        format!("look: https://example.org/#g={link}& it is good"),
    ] {
        assert_eq!(parse_link(&url), Ok(sample()), "{url}");
        assert_eq!(parse(&format!("\r\n  {url} \n")), Ok(sample()), "{url}");
    }
    assert!(parse_link(&format!("#h={link}")).is_err());
}

#[test]
fn the_link_of_300_drops_has_fewer_than_500_characters() {
    let link = to_link(&recording(GameKind::Seed, u64::MAX, u32::MAX, &long(300).drops));
    assert!(link.len() < 500, "{}", link.len());
}

#[test]
fn recordings_are_parsed_up_to_the_maximum_number_of_drops() {
    for drops in [100_000, MAX_DROPS] {
        let recording = long(drops);
        // `assert_eq!` would print the whole recordings.
        assert!(parse(&to_text(&recording)) == Ok(recording.clone()), "{drops} drops as a text");
        assert!(parse(&to_link(&recording)) == Ok(recording), "{drops} drops as a link");
    }
    let (longest, longer) = (long(MAX_DROPS), long(MAX_DROPS + 1));
    assert!(to_text(&longer) == to_text(&longest), "the text leaves out drops after the maximum");
    assert!(to_link(&longer) == to_link(&longest), "the link leaves out drops after the maximum");
    let text = parse(&format!("{} 1@a1\n", to_text(&longest).trim_end())).map(|_| ()).unwrap_err().to_string();
    assert_eq!(text, "line 16668, column 41: expected at most 200000 drops, found one more");
    let link = parse(&naive::sealed(&naive::content(&longer))).map(|_| ()).unwrap_err().to_string();
    assert_eq!(link, "character 11: expected at most 200000 drops, found 200001");
}
