//! Access tokens: JWTs that authorize API requests for a few minutes (RFC 9068).
//!
//! This module is the only user of jsonwebtoken and wraps it strictly. The library is lenient where
//! RFC 8725 is not: unknown `crit`, any `typ`, absent `aud`. So shape and header are checked here
//! before, and the claims after.

mod cache;
mod header;

use super::keys::Keys;
use super::revoked::DenyList;
use crate::auth::random;
use crate::config::{Config, ConfigError};
use cache::VerifiedTokenCache;
use protocol::{Millis, server};
use shared::auth::AccessToken;
use shared::claims::{ACCESS_TOKEN_LEEWAY, ACCESS_TOKEN_MAX_TTL, AccessClaims};
use shared::session::RevocationReason;
use std::sync::Arc;
use thiserror::Error;

/// Why an access token is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AccessError {
    /// It was valid and has expired.
    #[error("the access token has expired")]
    Expired,
    /// It was not issued by this server.
    #[error("the access token is not valid")]
    Invalid,
    /// Its session was revoked.
    #[error("the session has ended")]
    Revoked(Option<RevocationReason>),
}

/// Signs and verifies access tokens.
pub struct AccessTokens {
    keys: Arc<Keys>,
    issuer: String,
    audience: String,
    ttl: Millis,
    deny: Arc<DenyList>,
    cache: VerifiedTokenCache,
}

impl AccessTokens {
    /// Loads keys, issuer and audience of the configuration. Signs and verifies once, so that a
    /// machine on which this fails is noticed at startup.
    pub fn open(config: &Config, deny: Arc<DenyList>, now: Millis) -> Result<Self, ConfigError> {
        let access = Self {
            keys: Arc::new(Keys::open(config.keys.clone(), now)?),
            issuer: config.issuer.clone(),
            audience: config.audience.clone(),
            ttl: config.policy.access_token_ttl,
            deny,
            cache: VerifiedTokenCache::new(),
        };
        let claims = access.sample(now);
        let token = access.issue(&claims, now);
        let verified = token.and_then(|token| access.verify_ignoring_expiry(&token.0, now).ok());
        if verified.as_ref() == Some(&claims) {
            Ok(access)
        } else {
            let problem = "names an algorithm that does not verify here what it signed";
            let remedy = "build the program anew for this machine";
            Err(ConfigError::new("JWT_ALGORITHM", problem, remedy))
        }
    }

    fn sample(&self, now: Millis) -> AccessClaims {
        AccessClaims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            sub: random::generate(),
            sid: random::generate(),
            jti: random::generate(),
            iat: now.as_secs(),
            nbf: None,
            exp: (now + self.ttl).as_secs(),
            cutoff: 0,
            auth_time: now.as_secs(),
            roles: Vec::new(),
        }
    }

    /// The key set and its source.
    pub fn keys(&self) -> &Arc<Keys> {
        &self.keys
    }

    /// The `iss` and `aud` claims of issued tokens.
    pub fn issuer_and_audience(&self) -> (&str, &str) {
        (&self.issuer, &self.audience)
    }

    /// Signs claims that [`Self::verify`] accepts now; `None` if it would not, or if every key was
    /// removed.
    pub fn issue(&self, claims: &AccessClaims, now: Millis) -> Option<AccessToken> {
        self.check_claims(claims, now).ok()?;
        self.sign(claims, now)
    }

    /// Signs any claims with the active key; `None` if every key was removed.
    pub fn sign(&self, claims: &AccessClaims, now: Millis) -> Option<AccessToken> {
        let ring = self.keys.key_set();
        Some(AccessToken(ring.signing(now)?.sign(claims)))
    }

    /// The claims of a token that is valid at `now` and whose session is not revoked.
    ///
    /// The signature of a cached token is not verified again. Expiry, key and session are checked
    /// every time.
    pub fn verify(&self, token: &str, now: Millis) -> Result<Arc<AccessClaims>, AccessError> {
        let tag = self.cache.key(token);
        // Read before the key set: if that changes meanwhile, the cache entry below is stale.
        let keys = self.keys.generation();
        let claims = if let Some(claims) = self.cache.get(tag, keys, now) {
            claims
        } else {
            let (claims, key_end) = self.decode_and_verify(token, now)?;
            self.check_claims(&claims, now)?;
            let end = Millis::from_secs(claims.exp);
            let until = key_end.map_or(end, |key_end| key_end.min(end));
            let claims = Arc::new(claims);
            self.cache.insert(tag, keys, until, &claims);
            claims
        };
        // The clock may have been set back since the token was verified.
        if !is_not_before_reached(&claims, now) {
            return Err(AccessError::Invalid);
        }
        match self.deny.revocation_of_claims(&claims) {
            Some(reason) => Err(AccessError::Revoked(reason)),
            None => Ok(claims),
        }
    }

    /// The claims of a token of this server, expired or not: sufficient for a sign-out and for
    /// nothing else.
    pub fn verify_ignoring_expiry(
        &self,
        token: &str,
        now: Millis,
    ) -> Result<AccessClaims, AccessError> {
        let (claims, _) = self.decode_and_verify(token, now)?;
        match self.check_claims(&claims, now) {
            Ok(()) | Err(AccessError::Expired) => Ok(claims),
            Err(error) => Err(error),
        }
    }

    /// The claims that one of the keys signed, not checked yet, and the end of that key, if it has
    /// one.
    fn decode_and_verify(
        &self,
        token: &str,
        now: Millis,
    ) -> Result<(AccessClaims, Option<Millis>), AccessError> {
        let header = header::read(token).ok_or(AccessError::Invalid)?;
        let ring = self.keys.key_set();
        // The token names the key, but this server chooses it; the algorithm is the key's.
        let key = ring.find(&header.kid, now).ok_or(AccessError::Invalid)?;
        if header.alg != key.algorithm.name() {
            return Err(AccessError::Invalid);
        }
        let claims = key.verify(token).ok_or(AccessError::Invalid)?;
        Ok((claims, key.validity.verifies_until))
    }

    /// The check of the claims, for issuing and verifying: issuer and audience match, ids are
    /// well-formed, the lifetime is not longer than configured, no time is in the future, the token
    /// has not expired.
    fn check_claims(&self, claims: &AccessClaims, now: Millis) -> Result<(), AccessError> {
        let is_ours = claims.iss == self.issuer && claims.aud == self.audience;
        let ids = [&claims.sub, &claims.sid, &claims.jti];
        let longest = (self.ttl.as_secs() + ACCESS_TOKEN_LEEWAY).min(ACCESS_TOKEN_MAX_TTL);
        let life = claims.exp.checked_sub(claims.iat);
        let is_good = is_ours
            && ids.into_iter().all(|id| random::parse(id).is_some())
            && life.is_some_and(|life| life <= longest)
            && claims
                .auth_time
                .saturating_sub(server::MAX_CLOCK_SKEW.as_secs())
                <= claims.iat
            && is_not_before_reached(claims, now);
        if !is_good {
            Err(AccessError::Invalid)
        } else if now >= Millis::from_secs(claims.exp) {
            Err(AccessError::Expired)
        } else {
            Ok(())
        }
    }
}

/// Whether `iat` and `nbf` are at most `ACCESS_TOKEN_LEEWAY` seconds later than now.
fn is_not_before_reached(claims: &AccessClaims, now: Millis) -> bool {
    let begins = claims.nbf.map_or(claims.iat, |nbf| nbf.max(claims.iat));
    begins.saturating_sub(ACCESS_TOKEN_LEEWAY) <= now.as_secs()
}

#[cfg(test)]
mod tests;
