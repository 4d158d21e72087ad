//! Error codes, and what a client does about each.

use serde::{Deserialize, Serialize};

/// What went wrong. The names are contract: clients match them, never a text or a bare status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Enum))]
#[cfg_attr(feature = "openapi", oai(rename_all = "snake_case"))]
pub enum ErrorCode {
    /// A guarded call came without credentials.
    MissingToken,
    /// The access token was good and is over.
    TokenExpired,
    /// The access token is not one of ours: signature, algorithm, type, issuer, audience, shape.
    InvalidToken,
    /// The session was ended, or its person is disabled or gone.
    SessionRevoked,
    /// The request contradicts itself: two credentials, a cookie twice.
    InvalidRequest,
    /// The person is known and may not do this.
    InsufficientScope,
    /// Name or password is wrong; which of them is nobody's business.
    InvalidCredentials,
    /// A refresh without a refresh token.
    RefreshMissing,
    /// The refresh token is not one of ours.
    RefreshInvalid,
    /// The session reached its idle or absolute end.
    SessionExpired,
    /// A spent refresh token came again; the session is over.
    RefreshReused,
    /// The request comes from a page of another origin, or does not show that it is from ours.
    OriginForbidden,
    /// Not there, or not yours.
    NotFound,
    /// The path exists, not with this method.
    MethodNotAllowed,
    /// The request is for a host that this server is not.
    MisdirectedRequest,
    /// The body is over the limit.
    PayloadTooLarge,
    /// The body is not of the media type this endpoint reads.
    UnsupportedMediaType,
    /// The body breaks rules; `errors` says which.
    ValidationFailed,
    /// The body is not JSON, or holds a key twice.
    MalformedBody,
    /// The name belongs to somebody.
    UsernameTaken,
    /// The last administrator cannot be disabled or lose the role.
    LastAdmin,
    /// Too many tries; `Retry-After` says when.
    RateLimited,
    /// Overloaded, or the database is away; `Retry-After` says when.
    Unavailable,
    /// Our fault.
    InternalError,
}

/// What a client should do; decided here, so that no page decides it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryAction {
    /// The same call may succeed later.
    Retry,
    /// The same call may succeed after `Retry-After`.
    RetryAfter,
    /// Refresh the access token, then repeat the call once.
    Refresh,
    /// The session is over: sign in again.
    SignInAgain,
    /// Repeating does not help.
    Fatal,
    /// The person can mend their input.
    UserCanFix,
}

struct CodeInfo(u16, &'static str, RecoveryAction);

impl ErrorCode {
    /// Every code.
    pub const ALL: [Self; 24] = [
        Self::MissingToken,
        Self::TokenExpired,
        Self::InvalidToken,
        Self::SessionRevoked,
        Self::InvalidRequest,
        Self::InsufficientScope,
        Self::InvalidCredentials,
        Self::RefreshMissing,
        Self::RefreshInvalid,
        Self::SessionExpired,
        Self::RefreshReused,
        Self::OriginForbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::MisdirectedRequest,
        Self::PayloadTooLarge,
        Self::UnsupportedMediaType,
        Self::ValidationFailed,
        Self::MalformedBody,
        Self::UsernameTaken,
        Self::LastAdmin,
        Self::RateLimited,
        Self::Unavailable,
        Self::InternalError,
    ];

    /// One row a code; a code without a row does not compile.
    const fn info(self) -> CodeInfo {
        use RecoveryAction::{Fatal, Refresh, Retry, RetryAfter, SignInAgain, UserCanFix};
        match self {
            Self::MissingToken => CodeInfo(401, "Sign in first", SignInAgain),
            Self::TokenExpired => CodeInfo(401, "The access token has expired", Refresh),
            // A key may have been taken away in an emergency; a fresh token is then the cure.
            Self::InvalidToken => CodeInfo(401, "The access token is not valid", Refresh),
            Self::SessionRevoked => CodeInfo(401, "The session has ended", SignInAgain),
            Self::InvalidRequest => CodeInfo(400, "The request contradicts itself", Fatal),
            Self::InsufficientScope => CodeInfo(403, "You may not do this", Fatal),
            Self::InvalidCredentials => CodeInfo(401, "Name or password is wrong", UserCanFix),
            Self::RefreshMissing => CodeInfo(401, "There is no session here", SignInAgain),
            Self::RefreshInvalid => CodeInfo(401, "The session is not known", SignInAgain),
            Self::SessionExpired => CodeInfo(401, "The session has expired", SignInAgain),
            Self::RefreshReused => CodeInfo(401, "The session was ended for safety", SignInAgain),
            Self::OriginForbidden => CodeInfo(403, "The request is not from this app", Fatal),
            Self::NotFound => CodeInfo(404, "There is nothing here", Fatal),
            Self::MethodNotAllowed => CodeInfo(405, "The method is not allowed here", Fatal),
            Self::MisdirectedRequest => CodeInfo(421, "The request is for another host", Fatal),
            Self::PayloadTooLarge => CodeInfo(413, "The request is too large", UserCanFix),
            Self::UnsupportedMediaType => CodeInfo(415, "The media type is not supported", Fatal),
            Self::ValidationFailed => CodeInfo(422, "The input breaks a rule", UserCanFix),
            Self::MalformedBody => CodeInfo(400, "The body is not valid JSON", Fatal),
            Self::UsernameTaken => CodeInfo(409, "The username is taken", UserCanFix),
            Self::LastAdmin => CodeInfo(409, "The last administrator must stay", UserCanFix),
            Self::RateLimited => CodeInfo(429, "Too many tries", RetryAfter),
            Self::Unavailable => CodeInfo(503, "The service is busy", RetryAfter),
            Self::InternalError => CodeInfo(500, "Something went wrong here", Retry),
        }
    }

    /// The HTTP status it comes with.
    pub const fn status(self) -> u16 {
        self.info().0
    }

    /// The code in words.
    pub const fn title(self) -> &'static str {
        self.info().1
    }

    /// What a client should do about it.
    pub const fn recovery_action(self) -> RecoveryAction {
        self.info().2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_error_never_ends_a_session() {
        for code in ErrorCode::ALL {
            if code.status() >= 500 || code.status() == 429 {
                assert!(
                    matches!(
                        code.recovery_action(),
                        RecoveryAction::Retry | RecoveryAction::RetryAfter
                    ),
                    "{code:?}"
                );
            }
        }
    }

    #[test]
    fn forbidden_is_not_expired() {
        for code in ErrorCode::ALL {
            if matches!(
                code.recovery_action(),
                RecoveryAction::Refresh | RecoveryAction::SignInAgain
            ) {
                assert_eq!(code.status(), 401, "{code:?}");
            }
        }
    }
}
