//! How many files and sockets the system lets this process open.

use crate::config::ConnectionLimits;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What is needed besides connections: the database, its log, the app's files, the listeners.
const RESERVED: u64 = 128;

/// Asks the system for as much as it gives, and lowers the limits to what that allows.
pub fn fit(limits: ConnectionLimits) -> ConnectionLimits {
    let Some(most) = raise() else { return limits };
    // Where there is hardly anything, a few connections are better than none.
    let room = usize::try_from(most.saturating_sub(RESERVED).max(16)).unwrap_or(usize::MAX);
    if limits.total > room {
        tracing::warn!(
            max_connections = room,
            descriptors = most,
            "fewer connections than MAX_CONNECTIONS: the system lets this process open too few files"
        );
    }
    ConnectionLimits {
        total: limits.total.min(room),
        per_address: limits.per_address.min(room),
    }
}

/// The system has a soft limit, which is ours to raise, and a hard one; `None` is without a limit.
fn raise() -> Option<u64> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: maximum,
        maximum,
    };
    match setrlimit(Resource::Nofile, raised) {
        Ok(()) => maximum,
        Err(_) => current,
    }
}
