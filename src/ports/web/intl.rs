//! Numbers and days as the browser writes them in a language.
//!
//! Comes in: a language's code and a value. Goes out: text; none, where the browser has no `Intl` or does not know a style.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::records::Date;

const MS_PER_DAY: f64 = 86_400_000.0;

thread_local! {
    /// What writes, by its style and language. To make one takes much longer than to use it.
    static WRITERS: RefCell<Vec<(String, Function)>> = const { RefCell::new(Vec::new()) };
}

/// A number with so many decimals. Digits are grouped where there are five or more of them: 4310, and 43,100.
#[must_use]
pub fn number(language: &str, number: f64, decimals: u8) -> Option<String> {
    write(format!("{language} {decimals}"), number, || {
        let decimals = JsValue::from_f64(f64::from(decimals));
        let options = [
            ("useGrouping", "min2".into()),
            ("minimumFractionDigits", decimals.clone()),
            ("maximumFractionDigits", decimals),
        ];
        writer("NumberFormat", language, &options)
    })
}

/// A day.
#[must_use]
pub fn date(language: &str, date: Date) -> Option<String> {
    write(format!("{language} date"), f64::from(date.days()) * MS_PER_DAY, || {
        writer("DateTimeFormat", language, &[("dateStyle", "medium".into()), ("timeZone", "UTC".into())])
    })
}

/// Writes a value with the writer of this style, which is made at the first time.
fn write(style: String, value: f64, make: impl FnOnce() -> Result<Function, JsValue>) -> Option<String> {
    let made = WRITERS
        .with_borrow(|writers| writers.iter().find(|(other, _)| *other == style).map(|(_, writer)| writer.clone()));
    let writer = match made {
        Some(writer) => writer,
        None => {
            let writer = make().ok()?;
            WRITERS.with_borrow_mut(|writers| writers.push((style, writer.clone())));
            writer
        }
    };
    writer.apply(&JsValue::UNDEFINED, &Array::of1(&JsValue::from_f64(value))).ok()?.as_string()
}

/// The function that writes, of a new formatter of this class. All is looked up by name, because a missing one must not throw.
fn writer(class: &str, language: &str, options: &[(&str, JsValue)]) -> Result<Function, JsValue> {
    let chosen = Object::new();
    for (name, value) in options {
        Reflect::set(&chosen, &JsValue::from_str(name), value)?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into())?;
    let class: Function = Reflect::get(&intl, &class.into())?.dyn_into()?;
    let formatter = Reflect::construct(&class, &Array::of2(&language.into(), &chosen))?;
    Reflect::get(&formatter, &"format".into())?.dyn_into()
}
