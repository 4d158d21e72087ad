//! Times in words.

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// That many of them: `1 minute`, `2 minutes`.
pub fn count(number: u64, unit: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    [number.to_string().as_str(), " ", unit, plural].concat()
}

/// A stretch of time, in seconds: to the second where it is short.
pub fn span(seconds: u64) -> String {
    match seconds {
        0..90 => count(seconds, "second"),
        seconds => count(seconds / MINUTE, "minute"),
    }
}

/// How long ago that was, both in seconds since the Unix epoch; nothing where the date says more.
/// Clocks differ: what lies in the future is just now.
pub fn ago(now: u64, then: u64) -> Option<String> {
    let age = now.saturating_sub(then);
    let (number, unit) = match age {
        0..MINUTE => return Some("just now".to_owned()),
        MINUTE..HOUR => (age / MINUTE, "minute"),
        HOUR..DAY => (age / HOUR, "hour"),
        _ if age < 14 * DAY => (age / DAY, "day"),
        _ => return None,
    };
    Some(count(number, unit) + " ago")
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
