//! The shape of a token, judged before any cryptography.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use shared::claims::ACCESS_TOKEN_TYPE;

/// Longer tokens are refused unread.
const TOKEN_MAX: usize = 4096;

/// All that a header of ours holds. Anything else in it (`crit`, `jku`, `jwk`, `x5u`, `x5c`,
/// `b64`, `zip`) is a reason to refuse (RFC 8725, sections 3.1 and 3.10 to 3.12).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StrictHeader<'a> {
    alg: &'a str,
    typ: &'a str,
    kid: &'a str,
}

/// Three parts in the one canonical spelling of base64url, and exactly our header.
pub(super) fn is_ours(token: &str, kid: &str) -> bool {
    if token.len() > TOKEN_MAX {
        return false;
    }
    let mut parts = token.split('.');
    let (Some(header), Some(claims), Some(tag), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    if URL_SAFE_NO_PAD.decode(claims).is_err() || URL_SAFE_NO_PAD.decode(tag).is_err() {
        return false;
    }
    URL_SAFE_NO_PAD.decode(header).is_ok_and(|json| {
        serde_json::from_slice::<StrictHeader<'_>>(&json).is_ok_and(|header| {
            header.alg == "HS256" && header.typ == ACCESS_TOKEN_TYPE && header.kid == kid
        })
    })
}
