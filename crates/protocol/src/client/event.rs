use super::Epoch;
use super::effect::Hint;
use crate::Millis;

/// A random number from the driver; the machine spreads its timers with it.
pub type Jitter = u16;

/// What happens to a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event<R> {
    /// The page was loaded, with this hint in storage.
    Start(Hint),
    /// An access token arrived that starts a session or replaces one: after a form was answered.
    SignedIn {
        /// How long the token lives.
        life: Life,
        /// The newest epoch this browser knows of, from the hint in storage.
        known: Epoch,
    },
    /// The page looked around, as [`super::Effects::look`] said.
    Looked {
        /// The epoch of the effect.
        epoch: Epoch,
        /// Whether a sibling set out to spend the refresh token a moment ago, and is still there.
        /// It may have been seen too late: this only spares work.
        sibling: bool,
    },
    /// The refresh that was started in that epoch was answered.
    Refreshed {
        /// The epoch of its [`super::Effects::refresh`].
        epoch: Epoch,
        /// What came back.
        answer: Answer<R>,
        /// Spreads the early refresh or the backoff.
        jitter: Jitter,
    },
    /// The sign-out that was started in that epoch was answered.
    LeftAnswered {
        /// The epoch of its [`super::Effects::leave`].
        epoch: Epoch,
        /// What came back; a new token or an ended session means that the server has heard.
        answer: Answer<R>,
        /// Spreads the backoff.
        jitter: Jitter,
    },
    /// The API refused a call with a code that says: refresh.
    CallRefused {
        /// The token that the call was sent with.
        serial: u32,
    },
    /// The API refused a call with a code that says: the session is over.
    CallEnded {
        /// The token that the call was sent with.
        serial: u32,
        /// Why.
        reason: R,
    },
    /// A call wants a token and finds none that is good.
    Wanted,
    /// The timer rang.
    Tick,
    /// The page came back: it was shown, woken, or the network returned. It may have missed what
    /// its siblings told, so it brings the hint that is in storage now.
    Wake {
        /// The hint.
        hint: Hint,
        /// Why nobody is signed in, where the hint says that nobody is.
        reason: Option<R>,
    },
    /// The person asked to leave.
    SignOut {
        /// What the sign-in page will say.
        reason: R,
        /// The newest epoch this browser knows of, from the hint in storage.
        known: Epoch,
    },
    /// A sibling tab tells of a token.
    SiblingGranted {
        /// The sibling's epoch.
        epoch: Epoch,
        /// How long the token still lives.
        life: Life,
        /// Whether a sign-in or a refresh brought it.
        by: Grantor,
    },
    /// A sibling tab was just loaded and asks for our token.
    SiblingAsked {
        /// The sibling's epoch.
        epoch: Epoch,
    },
    /// A sibling tab tells that the session is over.
    SiblingLeft {
        /// The sibling's epoch.
        epoch: Epoch,
        /// Why.
        reason: R,
    },
}

/// How long a token lives, and where in its last third the next one is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Life {
    /// How long the token lives from now.
    pub ttl: Millis,
    /// Spreads the early refresh.
    pub jitter: Jitter,
}

/// What brought an access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grantor {
    /// A name and a password; it starts an epoch.
    SignIn,
    /// The refresh token.
    Refresh,
}

/// What an answer to a refresh or a sign-out means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer<R> {
    /// An access token that lives that long; for a sign-out: done.
    Granted {
        /// How long the token lives.
        ttl: Millis,
    },
    /// An outage: no network, a timeout, 408, 429, 5xx, or an answer that is not the API's. Never
    /// ends a session.
    Transient {
        /// What `Retry-After` asks for.
        retry_after: Option<Millis>,
    },
    /// The request itself was rejected, whatever the session is worth. Ends no session and spends no
    /// token: it is tried again like after an outage. Unlike an outage it may last, so the interface
    /// offers a new sign-in and a sign-out meanwhile.
    Rejected {
        /// Whether the API said so in its own words. What stands before it may only be passing
        /// (a proxy during a deployment), so it counts from the third failure on.
        by_api: bool,
    },
    /// The server says that the session is over.
    Ended(R),
}
