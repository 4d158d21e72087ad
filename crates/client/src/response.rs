//! What answers mean. Codes decide, never a bare status: a proxy says 401 too.

use crate::error::Error;
use crate::platform::NetworkError;
use crate::sign_out_reason::SignOutReason;
use crate::wire::Response;
use protocol::Millis;
use protocol::client::ServerResponse;
use serde::de::DeserializeOwned;
use shared::auth::TokenResponse;
use shared::error_code::RecoveryAction;
use shared::problem::Problem;

/// A token that claims to live shorter would have us refresh in a loop.
const MIN_TTL: Millis = Millis::from_secs(1);

/// The answer if it is a good one, else the error that it is.
pub(crate) fn into_result(sent: Result<Response, NetworkError>) -> Result<Response, Error> {
    let response = sent.map_err(|NetworkError| Error::Network)?;
    if (200..300).contains(&response.status) {
        return Ok(response);
    }
    let retry_after = response.retry_after_duration();
    match serde_json::from_str::<Problem>(&response.body) {
        Ok(problem) if code_matches_status(&problem, response.status) => Err(Error::Problem {
            problem: Box::new(problem),
            retry_after,
        }),
        _ => Err(Error::UnexpectedResponse {
            status: response.status,
        }),
    }
}

/// With the status of an outage, only a code that says "later" is ours: no other may end a session.
fn code_matches_status(problem: &Problem, status: u16) -> bool {
    let later = matches!(
        problem.code.recovery_action(),
        RecoveryAction::Retry | RecoveryAction::RetryAfter
    );
    later || !is_outage(status)
}

/// Whether a status speaks of the server's state and not of the request: 408, 429, 5xx.
pub(crate) const fn is_outage(status: u16) -> bool {
    matches!(status, 408 | 429 | 500..)
}

/// The body of a good answer.
pub(crate) fn decode_body<T: DeserializeOwned>(response: &Response) -> Result<T, Error> {
    serde_json::from_str(&response.body).map_err(|_| Error::UnexpectedResponse {
        status: response.status,
    })
}

/// How long the token of that answer lives.
pub(crate) fn ttl(signed_in: &TokenResponse) -> Millis {
    Millis::from_secs(signed_in.expires_in).max(MIN_TTL)
}

/// What the outcome of a refresh means to the machine.
pub(crate) fn refresh_outcome(
    outcome: &Result<TokenResponse, Error>,
) -> ServerResponse<SignOutReason> {
    match outcome {
        Ok(signed_in) => ServerResponse::Granted {
            ttl: ttl(signed_in),
        },
        Err(error) => ended(error).unwrap_or_else(|| failed(error)),
    }
}

/// What the outcome of a sign-out means. Where the session is over already, the server has heard.
pub(crate) fn logout_outcome(outcome: &Result<Response, Error>) -> ServerResponse<SignOutReason> {
    match outcome {
        Ok(_) => ServerResponse::Granted {
            ttl: Millis::default(),
        },
        Err(error) => match ended(error) {
            Some(_) => ServerResponse::SessionEnded(SignOutReason::SignedOut),
            None => failed(error),
        },
    }
}

fn ended(error: &Error) -> Option<ServerResponse<SignOutReason>> {
    let Error::Problem { problem, .. } = error else {
        return None;
    };
    SignOutReason::from_problem(problem).map(ServerResponse::SessionEnded)
}

/// A failure that ends nothing is an outage, unless the request itself was rejected.
fn failed(error: &Error) -> ServerResponse<SignOutReason> {
    match error {
        Error::Problem { retry_after, .. } if error.is_outage() => ServerResponse::Transient {
            retry_after: *retry_after,
        },
        Error::Problem { .. } => ServerResponse::Rejected { by_api: true },
        Error::UnexpectedResponse { status } if is_rejection(*status) => {
            ServerResponse::Rejected { by_api: false }
        }
        Error::Network | Error::UnexpectedResponse { .. } | Error::SignedOut => {
            ServerResponse::Transient { retry_after: None }
        }
    }
}

const fn is_rejection(status: u16) -> bool {
    matches!(status, 400..=499) && !is_outage(status)
}
