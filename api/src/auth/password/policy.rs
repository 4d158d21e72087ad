//! The strength check for new passwords that needs dictionaries, and therefore runs only on the
//! server.

use super::hash::{HashPermit, Hasher, Unavailable};
use shared::PRODUCT_NAME;
use shared::password::Password;
use shared::validate::Violation;
use zxcvbn::Score;
use zxcvbn::feedback::Warning;

/// The minimum score: zxcvbn's level 3 of 4, more than 10^8 guesses, which is safe against online
/// guessing under a rate limit.
const MIN_SCORE: Score = Score::Three;
/// The time of zxcvbn grows with the square of the length and with the number of substitutions
/// below; of a longer password only the beginning is scored.
const MAX_SCORED_CHARS: usize = 32;
/// The maximum number of ways to read digits and signs as letters; zxcvbn looks up each of them in
/// every dictionary.
const MAX_SUBSTITUTIONS: usize = 8;

/// The characters that zxcvbn reads as a letter, by letter.
const LEET_SUBSTITUTIONS: [&str; 12] = [
    "4@", "8", "({[<", "3", "69", "1!|", "1|7", "0", "$5", "+7", "%", "2",
];
/// Signs, each followed by another one that zxcvbn reads as the same letter.
const EQUIVALENT_SUBSTITUTIONS: [&str; 8] = ["@4", "{(", "[(", "<(", "!1", "|1", "$5", "+7"];

/// The rule that a new password of this user breaks, if any. Takes milliseconds, at most one and a
/// half times as long as a hash: run it on the hashing threads.
pub fn check_strength(password: &Password, username: &str) -> Option<Violation> {
    if let Some(rule) = password.check(username) {
        return Some(rule);
    }
    let verdict = zxcvbn::zxcvbn(&scored_prefix(password.expose()), &[username, PRODUCT_NAME]);
    if verdict.score() >= MIN_SCORE {
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
        ) => Some(Violation::Common),
        _ => Some(Violation::TooWeak),
    }
}

/// The part of the password that is scored: the beginning. If it has too many substitutions, one
/// sign per letter replaces the others. Digits stay, because they are parts of dates and sequences
/// too.
fn scored_prefix(password: &str) -> String {
    let start: String = password.chars().take(MAX_SCORED_CHARS).collect();
    if count_substitutions(&start) <= MAX_SUBSTITUTIONS {
        return start;
    }
    let other = |c: char| {
        EQUIVALENT_SUBSTITUTIONS
            .iter()
            .find(|pair| pair.starts_with(c))
    };
    let other = |c: char| other(c).and_then(|pair| pair.chars().nth(1)).unwrap_or(c);
    start.chars().map(other).collect()
}

/// An upper bound of the substitutions that zxcvbn enumerates: one for each choice of a sign by
/// letter, and two if a sign stands for two letters.
fn count_substitutions(text: &str) -> usize {
    let count = |signs: &str| signs.chars().filter(|c| text.contains(*c)).count();
    let choices = LEET_SUBSTITUTIONS.iter().map(|signs| count(signs).max(1));
    choices.product::<usize>() << count("1|7")
}

/// The hash of a new password of this user, or the rule that it breaks. Check and hash run on a
/// hashing thread under one permit.
pub async fn check_and_hash(
    hasher: &Hasher,
    place: HashPermit,
    password: Password,
    username: &str,
) -> Result<Result<String, Violation>, Unavailable> {
    let username = username.to_owned();
    let check = move |password: &Password| check_strength(password, &username);
    hasher.hash_checked(place, password, check).await
}

#[cfg(test)]
mod tests;
