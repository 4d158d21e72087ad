//! Refresh tokens: `base64url(version | session id | generation | tag)`, in one canonical encoding.
//!
//! The tag is keyed by the server's secret and the session's random salt, so a token is a function
//! of its row: a lost response can be sent again without storing a token, and a stolen database
//! contains none.

use crate::auth::random;
use crate::config::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;

const VERSION: u8 = 1;
const BODY_LEN: usize = 1 + 16 + 4;
const TAG_LEN: usize = 32;
const INFO: &[u8] = b"countersign refresh token v1";

/// A refresh token in plain text. It leaves the process only in a cookie, and its `Debug` output
/// hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken(String);

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken(..)")
    }
}

impl RefreshToken {
    /// The text, for the cookie only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// The content of a well-formed token; not trusted before the tag is verified.
pub struct UnverifiedToken {
    body: [u8; BODY_LEN],
    tag: [u8; TAG_LEN],
}

impl UnverifiedToken {
    /// Parses the canonical form. Malformed tokens are rejected here, without a query.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; BODY_LEN + TAG_LEN];
        let length = URL_SAFE_NO_PAD.decode_slice(text, &mut bytes).ok()?;
        if length != bytes.len() || bytes[0] != VERSION {
            return None;
        }
        let (body, tag) = bytes.split_at(BODY_LEN);
        Some(Self {
            body: body.try_into().ok()?,
            tag: tag.try_into().ok()?,
        })
    }

    /// The claimed session id.
    pub fn session_id(&self) -> String {
        random::hex(&self.body[1..17])
    }

    /// The claimed generation.
    pub fn generation(&self) -> u32 {
        let [.., a, b, c, d] = self.body;
        u32::from_be_bytes([a, b, c, d])
    }
}

/// Creates and verifies refresh tokens.
pub struct RefreshKey(Secret);

impl RefreshKey {
    /// The key from `REFRESH_TOKEN_SECRET`.
    pub fn new(secret: &Secret) -> Self {
        Self(secret.clone())
    }

    /// The token of a session's generation; `None` if the id is malformed.
    pub fn mint(&self, session_id: &str, salt: &[u8], generation: u32) -> Option<RefreshToken> {
        let mut bytes = [0; BODY_LEN + TAG_LEN];
        bytes[0] = VERSION;
        bytes[1..17].copy_from_slice(&random::parse(session_id)?);
        bytes[17..BODY_LEN].copy_from_slice(&generation.to_be_bytes());
        let tag = self.mac(salt, &bytes[..BODY_LEN]).finalize().into_bytes();
        bytes[BODY_LEN..].copy_from_slice(&tag);
        Some(RefreshToken(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Whether the tag is valid, in constant time.
    pub fn verify(&self, presented: &UnverifiedToken, salt: &[u8]) -> bool {
        let mac = self.mac(salt, &presented.body);
        mac.verify_slice(&presented.tag).is_ok()
    }

    fn mac(&self, salt: &[u8], body: &[u8]) -> Hmac<Sha256> {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(Some(salt), self.0.expose())
            .expand(INFO, &mut key)
            .expect("BUG: HKDF gives 32 bytes (RFC 5869, section 2.3)");
        let mut mac = Hmac::new_from_slice(&key).expect("BUG: HMAC takes keys of any length");
        mac.update(body);
        mac
    }
}

/// The hash of an attempt key (idempotency key), as the session stores it. A key is 1 to 64
/// characters of base64url or hexadecimal digits; any other text counts as no key.
pub fn attempt_hash(key: &str) -> Option<protocol::server::AttemptKeyHash> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let good = !key.is_empty() && key.len() <= 64 && key.bytes().all(allowed);
    good.then(|| Sha256::digest(key.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> RefreshKey {
        let secret = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
        let secret = Secret::parse("REFRESH_TOKEN_SECRET", Some(secret.to_owned()));
        RefreshKey::new(&secret.expect("it is good"))
    }

    const ID: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn a_token_is_a_function_of_its_row() {
        let token = key().mint(ID, b"salt", 7).expect("the id is good");
        assert_eq!(Some(&token), key().mint(ID, b"salt", 7).as_ref());
        let presented = UnverifiedToken::parse(token.expose()).expect("it is well formed");
        assert_eq!(presented.session_id(), ID);
        assert_eq!(presented.generation(), 7);
        assert!(key().verify(&presented, b"salt"));
        assert!(!key().verify(&presented, b"pepper"));
    }

    #[test]
    fn any_flipped_bit_and_any_other_spelling_is_refused() {
        let token = key().mint(ID, b"salt", 7).expect("the id is good");
        let bytes = URL_SAFE_NO_PAD
            .decode(token.expose())
            .expect("it is base64url");
        for bit in 0..bytes.len() * 8 {
            let mut forged = bytes.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            let text = URL_SAFE_NO_PAD.encode(&forged);
            let good =
                UnverifiedToken::parse(&text).is_some_and(|token| key().verify(&token, b"salt"));
            assert!(!good, "bit {bit}");
        }
        let spelling = token.expose();
        let mut last = spelling.to_owned();
        let end = last.pop().expect("it is not empty");
        for other in ('A'..='Z')
            .chain('a'..='z')
            .chain('0'..='9')
            .chain(['-', '_'])
        {
            if other != end {
                let forged = format!("{last}{other}");
                let good = UnverifiedToken::parse(&forged)
                    .is_some_and(|token| key().verify(&token, b"salt"));
                assert!(!good, "{other}");
            }
        }
        for text in [
            "",
            "A",
            &format!("{spelling}="),
            &format!(" {spelling}"),
            &spelling[1..],
        ] {
            assert!(UnverifiedToken::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_token_does_not_print() {
        let token = key().mint(ID, b"salt", 7).expect("the id is good");
        assert_eq!(format!("{token:?}"), "RefreshToken(..)");
    }

    #[test]
    fn an_attempt_key_is_a_short_plain_word() {
        assert!(attempt_hash("0123-abc_DEF").is_some());
        for bad in ["", "a b", "ä", &"a".repeat(65)] {
            assert!(attempt_hash(bad).is_none(), "{bad}");
        }
        assert_ne!(attempt_hash("a"), attempt_hash("b"));
    }
}
