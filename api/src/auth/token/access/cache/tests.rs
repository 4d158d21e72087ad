//! Tests of hits and misses of the cache.

use super::*;

const NOW: Millis = Millis::from_secs(1_000);
const END: Millis = Millis::from_secs(1_900);
const KEYS: u64 = 7;

fn claims(number: usize) -> Arc<AccessClaims> {
    Arc::new(AccessClaims {
        iss: "us".to_owned(),
        aud: "us".to_owned(),
        sub: "alice".to_owned(),
        sid: "session".to_owned(),
        jti: number.to_string(),
        iat: NOW.as_secs(),
        nbf: None,
        exp: END.as_secs(),
        cutoff: 0,
        auth_time: NOW.as_secs(),
        roles: Vec::new(),
    })
}

/// A cache with this number of tokens.
fn cache_of(tokens: usize) -> VerifiedTokenCache {
    let cache = VerifiedTokenCache::new();
    for number in 0..tokens {
        let token = number.to_string();
        cache.insert(cache.key(&token), KEYS, END, &claims(number));
    }
    cache
}

fn find(cache: &VerifiedTokenCache, token: usize) -> Option<Arc<AccessClaims>> {
    cache.get(cache.key(&token.to_string()), KEYS, NOW)
}

#[test]
fn a_token_is_found_until_its_end_exactly() {
    let cache = cache_of(1);
    let tag = cache.key("0");
    let found = cache.get(tag, KEYS, END - Millis(1));
    assert_eq!(found, Some(claims(0)));
    assert_eq!(cache.get(tag, KEYS, END), None);
}

#[test]
fn other_keys_do_not_vouch_for_it() {
    let cache = cache_of(1);
    let tag = cache.key("0");
    assert_eq!(cache.get(tag, KEYS + 1, NOW), None);
    cache.insert(tag, KEYS + 1, END, &claims(0));
    assert_eq!(cache.get(tag, KEYS, NOW), None);
    assert_eq!(cache.get(tag, KEYS + 1, NOW), Some(claims(0)));
}

#[test]
fn another_token_is_another_and_another_process_names_it_otherwise() {
    let (here, there) = (cache_of(1), cache_of(1));
    for other in ["", "00", "1", "0 ", "0\0"] {
        assert!(here.key("0") != here.key(other), "{other:?}");
    }
    assert!(here.key("0") != there.key("0"));
}

/// Any holder of a token can append its signature to other claims.
#[test]
fn a_remembered_signature_vouches_for_what_it_signed_alone() {
    let cache = VerifiedTokenCache::new();
    let tag = cache.key("header.alice.signature");
    cache.insert(tag, KEYS, END, &claims(0));
    for forged in [
        "header.admin.signature",
        "other.alice.signature",
        "header.alice..signature",
        "alice.signature",
        "signature",
    ] {
        assert_eq!(cache.get(cache.key(forged), KEYS, NOW), None, "{forged}");
    }
    assert_eq!(cache.get(tag, KEYS, NOW), Some(claims(0)));
}

#[test]
fn a_flood_of_tokens_does_not_fill_the_memory() {
    let cache = cache_of(100_000);
    let sizes = cache.shelves.iter().map(|shelf| {
        let shelf = shelf.lock().expect("nobody panicked with it");
        assert!(
            shelf.current.len() <= GENERATION_CAPACITY
                && shelf.previous.len() <= GENERATION_CAPACITY
        );
        shelf.current.len() + shelf.previous.len()
    });
    let size: usize = sizes.sum();
    assert!(
        size <= 2 * GENERATION_CAPACITY * SHARDS && size > GENERATION_CAPACITY * SHARDS,
        "{size}"
    );
    assert_eq!(find(&cache, 99_999), Some(claims(99_999)));
    assert_eq!(find(&cache, 0), None);
}

#[test]
fn who_calls_often_is_remembered_through_a_flood() {
    let cache = cache_of(1);
    for number in 1..100_000 {
        let token = number.to_string();
        cache.insert(cache.key(&token), KEYS, END, &claims(number));
        if number % 1_000 == 0 {
            assert_eq!(find(&cache, 0), Some(claims(0)), "after {number}");
        }
    }
}
