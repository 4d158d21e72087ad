//! What a person can do about an error.

use super::text::{self, Text};
use super::time::ahead;
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
    AttrValue::from(match retry_after.map(Millis::as_secs) {
        Some(seconds) => text::TRY_IN.fill(&[what.say(), &ahead(enough(seconds))]),
        None => text::TRY_LATER.fill(&[what.say()]),
    })
}

/// A wait that is long enough also when it is told in minutes.
const fn enough(seconds: u64) -> u64 {
    match seconds {
        0 => 1,
        1..90 => seconds,
        _ => seconds.next_multiple_of(60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::problem::Problem;

    #[track_caller]
    fn check(code: ErrorCode, words: &str) {
        let mut problem = Problem::new(code);
        problem.request_id = "r-17".to_owned();
        let error = Error::Problem {
            problem: Box::new(problem),
            retry_after: None,
        };
        let said = of_error(&error);
        assert!(said.ends_with(words), "{said}");
    }

    #[test]
    fn who_waits_as_long_as_told_has_waited_long_enough() {
        assert_eq!([0, 1, 89].map(enough), [1, 1, 89]);
        assert_eq!([90, 301, 360].map(enough), [120, 360, 360]);
        check(ErrorCode::Unavailable, "again a little later.");
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
        check(ErrorCode::InternalError, "quote r-17.");
    }
}
