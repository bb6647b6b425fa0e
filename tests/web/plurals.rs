//! The plural categories of numbers are those of the browser's `Intl`, in every language.

use blockers::words::Language;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

// The private modules of `blockers::words`, once more.
#[path = "../../src/words/fluent.rs"]
#[allow(dead_code, reason = "this test needs only the categories")]
mod fluent;
#[path = "../../src/words/plurals.rs"]
mod rules;
mod language {
    pub(super) use blockers::words::Language;
}

#[wasm_bindgen_test]
fn the_category_of_every_number_is_the_one_of_intl() {
    let create = "const rules = new Intl.PluralRules(language); return (number) => rules.select(number);";
    let create = Function::new_with_args("language", create);
    for language in Language::ALL {
        let rules: Function = create.call1(&JsValue::NULL, &language.code().into()).unwrap().unchecked_into();
        for number in (0..=10_000).chain([100_000, 999_999, 1_000_000, 1_000_001, 2_000_000, 1_000_003]) {
            let expected = rules.call1(&JsValue::NULL, &(number as f64).into()).unwrap().as_string().unwrap();
            assert_eq!(rules::category(language, number).key(), expected, "{language:?}, {number}");
        }
    }
}
