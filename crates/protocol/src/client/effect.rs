use super::event::TokenSource;
use super::{Epoch, Millis};

/// What the driver executes after a step, in the order of the fields.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Effects<R> {
    /// Store the access token of the event under the machine's newest serial.
    pub store_token: bool,
    /// Remove the access token from memory.
    pub clear_token: bool,
    /// Write this hint to storage.
    pub hint: Option<Hint>,
    /// Remove the attempt key: the response is stored.
    pub clear_attempt_key: bool,
    /// Send this to the sibling tabs.
    pub broadcast: Option<Broadcast<R>>,
    /// Check after a short delay whether a sibling started a refresh lately; the result returns with
    /// this epoch.
    pub probe_siblings: Option<Epoch>,
    /// Send a refresh; its response returns with this epoch.
    pub start_refresh: Option<Epoch>,
    /// Send a logout; its response returns with this epoch.
    pub start_logout: Option<Epoch>,
    /// Resume the queued calls.
    pub resume_queued: Option<Resume>,
    /// Set the only timer to this time.
    pub set_timer: Option<Millis>,
}

impl<R> Effects<R> {
    /// No effects.
    pub const fn none() -> Self {
        Self {
            store_token: false,
            clear_token: false,
            hint: None,
            clear_attempt_key: false,
            broadcast: None,
            probe_siblings: None,
            start_refresh: None,
            start_logout: None,
            resume_queued: None,
            set_timer: None,
        }
    }
}

/// A non-secret entry in local storage that says whether a session may exist, so that a first visit
/// sends no failing request and an unconfirmed logout survives a reload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hint {
    /// Never signed in, or signed out in this epoch.
    SignedOut(Epoch),
    /// Signed in, in this epoch.
    SignedIn(Epoch),
    /// Signed out in this epoch, and the server has not confirmed it.
    LogoutPending(Epoch),
}

impl Hint {
    /// The newest epoch of this browser.
    pub const fn epoch(self) -> Epoch {
        match self {
            Self::SignedOut(epoch) | Self::SignedIn(epoch) | Self::LogoutPending(epoch) => epoch,
        }
    }
}

/// A message to the sibling tabs. It carries a result, never a request to refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Broadcast<R> {
    /// Requests the current token; the tab that refreshed last responds.
    TokenRequest(Epoch),
    /// Shares a token; the driver adds the token and its lifetime.
    Token(Epoch, TokenSource),
    /// The session ended.
    SignedOut(Epoch, R),
}

/// How queued calls resume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resume {
    /// There is a token, or the session ended: check the gate again.
    Retry,
    /// There is no token for now: fail with the error of the refresh.
    Fail,
}
