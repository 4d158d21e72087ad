//! The claims of the access token (RFC 9068, section 2.2).

use crate::role::Role;
use serde::{Deserialize, Serialize};

/// `typ` of the access token's header (RFC 9068, section 2.1): keeps the kinds of token apart.
pub const ACCESS_TOKEN_TYPE: &str = "at+jwt";

/// An access token may never live longer than this many seconds, whatever the configuration says.
pub const ACCESS_TOKEN_MAX_TTL: u64 = 15 * 60;

/// What an access token says. Every claim is required; times are seconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// Who issued the token: the deployment's public URL unless configured.
    pub iss: String,
    /// Whom the token is for: this API.
    pub aud: String,
    /// The person's opaque id, never the name.
    pub sub: String,
    /// The session this token belongs to; revocation acts on it.
    pub sid: String,
    /// The token's own id.
    pub jti: String,
    /// When it was issued.
    pub iat: u64,
    /// When it ends.
    pub exp: u64,
    /// When the person last proved who they are with a password.
    pub auth_time: u64,
    /// What the person may do, as of `iat`.
    pub roles: Vec<Role>,
}
