//! Fuzz targets for the parsers of untrusted input in `auth`; see [`crate::fuzz`].

use super::account::import;
use super::device::{Device, DeviceKey};
use super::password::hash::{Hasher, PasswordForm};
use super::token::access::AccessTokens;
use super::token::refresh_token::{RefreshKey, UnverifiedToken, attempt_hash};
use super::token::revoked::DenyList;
use crate::config::HashCost;
use crate::config::{Config, ServeSettings};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Parser;
use protocol::Millis;
use shared::claims::AccessClaims;
use shared::password::Password;
use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

const NOW: Millis = Millis::from_secs(1_800_000_000);
const NAME: &str = "alice";

#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    serve: ServeSettings,
}

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let jwt = "0123456789abcdef".repeat(4);
    let refresh = "fedcba9876543210".repeat(4);
    let secrets = ["", "--jwt-secret", &jwt, "--refresh-token-secret", &refresh];
    let settings = Settings::parse_from(secrets);
    settings
        .serve
        .check()
        .expect("BUG: these settings are good")
});

struct Tokens {
    access: AccessTokens,
    known: String,
}

static TOKENS: LazyLock<Tokens> = LazyLock::new(|| {
    let deny = Arc::new(DenyList::new(CONFIG.policy.access_token_ttl));
    let access = AccessTokens::open(&CONFIG, deny, NOW).expect("BUG: the secret is good");
    let claims = AccessClaims {
        iss: CONFIG.issuer.clone(),
        aud: CONFIG.audience.clone(),
        sub: "0".repeat(32),
        sid: "1".repeat(32),
        jti: "2".repeat(32),
        iat: NOW.as_secs(),
        nbf: None,
        exp: NOW.as_secs() + 900,
        cutoff: 0,
        auth_time: NOW.as_secs(),
        roles: Vec::new(),
    };
    let known = access.sign(&claims, NOW).expect("BUG: a secret signs").0;
    Tokens { access, known }
});

/// Only the text that was signed is a valid token.
pub fn access_token(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let good = TOKENS.access.verify(&text, NOW).is_ok();
    assert_eq!(good, text == TOKENS.known, "{text}");
    let signed = TOKENS.access.verify_ignoring_expiry(&text, NOW).is_ok();
    assert_eq!(signed, good, "nothing here is over");
}

/// A refresh token has one encoding and one length, and is valid only with the right tag. The same
/// bytes as an attempt key are one short word or invalid.
pub fn refresh_token(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(presented) = UnverifiedToken::parse(&text) {
        let decoded = URL_SAFE_NO_PAD.decode(text.as_bytes());
        let decoded = decoded.expect("a token is base64url");
        assert_eq!(URL_SAFE_NO_PAD.encode(&decoded), text, "one spelling");
        assert_eq!((decoded.len(), decoded[0]), (53, 1));
        assert_eq!(super::random::hex(&decoded[1..17]), presented.session_id());
        let key = RefreshKey::new(&CONFIG.refresh_token_secret);
        let (id, generation) = (presented.session_id(), presented.generation());
        let ours = key.mint(&id, b"salt", generation);
        let ours = ours.expect("an id that was read is an id");
        let good = key.verify(&presented, b"salt");
        assert_eq!(good, ours.expose() == text, "{text}");
    }
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_key = (1..=64).contains(&text.len()) && text.bytes().all(is_word);
    assert_eq!(attempt_hash(&text).is_some(), is_key, "{text}");
}

/// A device cookie is one that the key made for that user, or invalid.
pub fn device_token(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let key = DeviceKey::new(&CONFIG.refresh_token_secret);
    if let Some(device) = key.verify(&text, NAME, NOW) {
        assert!(key.verify(&text, "bob", NOW).is_none());
        let day = URL_SAFE_NO_PAD
            .decode(text.as_bytes())
            .expect("it was read");
        let day = u32::from_be_bytes(day[9..13].try_into().expect("it has a day"));
        let then = Millis::from_secs(u64::from(day) * 86_400);
        assert_eq!(key.mint(device, NAME, then).expose(), text);
    }
    let made = key.mint(Device::first(), NAME, NOW);
    assert!(key.verify(made.expose(), NAME, NOW).is_some());
}

fn hasher() -> Hasher {
    let cost = HashCost {
        memory_kib: 64,
        iterations: 1,
        parallelism: 1,
        queue: 1,
    };
    Hasher::new(cost)
}

static HASHER: LazyLock<Hasher> = LazyLock::new(hasher);

/// Any text in the password column is checked without computing a hash; a cheap one is then
/// verified.
pub fn password_hash(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let password = Password::new("correct zebra");
    let admitted = HASHER.supports(&text).is_ok();
    let outdated = HASHER.is_outdated(&password, PasswordForm::Nfc, &text);
    assert!(admitted || !outdated, "what is not read is not replaced");
    let (cost, _) = text.rsplit_once('$').unwrap_or_default();
    if admitted && is_cheap(cost) {
        HASHER.compare(&password, &text);
    }
}

/// Whether no number in it is large.
fn is_cheap(cost: &str) -> bool {
    let numbers = cost.split(|c: char| !c.is_ascii_digit());
    let mut numbers = numbers.filter(|number| !number.is_empty());
    numbers.all(|number| number.len() < 4 && number.trim_start_matches('0').len() < 2)
}

/// Each imported user appears once, with a valid username and a supported hash.
pub fn people(bytes: &[u8]) {
    let Ok(people) = import::read(bytes, &HASHER, NOW) else {
        return;
    };
    let names: HashSet<_> = people.iter().map(|user| &user.username).collect();
    assert_eq!(names.len(), people.len(), "each once");
    for user in &people {
        assert_eq!(shared::username::check(&user.username), None);
        assert!(HASHER.supports(&user.password_hash).is_ok());
        assert!(user.roles.split(' ').any(|role| role == "user"));
    }
}
