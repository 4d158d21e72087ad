use super::Epoch;
use super::effect::Hint;
use crate::Millis;

/// A random number from the driver that spreads timers.
pub type Jitter = u16;

/// An input of the state machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event<R> {
    /// The page was loaded, with this hint in storage.
    PageLoaded(Hint),
    /// A sign-in form returned an access token, which starts or replaces a session.
    SignedIn {
        /// The lifetime of the token.
        lifetime: TokenLifetime,
        /// The newest epoch of this browser, from the hint in storage.
        known: Epoch,
    },
    /// The result of [`super::Effects::probe_siblings`].
    SiblingsProbed {
        /// The epoch of the effect.
        epoch: Epoch,
        /// Whether a sibling that is still open started a refresh a moment ago. A wrong value costs
        /// a request, not correctness.
        sibling: bool,
    },
    /// The response to a refresh.
    RefreshResponse {
        /// The epoch of its [`super::Effects::start_refresh`].
        epoch: Epoch,
        /// The result.
        response: ServerResponse<R>,
        /// Spreads the early refresh or the backoff.
        jitter: Jitter,
    },
    /// The response to a logout.
    LogoutResponse {
        /// The epoch of its [`super::Effects::start_logout`].
        epoch: Epoch,
        /// The result; `Granted` and `SessionEnded` both confirm the logout.
        response: ServerResponse<R>,
        /// Spreads the backoff.
        jitter: Jitter,
    },
    /// The API rejected a call with a code that asks for a refresh.
    CallUnauthorized {
        /// The token that the call was sent with.
        serial: u32,
    },
    /// The API rejected a call because the session ended.
    CallSessionEnded {
        /// The token that the call was sent with.
        serial: u32,
        /// Why.
        reason: R,
    },
    /// A call needs a token and there is no valid one.
    TokenRequested,
    /// The timer set by [`super::Effects::set_timer`] fired.
    TimerFired,
    /// The page was shown or resumed, or the network returned. Broadcasts may have been missed, so
    /// the event carries the current hint from storage.
    PageResumed {
        /// The hint.
        hint: Hint,
        /// Why the session ended, where the hint says that there is none.
        reason: Option<R>,
    },
    /// The user signed out.
    SignOut {
        /// The reason that the sign-in page shows.
        reason: R,
        /// The newest epoch of this browser, from the hint in storage.
        known: Epoch,
    },
    /// A sibling tab shares a token.
    SiblingToken {
        /// The sibling's epoch.
        epoch: Epoch,
        /// The remaining lifetime of the token.
        lifetime: TokenLifetime,
        /// Whether a sign-in or a refresh issued it.
        source: TokenSource,
    },
    /// A sibling tab was just loaded and requests the token.
    SiblingTokenRequest {
        /// The sibling's epoch.
        epoch: Epoch,
    },
    /// A sibling tab reports that the session ended.
    SiblingSignedOut {
        /// The sibling's epoch.
        epoch: Epoch,
        /// Why.
        reason: R,
    },
}

/// The lifetime of a token, and the jitter of the refresh before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenLifetime {
    /// The lifetime from now.
    pub ttl: Millis,
    /// Spreads the early refresh.
    pub jitter: Jitter,
}

/// What issued an access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenSource {
    /// A sign-in form; it starts an epoch.
    SignIn,
    /// The refresh token.
    Refresh,
}

/// The meaning of a response to a refresh or a logout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ServerResponse<R> {
    /// Success: an access token, or a confirmed logout.
    Granted {
        /// The lifetime of the token.
        ttl: Millis,
    },
    /// An outage: no network, a timeout, 408, 429, 5xx, or a response that is not the API's. Never
    /// ends a session.
    Transient {
        /// The value of `Retry-After`.
        retry_after: Option<Millis>,
    },
    /// The request was rejected for a reason that says nothing about the session, which stays. It is
    /// retried as after an outage. Unlike an outage it may last, so the interface offers sign-in and
    /// sign-out meanwhile.
    Rejected {
        /// Whether the response is the API's own. A proxy's may be temporary (a deployment), so it
        /// counts from the third failure on.
        by_api: bool,
    },
    /// The server reports that the session ended.
    SessionEnded(R),
}
