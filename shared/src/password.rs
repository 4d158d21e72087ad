//! The rules for a password that need no dictionary.
//!
//! NIST SP 800-63B-4, section 3.1.1: length counts, composition rules do not. What is on lists of
//! common passwords, or would be guessed soon, the server alone judges: those lists would double
//! the size of the app.

use crate::PRODUCT_NAME;
use crate::username;
use crate::validate::Violation;
use serde::{Deserialize, Serialize};

/// The fewest code points of a new password.
pub const MIN: usize = 12;
/// The most code points.
pub const MAX: usize = 128;
/// The most bytes, checked before anything is hashed.
pub const MAX_BYTES: usize = 1024;

/// A password in the clear, on its way from a form to the hash. It does not print.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl core::fmt::Debug for Password {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Password(..)")
    }
}

impl Password {
    /// Takes what was typed, exactly.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }

    /// What was typed; only for hashing and for the wire.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The rule that a new password of that person breaks, if any.
    pub fn check(&self, username: &str) -> Option<Violation> {
        if let Some(rule) = self.check_for_lookup() {
            return Some(rule);
        }
        // Names and the product's are ASCII.
        let lower = self.0.to_ascii_lowercase();
        let name = username::canonical(username);
        let mut chars = self.0.chars();
        let first = chars.next();
        if self.0.chars().count() < MIN {
            Some(Violation::TooShort)
        } else if chars.all(|c| Some(c) == first) {
            Some(Violation::RepeatedCharacter)
        } else if name.len() >= username::MIN && lower.contains(&name) {
            Some(Violation::ContainsUsername)
        } else if lower.contains(PRODUCT_NAME) {
            Some(Violation::ContainsProductName)
        } else {
            None
        }
    }

    /// The rule for a password that is only compared: there, and within what is ever hashed.
    pub fn check_for_lookup(&self) -> Option<Violation> {
        if self.0.is_empty() {
            Some(Violation::Required)
        } else if self.0.len() > MAX_BYTES || self.0.chars().count() > MAX {
            Some(Violation::TooLong)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(password: &str, broken: Option<Violation>) {
        assert_eq!(Password::new(password).check("Alice"), broken, "{password}");
    }

    #[test]
    fn length_is_counted_in_code_points() {
        check("", Some(Violation::Required));
        check("elevenchars", Some(Violation::TooShort));
        check("twelve chars", None);
        check("ünïcödé ßtrî", None);
        check(&"ab".repeat(64), None);
        check(&"ab".repeat(65), Some(Violation::TooLong));
        check(&"🦀🐙".repeat(64), None);
    }

    #[test]
    fn what_an_attacker_tries_first_is_refused() {
        check("aaaaaaaaaaaaaa", Some(Violation::RepeatedCharacter));
        check("i am ALICE in chains", Some(Violation::ContainsUsername));
        check(
            "my Countersign phrase",
            Some(Violation::ContainsProductName),
        );
    }

    #[test]
    fn a_password_does_not_print() {
        let shown = format!("{:?}", Password::new("correct horse battery"));
        assert!(!shown.contains("horse"), "{shown}");
    }
}
