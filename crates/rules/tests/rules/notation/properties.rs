//! Properties of any recording and of any text.

use blockers_rules::notation::{parse, parse_link, parse_text, to_link, to_text};
use blockers_rules::{GameKind, Recording};
use proptest::prelude::*;

use super::{HEADER, drop_at, naive, recording};

fn seeds() -> impl Strategy<Value = u64> {
    prop_oneof![any::<u64>(), 0..1_000u64, (0..64u32).prop_map(|bit| 1u64 << bit), Just(u64::MAX)]
}

prop_compose! {
    /// Returns any recording, legal or not.
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
    fn a_text_is_parsed_as_the_recording_that_was_written(recording in any_recording()) {
        let text = to_text(&recording);
        prop_assert!(text.lines().skip(1).all(|line| line.split(' ').count() <= 12));
        prop_assert_eq!(parse_text(&text), Ok(recording.clone()));
        prop_assert_eq!(parse(&text.replace('\n', "\r\n")), Ok(recording));
    }

    #[test]
    fn a_link_matches_the_naive_encoder_and_is_parsed_as_the_recording_that_was_written(recording in any_recording()) {
        let link = to_link(&recording);
        prop_assert_eq!(&link, &naive::sealed(&naive::content(&recording)));
        prop_assert_eq!(parse_link(&link), Ok(recording.clone()));
        prop_assert_eq!(parse(&format!("https://example.org/#g={link}&a=b")), Ok(recording));
    }

    /// The checksum is correct, so that the parser does not reject the link because of it.
    #[test]
    fn an_accepted_link_is_the_only_link_of_its_recording(
        recording in any_recording(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
        suffix in prop::collection::vec(any::<u8>(), 0..2),
        front in any::<bool>(),
    ) {
        let mut content = naive::content(&recording);
        for (place, byte) in changes {
            // The numbers before the drops are most easily malformed.
            let end = if front { content.len().min(20) } else { content.len() };
            let place = place.index(end);
            content[place] = byte;
        }
        content.extend(suffix);
        let link = naive::sealed(&content);
        if let Ok(read) = parse_link(&link) {
            prop_assert_eq!(to_link(&read), link);
        }
    }

    #[test]
    fn an_error_is_short_and_has_no_control_characters(
        letters in prop::collection::vec(any::<char>(), 0..60), header in any::<bool>(),
    ) {
        let input: String = letters.into_iter().collect();
        let input = if header { format!("{HEADER}\n{input}") } else { input };
        for result in [parse(&input), parse_text(&input), parse_link(&input)] {
            if let Err(error) = result {
                let message = error.to_string();
                prop_assert!(!message.contains(char::is_control) && message.chars().count() < 160, "{}", message);
            }
        }
    }
}
