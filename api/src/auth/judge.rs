//! The judgement of a new password that needs dictionaries, and so is the server's alone.

use super::hash::{Busy, Hasher, Place};
use shared::PRODUCT_NAME;
use shared::password::Password;
use shared::validate::Violation;
use zxcvbn::Score;
use zxcvbn::feedback::Warning;

/// Guessing must take more than this many tries on average to be worth refusing nothing:
/// zxcvbn's third of four steps, 10^8 guesses, safe against guessing through a throttled door.
const ENOUGH: Score = Score::Three;
/// zxcvbn takes time that grows with the square of the length and with the readings below; what is
/// longer is judged by its beginning.
const JUDGED_CHARS: usize = 32;
/// Ways to read digits and signs as letters; zxcvbn looks up each of them in every dictionary.
const READINGS_MAX: usize = 8;

/// What zxcvbn reads as a letter, by letter.
const READ_AS: [&str; 12] = [
    "4@", "8", "({[<", "3", "69", "1!|", "1|7", "0", "$5", "+7", "%", "2",
];
/// Signs, each followed by another one that is read as the same letter.
const SAME_LETTER: [&str; 8] = ["@4", "{(", "[(", "<(", "!1", "|1", "$5", "+7"];

/// The rule that a new password of that person breaks, if any. Takes milliseconds, at most one and
/// a half times as many as a hash: for the threads that hash.
pub fn judge(password: &Password, username: &str) -> Option<Violation> {
    if let Some(rule) = password.check(username) {
        return Some(rule);
    }
    let verdict = zxcvbn::zxcvbn(&judged_part(password.expose()), &[username, PRODUCT_NAME]);
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
        ) => Some(Violation::Common),
        _ => Some(Violation::TooWeak),
    }
}

/// What is judged of it: the beginning, and where that has more readings than people write, one sign
/// for each letter. Digits stay as they are, because they are parts of dates and sequences too.
fn judged_part(password: &str) -> String {
    let start: String = password.chars().take(JUDGED_CHARS).collect();
    if readings(&start) <= READINGS_MAX {
        return start;
    }
    let other = |c: char| SAME_LETTER.iter().find(|pair| pair.starts_with(c));
    let other = |c: char| other(c).and_then(|pair| pair.chars().nth(1)).unwrap_or(c);
    start.chars().map(other).collect()
}

/// No fewer readings than zxcvbn enumerates: one for each choice of a sign by letter, and two where a
/// sign is read as two letters.
fn readings(text: &str) -> usize {
    let count = |signs: &str| signs.chars().filter(|c| text.contains(*c)).count();
    let choices = READ_AS.iter().map(|signs| count(signs).max(1));
    choices.product::<usize>() << count("1|7")
}

/// The hash of a new password of that person, or the rule that it breaks: judged and hashed on one
/// of the threads that hash, under one permit.
pub async fn judge_and_hash(
    hasher: &Hasher,
    place: Place,
    password: Password,
    username: &str,
) -> Result<Result<String, Violation>, Busy> {
    let username = username.to_owned();
    let check = move |password: &Password| judge(password, &username);
    hasher.hash_checked(place, password, check).await
}

#[cfg(test)]
mod tests;
