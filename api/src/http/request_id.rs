//! Ids of requests, for logs and for people who report a problem. They prove nothing, so they need
//! no randomness of the system at every call; they only have to differ, between processes too.

use crate::auth::id;
use std::sync::atomic::{AtomicU64, Ordering};

/// Gives every request its id.
pub struct RequestIds(AtomicU64);

impl RequestIds {
    /// Begins anywhere.
    pub fn new() -> Self {
        Self(AtomicU64::new(u64::from_le_bytes(id::random())))
    }

    /// The next, 16 hexadecimal digits. It counts, but not so that it tells how many there were.
    pub fn next(&self) -> String {
        let count = self.0.fetch_add(1, Ordering::Relaxed);
        id::hex(&scatter(count).to_be_bytes())
    }
}

/// Another number for every number: the finisher of splitmix64, each step of which can be undone.
const fn scatter(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_requests_have_one_id() {
        let nodes = [RequestIds::new(), RequestIds::new()];
        let ids = nodes
            .iter()
            .flat_map(|node| (0..10_000).map(|_| node.next()));
        let ids: HashSet<_> = ids.collect();
        assert_eq!(ids.len(), 20_000);
        assert!(ids.iter().all(|id| id.len() == 16));
    }
}
