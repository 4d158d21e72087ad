//! The one shape of every error, and the one place that turns errors into HTTP (RFC 9457).

mod framework;
mod render;

use poem::error::ResponseError;
use poem::http::StatusCode;
use shared::error_code::ErrorCode;
use shared::session::RevocationReason;
use shared::validate::{FieldError, FieldErrors};
use std::fmt;

/// What is known of one occurrence of a problem.
#[derive(Clone, Debug, Default)]
pub struct ErrorDetails {
    /// What to do about it. Never repeats input.
    pub detail: Option<&'static str>,
    /// Which fields break which rules.
    pub errors: Option<Vec<FieldError>>,
    /// Seconds until another try makes sense.
    pub retry_after: Option<u64>,
    /// Why the session ended.
    pub reason: Option<RevocationReason>,
    /// Whether an access token was judged: then the challenge names the error (RFC 6750, 3.1).
    pub bearer: bool,
    /// The cookie to set, where what the browser holds cannot be used.
    pub cookie: Option<String>,
}

impl ErrorDetails {
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
    pub fn reason(reason: Option<RevocationReason>) -> Self {
        Self {
            reason,
            ..Self::default()
        }
    }

    /// An access token was judged, and its person is gone.
    pub fn for_bearer() -> Self {
        Self {
            bearer: true,
            ..Self::default()
        }
    }

    /// An access token was judged, and its session ended for that reason.
    pub fn ended(reason: Option<RevocationReason>) -> Self {
        Self {
            bearer: true,
            ..Self::reason(reason)
        }
    }

    /// What to do.
    pub fn detail(detail: &'static str) -> Self {
        Self {
            detail: Some(detail),
            ..Self::default()
        }
    }
}

/// A request that is refused.
#[derive(Clone, Debug)]
pub struct ApiError {
    /// What the problem is.
    pub code: ErrorCode,
    /// What is known of this occurrence.
    pub details: ErrorDetails,
}

impl ApiError {
    /// Refused with that code, and nothing more to say.
    pub fn new(code: ErrorCode) -> Self {
        let details = ErrorDetails::default();
        Self { code, details }
    }

    /// Refused, and what to do about it.
    pub fn with_detail(code: ErrorCode, detail: &'static str) -> Self {
        let details = ErrorDetails::detail(detail);
        Self { code, details }
    }

    /// An input that breaks these rules.
    pub fn invalid(errors: FieldErrors) -> Self {
        Self {
            code: ErrorCode::ValidationFailed,
            details: ErrorDetails::errors(errors),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.title())
    }
}

impl std::error::Error for ApiError {}

impl ResponseError for ApiError {
    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
