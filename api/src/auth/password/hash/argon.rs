//! argon2id with reused memory.
//!
//! A hash needs 19 MiB. Fresh memory costs time, because the system clears it page by page. So
//! memory is wiped and kept between hashes, one block for each concurrent hash. After a period
//! without sign-ins it is returned to the system.

use crate::auth::random;
use crate::config::HashCost;
use argon2_rust::params::{Memory as Size, TagLen};
use argon2_rust::{Algorithm, Argon2, Hasher, Params, Version, decode_phc};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The length of a hash and of its salt, in bytes.
const OUTPUT_LEN: u64 = 32;
const SALT_LEN: usize = 16;
/// A password and its hash by the reference implementation.
const TEST_VECTOR: (&str, &str) = (
    "correct zebra",
    "$argon2id$v=19$m=256,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$44xQGF4hmNExF9+i/ISWr+zvD6d863OIHjB9iVrxGPs",
);

/// Creates and verifies PHC strings.
pub(super) struct Argon {
    argon2: Argon2,
    memory: Mutex<Memory>,
}

/// The blocks that are free for the next hash.
#[derive(Default)]
struct Memory {
    free: Vec<Hasher>,
    /// Whether a block was requested since the last release.
    was_used: bool,
}

impl Argon {
    /// Uses these parameters. Verifies a test vector once, because each kind of processor has its
    /// own instructions: a wrong implementation would lock all users out.
    ///
    /// # Panics
    /// Never for parameters that the configuration accepts, on a processor that computes correctly.
    pub(super) fn new(cost: HashCost) -> Self {
        let params = Params::builder()
            .memory(Size::kib(u64::from(cost.memory_kib)))
            .passes(cost.iterations)
            .tag_len(TagLen::bytes(OUTPUT_LEN))
            .build()
            .expect("BUG: the configuration admitted a cost that argon2 refuses");
        let argon = Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            memory: Mutex::default(),
        };
        let (password, hash) = TEST_VECTOR;
        assert!(
            argon.matches(password, hash),
            "BUG: argon2 does not compute here what it does elsewhere"
        );
        argon
    }

    /// The PHC string of the password, with a random salt.
    ///
    /// # Panics
    /// If the system has no memory for it.
    pub(super) fn hash(&self, password: &str) -> String {
        let mut piece = self.take();
        let hash = piece.hash_encoded(password.as_bytes(), &random::random::<SALT_LEN>());
        self.put_back(piece);
        hash.expect("BUG: argon2 hashes any password within our bounds")
    }

    /// Whether the PHC string has the parameters that [`Self::hash`] uses now.
    pub(super) fn has_current_params(&self, phc: &str) -> bool {
        let params = self.argon2.params();
        decode_phc(phc).is_ok_and(|made| {
            made.algorithm == Algorithm::Argon2id
                && made.version == Version::V0x13
                && made.params.memory_kib() == params.memory_kib()
                && made.params.passes() == params.passes()
                && made.params.lanes() == params.lanes()
                && made.params.tag_len_bytes() == params.tag_len_bytes()
                && made.salt.len() == SALT_LEN
        })
    }

    /// Whether the password matches the PHC string, with the parameters in it. A hash that needs
    /// more memory than the current parameters allocates its own block.
    pub(super) fn matches(&self, password: &str, phc: &str) -> bool {
        let algorithm = match phc.split('$').nth(1) {
            Some("argon2id") => Algorithm::Argon2id,
            Some("argon2i") => Algorithm::Argon2i,
            Some("argon2d") => Algorithm::Argon2d,
            _ => return false,
        };
        let mut piece = self.take();
        let matches = piece.verify_encoded(phc, password.as_bytes(), algorithm);
        self.put_back(piece);
        matches.is_ok()
    }

    /// Returns memory to the system that no hash used since the last call.
    pub(super) fn release_idle_memory(&self) {
        let mut memory = self.memory();
        if !std::mem::take(&mut memory.was_used) {
            memory.free = Vec::new();
        }
    }

    fn take(&self) -> Hasher {
        let kept = {
            let mut memory = self.memory();
            memory.was_used = true;
            memory.free.pop()
        };
        kept.unwrap_or_else(|| self.argon2.hasher())
    }

    fn put_back(&self, piece: Hasher) {
        self.memory().free.push(piece);
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
