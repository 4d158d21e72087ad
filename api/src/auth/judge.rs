//! The judgement of a new password that needs dictionaries, and so is the server's alone.

use shared::PRODUCT;
use shared::password::Password;
use shared::validate::{FieldErrors, Rule};
use zxcvbn::Score;
use zxcvbn::feedback::Warning;

/// Guessing must take more than this many tries on average to be worth refusing nothing:
/// zxcvbn's third of four steps, 10^8 guesses, safe against guessing through a throttled door.
const ENOUGH: Score = Score::Three;
/// zxcvbn takes time that grows with length; what is longer is judged by its beginning.
const JUDGED_CHARS: usize = 72;

/// The rule that a new password of that person breaks, if any. Takes milliseconds: not for the
/// threads that answer requests.
pub fn judge(password: &Password, username: &str) -> Option<Rule> {
    if let Some(rule) = password.check(username) {
        return Some(rule);
    }
    let start: String = password.expose().chars().take(JUDGED_CHARS).collect();
    let verdict = zxcvbn::zxcvbn(&start, &[username, PRODUCT]);
    if verdict.score() >= ENOUGH {
        return None;
    }
    match verdict
        .feedback()
        .and_then(zxcvbn::feedback::Feedback::warning)
    {
        Some(
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword,
        ) => Some(Rule::Common),
        _ => Some(Rule::Guessable),
    }
}

/// As [`judge`], off the threads that answer requests, for that field of a body.
pub async fn judge_field(field: &'static str, password: Password, username: String) -> FieldErrors {
    let judged = tokio::task::spawn_blocking(move || judge(&password, &username)).await;
    let mut errors = FieldErrors::default();
    errors.check(field, judged.expect("BUG: judging a password panicked"));
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(password: &str, broken: Option<Rule>) {
        assert_eq!(
            judge(&Password::new(password), "alice"),
            broken,
            "{password}"
        );
    }

    #[test]
    fn what_everybody_chooses_is_refused() {
        check("passwordpassword", Some(Rule::Guessable));
        check("123456789012", Some(Rule::Guessable));
        check("qwertyuiop12", Some(Rule::Common));
    }

    #[test]
    fn a_phrase_of_unrelated_words_is_good() {
        check("correct zebra battery plum", None);
        check("vq7-Tm2x-Lp9r-Wz4k", None);
    }
}
