//! What answers mean. Codes decide, never a bare status: a proxy says 401 too.

use crate::ending::Ending;
use crate::error::Error;
use crate::ports::NetworkError;
use crate::wire::Response;
use protocol::Millis;
use protocol::client::Answer;
use serde::de::DeserializeOwned;
use shared::code::Disposition;
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
    match serde_json::from_str(&response.body) {
        Ok(problem) => Err(Error::Problem {
            problem: Box::new(problem),
            retry_after,
        }),
        Err(_) => Err(Error::Foreign {
            status: response.status,
        }),
    }
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
        Err(error) => ended(error).unwrap_or_else(|| transient(error)),
    }
}

/// What the outcome of a sign-out means: any word of our API but "later" says that it has heard.
pub(crate) fn of_leaving(outcome: &Result<Response, Error>) -> Answer<Ending> {
    match outcome {
        Ok(_) => Answer::Granted {
            ttl: Millis::default(),
        },
        Err(error) => match error.disposition() {
            Disposition::Retry | Disposition::RetryAfter => transient(error),
            _ => Answer::Ended(Ending::SignedOut),
        },
    }
}

fn ended(error: &Error) -> Option<Answer<Ending>> {
    let Error::Problem { problem, .. } = error else {
        return None;
    };
    Ending::of(problem).map(Answer::Ended)
}

fn transient(error: &Error) -> Answer<Ending> {
    let retry_after = match error {
        Error::Problem { retry_after, .. } => *retry_after,
        _ => None,
    };
    Answer::Transient { retry_after }
}
