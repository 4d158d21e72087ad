//! The browser's state machine: which calls proceed, who refreshes, who waits, what ends a session.
//!
//! Each tab runs one [`Machine`]. It handles neither tokens nor HTTP: an access token is a serial
//! number, a response is its meaning. The driver passes [`Event`]s with a monotonic time and executes
//! the [`Effects`]. Tabs need no lock: the server decides races, and tabs share tokens to save
//! requests.
//!
//! `R` is the application's reason for the end of a session; the machine only passes it on.
mod effect;
mod event;
mod gate;
mod grant;
mod step;

pub use effect::{Broadcast, Effects, Hint, Resume};
pub use event::{Event, Jitter, ServerResponse, TokenLifetime, TokenSource};
pub use gate::{Gate, Phase};
pub use grant::{AccessGrant, BACKOFF_BASE, BACKOFF_MAX};
pub use step::step;

use crate::Millis;

/// Counts sign-ins and sign-outs of this browser. A response from an older epoch is dropped, so a
/// refresh that is in flight during a sign-out cannot restore the session.
pub type Epoch = u64;

/// The state of one tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Machine<R> {
    /// The current sign-in or sign-out.
    pub epoch: Epoch,
    /// Signed out or active.
    pub state: State<R>,
    /// The serial number of the newest access token of this tab; never decreases.
    pub serial: u32,
}

/// Whether a tab has a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State<R> {
    /// No session.
    SignedOut {
        /// Why the session ended; `None` if there was none.
        reason: Option<R>,
        /// A logout that the server has not confirmed yet.
        pending_logout: Option<RequestStatus>,
    },
    /// A session exists, or may exist.
    Active {
        /// The access token; `None` while the page restores the session.
        grant: Option<AccessGrant>,
        /// The request for the next access token.
        request: RequestStatus,
    },
}

/// The progress of a refresh or a logout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestStatus {
    /// No request is needed.
    Idle,
    /// The page was just loaded and checks whether a sibling tab is refreshing already.
    ProbingSiblings,
    /// A sibling tab refreshes or has just refreshed; this tab requests its token.
    ///
    /// Otherwise each of many restored tabs would use the token that the previous tab received, and
    /// a request that two others overtake looks like token reuse.
    AwaitingSibling {
        /// When to refresh without it.
        until: Millis,
    },
    /// A request is in flight; all callers share it.
    InFlight {
        /// How many attempts failed before it.
        failures: u8,
        /// Whether one of them was rejected.
        rejected: bool,
    },
    /// The last attempt failed without ending the session: an outage or a rejected request.
    Backoff {
        /// How many attempts failed so far.
        failures: u8,
        /// Whether one of them was rejected. Stays set until an attempt succeeds, so that the
        /// sign-in form does not disappear while the user types.
        rejected: bool,
        /// When to try again.
        retry_at: Millis,
        /// Whether the server set that time (`Retry-After`); then nothing shortens the wait.
        server_requested: bool,
    },
}

impl RequestStatus {
    /// How many attempts failed so far, and whether one was rejected.
    const fn failures(self) -> (u8, bool) {
        match self {
            Self::InFlight { failures, rejected }
            | Self::Backoff {
                failures, rejected, ..
            } => (failures, rejected),
            Self::Idle | Self::ProbingSiblings | Self::AwaitingSibling { .. } => (0, false),
        }
    }
}

impl<R> Machine<R> {
    /// A tab that does not know yet whether a session exists.
    pub const fn new() -> Self {
        Self {
            epoch: 0,
            state: State::SignedOut {
                reason: None,
                pending_logout: None,
            },
            serial: 0,
        }
    }
}

impl<R> Default for Machine<R> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
