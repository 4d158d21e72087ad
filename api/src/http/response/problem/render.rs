use super::ApiError;
use crate::http::route::append_cookie;
use poem::Response;
use poem::http::{HeaderValue, StatusCode, header};
use shared::error_code::ErrorCode;
use shared::problem::{PROBLEM_JSON, Problem};

/// What `Retry-After` says where nothing better is known, in seconds.
const RETRY_AFTER: u64 = 2;

impl ApiError {
    /// The answer, once it is known which request it is for.
    pub fn render(self, request_id: &str) -> Response {
        let status = StatusCode::from_u16(self.code.status()).expect("BUG: a code has a status");
        self.render_as(status, request_id)
    }

    /// The answer with a status that says more than the code's own.
    pub fn render_as(self, status: StatusCode, request_id: &str) -> Response {
        let code = self.code;
        let problem = Problem {
            detail: self.details.detail.map(str::to_owned),
            errors: self.details.errors,
            reason: self.details.reason,
            request_id: request_id.to_owned(),
            status: status.as_u16(),
            ..Problem::new(code)
        };
        let body = serde_json::to_string(&problem).expect("BUG: a problem is JSON");
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
        if let Some(cookie) = self.details.cookie {
            append_cookie(headers, cookie);
        }
        response
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
}
