//! The tables: what is promised, who calls how often, and the rest.

use super::figures::{Figures, Summary};
use super::targets::{Target, Wanted};
use std::fmt::Write as _;

/// Who calls, by the name of their figures, as the table says it.
pub const CALLERS: [(&str, &str); 17] = [
    ("call bare", "an equal route that asks for nothing"),
    ("call ours", "protected call, HS256"),
    ("call ours EdDSA", "protected call, EdDSA"),
    ("call ours, no log", "protected call, HS256, RUST_LOG=warn"),
    ("call express", "the same, Express + jsonwebtoken, tuned"),
    ("call express string", "the same, Express as most write it"),
    ("call better-auth", "better-auth's get-session"),
    ("call better-auth cookie", "the same, with its cookie cache"),
    ("refresh ours", "refresh, SQLite"),
    ("refresh express", "refresh, Express + better-sqlite3"),
    ("refresh ours alone", "refresh, SQLite, one client"),
    (
        "refresh express alone",
        "the same, Express + better-sqlite3",
    ),
    ("refresh postgres", "refresh, PostgreSQL"),
    ("pgbench", "its two statements, pgbench"),
    ("refresh postgres alone", "refresh, PostgreSQL, one client"),
    ("sign-in ours", "sign-in, 8 clients"),
    ("sign-in express", "the same, Express + @node-rs/argon2"),
];

/// The rest of what is worth to be seen.
const OTHERS: [(&str, &str); 12] = [
    ("hash ours ms", "one argon2id hash, ms"),
    ("hash node ms", "one argon2id hash, @node-rs/argon2, ms"),
    (
        "call while idle p99 µs",
        "p99 of a call while nobody signs in, µs",
    ),
    (
        "call in a crowd p99 µs",
        "p99 of a call while 200 people sign in, µs",
    ),
    ("crowd signed in /s", "of those signed in a second"),
    (
        "crowd told to wait /s",
        "of those told to wait a second (503)",
    ),
    ("crowd memory at most MiB", "memory at most then, MiB"),
    (
        "crowd memory of its own MiB",
        "of that not pages of its program's file, MiB",
    ),
    (
        "called memory at most MiB",
        "memory at most of the same server while 200 only call, MiB",
    ),
    (
        "rest memory MiB",
        "memory of a server that nobody asks, MiB",
    ),
    (
        "rest memory of its own MiB",
        "of that not pages of its program's file, MiB",
    ),
    ("start ms", "from its start to the first answer, ms"),
];

/// All three.
pub fn tables(claims: &[Target], figures: &Figures) -> String {
    let text = [promises(claims), callers(figures), others(figures)];
    text.join("\n")
}

fn promises(claims: &[Target]) -> String {
    let mut text =
        "| promise | wanted | found (least to most) | kept |\n| --- | --- | --- | --- |\n"
            .to_owned();
    for claim in claims {
        let (wanted, unit) = match claim.wanted {
            Wanted::AtLeast(limit, unit) => (format!("≥ {limit}{unit}"), unit),
            Wanted::Below(limit, unit) => (format!("< {limit}{unit}"), unit),
        };
        let found = claim
            .found
            .map_or("not measured".to_owned(), |found| shown(found, unit));
        let kept = match claim.holds() {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => "",
        };
        let _ = writeln!(text, "| {} | {wanted} | {found} | {kept} |", claim.what);
    }
    text
}

fn callers(figures: &Figures) -> String {
    let mut text = "| who asks | a second | median | p99 | processor a call |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for (name, what) in CALLERS {
        let Some(rate) = figures.of(&format!("{name} calls/s")) else {
            continue;
        };
        let time = |part: &str| {
            let time = figures.of(&format!("{name} {part} µs"));
            time.map_or(String::new(), |time| format!("{} µs", number(time.median)))
        };
        let times = ["median", "p99", "processor"].map(time).join(" | ");
        let _ = writeln!(text, "| {what} | {} | {times} |", shown(rate, ""));
    }
    text
}

fn others(figures: &Figures) -> String {
    let mut text = "| beside | found (least to most) |\n| --- | --- |\n".to_owned();
    for (name, what) in OTHERS {
        if let Some(found) = figures.of(name) {
            let _ = writeln!(text, "| {what} | {} |", shown(found, ""));
        }
    }
    text
}

fn shown(found: Summary, unit: &str) -> String {
    let Summary {
        median,
        least,
        most,
    } = found;
    if (most - least).abs() < f64::EPSILON {
        return format!("{}{unit}", number(median));
    }
    format!(
        "{}{unit} ({} to {})",
        number(median),
        number(least),
        number(most)
    )
}

/// Three digits that say something, and thousands apart.
pub fn number(value: f64) -> String {
    if value >= 1000.0 {
        let digits = format!("{value:.0}");
        let (front, back) = digits.split_at(digits.len() - 3);
        return format!("{front},{back}");
    }
    let decimals = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else {
        2
    };
    format!("{value:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_as_long_as_it_says_something() {
        for (value, text) in [
            (0.934, "0.93"),
            (15.26, "15.3"),
            (151.4, "151"),
            (24_050.3, "24,050"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn what_was_not_measured_is_said_and_what_fails_stands_out() {
        let figures = Figures::read("start ms\t120\ncall bare calls/s\t9000\n");
        let text = tables(&super::super::targets::all(&figures), &figures);
        assert!(text.contains("| < 100 ms | 120 ms | **no** |"), "{text}");
        assert!(text.contains("| not measured |  |"), "{text}");
        assert!(text.contains("nothing | 9,000 |"), "{text}");
    }
}
