//! The refresh rate limit of a session. Counted in this process only: a refresh must not cost a
//! second commit. A restart or another node may allow more refreshes, but never an unauthorized
//! one.

use super::{RateLimited, WINDOW};
use crate::db::throttle::is_over;
use protocol::Millis;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// More sessions than refresh in one window; beyond that, sessions are not counted.
const MAX_SESSIONS: usize = 100_000;

/// The counters.
pub struct RefreshLimiter {
    limit: u32,
    windows: Mutex<HashMap<String, Window>>,
}

struct Window {
    since: Millis,
    count: u32,
}

impl Window {
    fn is_over(&self, now: Millis) -> bool {
        is_over(self.since, WINDOW, now)
    }
}

impl RefreshLimiter {
    /// Accepts `limit` refreshes per window.
    pub fn new(limit: u32) -> Self {
        Self {
            limit,
            windows: Mutex::default(),
        }
    }

    /// Counts a refresh of this session. The token was verified, so unauthenticated clients cannot
    /// fill the table.
    pub fn count(&self, session_id: &str, now: Millis) -> Result<(), RateLimited> {
        let mut windows = self.windows();
        if let Some(window) = windows.get_mut(session_id) {
            if window.is_over(now) {
                *window = Window {
                    since: now,
                    count: 0,
                };
            }
            if window.count >= self.limit {
                let retry_after = (window.since + WINDOW - now).as_secs() + 1;
                return Err(RateLimited { retry_after });
            }
            window.count += 1;
        } else if windows.len() < MAX_SESSIONS {
            let first = Window {
                since: now,
                count: 1,
            };
            windows.insert(session_id.to_owned(), first);
        }
        Ok(())
    }

    /// Removes expired windows.
    pub fn prune(&self, now: Millis) {
        self.windows().retain(|_, window| !window.is_over(now));
    }

    fn windows(&self) -> MutexGuard<'_, HashMap<String, Window>> {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_session_has_a_window_of_its_own_that_ends() {
        let pace = RefreshLimiter::new(2);
        let start = Millis::from_secs(1000);
        let later = start + Millis::from_secs(9);
        for _ in 0..2 {
            assert_eq!(pace.count("one", start), Ok(()));
        }
        let refused = pace.count("one", later);
        assert_eq!(refused, Err(RateLimited { retry_after: 592 }));
        assert_eq!(pace.count("two", later), Ok(()));
        pace.prune(start + WINDOW);
        assert_eq!(pace.windows().len(), 1, "the other's goes on");
        assert_eq!(pace.count("one", start + WINDOW), Ok(()));
    }

    #[test]
    fn a_flood_of_sessions_does_not_fill_the_memory() {
        let pace = RefreshLimiter::new(1);
        for number in 0..=MAX_SESSIONS {
            assert_eq!(pace.count(&number.to_string(), Millis(0)), Ok(()));
        }
        assert_eq!(pace.windows().len(), MAX_SESSIONS);
    }
}
