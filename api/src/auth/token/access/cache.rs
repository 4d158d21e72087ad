//! Tokens that were verified before: a signature is worth its price once, not at every call.
//!
//! What is remembered is never the truth about a session. Whoever finds a token here still asks
//! whether its session ended, and a token is found only until its end and only while the keys are
//! those that verified it. Tokens themselves are not kept: of its signature only a keyed hash,
//! HMAC-SHA-256 under a key of this process, cut to 128 bits; and what it signs, which opens nothing
//! without it, as it is. So a token is found where both are the same, and nobody can make another one
//! that is taken for it. Hashing all of it would cost four times as much.

use crate::auth::random;
use hmac::{Hmac, KeyInit, Mac};
use protocol::Millis;
use sha2::Sha256;
use shared::claims::AccessClaims;
use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Locks that calls share out among them, so that cores seldom wait for one another.
const SHARDS: usize = 16;
/// Tokens in one half of a shelf. All in all at most 16,384 are remembered, about 16 MB.
const GENERATION_CAPACITY: usize = 512;

/// What names a token here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct CacheKey<'a> {
    /// Of the signature.
    hash: u128,
    /// Everything before it.
    signed: &'a str,
}

/// A token that was verified.
struct Entry {
    signed: Box<str>,
    claims: Arc<AccessClaims>,
    /// From then on it is not known any more.
    until: Millis,
    /// Which keys verified it.
    keys: u64,
}

/// Two halves: when the young one is full, it becomes the old one, and what was old is forgotten.
/// Who is seen again is young again.
#[derive(Default)]
struct Shard {
    current: HashMap<u128, Entry>,
    previous: HashMap<u128, Entry>,
}

/// A bounded number of tokens that were verified.
pub(crate) struct VerifiedTokenCache {
    key: Hmac<Sha256>,
    shelves: [Mutex<Shard>; SHARDS],
}

impl VerifiedTokenCache {
    /// Remembers nothing, under a key of its own.
    pub(crate) fn new() -> Self {
        let key = Hmac::new_from_slice(&random::random::<32>());
        Self {
            key: key.expect("BUG: HMAC takes keys of any length"),
            shelves: Default::default(),
        }
    }

    /// What names this token.
    pub(crate) fn key<'a>(&self, token: &'a str) -> CacheKey<'a> {
        let (signed, signature) = token.rsplit_once('.').unwrap_or(("", token));
        let mut mac = self.key.clone();
        mac.update(signature.as_bytes());
        let hash: [u8; 32] = mac.finalize().into_bytes().into();
        let (half, _) = hash.split_first_chunk().expect("BUG: SHA-256 has 256 bits");
        let hash = u128::from_le_bytes(*half);
        CacheKey { hash, signed }
    }

    /// The claims of a token that these keys verified and that is good at `now`.
    pub(crate) fn get(
        &self,
        tag: CacheKey<'_>,
        keys: u64,
        now: Millis,
    ) -> Option<Arc<AccessClaims>> {
        let mut place = self.shard(tag);
        let (known, is_young) = place.get(tag.hash)?;
        let is_good = known.keys == keys && now < known.until && *known.signed == *tag.signed;
        let found = is_good.then(|| Arc::clone(&known.claims))?;
        if !is_young {
            place.promote(tag.hash);
        }
        Some(found)
    }

    /// Remembers what these keys verified, until then.
    pub(crate) fn insert(
        &self,
        tag: CacheKey<'_>,
        keys: u64,
        until: Millis,
        claims: &Arc<AccessClaims>,
    ) {
        let known = Entry {
            signed: tag.signed.into(),
            claims: Arc::clone(claims),
            until,
            keys,
        };
        self.shard(tag).insert(tag.hash, known);
    }

    fn shard(&self, tag: CacheKey<'_>) -> MutexGuard<'_, Shard> {
        let place = usize::from(tag.hash.to_le_bytes()[0]) % SHARDS;
        let locked = self.shelves[place].lock();
        locked.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shard {
    /// What is known by that hash, and whether it is young.
    fn get(&self, hash: u128) -> Option<(&Entry, bool)> {
        let young = self.current.get(&hash).map(|known| (known, true));
        young.or_else(|| self.previous.get(&hash).map(|known| (known, false)))
    }

    fn promote(&mut self, hash: u128) {
        if let Some(known) = self.previous.remove(&hash) {
            self.insert(hash, known);
        }
    }

    fn insert(&mut self, hash: u128, known: Entry) {
        if self.current.len() >= GENERATION_CAPACITY {
            self.previous = mem::take(&mut self.current);
        }
        self.current.insert(hash, known);
    }
}

#[cfg(test)]
mod tests;
