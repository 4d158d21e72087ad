//! Bodies of the `/api/auth` endpoints.

use crate::account::User;
use crate::password::Password;
use crate::role::Role;
use crate::validate::{FieldErrors, Validate};
use serde::{Deserialize, Serialize};

/// A new account.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(deny_unknown_fields))]
pub struct Register {
    /// A public handle: 3 to 32 letters, digits, `.`, `_` or `-`, the first a letter or a digit;
    /// upper and lower case are one. Some names are reserved.
    pub username: String,
    /// 12 to 128 characters, not easy to guess.
    pub password: Password,
}

impl Validate for Register {
    fn validate(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        let broken = crate::username::check_registration(&self.username);
        errors.add("username", broken);
        errors.add("password", self.password.check(&self.username));
        errors
    }
}

/// Name and password of somebody who has an account.
///
/// Only bounded here, not judged: rules may have become stricter since the password was chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(deny_unknown_fields))]
pub struct Login {
    /// The name, in any case.
    pub username: String,
    /// The password, exactly as chosen.
    pub password: Password,
}

impl Validate for Login {
    fn validate(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        errors.add(
            "username",
            crate::username::check_for_lookup(&self.username),
        );
        errors.add("password", self.password.check_for_lookup());
        errors
    }
}

/// The empty body of a refresh: the secret travels in the cookie alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(deny_unknown_fields))]
pub struct Refresh {}

impl Validate for Refresh {}

/// Which of a person's sessions a logout ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Enum))]
#[cfg_attr(feature = "openapi", oai(rename_all = "snake_case"))]
pub enum LogoutScope {
    /// The session of this browser.
    #[default]
    This,
    /// Every other session; this one stays.
    Others,
    /// Every session, this one too.
    All,
}

/// The body of a logout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(
    feature = "openapi",
    oai(deny_unknown_fields, skip_serializing_if_is_none)
)]
pub struct Logout {
    /// Absent means `this`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<LogoutScope>,
}

impl Validate for Logout {}

/// The only token type there is (RFC 6750).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Enum))]
pub enum TokenType {
    /// Goes behind `Authorization: Bearer `.
    Bearer,
}

/// An access token on the wire. It is a secret: it does not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccessToken(pub String);

impl core::fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("AccessToken(..)")
    }
}

/// The answer that starts or renews a session. The refresh token comes beside it, in a cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(rename = "SignedIn"))]
pub struct TokenResponse {
    /// The access token, for the `Authorization` header.
    pub access_token: AccessToken,
    /// Always `Bearer`.
    pub token_type: TokenType,
    /// Seconds until the access token ends, counted from this answer.
    pub expires_in: u64,
    /// Who signed in.
    pub user: User,
}

/// What the access token alone says of its bearer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(rename = "TokenFacts"))]
pub struct TokenInfo {
    /// The person's id.
    pub sub: String,
    /// The session's id.
    pub sid: String,
    /// The roles in the token.
    pub roles: Vec<Role>,
    /// Seconds until the token ends.
    pub expires_in: u64,
}
