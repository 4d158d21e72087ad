use super::event::Grantor;
use super::{Epoch, Millis};

/// What the driver does after a step, in the order of the fields.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Effects<R> {
    /// Keep the access token that the event brought, under the machine's newest serial.
    pub keep_token: bool,
    /// Drop the access token from memory.
    pub drop_token: bool,
    /// Write this hint to storage.
    pub hint: Option<Hint>,
    /// Forget the attempt key: an answer is stored, the next attempt is another one.
    pub forget_attempt: bool,
    /// Tell the siblings.
    pub tell: Option<Telling<R>>,
    /// Look, in a moment, whether a sibling set out to spend the refresh token lately; what is seen
    /// comes back with this epoch.
    pub look: Option<Epoch>,
    /// Start a refresh; its answer comes back with this epoch.
    pub refresh: Option<Epoch>,
    /// Tell the server that the session is over; the answer comes back with this epoch.
    pub leave: Option<Epoch>,
    /// Let the parked calls go on.
    pub release: Option<Release>,
    /// Set the one timer to this time, in place of what it was set to before.
    pub wake_at: Option<Millis>,
}

impl<R> Effects<R> {
    /// Nothing to do.
    pub const fn none() -> Self {
        Self {
            keep_token: false,
            drop_token: false,
            hint: None,
            forget_attempt: false,
            tell: None,
            look: None,
            refresh: None,
            leave: None,
            release: None,
            wake_at: None,
        }
    }
}

/// The readable, non-secret note in storage that says whether a session may exist, so that a first
/// visit makes no failing call and a sign-out that the server never heard of is not forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hint {
    /// Nobody ever signed in, or somebody signed out, in this epoch.
    Nobody(Epoch),
    /// Somebody signed in, in this epoch.
    Somebody(Epoch),
    /// Somebody signed out, in this epoch, and the server has not heard of it.
    Leaving(Epoch),
}

impl Hint {
    /// The newest epoch of this browser.
    pub const fn epoch(self) -> Epoch {
        match self {
            Self::Nobody(epoch) | Self::Somebody(epoch) | Self::Leaving(epoch) => epoch,
        }
    }
}

/// What the siblings hear. It carries the result, never "go and fetch".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Telling<R> {
    /// Which token is there? The one that set out lately answers.
    Asked(Epoch),
    /// Here is a token; the driver adds the token itself and how long it lives.
    Granted(Epoch, Grantor),
    /// The session is over.
    Left(Epoch, R),
}

/// How parked calls go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Release {
    /// There is a token: pass the gate again.
    Go,
    /// There is none for now: fail with the error of the refresh.
    Fail,
}
