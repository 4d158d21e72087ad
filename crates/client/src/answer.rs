//! What answers mean. Codes decide, never a bare status: a proxy says 401 too.

use crate::ending::Ending;
use crate::error::Error;
use crate::ports::NetworkError;
use crate::wire::Response;
use protocol::Millis;
use protocol::client::Answer;
use serde::de::DeserializeOwned;
use shared::code::Disposition;
use shared::problem::Problem;
use shared::sign_in::SignedIn;

/// A token that claims to live shorter would have us refresh in a loop.
const SHORTEST_LIFE: Millis = Millis::from_secs(1);

/// The answer if it is a good one, else the error that it is.
pub(crate) fn judge(sent: Result<Response, NetworkError>) -> Result<Response, Error> {
    let response = sent.map_err(|NetworkError| Error::Network)?;
    if (200..300).contains(&response.status) {
        return Ok(response);
    }
    let retry_after = response.asked_wait();
    match serde_json::from_str::<Problem>(&response.body) {
        Ok(problem) if may_stand_with(&problem, response.status) => Err(Error::Problem {
            problem: Box::new(problem),
            retry_after,
        }),
        _ => Err(Error::Foreign {
            status: response.status,
        }),
    }
}

/// With the status of an outage, only a code that says "later" is ours: no other may end a session.
fn may_stand_with(problem: &Problem, status: u16) -> bool {
    let later = matches!(
        problem.code.disposition(),
        Disposition::Retry | Disposition::RetryAfter
    );
    later || !is_outage(status)
}

/// Whether a status speaks of the server's state and not of the request: 408, 429, 5xx.
pub(crate) const fn is_outage(status: u16) -> bool {
    matches!(status, 408 | 429 | 500..)
}

/// The body of a good answer.
pub(crate) fn body<T: DeserializeOwned>(response: &Response) -> Result<T, Error> {
    serde_json::from_str(&response.body).map_err(|_| Error::Foreign {
        status: response.status,
    })
}

/// How long the token of that answer lives.
pub(crate) fn ttl(signed_in: &SignedIn) -> Millis {
    Millis::from_secs(signed_in.expires_in).max(SHORTEST_LIFE)
}

/// What the outcome of a refresh means to the machine.
pub(crate) fn of_refresh(outcome: &Result<SignedIn, Error>) -> Answer<Ending> {
    match outcome {
        Ok(signed_in) => Answer::Granted {
            ttl: ttl(signed_in),
        },
        Err(error) => ended(error).unwrap_or_else(|| failed(error)),
    }
}

/// What the outcome of a sign-out means. Where the session is over already, the server has heard.
pub(crate) fn of_leaving(outcome: &Result<Response, Error>) -> Answer<Ending> {
    match outcome {
        Ok(_) => Answer::Granted {
            ttl: Millis::default(),
        },
        Err(error) => match ended(error) {
            Some(_) => Answer::Ended(Ending::SignedOut),
            None => failed(error),
        },
    }
}

fn ended(error: &Error) -> Option<Answer<Ending>> {
    let Error::Problem { problem, .. } = error else {
        return None;
    };
    Ending::of(problem).map(Answer::Ended)
}

/// A failure that ends nothing is an outage, unless the request itself was rejected.
fn failed(error: &Error) -> Answer<Ending> {
    match error {
        Error::Problem { retry_after, .. } if error.is_outage() => Answer::Transient {
            retry_after: *retry_after,
        },
        Error::Problem { .. } => Answer::Rejected { by_api: true },
        Error::Foreign { status } if is_rejection(*status) => Answer::Rejected { by_api: false },
        Error::Network | Error::Foreign { .. } | Error::SignedOut => {
            Answer::Transient { retry_after: None }
        }
    }
}

const fn is_rejection(status: u16) -> bool {
    matches!(status, 400..=499) && !is_outage(status)
}
