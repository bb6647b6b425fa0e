//! The seal.

use blockers::records::{Damaged, seal, unseal};
use proptest::prelude::*;

use crate::spoiled::spoiled;

/// The check value of CRC-32 (the one of zip and PNG) is that of the digits from 1 to 9.
#[test]
fn the_seal_is_the_crc_32_that_everybody_knows() {
    assert_eq!(seal("123456789"), "123456789 cbf43926");
    assert_eq!(seal(""), " 00000000");
}

#[test]
fn a_text_without_its_own_seal_is_damaged() {
    let wrong = |expected: &str, found: &str| {
        Err(Damaged::WrongSeal { expected: expected.to_owned(), found: found.to_owned() })
    };
    let table = [
        ("", Err(Damaged::NoSeal)),
        ("a", Err(Damaged::NoSeal)),
        ("cbf43926", Err(Damaged::NoSeal)),
        ("123456789cbf43926", Err(Damaged::NoSeal)),
        ("123456789\tcbf43926", Err(Damaged::NoSeal)),
        ("123456789 CBF43926", Err(Damaged::NoSeal)),
        ("123456789 +bf43926", Err(Damaged::NoSeal)),
        ("123456789 cbf4392", Err(Damaged::NoSeal)),
        ("ä12345678", Err(Damaged::NoSeal)),
        ("äääääääää", Err(Damaged::NoSeal)),
        ("123456789 cbf43927", wrong("cbf43926", "cbf43927")),
        ("123456789 cbf43926", Ok("123456789")),
        (" 00000000", Ok("")),
    ];
    for (text, expected) in table {
        assert_eq!(unseal(text), expected, "`{text}`");
    }
}

#[test]
fn damage_says_what_it_is() {
    assert!(Damaged::NoSeal.to_string().contains("cut off"));
    let sentence = unseal("123456789 cbf43927").expect_err("the last digit is wrong").to_string();
    assert!(sentence.contains("cbf43926") && sentence.contains("cbf43927"), "{sentence}");
}

proptest! {
    #[test]
    fn what_was_sealed_is_unsealed(letters in prop::collection::vec(any::<char>(), 0..80)) {
        let text: String = letters.into_iter().collect();
        let sealed = seal(&text);
        prop_assert_eq!(unseal(&sealed), Ok(text.as_str()));
    }

    #[test]
    fn no_flipped_bit_and_no_lost_end_goes_unseen(letters in prop::collection::vec(any::<char>(), 0..20)) {
        let sealed = seal(&letters.into_iter().collect::<String>());
        for text in spoiled(&sealed) {
            prop_assert!(unseal(&text).is_err(), "`{}` passes for `{}`", text, sealed);
        }
    }
}
