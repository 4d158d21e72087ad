//! Times and numbers in words, by the browser's own `Intl`: it knows every language's grammar.

use super::text;
use crate::browser::languages;
use js_sys::Intl::{NumberFormat, PluralRules, RelativeTimeFormat};
use js_sys::{Array, Date, JSON, Number, Object};
use wasm_bindgen::{JsCast, JsValue};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const MONTH: u64 = 30 * DAY;
const YEAR: u64 = 365 * DAY;

/// So many of what `Intl` calls by that name.
type Amount = (u64, &'static str);

/// `1 session`, `2 sessions`.
pub fn sessions(count: u32) -> String {
    let plural = PluralRules::new(&locales(), &Object::new());
    let noun = if plural.select(count.into()) == "one" {
        text::ONE_SESSION
    } else {
        text::SOME_SESSIONS
    };
    noun.fill(&[&number(count.into())])
}

/// The number with its language's separators.
pub fn number(number: u64) -> String {
    Number::from(js(number))
        .to_locale_string(&languages::locale())
        .into()
}

/// A stretch of time, in seconds: `14 minutes`.
pub fn span(seconds: u64) -> String {
    let (number, unit) = coarse(seconds);
    let style = [
        r#"{"style":"unit","unitDisplay":"long","unit":""#,
        unit,
        "\"}",
    ]
    .concat();
    let format = NumberFormat::new(&locales(), &options(&style)).format();
    let said = format.call1(&JsValue::UNDEFINED, &js(number).into());
    said.ok()
        .and_then(|said| said.as_string())
        .unwrap_or_default()
}

/// How far ahead it is, in seconds: `in 14 minutes`.
pub fn ahead(seconds: u64) -> String {
    let (number, unit) = coarse(seconds);
    relative(js(number), unit)
}

/// How long ago it was, in seconds: `14 minutes ago`.
pub fn ago(seconds: u64) -> String {
    age(seconds).map_or_else(
        || text::JUST_NOW.say().to_owned(),
        |(number, unit)| relative(-js(number), unit),
    )
}

/// The same, to the second.
pub fn seconds_ago(seconds: u64) -> String {
    let (number, unit) = coarse(seconds);
    relative(-js(number), unit)
}

/// Where an age says more than a date.
pub const fn is_recent(seconds: u64) -> bool {
    seconds < 14 * DAY
}

/// The day of a date: `Nov 27, 2026`.
pub fn day(date: &Date) -> String {
    formatted(date, r#"{"dateStyle":"medium"}"#)
}

/// Its day and time: `Nov 27, 2026, 1:04 PM`.
pub fn day_and_time(date: &Date) -> String {
    formatted(date, r#"{"dateStyle":"medium","timeStyle":"short"}"#)
}

/// All of it, to the second and with its time zone.
pub fn exactly(date: &Date) -> String {
    formatted(date, r#"{"dateStyle":"full","timeStyle":"long"}"#)
}

/// To the second where it is short.
const fn coarse(seconds: u64) -> Amount {
    match seconds {
        0..90 => (seconds, "second"),
        _ => (seconds / MINUTE, "minute"),
    }
}

/// Rounded down to one unit; nothing where it is only a moment.
const fn age(seconds: u64) -> Option<Amount> {
    Some(match seconds {
        0..MINUTE => return None,
        MINUTE..HOUR => (seconds / MINUTE, "minute"),
        HOUR..DAY => (seconds / HOUR, "hour"),
        DAY..MONTH => (seconds / DAY, "day"),
        MONTH..YEAR => (seconds / MONTH, "month"),
        _ => (seconds / YEAR, "year"),
    })
}

fn relative(number: f64, unit: &str) -> String {
    let format = RelativeTimeFormat::new(&locales(), &Object::new());
    format.format(number, unit).into()
}

fn formatted(date: &Date, style: &str) -> String {
    date.to_locale_string(&languages::locale(), &options(style))
        .into()
}

fn locales() -> Array {
    Array::of1(&JsValue::from_str(&languages::locale()))
}

fn options(json: &str) -> Object {
    JSON::parse(json).unwrap_or_default().unchecked_into()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "what people count and wait for is far from 2^53"
)]
const fn js(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_rounded_down_to_one_unit() {
        for (seconds, amount) in [
            (0, None),
            (59, None),
            (60, Some((1, "minute"))),
            (3599, Some((59, "minute"))),
            (2 * HOUR, Some((2, "hour"))),
            (DAY, Some((1, "day"))),
            (29 * DAY, Some((29, "day"))),
            (61 * DAY, Some((2, "month"))),
            (3 * YEAR, Some((3, "year"))),
        ] {
            assert_eq!(age(seconds), amount, "{seconds}");
        }
    }

    #[test]
    fn short_waits_are_told_to_the_second() {
        assert_eq!(coarse(1), (1, "second"));
        assert_eq!(coarse(89), (89, "second"));
        assert_eq!(coarse(301), (5, "minute"));
    }
}
