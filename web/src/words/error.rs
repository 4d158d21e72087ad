//! What a person can do about an error.

use super::text::{self, Text};
use super::time::{MINUTES, SECONDS, count};
use client::{Error, Millis};
use shared::error_code::ErrorCode;
use yew::AttrValue;

/// The error in words, with what to do about it.
pub fn of_error(error: &Error) -> AttrValue {
    match error {
        Error::Problem {
            problem,
            retry_after,
        } => match problem.code {
            ErrorCode::RateLimited => busy(text::TOO_MANY_TRIES, *retry_after),
            ErrorCode::Unavailable => busy(text::BUSY, *retry_after),
            ErrorCode::InternalError => {
                AttrValue::from(text::OUR_FAULT.fill(&[&problem.request_id]))
            }
            code => of_code(code),
        },
        Error::Network => text::NETWORK.into(),
        Error::UnexpectedResponse { .. } => text::FOREIGN.into(),
        Error::SignedOut => text::ENDED_SIGNED_OUT.into(),
    }
}

/// Codes that a person can meet have words; of the rest, whoever mends the app wants the title.
fn of_code(code: ErrorCode) -> AttrValue {
    match code {
        ErrorCode::InvalidCredentials => text::WRONG_CREDENTIALS.into(),
        ErrorCode::LastAdmin => text::LAST_ADMIN.into(),
        ErrorCode::InsufficientScope => text::FORBIDDEN.into(),
        ErrorCode::NotFound => text::GONE.into(),
        ErrorCode::UsernameTaken => text::USERNAME_TAKEN.into(),
        ErrorCode::SessionExpired => text::ENDED_EXPIRED.into(),
        ErrorCode::SessionRevoked => text::ENDED_UNKNOWN.into(),
        code => AttrValue::from(text::REFUSED.fill(&[code.title()])),
    }
}

/// What a server said that rejects this browser, in its own words: whoever runs it knows them.
pub fn rejection(error: &Error) -> AttrValue {
    let said = match error {
        Error::Problem { problem, .. } => {
            let code = serde_json::to_string(&problem.code).unwrap_or_default();
            let detail = problem.detail.as_deref().unwrap_or_default();
            let mut said = [problem.title.as_str(), "."].concat();
            if !detail.is_empty() {
                said.extend([" ", detail]);
            }
            said.extend([" (", code.trim_matches('"'), ")"]);
            said
        }
        Error::UnexpectedResponse { status } => ["HTTP ", &status.to_string()].concat(),
        Error::Network | Error::SignedOut => return of_error(error),
    };
    AttrValue::from(text::SERVER_SAID.fill(&[&said]))
}

fn busy(what: Text, retry_after: Option<Millis>) -> AttrValue {
    let when = match retry_after.map(Millis::as_secs) {
        Some(seconds @ 0..=90) => count(seconds.max(1), SECONDS),
        Some(seconds) => count(seconds.div_ceil(60), MINUTES),
        None => return AttrValue::from(text::TRY_LATER.fill(&[what.say()])),
    };
    AttrValue::from(text::TRY_IN.fill(&[what.say(), &when]))
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
        let said = of_error(&error);
        assert!(said.ends_with(words), "{said}");
    }

    #[test]
    fn waiting_is_told_in_units_that_people_use() {
        check(ErrorCode::RateLimited, Some(1), "again in 1 second.");
        check(ErrorCode::RateLimited, Some(30), "again in 30 seconds.");
        check(ErrorCode::RateLimited, Some(301), "again in 6 minutes.");
        check(ErrorCode::Unavailable, None, "again a little later.");
    }

    #[test]
    fn a_rejection_is_told_in_the_servers_own_words() {
        let mut problem = Problem::new(ErrorCode::OriginForbidden);
        problem.detail = Some("Send the header X.".to_owned());
        let error = Error::Problem {
            problem: Box::new(problem),
            retry_after: None,
        };
        assert_eq!(
            rejection(&error).as_str(),
            "The server says: The request is not from this app. Send the header X. (origin_forbidden)"
        );
        let said = rejection(&Error::UnexpectedResponse { status: 431 });
        assert!(said.ends_with("HTTP 431"), "{said}");
    }

    #[test]
    fn our_own_faults_can_be_found_in_the_log() {
        check(ErrorCode::InternalError, None, "quote r-17.");
    }
}
