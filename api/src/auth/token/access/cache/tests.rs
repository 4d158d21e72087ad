//! What is found again, and what is not.

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

/// A memory of so many tokens.
fn memory_of(tokens: usize) -> Memory {
    let memory = Memory::new();
    for number in 0..tokens {
        let token = number.to_string();
        memory.keep(memory.tag(&token), KEYS, END, &claims(number));
    }
    memory
}

fn find(memory: &Memory, token: usize) -> Option<Arc<AccessClaims>> {
    memory.find(memory.tag(&token.to_string()), KEYS, NOW)
}

#[test]
fn a_token_is_found_until_its_end_exactly() {
    let memory = memory_of(1);
    let tag = memory.tag("0");
    let found = memory.find(tag, KEYS, END - Millis(1));
    assert_eq!(found, Some(claims(0)));
    assert_eq!(memory.find(tag, KEYS, END), None);
}

#[test]
fn other_keys_do_not_vouch_for_it() {
    let memory = memory_of(1);
    let tag = memory.tag("0");
    assert_eq!(memory.find(tag, KEYS + 1, NOW), None);
    memory.keep(tag, KEYS + 1, END, &claims(0));
    assert_eq!(memory.find(tag, KEYS, NOW), None);
    assert_eq!(memory.find(tag, KEYS + 1, NOW), Some(claims(0)));
}

#[test]
fn another_token_is_another_and_another_process_names_it_otherwise() {
    let (here, there) = (memory_of(1), memory_of(1));
    for other in ["", "00", "1", "0 ", "0\0"] {
        assert!(here.tag("0") != here.tag(other), "{other:?}");
    }
    assert!(here.tag("0") != there.tag("0"));
}

/// Whoever sees a token can put its signature behind other claims.
#[test]
fn a_remembered_signature_vouches_for_what_it_signed_alone() {
    let memory = Memory::new();
    let tag = memory.tag("header.alice.signature");
    memory.keep(tag, KEYS, END, &claims(0));
    for forged in [
        "header.admin.signature",
        "other.alice.signature",
        "header.alice..signature",
        "alice.signature",
        "signature",
    ] {
        assert_eq!(memory.find(memory.tag(forged), KEYS, NOW), None, "{forged}");
    }
    assert_eq!(memory.find(tag, KEYS, NOW), Some(claims(0)));
}

#[test]
fn a_flood_of_tokens_does_not_fill_the_memory() {
    let memory = memory_of(100_000);
    let sizes = memory.shelves.iter().map(|shelf| {
        let shelf = shelf.lock().expect("nobody panicked with it");
        assert!(shelf.young.len() <= HALF && shelf.old.len() <= HALF);
        shelf.young.len() + shelf.old.len()
    });
    let size: usize = sizes.sum();
    assert!(
        size <= 2 * HALF * SHELVES && size > HALF * SHELVES,
        "{size}"
    );
    assert_eq!(find(&memory, 99_999), Some(claims(99_999)));
    assert_eq!(find(&memory, 0), None);
}

#[test]
fn who_calls_often_is_remembered_through_a_flood() {
    let memory = memory_of(1);
    for number in 1..100_000 {
        let token = number.to_string();
        memory.keep(memory.tag(&token), KEYS, END, &claims(number));
        if number % 1_000 == 0 {
            assert_eq!(find(&memory, 0), Some(claims(0)), "after {number}");
        }
    }
}
