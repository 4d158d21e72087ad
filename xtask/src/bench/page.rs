//! The tables, and the page that shows them.

use super::claims::{Claim, Wanted};
use super::figures::{Figures, Middle};
use super::{machine, picture};
use anyhow::Context;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const PAGE: &str = "docs/performance.md";
const BEGIN: &str = "<!-- cargo xtask bench writes from here -->\n";
const END: &str = "<!-- to here -->\n";

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
    (
        "sign-in express",
        "sign-in, 8 clients, Express + @node-rs/argon2",
    ),
];

/// The rest of what is worth to be seen.
const OTHERS: [(&str, &str); 11] = [
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
pub fn tables(claims: &[Claim], figures: &Figures) -> String {
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
    text.push_str("\n| asked by 32 clients at once | a second | median | p99 | processor a call |\n| --- | --- | --- | --- | --- |\n");
    for (name, what) in CALLERS {
        let rate = figures.of(&format!("{name} calls/s"));
        let Some(rate) = rate else { continue };
        let time = |part: &str| {
            let time = figures.of(&format!("{name} {part} µs"));
            time.map_or(String::new(), |time| format!("{} µs", number(time.median)))
        };
        let (median, p99, processor) = (time("median"), time("p99"), time("processor"));
        let _ = writeln!(
            text,
            "| {what} | {} | {median} | {p99} | {processor} |",
            shown(rate, "")
        );
    }
    text.push_str("\n| beside | found (least to most) |\n| --- | --- |\n");
    for (name, what) in OTHERS {
        if let Some(found) = figures.of(name) {
            let _ = writeln!(text, "| {what} | {} |", shown(found, ""));
        }
    }
    text
}

fn shown(found: Middle, unit: &str) -> String {
    let Middle {
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

/// Puts the tables between the marks of the page, and the pictures beside it.
pub fn write(root: &Path, claims: &[Claim], figures: &Figures) -> anyhow::Result<()> {
    let mut measured = format!(
        "\nMeasured on {}.\n\n{}",
        machine::sentence(),
        tables(claims, figures)
    );
    for picture in &picture::ALL {
        let svg = picture.svg(figures);
        fs::write(root.join("docs").join(picture.file), svg)?;
        let _ = write!(measured, "\n![{}]({})\n", picture.title, picture.file);
    }
    let page = fs::read_to_string(root.join(PAGE))?;
    let page = between(&page, &format!("{measured}\n"))
        .context("docs/performance.md has lost its marks")?;
    Ok(fs::write(root.join(PAGE), page)?)
}

fn between(page: &str, new: &str) -> Option<String> {
    let (head, rest) = page.split_once(BEGIN)?;
    let (_, tail) = rest.split_once(END)?;
    Some(format!("{head}{BEGIN}{new}{END}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_is_replaced() {
        let page = format!("before\n{BEGIN}old\n{END}after\n");
        let new = between(&page, "new\n");
        assert_eq!(new, Some(format!("before\n{BEGIN}new\n{END}after\n")));
        assert_eq!(between("no marks", "new\n"), None);
        let page = fs::read_to_string(crate::workspace::root().join(PAGE));
        assert!(between(&page.expect("it is there"), "").is_some());
    }

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
        let text = tables(&super::super::claims::all(&figures), &figures);
        assert!(text.contains("| < 100 ms | 120 ms | **no** |"), "{text}");
        assert!(text.contains("| not measured |  |"), "{text}");
        assert!(text.contains("nothing | 9,000 |"), "{text}");
    }
}
