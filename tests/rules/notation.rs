//! Both written forms of a recording: what is written is read again, a link has only one form, and what is wrong is refused with
//! its place. Whether a game could go so is not asked here, so the drops are any drops.

use blockers::rules::notation::{MAX_DROPS, Place, parse, parse_link, parse_text, to_link, to_text};
use blockers::rules::{Cell, Deal, DropAt, GameKind, Recording, Slot};
use proptest::prelude::*;

const HEADER: &str = "blockers=1 rules=blocktser dealer=classic game=daily seed=20261123 undos=0";

fn drop_at(slot: usize, row: i32, column: i32) -> DropAt {
    DropAt { slot: Slot::ALL[slot], at: Cell::new(row, column).expect("it is on the board") }
}

fn recording(kind: GameKind, seed: u64, undos: u32, drops: &[DropAt]) -> Recording {
    Recording { deal: Deal::new(kind, seed), undos, drops: drops.to_vec() }
}

/// A recording of so many drops that are all different from their neighbours.
fn long(drops: usize) -> Recording {
    let drops: Vec<_> = (0..drops).map(|n| drop_at(n % 3, (n / 7 % 10) as i32, (n % 10) as i32)).collect();
    recording(GameKind::Kind, 987_654_321, 3, &drops)
}

fn sample() -> Recording {
    recording(GameKind::Daily, 20_261_123, 0, &[drop_at(1, 6, 3), drop_at(0, 0, 0), drop_at(2, 9, 9)])
}

/// The link's form once more, bit by bit and as plainly as it can be said.
mod plain {
    use super::Recording;

    fn bits(number: usize, width: usize) -> Vec<bool> {
        (0..width).rev().map(|bit| number >> bit & 1 == 1).collect()
    }

    fn grouped(mut bits: Vec<bool>, width: usize) -> Vec<u8> {
        while !bits.len().is_multiple_of(width) {
            bits.push(false);
        }
        bits.chunks(width).map(|group| group.iter().fold(0u8, |number, &bit| number * 2 + u8::from(bit))).collect()
    }

    fn letter(six: u8) -> char {
        char::from(match six {
            0..=25 => b'A' + six,
            26..=51 => b'a' + (six - 26),
            52..=61 => b'0' + (six - 52),
            62 => b'-',
            _ => b'_',
        })
    }

    pub(super) fn base64(bytes: &[u8]) -> String {
        let bits = bytes.iter().flat_map(|&byte| bits(usize::from(byte), 8)).collect();
        grouped(bits, 6).into_iter().map(letter).collect()
    }

    pub(super) fn checksum(bytes: &[u8]) -> u32 {
        let mut rest = u32::MAX;
        for &byte in bytes {
            rest ^= u32::from(byte);
            for _ in 0..8 {
                let odd = rest & 1 == 1;
                rest >>= 1;
                if odd {
                    rest ^= 0xedb8_8320;
                }
            }
        }
        !rest
    }

    /// A link of this content, with the checksum that it should have.
    pub(super) fn sealed(content: &[u8]) -> String {
        base64(&[content, &checksum(content).to_le_bytes()].concat())
    }

    pub(super) fn number(mut number: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        while number > 127 {
            bytes.push((number % 128) as u8 + 128);
            number /= 128;
        }
        bytes.push(number as u8);
        bytes
    }

    pub(super) fn content(recording: &Recording) -> Vec<u8> {
        let mut bytes = vec![1, recording.deal.kind.index() as u8];
        bytes.extend(number(recording.undos.into()));
        bytes.extend(number(recording.deal.seed));
        bytes.extend(number(recording.drops.len() as u64));
        let drops = recording.drops.iter().map(|drop| drop.slot.index() * 100 + drop.at.index());
        bytes.extend(grouped(drops.flat_map(|drop| bits(drop, 9)).collect(), 8));
        bytes
    }
}

#[test]
fn the_plain_checksum_is_the_one_that_everybody_means() {
    assert_eq!(plain::checksum(b"123456789"), 0xcbf4_3926);
}

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
fn recordings_are_written_so() {
    let many = recording(GameKind::Kind, u64::MAX, u32::MAX, &[drop_at(0, 0, 0); 25]);
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
        (many.clone(), kind, plain::sealed(&plain::content(&many))),
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
fn a_text_may_be_spaced_and_commented_as_one_likes() {
    let spread = HEADER.replace(' ', " \t ");
    for text in [
        format!("{HEADER}\n2@d7 1@a1 3@j10"),
        format!("{HEADER} 2@d7 1@a1 3@j10"),
        format!("{HEADER}\r\n2@d7 1@a1 3@j10\r\n"),
        format!("{HEADER}\n\n\n2@d7\n\n  1@a1\t3@j10  \n\n"),
        format!("\n  {spread}\r\n2@d7\r\n\r\n1@a1\r\n3@j10"),
        format!("# a game of mine\n#\n{HEADER}\n2@d7 1@a1\n# the end of it: 3@x99\n3@j10\n#"),
        format!("#{HEADER}\n{}\n2@d7 1@a1 3@j10\n", HEADER.replace(' ', "\n")),
    ] {
        assert_eq!(parse_text(&text), Ok(sample()), "{text}");
        assert_eq!(parse(&text), Ok(sample()), "{text}");
    }
}

#[test]
fn a_link_is_found_in_an_address() {
    let link = to_link(&sample());
    for address in [
        format!("#g={link}"),
        format!("https://example.org/blockers/#g={link}"),
        format!("https://example.org/?seed=7&theme=dark#g={link}"),
        format!("https://example.org/#g={link}&theme=dark&g=AAAA"),
        format!("look: https://example.org/#g={link}& it is good"),
    ] {
        assert_eq!(parse_link(&address), Ok(sample()), "{address}");
        assert_eq!(parse(&format!("\r\n  {address} \n")), Ok(sample()), "{address}");
    }
    assert!(parse_link(&format!("#h={link}")).is_err());
    assert!(parse_link(&format!(" {link}")).is_err(), "only `parse` overlooks blanks");
}

#[test]
fn a_text_that_is_wrong_is_refused_with_the_place_and_the_reason() {
    let table = [
        // the header
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
fn a_drop_that_is_wrong_is_refused_with_the_place_and_the_reason() {
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
        ("# é\r\n\r\n1@a1\r\n  3@x1", "line 5, column 5: expected a column from a to j, found `x`"),
        ("1@a\u{7}\u{1b}[31m", "line 2, column 4: expected a row from 1 to 10, found `\u{fffd}\u{fffd}[31m`"),
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
    let error = parse(&format!("{HEADER}\n1@a1 2@k7")).expect_err("there is no k");
    assert_eq!(error.place, Place::Text { line: 2, column: 8 });
    assert_eq!((error.expected, error.found.as_str()), ("a column from a to j", "`k`"));
}

#[test]
fn a_link_that_is_wrong_is_refused_with_the_place_and_the_reason() {
    let sealed = |parts: &[&[u8]]| plain::sealed(&parts.concat());
    let good = sealed(&[&[1, 0, 0, 7, 0]]);
    let spare = sealed(&[&[1, 0, 0, 200, 1, 0]]);
    assert!(parse_link(&good).is_ok() && parse_link(&spare).is_ok() && spare.ends_with("_A"));
    let table = [
        (String::new(), "character 1: expected more of the link, found nothing"),
        ("AQ".into(), "character 3: expected more of the link, found nothing"),
        ("https://example.org/#g=".into(), "character 1: expected more of the link, found nothing"),
        ("#g=A Q".into(), "character 2: expected a letter, a digit, - or _, found ` `"),
        ("AQ==".into(), "character 3: expected a letter, a digit, - or _, found `=`"),
        ("AQ+/".into(), "character 3: expected a letter, a digit, - or _, found `+`"),
        ("AQé".into(), "character 3: expected a letter, a digit, - or _, found `é`"),
        ("A\u{7}".into(), "character 2: expected a letter, a digit, - or _, found `\u{fffd}`"),
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
            sealed(&[&[1, 0], &plain::number(1 << 32), &[7, 0]]),
            "character 3: expected a number of undos up to 4294967295, found 4294967296",
        ),
        (sealed(&[&[1, 0, 0, 0x87, 0, 0]]), "character 5: expected a seed, found a number that is too long"),
        (sealed(&[&[1, 0, 0], &[0xff; 9], &[2, 0]]), "character 5: expected a seed, found a number that is too long"),
        (sealed(&[&[1, 0, 0], &[0x80; 10], &[1, 0]]), "character 5: expected a seed, found a number that is too long"),
        (sealed(&[&[1, 0, 0, 7], &plain::number(200_001)]), "character 6: expected at most 200000 drops, found 200001"),
        (
            sealed(&[&[1, 0, 0, 7, 0x80, 0]]),
            "character 6: expected at most 200000 drops, found a number that is too long",
        ),
        (sealed(&[&[1, 0, 0, 7, 1, 0x96, 0]]), "character 7: expected a drop below 300, found 300"),
        (sealed(&[&[1, 0, 0, 7, 1, 0, 1]]), "character 9: expected zero bits after the last drop, found others"),
        (
            plain::base64(&[1, 0, 0, 7, 0, 0, 0, 0, 0]),
            "character 7: expected the checksum of what is before it, found another one",
        ),
        (good[..good.len() - 1].to_owned(), "character 12: expected more of the link, found nothing"),
        (format!("{good}A"), "character 13: expected the end of the link, found `A`"),
        (spare.replace("_A", "_B"), "character 14: expected a character whose spare bits are zero, found `B`"),
    ];
    for (link, message) in table {
        let error = parse_link(&link).expect_err(&link);
        assert_eq!(error.to_string(), message, "{link}");
    }
    assert_eq!(parse_link("#g=AQ=").expect_err("= is no letter").place, Place::Link { character: 3 });
}

#[test]
fn three_hundred_drops_make_a_link_of_less_than_five_hundred_characters() {
    let link = to_link(&recording(GameKind::Seed, u64::MAX, u32::MAX, &long(300).drops));
    assert!(link.len() < 500, "{}", link.len());
}

#[test]
fn very_long_games_are_read_and_longer_ones_are_not() {
    for drops in [100_000, MAX_DROPS] {
        let recording = long(drops);
        // Not assert_eq!, which would print them.
        assert!(parse(&to_text(&recording)) == Ok(recording.clone()), "{drops} drops as a text");
        assert!(parse(&to_link(&recording)) == Ok(recording), "{drops} drops as a link");
    }
    let (longest, longer) = (long(MAX_DROPS), long(MAX_DROPS + 1));
    assert!(to_text(&longer) == to_text(&longest), "of a longer one as much is written as can be read, as a text");
    assert!(to_link(&longer) == to_link(&longest), "and as a link");
    let text =
        parse(&format!("{} 1@a1", to_text(&longest).trim_end())).map(|_| ()).expect_err("it is too long").to_string();
    assert_eq!(text, "line 16668, column 41: expected at most 200000 drops, found one more");
    let link = parse(&plain::sealed(&plain::content(&longer))).map(|_| ()).expect_err("it is too long").to_string();
    assert_eq!(link, "character 11: expected at most 200000 drops, found 200001");
}

#[test]
fn a_megabyte_is_refused() {
    let million = 1 << 20;
    let good = plain::sealed(&plain::content(&long(640_000)));
    assert!(good.len() > 900_000);
    for (written, message) in [
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
        assert_eq!(parse(&written).map(|_| ()).map_err(|error| error.to_string()), Err(message.to_owned()));
    }
}

/// What comes of a text when one bit of one byte is the other way round; what is no UTF-8 then is read as a browser would.
fn flipped(text: &str) -> impl Iterator<Item = (usize, String)> {
    (0..text.len() * 8).map(move |bit| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        (bit / 8, String::from_utf8_lossy(&bytes).into_owned())
    })
}

#[test]
fn a_link_with_a_wrong_bit_or_a_lost_end_is_no_link() {
    for recording in [sample(), long(0), long(8), long(25)] {
        let link = to_link(&recording);
        for (place, other) in flipped(&link) {
            assert!(parse_link(&other).is_err(), "{other} for {link}, byte {place}");
            assert!(parse(&other).is_err(), "{other} for {link}, byte {place}");
        }
        for end in 0..link.len() {
            assert!(parse_link(&link[..end]).is_err(), "{end} characters of {link}");
        }
    }
}

#[test]
fn a_text_with_a_wrong_bit_or_a_lost_end_is_never_taken_for_the_same_game() {
    let comment = "# a comment\n";
    let text = format!("{HEADER}\n{comment}{}\n3@j10 2@d1\n", ["1@a1", "2@b2", "3@c10"].join(" "));
    let original = to_text(&parse_text(&text).expect("it is written as it should be"));
    let from = HEADER.len() + 1;
    let in_comment = from..from + comment.len();
    for (place, other) in flipped(&text) {
        let same = parse_text(&other).is_ok_and(|read| to_text(&read) == original);
        let between = in_comment.contains(&place) || text.as_bytes()[place].is_ascii_whitespace();
        assert!(!same || between, "byte {place}: {other}");
    }
    for end in 0..text.len() {
        let same = parse_text(&text[..end]).is_ok_and(|read| to_text(&read) == original);
        assert!(!same || text[end..].trim().is_empty(), "{end} bytes");
    }
}

fn seeds() -> impl Strategy<Value = u64> {
    prop_oneof![any::<u64>(), 0..1_000u64, (0..64u32).prop_map(|bit| 1u64 << bit), Just(u64::MAX)]
}

prop_compose! {
    /// Any recording, legal or not.
    fn any_recording()(
        kind in prop::sample::select(GameKind::ALL.to_vec()),
        seed in seeds(),
        undos in prop_oneof![any::<u32>(), 0..300u32],
        drops in prop::collection::vec((0usize..3, 0i32..10, 0i32..10), 0..80),
    ) -> Recording {
        let drops: Vec<_> = drops.into_iter().map(|(slot, row, column)| drop_at(slot, row, column)).collect();
        recording(kind, seed, undos, &drops)
    }
}

proptest! {
    #[test]
    fn a_text_is_read_as_what_was_written(recording in any_recording()) {
        let text = to_text(&recording);
        prop_assert!(text.lines().skip(1).all(|line| line.split(' ').count() <= 12));
        prop_assert_eq!(parse_text(&text), Ok(recording.clone()));
        prop_assert_eq!(parse(&text.replace('\n', "\r\n")), Ok(recording));
    }

    #[test]
    fn a_link_is_read_as_what_was_written_and_is_the_plain_one(recording in any_recording()) {
        let link = to_link(&recording);
        prop_assert_eq!(&link, &plain::sealed(&plain::content(&recording)));
        prop_assert_eq!(parse_link(&link), Ok(recording.clone()));
        prop_assert_eq!(parse(&format!("https://example.org/#g={link}&a=b")), Ok(recording));
    }

    /// The checksum is made right again, so that what is before it is really looked at.
    #[test]
    fn a_link_that_is_accepted_is_the_only_one_of_its_recording(
        recording in any_recording(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
        more in prop::collection::vec(any::<u8>(), 0..2),
        front in any::<bool>(),
    ) {
        let mut content = plain::content(&recording);
        for (place, byte) in changes {
            // The numbers are in front; changes there are the interesting ones.
            let end = if front { content.len().min(20) } else { content.len() };
            let place = place.index(end);
            content[place] = byte;
        }
        content.extend(more);
        let link = plain::sealed(&content);
        if let Ok(read) = parse_link(&link) {
            prop_assert_eq!(to_link(&read), link);
        }
    }

    #[test]
    fn anything_is_answered(letters in prop::collection::vec(any::<char>(), 0..60), header in any::<bool>()) {
        let written: String = letters.into_iter().collect();
        let written = if header { format!("{HEADER}\n{written}") } else { written };
        for answer in [parse(&written), parse_text(&written), parse_link(&written)] {
            if let Err(error) = answer {
                let sentence = error.to_string();
                prop_assert!(!sentence.contains(char::is_control) && sentence.chars().count() < 160, "{}", sentence);
            }
        }
    }
}
