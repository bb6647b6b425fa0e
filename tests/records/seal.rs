//! Seals.

use blockers::records::{Damaged, seal, unseal};
use proptest::prelude::*;

use crate::damage::damaged;

/// The check value of a CRC is its value for the digits 1 to 9. This one is that of the CRC-32 of zip and PNG.
#[test]
fn the_seal_is_the_common_crc_32() {
    assert_eq!(seal("123456789"), "123456789 cbf43926");
    assert_eq!(seal(""), " 00000000");
}

#[test]
fn a_missing_or_wrong_seal_is_detected() {
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
        ("123456789 cbf43926\r", Ok("123456789")),
        ("123456789 cbf43926 \r\n\u{a0}", Ok("123456789")),
    ];
    for (text, expected) in table {
        assert_eq!(unseal(text), expected, "`{text}`");
    }
}

#[test]
fn the_error_describes_the_damage() {
    assert!(Damaged::NoSeal.to_string().contains("cut off"));
    let message = unseal("123456789 cbf43927").expect_err("the last digit is wrong").to_string();
    assert_eq!(message, "the checksum is cbf43927 instead of cbf43926; the text was changed");
}

proptest! {
    #[test]
    fn unseal_reverts_seal(letters in prop::collection::vec(any::<char>(), 0..80)) {
        let text: String = letters.into_iter().collect();
        let sealed = seal(&text);
        prop_assert_eq!(unseal(&sealed), Ok(text.as_str()));
    }

    #[test]
    fn every_flipped_bit_and_every_truncation_is_detected(letters in prop::collection::vec(any::<char>(), 0..20)) {
        let sealed = seal(&letters.into_iter().collect::<String>());
        for text in damaged(&sealed) {
            prop_assert!(unseal(&text).is_err(), "`{}` is accepted for `{}`", text, sealed);
        }
    }
}
