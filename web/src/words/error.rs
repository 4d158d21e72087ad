//! What a person can do about an error.

use client::{Ending, Error, Millis};
use shared::code::ErrorCode;
use shared::validate::Rule;
use yew::AttrValue;

/// The error in words, with what to do about it.
pub fn of_error(error: &Error) -> AttrValue {
    match error {
        Error::Problem {
            problem,
            retry_after,
        } => match problem.code {
            ErrorCode::RateLimited | ErrorCode::Unavailable => busy(problem.code, *retry_after),
            ErrorCode::InternalError => {
                AttrValue::from([INTERNAL, problem.request_id.as_str(), "."].concat())
            }
            code => AttrValue::from([code.title(), "."].concat()),
        },
        Error::Network => AttrValue::from("The server cannot be reached. Please try again."),
        Error::Foreign { .. } => AttrValue::from(
            "Something between you and the server gave an answer this app does not understand.",
        ),
        Error::SignedOut => AttrValue::from("You are signed out."),
    }
}

/// Why the session ended.
pub const fn ending(ending: Ending) -> &'static str {
    ending.text()
}

/// What a rule asks for.
pub const fn rule(rule: Rule) -> &'static str {
    rule.message()
}

const INTERNAL: &str = "Something went wrong at our side. If it happens again, quote ";

fn busy(code: ErrorCode, retry_after: Option<Millis>) -> AttrValue {
    let what = if code == ErrorCode::RateLimited {
        "Too many tries."
    } else {
        "The service is busy."
    };
    let when = match retry_after.map(Millis::as_secs) {
        Some(seconds @ 0..=90) => super::count(seconds.max(1), "second"),
        Some(seconds) => super::count(seconds.div_ceil(60), "minute"),
        None => return AttrValue::from([what, " Please try again a little later."].concat()),
    };
    AttrValue::from([what, " Please try again in ", when.as_str(), "."].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::problem::Problem;

    #[track_caller]
    fn check(code: ErrorCode, retry_after: Option<u64>, words: &str) {
        let mut problem = Problem::new(code);
        problem.request_id = "r-17".to_owned();
        let error = Error::Problem {
            problem: Box::new(problem),
            retry_after: retry_after.map(Millis::from_secs),
        };
        assert_eq!(of_error(&error), words);
    }

    #[test]
    fn waiting_is_told_in_units_that_people_use() {
        let tries = "Too many tries. Please try again ";
        check(
            ErrorCode::RateLimited,
            Some(1),
            &[tries, "in 1 second."].concat(),
        );
        check(
            ErrorCode::RateLimited,
            Some(30),
            &[tries, "in 30 seconds."].concat(),
        );
        check(
            ErrorCode::RateLimited,
            Some(301),
            &[tries, "in 6 minutes."].concat(),
        );
        check(
            ErrorCode::RateLimited,
            None,
            &[tries, "a little later."].concat(),
        );
    }

    #[test]
    fn our_own_faults_can_be_found_in_the_log() {
        check(
            ErrorCode::InternalError,
            None,
            &[INTERNAL, "r-17."].concat(),
        );
    }
}
