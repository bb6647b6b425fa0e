//! What holds for any recording, and for any text.

use blockers::rules::notation::{parse, parse_link, parse_text, to_link, to_text};
use blockers::rules::{GameKind, Recording};
use proptest::prelude::*;

use super::{HEADER, drop_at, plain, recording};

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
