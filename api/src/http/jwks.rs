//! The public keys of the access tokens (RFC 7517).

use poem::{Response, handler};

/// With HS256 there is no public key to give: the set is empty.
#[handler]
pub fn jwks() -> Response {
    Response::builder()
        .content_type("application/jwk-set+json")
        .body(r#"{"keys":[]}"#)
}
