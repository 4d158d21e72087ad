//! The claims of the access token (RFC 9068, section 2.2).

use crate::role::Role;
use serde::{Deserialize, Deserializer, Serialize};

/// `typ` of the access token's header (RFC 9068, section 2.1): keeps the kinds of token apart.
pub const ACCESS_TOKEN_TYPE: &str = "at+jwt";

/// An access token may never live longer than this many seconds, whatever the configuration says.
pub const ACCESS_TOKEN_MAX_TTL: u64 = 15 * 60;

/// How many seconds a token may be from the future: clocks of nodes differ.
pub const ACCESS_TOKEN_LEEWAY: u64 = 5;

/// What an access token says. Every claim is required, except where it says otherwise; times are
/// seconds since the Unix epoch.
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
    /// From when on it is good. Ours are good at once and do not say so.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "some"
    )]
    pub nbf: Option<u64>,
    /// When it ends.
    pub exp: u64,
    /// When the person last proved who they are with a password.
    pub auth_time: u64,
    /// The number that was the lowest of living sessions when this one began. It is raised to end
    /// everybody's sessions; while it never was, it is 0 and not written.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub cutoff: u64,
    /// What the person may do, as of `iat`.
    pub roles: Vec<Role>,
}

#[cfg_attr(
    target_pointer_width = "64",
    expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde calls it with a reference"
    )
)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// A claim that may be absent, but not null.
fn some<'de, D: Deserializer<'de>, T: Deserialize<'de>>(claim: D) -> Result<Option<T>, D::Error> {
    T::deserialize(claim).map(Some)
}
