//! What is said of a password while it is typed, by the rules that need no dictionary.

use super::text;
use shared::password::{MIN, Password};
use shared::validate::Violation;

/// What that person's new password still lacks.
pub fn strength(password: &str, username: &str) -> String {
    match Password::new(password).check(username) {
        Some(Violation::Required) => text::PASSWORD_ADVICE.say().to_owned(),
        Some(Violation::TooShort) => {
            let missing = MIN.saturating_sub(password.chars().count());
            text::PASSWORD_LONGER.fill(&[&missing.to_string()])
        }
        Some(rule) => super::rule(rule).say().to_owned(),
        None => text::PASSWORD_KEPT.say().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_told_in_characters() {
        assert!(strength("", "alice").starts_with("At least 12"));
        assert!(strength("ünïcödé", "alice").starts_with("5 more"));
        assert!(strength("alice in chains", "alice").contains("username"));
        assert!(strength("aaaaaaaaaaaaa", "alice").contains("repeat"));
        assert!(strength("lampshade trombone", "alice").starts_with("Long enough"));
    }
}
