//! Waiting for what is waited for, not for time.

use std::time::{Duration, Instant};

/// Longer than anything here takes.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Asks until it is so, and says how long that took.
#[track_caller]
pub fn until(what: &str, is_so: impl Fn() -> bool) -> Duration {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < TIMEOUT, "in vain: {what}");
        a_moment();
    }
    began.elapsed()
}

/// Whoever asks all the time takes the processor from those who shall answer.
pub fn a_moment() {
    std::thread::park_timeout(Duration::from_millis(2));
}
