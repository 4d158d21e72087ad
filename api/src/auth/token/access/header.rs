//! The shape of a token, checked before any cryptography.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use shared::claims::ACCESS_TOKEN_TYPE;

/// In bytes. Longer tokens are rejected without parsing.
const MAX_TOKEN_LEN: usize = 4096;

/// All fields of the header of an issued token. Any other field (`crit`, `jku`, `jwk`, `x5u`,
/// `x5c`, `b64`, `zip`) makes the token invalid (RFC 8725, sections 3.1 and 3.10 to 3.12).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StrictHeader {
    pub(crate) alg: String,
    pub(crate) kid: String,
    typ: String,
}

/// The header of a token that has three parts in canonical base64url, of which the first two are
/// JSON objects, if the header has the form of issued tokens.
pub(crate) fn read(token: &str) -> Option<StrictHeader> {
    if token.len() > MAX_TOKEN_LEN {
        return None;
    }
    let mut parts = token.split('.');
    let (Some(header), Some(claims), Some(tag), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let header = decode_object(header)?;
    decode_object(claims)?;
    URL_SAFE_NO_PAD.decode(tag).ok()?;
    let header: StrictHeader = serde_json::from_slice(&header).ok()?;
    (header.typ == ACCESS_TOKEN_TYPE).then_some(header)
}

/// The bytes of a part that begins like an object: serde also accepts an array of values.
fn decode_object(part: &str) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
    bytes.starts_with(b"{").then_some(bytes)
}
