//! The browser's half: who may call, who refreshes, who waits, and what ends a session.
//!
//! One [`Machine`] a tab. It knows neither tokens nor HTTP: the access token is a serial number,
//! an answer is what it means. The driver hands it [`Event`]s with a monotonic time and carries
//! out the [`Effects`]. No lock between tabs is needed: the server is the arbiter, siblings only
//! spare each other work.
//!
//! `R` is why a session ended, in the words of the application's contract; the machine passes it
//! on and never looks inside.

mod effect;
mod event;
mod gate;
mod grant;
mod step;

pub use effect::{Effects, Hint, Release, Telling};
pub use event::{Answer, Event, Grantor, Jitter, Life};
pub use gate::{Gate, Phase};
pub use grant::{BACKOFF_BASE, BACKOFF_MAX, Grant};
pub use step::step;

use crate::Millis;

/// Counts sign-ins and sign-outs of this browser. An answer from an older epoch is dropped, so a
/// refresh that is in flight during a sign-out cannot bring the session back.
pub type Epoch = u64;

/// All that one tab knows of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Machine<R> {
    /// The sign-in or sign-out that is in force.
    pub epoch: Epoch,
    /// Where the tab stands.
    pub state: State<R>,
    /// The number of the newest access token this tab had; never goes back.
    pub serial: u32,
}

/// Where a tab stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State<R> {
    /// Nobody is signed in here.
    SignedOut {
        /// Why a session ended; `None` where none was.
        reason: Option<R>,
        /// A sign-out that the server has not heard of yet.
        leaving: Option<Effort>,
    },
    /// A session exists, or may exist.
    Live {
        /// The access token; `None` while the page restores it.
        grant: Option<Grant>,
        /// What is being done for the next one.
        effort: Effort,
    },
}

/// What is being done towards an answer of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effort {
    /// Nothing is needed now.
    Idle,
    /// The page was just loaded and looks whether a sibling is at it already.
    Looking,
    /// A sibling is, or was a moment ago: it is asked for what it got.
    ///
    /// Of many tabs that are restored one after the other, each would spend the token that the one
    /// before it got, and a request that two of them overtake looks like a stolen token's.
    Asking {
        /// When to set out without it.
        until: Millis,
    },
    /// A request is on its way; every caller shares it.
    InFlight {
        /// How many tries before it failed.
        failures: u8,
        /// Whether one of them was rejected.
        rejected: bool,
    },
    /// The last try failed, which ended nothing: an outage, or a rejected request.
    Waiting {
        /// How many tries failed so far.
        failures: u8,
        /// Whether one of them was rejected. It stays set until a try succeeds, so that the sign-in
        /// form does not vanish under a user who types in it.
        rejected: bool,
        /// When to try again.
        retry_at: Millis,
        /// Whether the server named that time (`Retry-After`); then nothing makes it earlier.
        asked: bool,
    },
}

impl Effort {
    /// How many tries failed so far, and whether one of them was rejected.
    const fn failures(self) -> (u8, bool) {
        match self {
            Self::InFlight { failures, rejected }
            | Self::Waiting {
                failures, rejected, ..
            } => (failures, rejected),
            Self::Idle | Self::Looking | Self::Asking { .. } => (0, false),
        }
    }
}

impl<R> Machine<R> {
    /// A tab that has not looked yet whether a session exists.
    pub const fn new() -> Self {
        Self {
            epoch: 0,
            state: State::SignedOut {
                reason: None,
                leaving: None,
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
