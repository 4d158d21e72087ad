//! How many connections are open, and why some were ended.

use super::tally::{DropReason, LabeledCounter};
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts of the connections of a listener.
pub struct ConnectionCounts {
    open: AtomicU64,
    /// Those that were ended or not let in, by the reason.
    pub dropped: LabeledCounter<DropReason>,
    /// How often the system had no room for another.
    pub accept_errors: AtomicU64,
}

impl ConnectionCounts {
    /// All zero.
    pub fn new() -> Self {
        Self {
            open: AtomicU64::new(0),
            dropped: LabeledCounter::new(),
            accept_errors: AtomicU64::new(0),
        }
    }

    /// One more.
    pub fn opened(&self) {
        self.open.fetch_add(1, Ordering::SeqCst);
    }

    /// One less; how many are left.
    pub fn closed(&self) -> u64 {
        self.open.fetch_sub(1, Ordering::SeqCst) - 1
    }

    /// How many are open.
    pub fn open(&self) -> u64 {
        self.open.load(Ordering::SeqCst)
    }
}

impl Default for ConnectionCounts {
    fn default() -> Self {
        Self::new()
    }
}
