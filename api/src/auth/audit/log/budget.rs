//! How many rows of routine events and failures one session, user or address may cause per hour.
//! Further events are counted but not written, so that no client can fill the table. Each process
//! counts for itself, as it does with refreshes: each node writes up to this number.

use crate::auth::rate_limit::ip_prefix;
use crate::db::event::Event;
use crate::db::throttle::is_over;
use protocol::Millis;
use shared::event::EventKind;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const HOUR: Millis = Millis::from_secs(3_600);
/// A browser refreshes about five times an hour, and once more for each page load.
pub const ROUTINE_PER_SESSION: u32 = 60;
/// Four times the limit of one session: creating new sessions does not allow unlimited rows.
pub const ROUTINE_PER_USER: u32 = 240;
/// The rate limit of ten wrong passwords per user, times the windows of an hour.
pub const FAILURES_PER_USER: u32 = 60;
/// The same for unknown usernames, counted by the client's address as the rate limit groups it.
pub const FAILURES_PER_ADDRESS: u32 = 60;
/// More sessions, users and addresses than are active in one hour; beyond that all events are
/// written.
const MAX_WINDOWS: usize = 100_000;

/// What was written in the current hours.
#[derive(Default)]
pub(super) struct Budget {
    windows: Mutex<HashMap<String, Window>>,
}

struct Window {
    since: Millis,
    rows: u32,
}

impl Window {
    fn is_over(&self, now: Millis) -> bool {
        is_over(self.since, HOUR, now)
    }
}

/// Whether an honest session causes such events all the time.
pub(super) fn is_routine(event: &Event) -> bool {
    matches!(
        EventKind::parse(&event.kind),
        Some(EventKind::Refreshed | EventKind::RefreshRetried | EventKind::RefreshRaced)
    )
}

impl Budget {
    /// Whether the event is to be written; if so, counts it.
    pub(super) fn try_count(&self, event: &Event) -> bool {
        let now = Millis(event.at.max(0).unsigned_abs());
        let keys = keys(event);
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, _) in &keys {
            if windows.get(key).is_some_and(|window| window.is_over(now)) {
                windows.remove(key);
            }
        }
        let is_full = |(key, limit): &(String, u32)| {
            windows.get(key).is_some_and(|window| window.rows >= *limit)
        };
        if keys.iter().any(is_full) {
            return false;
        }
        for (key, _) in keys {
            if let Some(window) = windows.get_mut(&key) {
                window.rows += 1;
            } else if windows.len() < MAX_WINDOWS {
                let first = Window {
                    since: now,
                    rows: 1,
                };
                windows.insert(key, first);
            }
        }
        true
    }

    /// Removes hours that have passed.
    pub(super) fn prune(&self, now: Millis) {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        windows.retain(|_, window| !window.is_over(now));
    }
}

/// The counters of an event and their limits.
fn keys(event: &Event) -> Vec<(String, u32)> {
    let key = |kind: &str, of: &Option<String>, limit| {
        let of = of.as_ref()?;
        Some((format!("{kind}:{of}"), limit))
    };
    let address = || event.ip.as_ref()?.parse().ok().map(ip_prefix);
    let (user, session) = (&event.user_id, &event.session_id);
    let keys = if is_routine(event) {
        [
            key("session", session, ROUTINE_PER_SESSION),
            key("user", user, ROUTINE_PER_USER),
        ]
    } else if user.is_some() {
        [key("failed", user, FAILURES_PER_USER), None]
    } else {
        [key("address", &address(), FAILURES_PER_ADDRESS), None]
    };
    keys.into_iter().flatten().collect()
}
