//! Tokens that were verified before: a signature is worth its price once, not at every call.
//!
//! What is remembered is never the truth about a session. Whoever finds a token here still asks
//! whether its session ended, and a token is found only until its end and only while the keys are
//! those that verified it. Tokens themselves are not kept, only a keyed hash: HMAC-SHA-256 under a
//! key of this process, cut to 128 bits, so nobody can make a token that is taken for another.

use crate::auth::id;
use hmac::{Hmac, KeyInit, Mac};
use protocol::Millis;
use sha2::Sha256;
use shared::claims::AccessClaims;
use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

/// Locks that calls share out among them, so that cores seldom wait for one another.
const SHELVES: usize = 16;
/// Tokens in one half of a shelf. All in all at most 16,384 are remembered, about 10 MB.
const HALF: usize = 512;

/// What names a token here.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Tag(u128);

/// A token that was verified.
struct Known {
    claims: Arc<AccessClaims>,
    /// From then on it is not known any more.
    until: Millis,
    /// Which keys verified it.
    keys: u64,
}

/// Two halves: when the young one is full, it becomes the old one, and what was old is forgotten.
/// Who is seen again is young again.
#[derive(Default)]
struct Shelf {
    young: HashMap<Tag, Known>,
    old: HashMap<Tag, Known>,
}

/// A bounded number of tokens that were verified.
pub(super) struct Memory {
    key: Hmac<Sha256>,
    shelves: [Mutex<Shelf>; SHELVES],
}

impl Memory {
    /// Remembers nothing, under a key of its own.
    pub(super) fn new() -> Self {
        let key = Hmac::new_from_slice(&id::random::<32>());
        Self {
            key: key.expect("BUG: HMAC takes keys of any length"),
            shelves: Default::default(),
        }
    }

    /// What names this token.
    pub(super) fn tag(&self, token: &str) -> Tag {
        let mut mac = self.key.clone();
        mac.update(token.as_bytes());
        let hash: [u8; 32] = mac.finalize().into_bytes().into();
        let (half, _) = hash.split_first_chunk().expect("BUG: SHA-256 has 256 bits");
        Tag(u128::from_le_bytes(*half))
    }

    /// The claims of a token that these keys verified and that is good at `now`.
    pub(super) fn find(&self, tag: Tag, keys: u64, now: Millis) -> Option<Arc<AccessClaims>> {
        let is_good = |known: &&Known| known.keys == keys && now < known.until;
        self.at(tag, |shelf| {
            if let Some(known) = shelf.young.get(&tag) {
                return Some(known)
                    .filter(is_good)
                    .map(|known| Arc::clone(&known.claims));
            }
            let known = shelf.old.remove(&tag)?;
            let claims = Some(&known)
                .filter(is_good)
                .map(|known| Arc::clone(&known.claims))?;
            shelf.put(tag, known);
            Some(claims)
        })
    }

    /// Remembers what these keys verified, until then.
    pub(super) fn keep(&self, tag: Tag, keys: u64, until: Millis, claims: &Arc<AccessClaims>) {
        let claims = Arc::clone(claims);
        let known = Known {
            claims,
            until,
            keys,
        };
        self.at(tag, |shelf| shelf.put(tag, known));
    }

    fn at<T>(&self, tag: Tag, look: impl FnOnce(&mut Shelf) -> T) -> T {
        let place = usize::from(tag.0.to_le_bytes()[0]) % SHELVES;
        let mut found = self.shelves[place]
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        look(&mut found)
    }
}

impl Shelf {
    fn put(&mut self, tag: Tag, known: Known) {
        if self.young.len() >= HALF {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(tag, known);
    }
}

#[cfg(test)]
mod tests;
