//! A key file: one JSON Web Key (RFC 7517), with the times that a rotation needs.

use super::validity::Validity;
use crate::auth::random;
use crate::config::Secret;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use protocol::Millis;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The bytes of a key.
pub(crate) enum KeyMaterial {
    /// For HS256.
    Secret(Secret),
    /// For `EdDSA`.
    Pair(Ed25519Pair),
}

/// An Ed25519 key pair.
pub(crate) struct Ed25519Pair {
    seed: Zeroizing<[u8; 32]>,
    pub(crate) public: [u8; 32],
}

/// A key and its validity.
pub(crate) struct KeyFile {
    pub(crate) material: KeyMaterial,
    pub(crate) validity: Validity,
}

/// The JSON of the file (RFC 7518, section 6.4; RFC 8037, section 2). The last two fields are
/// specific to this program, in seconds since the Unix epoch.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Jwk<'a> {
    kty: &'a str,
    alg: &'a str,
    kid: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    crv: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    d: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    k: Option<&'a str>,
    #[serde(default)]
    signs_from: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    verifies_until: Option<u64>,
}

impl Ed25519Pair {
    pub(crate) fn generate() -> Self {
        let seed = Zeroizing::new(random::random::<32>());
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.as_ref());
        let pair = pair.expect("BUG: any 32 bytes are a seed (RFC 8032, section 5.1.5)");
        let public = pair.public_key().as_ref().try_into();
        let public = public.expect("BUG: a public key has 32 bytes");
        Self { seed, public }
    }

    /// Both halves from one file, which must belong together.
    fn of(seed: &str, public: &str) -> Option<Self> {
        let seed = Zeroizing::new(URL_SAFE_NO_PAD.decode(seed).ok()?);
        let public = URL_SAFE_NO_PAD.decode(public).ok()?;
        Ed25519KeyPair::from_seed_and_public_key(&seed, &public).ok()?;
        Some(Self {
            seed: Zeroizing::new(seed.as_slice().try_into().ok()?),
            public: public.try_into().ok()?,
        })
    }

    /// The private half in PKCS #8, as the signing library reads it.
    pub(crate) fn pkcs8(&self) -> Zeroizing<Vec<u8>> {
        let pair = Ed25519KeyPair::from_seed_and_public_key(&*self.seed, &self.public);
        let document = pair.and_then(|pair| pair.to_pkcs8().map_err(Into::into));
        let document = document.expect("BUG: the halves belonged together when they were read");
        Zeroizing::new(document.as_ref().to_vec())
    }
}

impl KeyFile {
    /// Identifies the key without revealing its secret; it is derived from the key, so two keys
    /// never share an id.
    pub(crate) fn id(&self) -> String {
        match &self.material {
            KeyMaterial::Secret(secret) => {
                let mac = Hmac::<Sha256>::new_from_slice(secret.expose());
                let mut mac = mac.expect("BUG: HMAC takes keys of any length");
                mac.update(b"countersign key id");
                random::hex(&mac.finalize().into_bytes()[..8])
            }
            KeyMaterial::Pair(pair) => random::hex(&Sha256::digest(pair.public)[..8]),
        }
    }

    /// Parses a file; an error describes the problem without repeating the content.
    pub(crate) fn parse(file: &[u8]) -> Result<Self, &'static str> {
        let jwk: Jwk<'_> =
            serde_json::from_slice(file).map_err(|_| "is not a JSON Web Key as we write it")?;
        let material = match (jwk.kty, jwk.alg, jwk.crv, jwk.x, jwk.d, jwk.k) {
            ("OKP", "EdDSA", Some("Ed25519"), Some(public), Some(seed), None) => {
                let pair = Ed25519Pair::of(seed, public);
                KeyMaterial::Pair(pair.ok_or("has two halves that do not belong together")?)
            }
            ("oct", "HS256", None, None, None, Some(secret)) => {
                let bytes = URL_SAFE_NO_PAD.decode(secret).ok();
                let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
                let secret = Secret::parse("JWT_KEYS", text);
                KeyMaterial::Secret(secret.map_err(|_| "is too weak a secret")?)
            }
            _ => return Err("is neither an Ed25519 key pair nor an HS256 secret"),
        };
        let stored = Self {
            material,
            validity: Validity {
                signs_from: Millis::from_secs(jwk.signs_from),
                verifies_until: jwk.verifies_until.map(Millis::from_secs),
            },
        };
        if stored.id() == jwk.kid {
            Ok(stored)
        } else {
            Err("has the kid of another key")
        }
    }

    /// The content of the key file.
    pub(crate) fn to_json(&self) -> Zeroizing<String> {
        let encode = |bytes: &[u8]| Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes));
        let kid = self.id();
        let (kty, alg, crv, public, private) = match &self.material {
            KeyMaterial::Secret(secret) => ("oct", "HS256", None, None, encode(secret.expose())),
            KeyMaterial::Pair(pair) => {
                let public = Some(encode(&pair.public));
                ("OKP", "EdDSA", Some("Ed25519"), public, encode(&*pair.seed))
            }
        };
        let private = Some(private.as_str());
        let (d, k) = if kty == "OKP" {
            (private, None)
        } else {
            (None, private)
        };
        let jwk = Jwk {
            kty,
            alg,
            kid: &kid,
            crv,
            x: public.as_ref().map(|text| text.as_str()),
            d,
            k,
            signs_from: self.validity.signs_from.as_secs(),
            verifies_until: self.validity.verifies_until.map(Millis::as_secs),
        };
        let text = serde_json::to_string(&jwk);
        Zeroizing::new(text.expect("BUG: strings and numbers always serialise"))
    }
}
