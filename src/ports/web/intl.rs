//! Formats numbers and dates for a language with the browser's `Intl`. The functions return `None` if the browser has
//! no `Intl`, or does not support a style.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::records::Date;

const MS_PER_DAY: f64 = 86_400_000.0;

thread_local! {
    /// The formatters by language and style. Creating one takes much longer than using it.
    static FORMATTERS: RefCell<Vec<(String, Function)>> = const { RefCell::new(Vec::new()) };
}

/// Formats a number with this many decimals. Numbers with five or more digits are grouped: 4310, and 43,100.
#[must_use]
pub fn number(language: &str, number: f64, decimals: u8) -> Option<String> {
    format(format!("{language} {decimals}"), number, || {
        let decimals = JsValue::from_f64(f64::from(decimals));
        let options = [
            ("useGrouping", "min2".into()),
            ("minimumFractionDigits", decimals.clone()),
            ("maximumFractionDigits", decimals),
        ];
        formatter("NumberFormat", language, &options)
    })
}

/// Formats a date.
#[must_use]
pub fn date(language: &str, date: Date) -> Option<String> {
    format(format!("{language} date"), f64::from(date.days()) * MS_PER_DAY, || {
        formatter("DateTimeFormat", language, &[("dateStyle", "medium".into()), ("timeZone", "UTC".into())])
    })
}

/// Formats a value with the formatter of this style, which is created on first use.
fn format(style: String, value: f64, create: impl FnOnce() -> Result<Function, JsValue>) -> Option<String> {
    let existing = FORMATTERS.with_borrow(|formatters| {
        formatters.iter().find(|(other, _)| *other == style).map(|(_, formatter)| formatter.clone())
    });
    let formatter = match existing {
        Some(formatter) => formatter,
        None => {
            let formatter = create().ok()?;
            FORMATTERS.with_borrow_mut(|formatters| formatters.push((style, formatter.clone())));
            formatter
        }
    };
    formatter.apply(&JsValue::UNDEFINED, &Array::of1(&JsValue::from_f64(value))).ok()?.as_string()
}

/// Returns the `format` function of a new formatter of this class. Everything is looked up by name, so that a missing
/// class leads to an error instead of an exception.
fn formatter(class: &str, language: &str, options: &[(&str, JsValue)]) -> Result<Function, JsValue> {
    let object = Object::new();
    for (name, value) in options {
        Reflect::set(&object, &JsValue::from_str(name), value)?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into())?;
    let class: Function = Reflect::get(&intl, &class.into())?.dyn_into()?;
    let formatter = Reflect::construct(&class, &Array::of2(&language.into(), &object))?;
    Reflect::get(&formatter, &"format".into())?.dyn_into()
}
