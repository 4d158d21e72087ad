//! The rate limit key of a username. Users sometimes type a password into the username field, so
//! the name is not stored: the key is a keyed hash, which is useless in a copy of the database.

use crate::auth::random;
use crate::config::Secret;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

const INFO: &[u8] = b"countersign throttle of names v1";
/// Long enough that no two usernames collide by chance.
const BYTES: usize = 16;

/// The key of this canonical username, with a hash key derived from `REFRESH_TOKEN_SECRET`.
pub(crate) fn key(secret: &Secret, name: &str) -> String {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, secret.expose())
        .expand(INFO, &mut *key)
        .expect("BUG: HKDF gives 32 bytes (RFC 5869, section 2.3)");
    let mut mac: Hmac<Sha256> =
        Hmac::new_from_slice(&*key).expect("BUG: HMAC takes keys of any length");
    mac.update(name.as_bytes());
    format!(
        "name:{}",
        random::hex(&mac.finalize().into_bytes()[..BYTES])
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_does_not_say_whose_it_is() {
        let secret =
            |text: &str| Secret::parse("SECRET", Some(text.repeat(4))).expect("it is good");
        let ours = key(&secret("0123456789abcdef"), "alice");
        assert_eq!(ours, key(&secret("0123456789abcdef"), "alice"));
        assert_ne!(ours, key(&secret("0123456789abcdef"), "alicf"));
        assert_ne!(ours, key(&secret("fedcba9876543210"), "alice"));
        assert!(!ours.contains("alice"), "{ours}");
    }
}
