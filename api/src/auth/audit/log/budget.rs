//! How many rows of what merely happens one session, user or address may cause in an hour. What is
//! beyond is counted and not written, so that nobody fills the table. Counted in this process alone,
//! like the refreshes themselves: several nodes write so many each.

use crate::auth::rate_limit::ip_prefix;
use crate::db::event::Event;
use crate::db::throttle::is_over;
use protocol::Millis;
use shared::event::EventKind;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const HOUR: Millis = Millis::from_secs(3_600);
/// A browser refreshes about five times an hour, and once more for each page that is loaded anew.
pub const ROUTINE_PER_SESSION: u32 = 60;
/// As if four sessions were as busy as one may be: new sessions bring no rows without end.
pub const ROUTINE_PER_USER: u32 = 240;
/// As many wrong passwords of a user as ten a limit's window, and all windows of an hour.
pub const FAILURES_PER_USER: u32 = 60;
/// The same for names that nobody has, by the address that tried them, as the limits of tries see it.
pub const FAILURES_PER_ADDRESS: u32 = 60;
/// More sessions, users and addresses than are busy in one hour; beyond, all is written.
const MAX_WINDOWS: usize = 100_000;

/// What was written in the hours that go on.
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

/// Whether an event is part of every honest session's day.
pub(super) fn is_routine(event: &Event) -> bool {
    matches!(
        EventKind::parse(&event.kind),
        Some(EventKind::Refreshed | EventKind::RefreshRetried | EventKind::RefreshRaced)
    )
}

impl Budget {
    /// Whether it is to be written; then it counts.
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

    /// Forgets hours that are over.
    pub(super) fn prune(&self, now: Millis) {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        windows.retain(|_, window| !window.is_over(now));
    }
}

/// By what an event is counted, and how many there may be.
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
