//! One key in memory, bound to its one algorithm.

use super::jwk::{KeyFile, KeyMaterial};
use super::validity::Validity;
use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::claims::ACCESS_TOKEN_TYPE;

/// The supported algorithms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC with SHA-256 (RFC 7518, section 3.2).
    Hs256,
    /// Ed25519 (RFC 8037, section 3.1).
    EdDsa,
}

impl Algorithm {
    /// The value of `alg` and of `JWT_ALGORITHM`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::EdDsa => "EdDSA",
        }
    }

    const fn of_library(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::Hs256 => jsonwebtoken::Algorithm::HS256,
            Self::EdDsa => jsonwebtoken::Algorithm::EdDSA,
        }
    }
}

/// The public part of a key pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// The `kid` of its tokens.
    pub id: String,
    /// The public half, 32 bytes.
    pub bytes: [u8; 32],
}

/// A key that signs and verifies with one algorithm.
#[derive(Clone)]
pub struct Key {
    /// The `kid` of its tokens.
    pub id: String,
    /// The only algorithm that the key accepts.
    pub algorithm: Algorithm,
    /// When it signs and verifies.
    pub validity: Validity,
    /// Its public half, if it is a key pair.
    pub public: Option<[u8; 32]>,
    header: Header,
    validation: Validation,
    signing: EncodingKey,
    verifying: DecodingKey,
}

impl Key {
    pub(super) fn of(stored: &KeyFile) -> Self {
        let (algorithm, signing, verifying, public) = match &stored.material {
            KeyMaterial::Secret(secret) => {
                let signing = EncodingKey::from_secret(secret.expose());
                let verifying = DecodingKey::from_secret(secret.expose());
                (Algorithm::Hs256, signing, verifying, None)
            }
            KeyMaterial::Pair(pair) => {
                let signing = EncodingKey::from_ed_der(&pair.pkcs8());
                let verifying = DecodingKey::from_ed_der(&pair.public);
                (Algorithm::EdDsa, signing, verifying, Some(pair.public))
            }
        };
        let id = stored.id();
        Self {
            header: header(algorithm, &id),
            validation: validation(algorithm),
            validity: stored.validity,
            id,
            algorithm,
            public,
            signing,
            verifying,
        }
    }

    /// Signs claims.
    ///
    /// # Panics
    /// Never: the claims always serialize, and the key matches the header's algorithm.
    pub fn sign(&self, claims: &impl Serialize) -> String {
        let token = jsonwebtoken::encode(&self.header, claims, &self.signing);
        token.expect("BUG: our own claims and key do not sign")
    }

    /// The claims of a token whose shape was checked before; `None` if this key did not sign it.
    pub fn verify<T: DeserializeOwned>(&self, token: &str) -> Option<T> {
        let decoded = jsonwebtoken::decode(token, &self.verifying, &self.validation);
        decoded.ok().map(|token| token.claims)
    }
}

fn header(algorithm: Algorithm, id: &str) -> Header {
    let mut header = Header::new(algorithm.of_library());
    header.typ = Some(ACCESS_TOKEN_TYPE.to_owned());
    header.kid = Some(id.to_owned());
    header
}

/// Checks the signature with this algorithm only. Time is an argument in this program, so expiry is
/// checked elsewhere; so are issuer and audience, which jsonwebtoken accepts when they are absent.
fn validation(algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm.of_library());
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    validation
}
