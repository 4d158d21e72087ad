//! A cache of verified tokens: a signature is verified once, not at every request.
//!
//! The cache is never authoritative for a session. Callers check separately whether the session was
//! revoked, and a cached token is returned only until it expires and only while the key set that
//! verified it is current. Tokens are not stored. The cache keeps a keyed hash of the signature,
//! HMAC-SHA-256 under a key of this process, truncated to 128 bits; and the signed part as plain
//! text, which is useless without the signature. A lookup compares both, so no other token can be
//! taken for a cached one. Hashing the whole token would cost four times as much.

use crate::auth::random;
use hmac::{Hmac, KeyInit, Mac};
use protocol::Millis;
use sha2::Sha256;
use shared::claims::AccessClaims;
use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Separate locks, so that cores rarely wait for one another.
const SHARDS: usize = 16;
/// Tokens in one generation of a shard. In total at most 16,384 tokens are cached, about 16 MB.
const GENERATION_CAPACITY: usize = 512;

/// The lookup key of a token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct CacheKey<'a> {
    /// The keyed hash of the signature.
    hash: u128,
    /// The text before the signature.
    signed: &'a str,
}

/// A verified token.
struct Entry {
    signed: Box<str>,
    claims: Arc<AccessClaims>,
    /// When the entry expires.
    until: Millis,
    /// The generation of the key set that verified it.
    keys: u64,
}

/// Two generations: when the current one is full, it becomes the previous one, and the old previous
/// one is dropped. A lookup moves an entry to the current generation.
#[derive(Default)]
struct Shard {
    current: HashMap<u128, Entry>,
    previous: HashMap<u128, Entry>,
}

/// A bounded cache of verified tokens.
pub(crate) struct VerifiedTokenCache {
    key: Hmac<Sha256>,
    shelves: [Mutex<Shard>; SHARDS],
}

impl VerifiedTokenCache {
    /// An empty cache with a random hash key.
    pub(crate) fn new() -> Self {
        let key = Hmac::new_from_slice(&random::random::<32>());
        Self {
            key: key.expect("BUG: HMAC takes keys of any length"),
            shelves: Default::default(),
        }
    }

    pub(crate) fn key<'a>(&self, token: &'a str) -> CacheKey<'a> {
        let (signed, signature) = token.rsplit_once('.').unwrap_or(("", token));
        let mut mac = self.key.clone();
        mac.update(signature.as_bytes());
        let hash: [u8; 32] = mac.finalize().into_bytes().into();
        let (half, _) = hash.split_first_chunk().expect("BUG: SHA-256 has 256 bits");
        let hash = u128::from_le_bytes(*half);
        CacheKey { hash, signed }
    }

    /// The claims of a token that this key set verified and that is valid at `now`.
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

    /// Caches a token that this key set verified, until `until`.
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
    /// The entry with this hash, and whether it is in the current generation.
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
