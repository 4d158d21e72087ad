//! The one shape of every error, and the one place that turns errors into HTTP (RFC 9457).

use poem::error::{
    MethodNotAllowedError, NotFoundError, ParsePathError, ReadBodyError, ResponseError,
    SizedLimitError,
};
use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{Error, Response};
use poem_openapi::error::{ContentTypeError, ParseParamError};
use shared::code::ErrorCode;
use shared::problem::{PROBLEM_JSON, Problem};
use shared::session::EndReason;
use shared::validate::{FieldError, FieldErrors, Rule};
use std::fmt;

/// What `Retry-After` says where nothing better is known, in seconds.
const RETRY_AFTER: u64 = 2;

/// What is known of one occurrence of a problem.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// What to do about it. Never repeats input.
    pub detail: Option<&'static str>,
    /// Which fields break which rules.
    pub errors: Option<Vec<FieldError>>,
    /// Seconds until another try makes sense.
    pub retry_after: Option<u64>,
    /// Why the session ended.
    pub reason: Option<EndReason>,
    /// Whether an access token was judged: then the challenge names the error (RFC 6750, 3.1).
    pub bearer: bool,
}

impl Details {
    /// Another try makes sense after so many seconds.
    pub fn retry_after(seconds: u64) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::default()
        }
    }

    /// These fields break these rules.
    pub fn errors(errors: FieldErrors) -> Self {
        Self {
            errors: Some(errors.0),
            ..Self::default()
        }
    }

    /// The session ended for that reason.
    pub fn reason(reason: Option<EndReason>) -> Self {
        Self {
            reason,
            ..Self::default()
        }
    }

    /// An access token was judged, and its person is gone.
    pub fn of_bearer() -> Self {
        Self {
            bearer: true,
            ..Self::default()
        }
    }

    /// What to do.
    pub fn advice(detail: &'static str) -> Self {
        Self {
            detail: Some(detail),
            ..Self::default()
        }
    }
}

/// A request that is refused.
#[derive(Clone, Debug)]
pub struct Refused {
    /// What the problem is.
    pub code: ErrorCode,
    /// What is known of this occurrence.
    pub details: Details,
}

impl Refused {
    /// Refused with that code, and nothing more to say.
    pub fn new(code: ErrorCode) -> Self {
        let details = Details::default();
        Self { code, details }
    }

    /// Refused, and what to do about it.
    pub fn advise(code: ErrorCode, detail: &'static str) -> Self {
        let details = Details::advice(detail);
        Self { code, details }
    }

    /// An input that breaks these rules.
    pub fn invalid(errors: FieldErrors) -> Self {
        Self {
            code: ErrorCode::ValidationFailed,
            details: Details::errors(errors),
        }
    }

    /// The answer, once it is known which request it is for.
    pub fn render(self, request_id: &str) -> Response {
        let code = self.code;
        let problem = Problem {
            detail: self.details.detail.map(str::to_owned),
            errors: self.details.errors,
            reason: self.details.reason,
            request_id: request_id.to_owned(),
            ..Problem::new(code)
        };
        let body = serde_json::to_string(&problem).expect("BUG: a problem is JSON");
        let status = StatusCode::from_u16(code.status()).expect("BUG: a code has a status");
        let mut response = Response::builder()
            .status(status)
            .content_type(PROBLEM_JSON)
            .body(body);
        let headers = response.headers_mut();
        if let Some(challenge) = challenge(code, self.details.bearer) {
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static(challenge),
            );
        }
        if matches!(code.status(), 429 | 503) {
            let seconds = self.details.retry_after.unwrap_or(RETRY_AFTER);
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    /// What an error of the framework means in our words.
    pub fn from_framework(error: &Error) -> Self {
        if let Some(refused) = error.downcast_ref::<Self>() {
            return refused.clone();
        }
        if let Some(parameter) = error.downcast_ref::<ParseParamError>() {
            let mut errors = FieldErrors::default();
            errors.check(parameter.name, Some(Rule::WrongType));
            return Self::invalid(errors);
        }
        if let Some(code) = known(error) {
            return Self::new(code);
        }
        match error.status() {
            StatusCode::SERVICE_UNAVAILABLE => Self::new(ErrorCode::Unavailable),
            status if status.is_client_error() => Self::new(ErrorCode::InvalidRequest),
            _ => {
                tracing::error!(%error, "an error that nobody expected");
                Self::new(ErrorCode::InternalError)
            }
        }
    }
}

fn known(error: &Error) -> Option<ErrorCode> {
    if error.is::<NotFoundError>() || error.is::<ParsePathError>() {
        Some(ErrorCode::NotFound)
    } else if error.is::<MethodNotAllowedError>() {
        Some(ErrorCode::MethodNotAllowed)
    } else if error.is::<ContentTypeError>() {
        Some(ErrorCode::UnsupportedMediaType)
    } else if error.is::<SizedLimitError>() {
        Some(ErrorCode::PayloadTooLarge)
    } else if error.is::<ReadBodyError>() {
        Some(ErrorCode::MalformedBody)
    } else {
        None
    }
}

/// The challenge that goes with a code (RFC 6750, section 3).
fn challenge(code: ErrorCode, bearer: bool) -> Option<&'static str> {
    match code {
        ErrorCode::TokenExpired | ErrorCode::InvalidToken => {
            Some(r#"Bearer realm="api", error="invalid_token""#)
        }
        ErrorCode::SessionRevoked if bearer => Some(r#"Bearer realm="api", error="invalid_token""#),
        ErrorCode::InvalidRequest => Some(r#"Bearer realm="api", error="invalid_request""#),
        ErrorCode::InsufficientScope => Some(r#"Bearer realm="api", error="insufficient_scope""#),
        code if code.status() == 401 => Some(r#"Bearer realm="api""#),
        _ => None,
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.title())
    }
}

impl std::error::Error for Refused {}

impl ResponseError for Refused {
    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// What a path would have allowed, for the `Allow` header (RFC 9110, section 15.5.6).
pub fn allowed_methods(path: &str) -> String {
    let fits = |template: &str| {
        let mut parts = path.split('/');
        let fit = template.split('/').all(|part| {
            parts
                .next()
                .is_some_and(|given| part.starts_with('{') || part == given)
        });
        fit && parts.next().is_none()
    };
    let known = shared::endpoint::ALL
        .iter()
        .filter(|endpoint| fits(endpoint.path));
    let mut methods: Vec<_> = known.map(|endpoint| endpoint.method.as_str()).collect();
    if methods.is_empty() || methods.contains(&Method::GET.as_str()) {
        methods.retain(|method| *method != "GET");
        methods.splice(0..0, ["GET", "HEAD"]);
    }
    methods.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_challenge_is_the_one_of_the_status_table() {
        for code in ErrorCode::ALL {
            let challenge = challenge(code, true);
            match code.status() {
                401 => assert!(challenge.is_some(), "{code:?}"),
                403 => assert_eq!(challenge.is_some(), code == ErrorCode::InsufficientScope),
                400 => assert_eq!(challenge.is_some(), code == ErrorCode::InvalidRequest),
                _ => assert_eq!(challenge, None, "{code:?}"),
            }
        }
        assert_eq!(
            challenge(ErrorCode::MissingToken, true),
            Some(r#"Bearer realm="api""#)
        );
        assert_eq!(
            challenge(ErrorCode::SessionRevoked, false),
            Some(r#"Bearer realm="api""#)
        );
    }

    #[test]
    fn a_path_names_its_methods() {
        assert_eq!(allowed_methods("/api/auth/login"), "POST");
        assert_eq!(allowed_methods("/api/me"), "GET, HEAD, PATCH");
        assert_eq!(allowed_methods("/api/admin/users/abc"), "GET, HEAD, PATCH");
        assert_eq!(allowed_methods("/api/admin/users/abc/sessions"), "DELETE");
        assert_eq!(allowed_methods("/healthz"), "GET, HEAD");
    }
}
