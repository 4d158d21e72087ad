//! Times in words.

use super::text::{self, Text};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// One of something, and many.
pub type Unit = (Text, Text);

pub const SECONDS: Unit = (text::SECOND, text::SECONDS);
pub const MINUTES: Unit = (text::MINUTE, text::MINUTES);
const HOURS: Unit = (text::HOUR, text::HOURS);
const DAYS: Unit = (text::DAY, text::DAYS);
pub const SESSIONS: Unit = (text::ONE_SESSION, text::SOME_SESSIONS);

/// That many of them: `1 minute`, `2 minutes`.
pub fn count(number: u64, (one, many): Unit) -> String {
    let unit = if number == 1 { one } else { many };
    unit.fill(&[&number.to_string()])
}

/// A stretch of time, in seconds: to the second where it is short.
pub fn span(seconds: u64) -> String {
    match seconds {
        0..90 => count(seconds, SECONDS),
        seconds => count(seconds / MINUTE, MINUTES),
    }
}

/// How long ago that was, both in seconds since the Unix epoch; nothing where the date says more.
/// Clocks differ: what lies in the future is just now.
pub fn ago(now: u64, then: u64) -> Option<String> {
    let age = now.saturating_sub(then);
    let (number, unit) = match age {
        0..MINUTE => return Some(text::JUST_NOW.say().to_owned()),
        MINUTE..HOUR => (age / MINUTE, MINUTES),
        HOUR..DAY => (age / HOUR, HOURS),
        _ if age < 14 * DAY => (age / DAY, DAYS),
        _ => return None,
    };
    Some(text::AGO.fill(&[&count(number, unit)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(age: u64, words: Option<&str>) {
        assert_eq!(ago(10_000_000 + age, 10_000_000).as_deref(), words);
    }

    #[test]
    fn ages_are_rounded_down_to_one_unit() {
        check(0, Some("just now"));
        check(59, Some("just now"));
        check(60, Some("1 minute ago"));
        check(3599, Some("59 minutes ago"));
        check(2 * HOUR, Some("2 hours ago"));
        check(DAY, Some("1 day ago"));
        check(14 * DAY, None);
    }

    #[test]
    fn a_clock_that_is_behind_shows_no_future() {
        assert_eq!(ago(1, 100).as_deref(), Some("just now"));
    }
}
