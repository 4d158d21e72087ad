//! Browsers that somebody signed in by before. Such a browser shows a cookie that only we can make,
//! and its tries are counted apart from those of strangers, who then cannot use them up (OWASP, Slow
//! Down Online Guessing Attacks with Device Cookies).
//!
//! The cookie opens nothing: it is `base64url(version | number of the browser | day | tag)`, and its
//! tag covers the name of the person, who is not in it. So it is good for one name, does not say
//! which, and wants no query.

use super::id;
use crate::config::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use protocol::Millis;
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// How long a browser is known that nobody signs in by.
pub const LIFE: Millis = Millis::from_secs(180 * DAY);
const DAY: u64 = 86_400;
const VERSION: u8 = 1;
const NUMBER: usize = 16;
const BODY: usize = 1 + NUMBER + 4;
const TAG: usize = 32;
const INFO: &[u8] = b"countersign device cookie v1";

/// What a browser shows. It leaves only in a cookie, and does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceToken(String);

impl fmt::Debug for DeviceToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceToken(..)")
    }
}

impl DeviceToken {
    /// For the cookie alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// A browser by which the person of the name at hand signed in before.
pub struct Device([u8; NUMBER]);

impl Device {
    /// One that was never seen.
    pub fn fresh() -> Self {
        Self(id::random())
    }

    /// What its tries are counted by.
    pub fn counter(&self) -> String {
        format!("device:{}", id::hex(&self.0))
    }
}

/// Makes and verifies what browsers show.
pub struct DeviceKey(Zeroizing<[u8; 32]>);

impl DeviceKey {
    /// A key of its own, from `REFRESH_TOKEN_SECRET`.
    pub fn new(secret: &Secret) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, secret.expose())
            .expand(INFO, &mut *key)
            .expect("BUG: HKDF gives 32 bytes (RFC 5869, section 2.3)");
        Self(key)
    }

    /// What that browser shows from today on for the person of that canonical name.
    pub fn token(&self, device: &Device, name: &str, now: Millis) -> DeviceToken {
        let mut bytes = [0; BODY + TAG];
        bytes[0] = VERSION;
        bytes[1..=NUMBER].copy_from_slice(&device.0);
        bytes[1 + NUMBER..BODY].copy_from_slice(&day(now).to_be_bytes());
        let tag = self.mac(&bytes[..BODY], name).finalize().into_bytes();
        bytes[BODY..].copy_from_slice(&tag);
        DeviceToken(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The browser that shows this, if it is one of that name's and was used of late.
    pub fn verify(&self, shown: &str, name: &str, now: Millis) -> Option<Device> {
        let mut bytes = [0; BODY + TAG];
        let length = URL_SAFE_NO_PAD.decode_slice(shown, &mut bytes).ok()?;
        if length != bytes.len() || bytes[0] != VERSION {
            return None;
        }
        let (body, tag) = bytes.split_at(BODY);
        self.mac(body, name).verify_slice(tag).ok()?;
        let (number, since) = body[1..].split_at(NUMBER);
        let since = u32::from_be_bytes(since.try_into().ok()?);
        let over = u64::from(since) * DAY + LIFE.as_secs() <= now.as_secs();
        let number = number.try_into().ok()?;
        (!over).then_some(Device(number))
    }

    fn mac(&self, body: &[u8], name: &str) -> Hmac<Sha256> {
        let mac = Hmac::new_from_slice(&self.0[..]);
        let mut mac = mac.expect("BUG: HMAC takes keys of any length");
        // The body has one length, so that it cannot be read as part of a name.
        mac.update(body);
        mac.update(name.as_bytes());
        mac
    }
}

fn day(now: Millis) -> u32 {
    u32::try_from(now.as_secs() / DAY).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis::from_secs(1_800_000_000);

    fn key() -> DeviceKey {
        let secret = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
        let secret = Secret::parse("REFRESH_TOKEN_SECRET", Some(secret.to_owned()));
        DeviceKey::new(&secret.expect("it is good"))
    }

    #[test]
    fn a_browser_is_known_for_one_name_and_a_while() {
        let device = Device::fresh();
        let token = key().token(&device, "alice", NOW);
        let known = |name, now| key().verify(token.expose(), name, now);
        let found = known("alice", NOW).expect("it is hers");
        assert_eq!(found.counter(), device.counter());
        assert!(known("bob", NOW).is_none());
        assert!(known("", NOW).is_none());
        let life = Millis::from_secs(LIFE.as_secs() - DAY);
        assert!(known("alice", NOW + life).is_some());
        assert!(known("alice", NOW + LIFE).is_none());
        assert!(!format!("{token:?}").contains(token.expose()));
    }

    #[test]
    fn what_was_changed_anywhere_is_no_browser_of_hers() {
        let token = key().token(&Device::fresh(), "alice", NOW);
        let known = |shown: &str| key().verify(shown, "alice", NOW).is_some();
        let bytes = URL_SAFE_NO_PAD.decode(token.expose());
        let bytes = bytes.expect("it is base64url");
        for bit in 0..bytes.len() * 8 {
            let mut forged = bytes.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert!(!known(&URL_SAFE_NO_PAD.encode(&forged)), "bit {bit}");
        }
        let text = token.expose();
        for shown in [
            "",
            "A",
            &text[1..],
            &format!("{text}="),
            &format!(" {text}"),
        ] {
            assert!(!known(shown), "{shown}");
        }
    }
}
