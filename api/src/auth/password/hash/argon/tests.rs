//! Hashes of this and of other implementations, and the memory they keep.

use super::*;
use crate::auth::password::hash;
use shared::password::Password;

const COST: HashCost = HashCost {
    memory_kib: 64,
    iterations: 1,
    parallelism: 2,
    queue: 8,
};

fn kept(argon: &Argon) -> Vec<usize> {
    let memory = argon.memory();
    memory.free.iter().map(Hasher::reserved_blocks).collect()
}

#[test]
fn a_hash_matches_its_password_alone_and_no_two_are_equal() {
    let argon = Argon::new(COST);
    let hash = argon.hash("correct zebra");
    assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
    assert_ne!(hash, argon.hash("correct zebra"), "each has its own salt");
    assert!(argon.matches("correct zebra", &hash));
    for other in ["", "correct zebr", "correct zebra ", "Correct zebra"] {
        assert!(!argon.matches(other, &hash), "{other:?}");
    }
    let (start, _) = hash.rsplit_once('$').expect("it has parts");
    for broken in ["", "x", start, &format!("{start}$"), &hash[1..]] {
        assert!(!argon.matches("correct zebra", broken), "{broken:?}");
    }
}

/// Made by the reference implementation (`argon2` of phc-winner-argon2), so that reading is tested
/// independently of writing.
#[test]
fn hashes_of_the_reference_implementation_match_whatever_their_cost() {
    let argon = Argon::new(COST);
    for hash in [
        "$argon2id$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$j7/orc1A2vmpPjTHTsQBeUPUl6AF9VSdhaKLI6oLdik",
        "$argon2id$v=19$m=256,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$44xQGF4hmNExF9+i/ISWr+zvD6d863OIHjB9iVrxGPs",
        "$argon2id$v=19$m=32,t=3,p=2$MDEyMzQ1Njc4OWFiY2RlZg$4x4cmpzojsAXgkS4oXG7XLMIPeTThhETYs+IYWSbwxw",
        "$argon2i$v=19$m=64,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$D/xFKm86S9AFxWLw+UHIew/PnB+82XO431u1m/qwvZw",
    ] {
        assert!(argon.matches("correct zebra", hash), "{hash}");
        assert!(!argon.matches("correct zebr", hash), "{hash}");
    }
}

#[test]
fn memory_is_used_again_and_what_it_held_does_not_matter() {
    let argon = Argon::new(COST);
    let hash = argon.hash("correct zebra");
    for password in ["another", "correct zebra"] {
        let matches = argon.matches(password, &hash);
        assert_eq!(matches, password == "correct zebra");
        assert_eq!(kept(&argon), [64], "one piece, for one at a time");
    }
}

#[test]
fn what_a_larger_hash_wanted_is_not_kept_and_a_smaller_one_takes_ours() {
    let argon = Argon::new(COST);
    let hash_of = |memory_kib| Argon::new(HashCost { memory_kib, ..COST }).hash("x");
    argon.hash("x");
    for other in [hash_of(16), hash_of(512)] {
        assert!(argon.matches("x", &other));
        assert_eq!(kept(&argon), [64]);
    }
}

/// The processor's instructions give the same result as another implementation.
#[test]
fn another_implementation_makes_the_same_of_everything() {
    use argon2::password_hash::phc::PasswordHash;
    use argon2::password_hash::{CustomizedPasswordHasher, PasswordVerifier};
    let ours = Argon::new(COST);
    for (memory_kib, iterations) in [(8, 1), (9, 3), (64, 1), (100, 2), (1024, 1), (1031, 2)] {
        let cost = HashCost {
            memory_kib,
            iterations,
            ..COST
        };
        for password in ["", "x", "correct zebra battery plum", &"ä".repeat(512)] {
            let hash = Argon::new(cost).hash(password);
            let parsed = PasswordHash::new(&hash).expect("it is a PHC string");
            let other = argon2::Argon2::default();
            let matches = other.verify_password(password.as_bytes(), &parsed);
            assert!(matches.is_ok(), "{hash}");
            let params = argon2::Params::new(memory_kib, iterations, 1, None);
            let params = params.expect("it is a cost");
            let salt = b"a salt of theirs";
            let theirs: PasswordHash = other
                .hash_password_customized(password.as_bytes(), salt, None, None, params)
                .expect("it hashes");
            assert!(ours.matches(password, &theirs.to_string()), "{theirs}");
        }
    }
}

#[test]
fn memory_that_nobody_wants_goes_back() {
    let argon = Argon::new(COST);
    argon.hash("x");
    argon.release_idle_memory();
    assert_eq!(kept(&argon), [64], "it was wanted a moment ago");
    argon.release_idle_memory();
    assert!(kept(&argon).is_empty());
    argon.hash("x");
    assert_eq!(kept(&argon), [64]);
}

/// I-25: memory is bounded by the number of concurrent hashes, not by the number of sign-ins.
#[tokio::test(flavor = "multi_thread")]
async fn many_who_sign_in_at_once_share_as_many_pieces_as_may_hash_at_once() {
    let hasher = hash::Hasher::new(COST);
    let hash = async |_| {
        hasher
            .hash(hasher.try_acquire()?, Password::new("correct zebra"))
            .await
    };
    let made = futures::future::join_all((0..10).map(hash)).await;
    assert!(made.iter().all(Result::is_ok), "two run and eight wait");
    let pieces = kept(&hasher.argon);
    assert!((1..=2).contains(&pieces.len()), "{pieces:?}");
    hasher.release_idle_memory();
    hasher.release_idle_memory();
    assert!(kept(&hasher.argon).is_empty());
}
