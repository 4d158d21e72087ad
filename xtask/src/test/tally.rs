//! Counting what ran.

use std::fmt;

/// Passed, failed, skipped, and why the skipped were.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
    pub reasons: Vec<String>,
}

/// The closing line.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

impl Tally {
    pub fn one_passed() -> Self {
        Self {
            passed: 1,
            ..Self::default()
        }
    }

    pub fn one_failed() -> Self {
        Self {
            failed: 1,
            ..Self::default()
        }
    }

    pub fn one_skipped(reason: String) -> Self {
        Self {
            skipped: 1,
            reasons: vec![reason],
            ..Self::default()
        }
    }

    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.reasons.extend(other.reasons);
    }

    /// For a step's own line, where a single check needs no number.
    pub fn short(&self) -> String {
        if self.passed + self.failed + self.skipped == 1 {
            return String::new();
        }
        format!(" ({self})")
    }

    /// Sums up what libtest and wasm-bindgen's runner report, doc tests included.
    pub fn read(text: &str) -> Self {
        let mut tally = Self::default();
        for line in text.lines() {
            // The runner in the browser may indent or prefix what it passes on.
            if let Some((_, counts)) = line.split_once("test result: ") {
                tally.passed += number_before(counts, " passed");
                tally.failed += number_before(counts, " failed");
                tally.skipped += number_before(counts, " ignored");
            } else if let Some((test, why)) = ignored(line) {
                tally.reasons.push(format!("{test}: {why}"));
            }
        }
        tally
    }
}

/// `test name ... ignored, reason`
fn ignored(line: &str) -> Option<(&str, &str)> {
    let (test, outcome) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let why = outcome
        .strip_prefix("ignored")?
        .trim_start_matches([',', ' ']);
    Some((
        test,
        if why.is_empty() {
            "ignored without a reason"
        } else {
            why
        },
    ))
}

fn number_before(text: &str, word: &str) -> u32 {
    let number = text
        .split_once(word)
        .and_then(|(before, _)| before.rsplit([' ', ';', '.']).next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "\
running 3 tests
test a ... ok
test b ... ignored, needs a browser
test c ... ignored
test result: ok. 12 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s

   Doc-tests shared
test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out
";

    #[test]
    fn every_result_line_is_summed_up() {
        let tally = Tally::read(OUTPUT);
        assert_eq!(tally.to_string(), "15 passed, 1 failed, 2 skipped");
        assert_eq!(
            tally.reasons,
            ["b: needs a browser", "c: ignored without a reason"]
        );
    }

    #[test]
    fn other_output_counts_nothing() {
        assert_eq!(Tally::read("12 passed\ntest result\n"), Tally::default());
    }

    #[test]
    fn tallies_add_up() {
        let mut total = Tally::read(OUTPUT);
        total.add(Tally::one_passed());
        total.add(Tally::one_skipped("web: no browser".to_owned()));
        assert_eq!(total.to_string(), "16 passed, 1 failed, 3 skipped");
        assert_eq!(total.reasons.len(), 3);
    }
}
