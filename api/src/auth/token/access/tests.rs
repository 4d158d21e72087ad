//! Valid tokens, and the many kinds of tokens that only resemble them.

mod times;

use super::*;
use crate::auth::token::keys::rotation::{self, Rotated};
use crate::config::{KeySource, Secret, Signing};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};
use tempfile::TempDir;

const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const NOW: Millis = Millis::from_secs(1_000_000);

fn access() -> AccessTokens {
    let secret = Secret::parse("JWT_SECRET", Some(SECRET.to_owned())).expect("it is good");
    access_by(KeySource::secret(secret))
}

fn access_by(source: KeySource) -> AccessTokens {
    let keys = Keys::open(source, NOW).expect("a key signs");
    AccessTokens {
        keys: Arc::new(keys),
        issuer: "http://127.0.0.1:8000".to_owned(),
        audience: "countersign-api".to_owned(),
        ttl: Millis::from_secs(900),
        deny: Arc::new(DenyList::new(Millis::from_secs(900))),
        cache: VerifiedTokenCache::new(),
    }
}

fn sign(access: &AccessTokens, claims: &AccessClaims) -> String {
    access.sign(claims, NOW).expect("a secret signs").0
}

fn claims() -> AccessClaims {
    AccessClaims {
        roles: vec![shared::role::Role::User],
        sub: "0".repeat(32),
        sid: "1".repeat(32),
        jti: "2".repeat(32),
        exp: NOW.as_secs() + 900,
        ..access().sample(NOW)
    }
}

/// Signs any header and claims with the right key.
fn forge(header: &Value, claims: &str) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let message = format!("{}.{}", part(&header.to_string()), part(claims));
    let key = EncodingKey::from_secret(SECRET.as_bytes());
    let tag = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256);
    format!("{message}.{}", tag.expect("HMAC signs anything"))
}

fn header() -> Value {
    json!({"alg": "HS256", "typ": "at+jwt", "kid": access().keys.key_set().signing(NOW).map(|key| key.id.clone())})
}

fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}

#[test]
fn what_is_signed_verifies_until_it_ends() {
    let access = access();
    let token = sign(&access, &claims());
    assert_eq!(access.verify(&token, NOW), Ok(Arc::new(claims())));
    let end = Millis::from_secs(claims().exp);
    assert_eq!(
        access.verify(&token, end - Millis(1)),
        Ok(Arc::new(claims()))
    );
    assert_eq!(access.verify(&token, end), Err(AccessError::Expired));
    assert_eq!(access.verify_ignoring_expiry(&token, NOW), Ok(claims()));
}

#[test]
fn a_forgery_by_the_right_hand_shows_that_the_table_below_means_something() {
    let token = forge(&header(), &json!(claims()).to_string());
    assert_eq!(access().verify(&token, NOW), Ok(Arc::new(claims())));
}

#[test]
fn any_other_header_is_refused() {
    let claims = json!(claims()).to_string();
    let headers = [
        with(header(), "alg", json!("none")),
        with(header(), "alg", json!("None")),
        with(header(), "alg", json!("HS384")),
        with(header(), "alg", json!("EdDSA")),
        with(header(), "alg", json!(["HS256"])),
        with(header(), "typ", json!("JWT")),
        with(header(), "typ", json!("application/at+jwt")),
        with(header(), "kid", json!("../../etc/passwd")),
        with(header(), "kid", Value::Null),
        with(header(), "crit", json!(["exp"])),
        with(header(), "crit", json!([])),
        with(header(), "jku", json!("https://example.org/keys")),
        with(header(), "jwk", json!({"kty": "oct"})),
        with(header(), "x5u", json!("https://example.org/cert")),
        with(header(), "x5c", json!([])),
        with(header(), "b64", json!(false)),
        with(header(), "zip", json!("DEF")),
        json!({"alg": "HS256", "typ": "at+jwt"}),
        json!({}),
        json!([]),
    ];
    for header in headers {
        let verdict = access().verify(&forge(&header, &claims), NOW);
        assert_eq!(verdict, Err(AccessError::Invalid), "{header}");
    }
}

#[test]
fn every_claim_is_required_typed_and_ours() {
    let good = json!(claims());
    let object = good.as_object().expect("claims are an object");
    for name in object.keys() {
        let mut without = object.clone();
        without.remove(name);
        let token = forge(&header(), &json!(without).to_string());
        let verdict = access().verify(&token, NOW);
        assert_eq!(verdict, Err(AccessError::Invalid), "without {name}");
    }
    let duplicate = good.to_string().replacen('{', r#"{"exp":9999999999,"#, 1);
    let wrong = [
        with(good.clone(), "exp", json!("1000900")),
        with(good.clone(), "exp", json!(1_000_900.5)),
        with(good.clone(), "exp", json!(-1)),
        with(good.clone(), "iat", Value::Null),
        with(good.clone(), "nbf", Value::Null),
        with(good.clone(), "nbf", json!("0")),
        with(good.clone(), "nbf", json!(NOW.as_secs() + 6)),
        with(good.clone(), "aud", json!(["countersign-api"])),
        with(good.clone(), "aud", json!("another")),
        with(good.clone(), "iss", json!("https://example.org")),
        with(good.clone(), "sub", json!(1)),
        with(good.clone(), "roles", json!("admin")),
        with(good.clone(), "roles", json!(["root"])),
    ]
    .iter()
    .map(Value::to_string)
    .chain([duplicate, "null".to_owned()])
    .collect::<Vec<_>>();
    for claims in &wrong {
        let verdict = access().verify(&forge(&header(), claims), NOW);
        assert_eq!(verdict, Err(AccessError::Invalid), "{claims}");
    }
}

#[test]
fn any_flipped_bit_and_any_other_spelling_is_refused() {
    let access = access();
    let token = sign(&access, &claims());
    for position in 0..token.len() {
        for bit in 0..7 {
            let mut bytes = token.clone().into_bytes();
            bytes[position] ^= 1 << bit;
            let forged = String::from_utf8(bytes).expect("seven bits are text");
            assert_eq!(
                access.verify(&forged, NOW),
                Err(AccessError::Invalid),
                "bit {bit} of {position}"
            );
        }
    }
    let (unsigned, _) = token.rsplit_once('.').expect("a token has parts");
    let dots = ".".repeat(100_000);
    let huge = format!("{token}{}", "A".repeat(5_000));
    for forged in [
        "",
        ".",
        "..",
        unsigned,
        &format!("{unsigned}."),
        &format!("{token}="),
        &format!("{token}."),
        &format!(" {token}"),
        &format!("{token}\n"),
        &dots,
        &huge,
    ] {
        assert_eq!(access.verify(forged, NOW), Err(AccessError::Invalid));
    }
}

#[test]
fn a_token_that_is_too_long_is_refused_though_the_right_hand_signed_it() {
    let padded = |spaces| {
        let claims = format!("{}{}", json!(claims()), " ".repeat(spaces));
        forge(&header(), &claims)
    };
    // Three more bytes are four more characters.
    let room = (4_096 - padded(0).len()) / 4 * 3;
    let longest = padded(room);
    assert!(
        (4_093..=4_096).contains(&longest.len()),
        "{}",
        longest.len()
    );
    assert_eq!(access().verify(&longest, NOW), Ok(Arc::new(claims())));
    let longer = padded(room + 3);
    assert_eq!(access().verify(&longer, NOW), Err(AccessError::Invalid));
}

#[test]
fn an_ended_session_takes_its_access_tokens_along() {
    let access = access();
    let token = sign(&access, &claims());
    assert!(access.verify(&token, NOW).is_ok(), "it is remembered");
    let ended = vec![claims().sid];
    access.deny.add(ended, RevocationReason::SignedOut, NOW);
    let revoked = AccessError::Revoked(Some(RevocationReason::SignedOut));
    assert_eq!(access.verify(&token, NOW), Err(revoked));
}

/// I-20, I-21: the cache contains no token that the keys did not verify, and no expired one.
#[test]
fn nothing_is_remembered_that_was_not_good() {
    let access = access();
    let token = sign(&access, &claims());
    let forged = format!("{token}A");
    let end = Millis::from_secs(claims().exp);
    let remembered = |token: &str| {
        let tag = access.cache.key(token);
        access.cache.get(tag, access.keys.generation(), NOW)
    };
    assert_eq!(access.verify(&forged, NOW), Err(AccessError::Invalid));
    assert_eq!(access.verify(&token, end), Err(AccessError::Expired));
    assert_eq!(
        [&token, &forged].map(|token| remembered(token)),
        [None, None]
    );
    assert!(access.verify(&token, NOW).is_ok());
    assert_eq!(remembered(&token), Some(Arc::new(claims())));
    assert_eq!(access.verify(&forged, NOW), Err(AccessError::Invalid));
}

/// I-23: a cached token ends with its key, whether the end was planned or not.
#[test]
fn a_remembered_token_is_refused_once_its_key_is_over_or_taken_away() {
    let folder = TempDir::new().expect("a folder can be made");
    let source = KeySource {
        signing: Signing::KeySet,
        key_dir: Some(folder.path().join("keys")),
    };
    let moment = Millis::from_secs(1);
    let rotate = || rotation::rotate(&source, moment, NOW).expect("it rotates");
    let Rotated::Pair { id, .. } = rotate() else {
        panic!("the ring holds pairs");
    };
    let access = access_by(source.clone());
    // The key expires sooner: a minute after the longest lifetime of a token that it signed.
    let late = NOW + Millis::from_secs(600);
    let long = AccessClaims {
        iat: late.as_secs(),
        exp: late.as_secs() + ACCESS_TOKEN_MAX_TTL,
        ..claims()
    };
    let token = sign(&access, &long);
    assert!(access.verify(&token, late).is_ok());
    rotate();
    access.keys.reload();
    assert!(
        access.verify(&token, late).is_ok(),
        "its key still verifies"
    );
    let over = NOW + moment + Millis::from_secs(ACCESS_TOKEN_MAX_TTL + 60);
    assert!(access.verify(&token, over - Millis(1)).is_ok());
    assert_eq!(access.verify(&token, over), Err(AccessError::Invalid));

    assert!(access.verify(&token, late).is_ok(), "it is remembered");
    rotation::remove(&source, &id, NOW).expect("it is taken away");
    access.keys.reload();
    assert_eq!(access.verify(&token, late), Err(AccessError::Invalid));
}

#[test]
fn the_token_fits_its_byte_budget() {
    let mut claims = claims();
    claims.iss = format!("https://{}.example.org", "a".repeat(63));
    claims.sub = random::generate();
    claims.sid = random::generate();
    claims.jti = random::generate();
    claims.cutoff = NOW.as_secs() * 1_000;
    claims.roles = shared::role::Role::ALL.to_vec();
    let length = sign(&access(), &claims).len();
    assert!(length <= 1024, "{length} bytes");
}
