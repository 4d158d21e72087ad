use super::{Effort, Machine, State};
use crate::Millis;

/// What a call does that wants to go out now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gate {
    /// Go, with the token of this serial.
    Go(u32),
    /// Wait for the refresh that everybody shares; hand in [`super::Event::Wanted`] first.
    Park,
    /// Fail with the error of the last refresh: its next try has its time.
    Busy,
    /// Nobody is signed in.
    SignedOut,
}

/// What the interface shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// The page was just loaded; neither the app nor the sign-in page yet.
    Restoring,
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is, with a good token.
    SignedIn,
    /// Somebody is, and the next token is on its way.
    Refreshing,
    /// Somebody is or may be, and the server cannot be reached for a token now.
    Offline,
    /// Somebody is or may be, and the server rejects the request for a token. Trying again may help,
    /// signing in anew does.
    Rejected,
}

impl<R> Machine<R> {
    /// Whether a call may go out.
    pub fn gate(&self, now: Millis) -> Gate {
        match &self.state {
            State::SignedOut { .. } => Gate::SignedOut,
            State::Live { grant, effort } => match (grant, effort) {
                (Some(grant), _) if grant.is_good(now) => Gate::Go(grant.serial),
                (_, Effort::Waiting { retry_at, .. }) if now < *retry_at => Gate::Busy,
                _ => Gate::Park,
            },
        }
    }

    /// What the interface shows.
    pub fn phase(&self, now: Millis) -> Phase {
        match &self.state {
            State::SignedOut { .. } => Phase::SignedOut,
            State::Live { grant, effort } => match (grant, effort) {
                (
                    None,
                    Effort::Idle
                    | Effort::Looking
                    | Effort::Asking { .. }
                    | Effort::InFlight { failures: 0, .. },
                ) => Phase::Restoring,
                (Some(_), Effort::InFlight { failures: 0, .. }) => Phase::Refreshing,
                (Some(grant), effort) if *effort == Effort::Idle || grant.is_good(now) => {
                    Phase::SignedIn
                }
                (
                    _,
                    Effort::InFlight { rejected: true, .. }
                    | Effort::Waiting { rejected: true, .. },
                ) => Phase::Rejected,
                (None | Some(_), _) => Phase::Offline,
            },
        }
    }
}
