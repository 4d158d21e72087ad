//! The one shape of every error (RFC 9457).

use crate::error_code::ErrorCode;
use crate::session::RevocationReason;
use crate::validate::FieldError;
use serde::{Deserialize, Serialize};

/// The media type of [`Problem`] (RFC 9457, section 3).
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What went wrong, for programs (`code`) and for people (`title`, `detail`, `errors`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(skip_serializing_if_is_none))]
pub struct Problem {
    /// Always `about:blank`: the code says which problem it is.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", oai(rename = "type"))]
    pub kind: String,
    /// The code in words.
    pub title: String,
    /// The HTTP status once more, for what only keeps the body.
    pub status: u16,
    /// The problem's name; clients match this and nothing else.
    pub code: ErrorCode,
    /// What to do about this occurrence. Never repeats input, SQL, paths or versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Finds this answer in the server's log.
    pub request_id: String,
    /// Which fields break which rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<FieldError>>,
    /// Why the session ended, where the code says that it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RevocationReason>,
}

impl Problem {
    /// The problem of that code, before anything is known of its occurrence.
    pub fn new(code: ErrorCode) -> Self {
        Self {
            kind: "about:blank".to_owned(),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: None,
            request_id: String::new(),
            errors: None,
            reason: None,
        }
    }
}
