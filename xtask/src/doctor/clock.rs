//! Whether the server's clock and this machine's agree.

use super::curl::{Curl, Request};
use super::finding::{Finding, fine, note, problem};
use std::time::{SystemTime, UNIX_EPOCH};

/// An answer's `Date` is a second old at most, and took a while.
const APART: i64 = 5;
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// What is found.
pub fn examine(curl: &Curl) -> Vec<Finding> {
    let answer = curl
        .send(&Request::get("/healthz", &[]))
        .unwrap_or_default();
    let Some(told) = answer.header("date").and_then(parse) else {
        let remedy = "let the proxy pass the Date header on, or compare the clocks by hand";
        return vec![note("the server does not say what time it is", remedy)];
    };
    vec![offset_finding(told - now())]
}

fn offset_finding(ahead: i64) -> Finding {
    if ahead.abs() <= APART {
        return fine("the server's clock agrees with this machine's");
    }
    let word = if ahead > 0 { "ahead of" } else { "behind" };
    let seconds = ahead.abs();
    problem(
        format!("the server's clock is {seconds} s {word} this machine's"),
        "turn on time synchronisation on whichever is wrong (`timedatectl set-ntp true`): tokens and certificates go by it",
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "the machine's own time is what is looked at"
)]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0))
}

/// `Mon, 23 Nov 2026 23:28:59 GMT` (RFC 9110, section 5.6.7) in seconds since the Unix epoch.
fn parse(date: &str) -> Option<i64> {
    let mut words = date.split([' ', ':']).skip(1);
    let day: i64 = words.next()?.parse().ok()?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|name| *name == month)?;
    let mut number = || words.next()?.parse::<i64>().ok();
    let (year, hour, minute, second) = (number()?, number()?, number()?, number()?);
    let days = days(year, i64::try_from(month).ok()? + 1, day);
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

/// Days since the Unix epoch. The year begins in March here, so that the day that some years have
/// more is its last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    // The first of March of the year 0 was that long before.
    days - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_seconds() {
        for (date, seconds) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Mon, 23 Nov 2026 23:28:59 GMT", 1_795_476_539),
        ] {
            assert_eq!(parse(date), Some(seconds), "{date}");
        }
        for date in ["yesterday", "", "Mon, 23 Neb 2026 23:28:59 GMT"] {
            assert_eq!(parse(date), None, "{date}");
        }
    }

    #[test]
    fn a_clock_that_is_off_is_a_problem_in_both_directions() {
        assert!(!offset_finding(5).is_problem() && !offset_finding(-5).is_problem());
        assert!(offset_finding(6).to_string().contains("6 s ahead of"));
        assert!(offset_finding(-90).to_string().contains("90 s behind"));
    }
}
