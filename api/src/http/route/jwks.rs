//! The public keys of the access tokens (RFC 7517, section 5).

use crate::auth::token::keys::{Algorithm, PublicKey};
use crate::http::state;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poem::{Request, Response, handler};
use serde::Serialize;

/// How long a verifier may keep the set. A planned rotation publishes its key longer before.
const CACHE: &str = "public, max-age=300";

#[derive(Serialize)]
struct JwkSet {
    keys: Vec<PublicJwk>,
}

/// RFC 8037, section 2.
#[derive(Serialize)]
struct PublicJwk {
    kty: &'static str,
    crv: &'static str,
    r#use: &'static str,
    alg: &'static str,
    kid: String,
    x: String,
}

impl From<PublicKey> for PublicJwk {
    fn from(key: PublicKey) -> Self {
        Self {
            kty: "OKP",
            crv: "Ed25519",
            r#use: "sig",
            alg: Algorithm::EdDsa.name(),
            kid: key.id,
            x: URL_SAFE_NO_PAD.encode(key.bytes),
        }
    }
}

/// The public half of every key that verifies or will. An HS256 secret has none to give, so with
/// secrets alone the set is empty.
#[handler]
pub fn jwks(request: &Request) -> Response {
    let app = state(request);
    let public = app.access.keys().key_set().public(app.clock.now());
    let keys = public.into_iter().map(PublicJwk::from).collect();
    let set = serde_json::to_string(&JwkSet { keys });
    Response::builder()
        .content_type("application/jwk-set+json")
        .header("cache-control", CACHE)
        .body(set.expect("BUG: strings always serialise"))
}
