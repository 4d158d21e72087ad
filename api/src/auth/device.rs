//! Known browsers: browsers on which a user signed in before. Such a browser sends a cookie that
//! only this server can make. Its login attempts are counted apart from those of unknown browsers,
//! which therefore cannot use them up (OWASP, Slow Down Online Guessing Attacks with Device
//! Cookies).
//!
//! The cookie grants no access. It is `base64url(version | number | day | tag)`, and its tag covers
//! the user's id, which the cookie does not contain: it is valid for one user and does not reveal
//! which. A user's browsers are numbered in the order in which they become known. The user's row
//! stores two numbers, so that only the newest few browsers are known, and none from before the
//! last password change.

use crate::AppState;
use crate::config::Secret;
use crate::db::user::{self, User};
use crate::db::{ConnectionTrait, DbError};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use protocol::Millis;
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// How long a browser stays known without a sign-in.
pub const MAX_AGE: Millis = Millis::from_secs(180 * DAY);
const DAY: u64 = 86_400;
/// The maximum number of known browsers per user; a new one replaces the oldest.
const MAX_KNOWN_DEVICES: i64 = 8;
const VERSION: u8 = 2;
const ID_LEN: usize = 8;
/// For an unknown username the cookie is verified against the id of no user, which takes the same
/// time.
const NO_USER: &str = "00000000000000000000000000000000";
const BODY_LEN: usize = 1 + ID_LEN + 4;
const TAG_LEN: usize = 32;
const INFO: &[u8] = b"countersign device cookie v2";

/// The value of the device cookie. It leaves the process only in that cookie, and its `Debug`
/// output hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceToken(String);

impl fmt::Debug for DeviceToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceToken(..)")
    }
}

impl DeviceToken {
    /// The value, for the cookie only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// The number of a known browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device(i64);

impl Device {
    /// The first browser of a user.
    #[cfg(any(test, feature = "fuzz"))]
    pub(super) const fn first() -> Self {
        Self(0)
    }

    /// Whether the number is among the user's newest ones and was given after the last password
    /// change.
    fn is_known_to(self, user: &User) -> bool {
        let oldest = user.device_floor.max(user.device_next - MAX_KNOWN_DEVICES);
        (oldest..user.device_next).contains(&self.0)
    }
}

/// The known browser of this user that sent the cookie `shown`, if any.
pub(super) fn find(app: &AppState, shown: Option<&str>, user: Option<&User>) -> Option<Device> {
    let id = user.map_or(NO_USER, |user| &user.id);
    let device = app.device_key.verify(shown?, id, app.clock.now())?;
    user.is_some_and(|user| device.is_known_to(user))
        .then_some(device)
}

/// The new cookie of the browser on which the user has just signed in; the user's row is locked. A
/// known browser keeps its number; others get the next one.
pub(super) async fn remember(
    app: &AppState,
    on: &impl ConnectionTrait,
    user: &User,
    device: Option<Device>,
) -> Result<DeviceToken, DbError> {
    let known = device.filter(|device| device.is_known_to(user));
    let device = if let Some(device) = known {
        device
    } else {
        user::count_device(on, &user.id).await?;
        Device(user.device_next)
    };
    Ok(app.device_key.mint(device, &user.id, app.clock.now()))
}

/// Creates and verifies device cookies.
pub struct DeviceKey(Zeroizing<[u8; 32]>);

impl DeviceKey {
    /// Derives a separate key from `REFRESH_TOKEN_SECRET`.
    pub fn new(secret: &Secret) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, secret.expose())
            .expand(INFO, &mut *key)
            .expect("BUG: HKDF gives 32 bytes (RFC 5869, section 2.3)");
        Self(key)
    }

    /// The cookie of this browser of this user, dated `now`.
    pub fn mint(&self, device: Device, user_id: &str, now: Millis) -> DeviceToken {
        let mut bytes = [0; BODY_LEN + TAG_LEN];
        bytes[0] = VERSION;
        bytes[1..=ID_LEN].copy_from_slice(&device.0.to_be_bytes());
        bytes[1 + ID_LEN..BODY_LEN].copy_from_slice(&day(now).to_be_bytes());
        let tag = self
            .mac(&bytes[..BODY_LEN], user_id)
            .finalize()
            .into_bytes();
        bytes[BODY_LEN..].copy_from_slice(&tag);
        DeviceToken(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The browser that the cookie names, if the tag matches this user and the cookie is not older
    /// than [`MAX_AGE`]. The user's row decides whether the browser is still known.
    pub fn verify(&self, shown: &str, user_id: &str, now: Millis) -> Option<Device> {
        let mut bytes = [0; BODY_LEN + TAG_LEN];
        let length = URL_SAFE_NO_PAD.decode_slice(shown, &mut bytes).ok()?;
        if length != bytes.len() || bytes[0] != VERSION {
            return None;
        }
        let (body, tag) = bytes.split_at(BODY_LEN);
        self.mac(body, user_id).verify_slice(tag).ok()?;
        let (number, since) = body[1..].split_at(ID_LEN);
        let since = u32::from_be_bytes(since.try_into().ok()?);
        let over = u64::from(since) * DAY + MAX_AGE.as_secs() <= now.as_secs();
        let number = i64::from_be_bytes(number.try_into().ok()?);
        (!over).then_some(Device(number))
    }

    fn mac(&self, body: &[u8], user_id: &str) -> Hmac<Sha256> {
        let mac = Hmac::new_from_slice(&self.0[..]);
        let mut mac = mac.expect("BUG: HMAC takes keys of any length");
        // The length of the body is fixed, so that no part of it can be read as part of an id.
        mac.update(body);
        mac.update(user_id.as_bytes());
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
    fn a_browser_is_known_for_one_user_and_a_while() {
        let device = Device(7);
        let token = key().mint(device, "alice", NOW);
        let known = |user, now| key().verify(token.expose(), user, now);
        assert_eq!(known("alice", NOW), Some(device));
        assert!(known("bob", NOW).is_none());
        assert!(known(NO_USER, NOW).is_none());
        let life = Millis::from_secs(MAX_AGE.as_secs() - DAY);
        assert!(known("alice", NOW + life).is_some());
        assert!(known("alice", NOW + MAX_AGE).is_none());
        assert!(!format!("{token:?}").contains(token.expose()));
    }

    fn row(device_floor: i64, device_next: i64) -> User {
        User {
            id: NO_USER.to_owned(),
            username: "alice".to_owned(),
            display_name: None,
            password_hash: String::new(),
            roles: String::new(),
            created_at: 0,
            disabled_at: None,
            device_next,
            device_floor,
        }
    }

    #[test]
    fn the_newest_few_since_the_last_new_password_are_known() {
        let known = |user: &User| {
            let numbers = (-1..30).filter(|number| Device(*number).is_known_to(user));
            numbers.collect::<Vec<_>>()
        };
        assert_eq!(known(&row(0, 0)), Vec::<i64>::new());
        assert_eq!(known(&row(0, 2)), [0, 1]);
        assert_eq!(known(&row(0, 20)), (12..20).collect::<Vec<_>>());
        assert_eq!(known(&row(18, 20)), [18, 19]);
        assert_eq!(known(&row(20, 20)), Vec::<i64>::new());
        assert!(!Device(i64::MAX).is_known_to(&row(0, 20)));
    }

    #[test]
    fn what_was_changed_anywhere_is_no_browser_of_hers() {
        let token = key().mint(Device(7), "alice", NOW);
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
