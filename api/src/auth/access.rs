//! Access tokens: a JWT that opens the API for a few minutes (RFC 9068).
//!
//! The one strict wrapper round jsonwebtoken. That library is lenient where RFC 8725 is not:
//! unknown `crit`, any `typ`, absent `aud`. So the shape and the header are judged here before,
//! and the claims after.

mod shape;

use super::deny::DenyList;
use super::id;
use crate::config::{Config, Secret};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use protocol::Millis;
use sha2::Sha256;
use shared::claims::{ACCESS_TOKEN_TYPE, AccessClaims};
use shared::session::EndReason;
use shared::sign_in::AccessToken;
use std::sync::Arc;
use thiserror::Error;

/// Why an access token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AccessError {
    /// It was good, and is over.
    #[error("the access token has expired")]
    Expired,
    /// It is none of ours.
    #[error("the access token is not valid")]
    Invalid,
    /// Its session was ended.
    #[error("the session has ended")]
    Revoked(Option<EndReason>),
}

/// Signs and verifies access tokens with one key and its one algorithm.
pub struct Access {
    signing: EncodingKey,
    verifying: DecodingKey,
    header: Header,
    validation: Validation,
    issuer: String,
    audience: String,
    deny: Arc<DenyList>,
}

impl Access {
    /// The key, issuer and audience of the configuration.
    pub fn new(config: &Config, deny: Arc<DenyList>) -> Self {
        Self::of(&config.jwt_secret, &config.issuer, &config.audience, deny)
    }

    fn of(secret: &Secret, issuer: &str, audience: &str, deny: Arc<DenyList>) -> Self {
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(ACCESS_TOKEN_TYPE.to_owned());
        header.kid = Some(key_id(secret));
        let mut validation = Validation::new(Algorithm::HS256);
        // Time is an argument here, so expiry is judged below; so are issuer and audience, which
        // jsonwebtoken lets pass where they are absent.
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        Self {
            signing: EncodingKey::from_secret(secret.expose()),
            verifying: DecodingKey::from_secret(secret.expose()),
            header,
            validation,
            issuer: issuer.to_owned(),
            audience: audience.to_owned(),
            deny,
        }
    }

    /// The `iss` and `aud` of our tokens.
    pub fn issuer_and_audience(&self) -> (&str, &str) {
        (&self.issuer, &self.audience)
    }

    /// Signs.
    ///
    /// # Panics
    /// Never: the claims always serialise, and the key is of the header's kind.
    pub fn sign(&self, claims: &AccessClaims) -> AccessToken {
        let token = jsonwebtoken::encode(&self.header, claims, &self.signing);
        AccessToken(token.expect("BUG: our own claims and key do not sign"))
    }

    /// The claims of a token of ours that is good at `now` and whose session lives.
    pub fn verify(&self, token: &str, now: Millis) -> Result<AccessClaims, AccessError> {
        let claims = self.verify_signed(token)?;
        if now >= Millis::from_secs(claims.exp) {
            return Err(AccessError::Expired);
        }
        match self.deny.find(&claims.sid) {
            Some(reason) => Err(AccessError::Revoked(reason)),
            None => Ok(claims),
        }
    }

    /// The claims of a token of ours, whether or not it is over: enough to sign out with, and for
    /// nothing else.
    pub fn verify_signed(&self, token: &str) -> Result<AccessClaims, AccessError> {
        let kid = self.header.kid.as_deref().unwrap_or_default();
        if !shape::is_ours(token, kid) {
            return Err(AccessError::Invalid);
        }
        let decoded = jsonwebtoken::decode(token, &self.verifying, &self.validation);
        let claims: AccessClaims = decoded.map_err(|_| AccessError::Invalid)?.claims;
        if claims.iss == self.issuer && claims.aud == self.audience {
            Ok(claims)
        } else {
            Err(AccessError::Invalid)
        }
    }
}

/// Names the key without telling anything of it.
fn key_id(secret: &Secret) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose())
        .expect("BUG: HMAC takes keys of any length");
    mac.update(b"countersign key id");
    id::hex(&mac.finalize().into_bytes()[..8])
}

#[cfg(test)]
mod tests;
