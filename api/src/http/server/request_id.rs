//! Ids of requests, for logs and for people who report a problem. They prove nothing, so they need
//! no randomness of the system at every call; they only have to differ, between processes too.

use crate::auth::random;
use poem::http::HeaderValue;
use std::sync::atomic::{AtomicU64, Ordering};

/// The id of a request: 16 hexadecimal digits, which need no memory of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestId([u8; 16]);

/// Gives every request its id.
pub struct RequestIds(AtomicU64);

impl RequestIds {
    /// Begins anywhere.
    pub fn new() -> Self {
        Self(AtomicU64::new(u64::from_le_bytes(random::random())))
    }

    /// The next. It counts, but not so that it tells how many there were.
    pub fn next(&self) -> RequestId {
        let mut left = mix(self.0.fetch_add(1, Ordering::Relaxed));
        RequestId([0; 16].map(|_: u8| {
            left = left.rotate_left(4);
            b"0123456789abcdef"[(left & 15) as usize]
        }))
    }
}

impl RequestId {
    /// Its digits.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).expect("BUG: digits are text")
    }

    /// Its digits, for a header.
    pub fn value(&self) -> HeaderValue {
        HeaderValue::from_bytes(&self.0).expect("BUG: digits can be sent")
    }
}

/// Another number for every number: the finisher of splitmix64, each step of which can be undone.
const fn mix(number: u64) -> u64 {
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
        for id in ids {
            assert!(u64::from_str_radix(id.as_str(), 16).is_ok(), "{id:?}");
            assert_eq!(id.value(), id.as_str());
        }
    }
}
