use super::{Machine, RequestStatus, State};
use crate::Millis;

/// Whether a call may be sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gate {
    /// Send it with the token of this serial.
    Proceed(u32),
    /// Wait for the shared refresh; pass [`super::Event::TokenRequested`] first.
    Wait,
    /// Fail with the error of the last refresh: its backoff has not elapsed.
    Unavailable,
    /// No session.
    SignedOut,
}

/// The session state that the interface shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// The page was just loaded and restores the session.
    Restoring,
    /// No session.
    SignedOut,
    /// A session with a valid token.
    SignedIn,
    /// A session whose next token is requested.
    Refreshing,
    /// There may be a session, and the server cannot be reached.
    Offline,
    /// There may be a session, and the server rejects the refresh. A retry may help, a new sign-in
    /// does.
    Rejected,
}

impl<R> Machine<R> {
    /// Whether a call may be sent.
    pub fn gate(&self, now: Millis) -> Gate {
        match &self.state {
            State::SignedOut { .. } => Gate::SignedOut,
            State::Active { grant, request } => match (grant, request) {
                (Some(grant), _) if grant.is_valid(now) => Gate::Proceed(grant.serial),
                (_, RequestStatus::Backoff { retry_at, .. }) if now < *retry_at => {
                    Gate::Unavailable
                }
                _ => Gate::Wait,
            },
        }
    }

    /// The session state that the interface shows.
    pub fn phase(&self, now: Millis) -> Phase {
        match &self.state {
            State::SignedOut { .. } => Phase::SignedOut,
            State::Active { grant, request } => match (grant, request) {
                (
                    None,
                    RequestStatus::Idle
                    | RequestStatus::ProbingSiblings
                    | RequestStatus::AwaitingSibling { .. }
                    | RequestStatus::InFlight { failures: 0, .. },
                ) => Phase::Restoring,
                (Some(_), RequestStatus::InFlight { failures: 0, .. }) => Phase::Refreshing,
                (Some(grant), request)
                    if *request == RequestStatus::Idle || grant.is_valid(now) =>
                {
                    Phase::SignedIn
                }
                (
                    _,
                    RequestStatus::InFlight { rejected: true, .. }
                    | RequestStatus::Backoff { rejected: true, .. },
                ) => Phase::Rejected,
                (None | Some(_), _) => Phase::Offline,
            },
        }
    }
}
