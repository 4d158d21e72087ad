//! The server's decision for a presented refresh token: rotate, reissue, revoke or reject.

use crate::Millis;

/// How many times the previous token is accepted within one grace period.
pub const MAX_GRACE_REUSES: u16 = 20;

/// How far ahead of this node's clock a session may have been created or rotated. Clocks of nodes
/// differ and may be set back; tokens for a session from further ahead would fail verification.
pub const MAX_CLOCK_SKEW: Millis = Millis::from_secs(3_600);

/// The hash of an attempt key (an idempotency key), as the session stores it.
///
/// The browser generates the key when it first sends its current refresh token, shares it between
/// tabs, and discards it when a response is stored. It is not a credential: it distinguishes a retry
/// from a stolen copy.
pub type AttemptKeyHash = [u8; 32];

/// The stored state of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Session {
    /// The number of the newest refresh token.
    pub generation: u32,
    /// When that token was issued.
    pub rotated_at: Millis,
    /// The attempt key that was sent for it, if any.
    pub attempt_key: Option<AttemptKeyHash>,
    /// How often the previous token was accepted in the grace period since.
    pub grace_reuses: u16,
    /// When the session expires unless it is refreshed.
    pub idle_expires_at: Millis,
    /// When the session expires in any case.
    pub absolute_expires_at: Millis,
    /// Whether the session was revoked.
    pub revoked: bool,
    /// Whether the user's account is enabled.
    pub user_enabled: bool,
}

/// The durations that the decision uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RefreshPolicy {
    /// How long a retry with the same attempt key gets the lost response.
    pub retry_window: Millis,
    /// How long after a rotation another tab may present the previous token.
    pub grace_period: Millis,
    /// How long a session lasts without a refresh.
    pub idle_timeout: Millis,
}

/// What the server does. `Rotate`, `Reissue(GracePeriod)` and `Revoke` write to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Compare-and-swap to the next generation and respond with its token. If the swap fails, read
    /// the session again and decide again.
    Rotate,
    /// Respond with the current token, the successor of the presented one.
    Reissue(ReissueReason),
    /// Token reuse: revoke the session and only then respond `reused`.
    Revoke,
    /// Respond with an error; nothing changes.
    Reject(RejectReason),
}

/// Why the previous token is accepted once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReissueReason {
    /// Same attempt key: the response was lost.
    IdempotentRetry,
    /// Another tab used it a moment ago. Counts against [`MAX_GRACE_REUSES`].
    GracePeriod,
}

/// Why a token is rejected without a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RejectReason {
    /// No such session, or the authentication tag is wrong. Anyone can send this.
    Invalid,
    /// The session was revoked.
    Revoked,
    /// The user is disabled or deleted.
    Disabled,
    /// The idle timeout or the absolute end has passed.
    Expired,
    /// The session was created or rotated more than [`MAX_CLOCK_SKEW`] after now: the clock was set
    /// back. The user has to sign in again.
    FutureSession,
    /// The presented generation is newer than the session: the database was restored from an older
    /// state. Callers log this as an error.
    GenerationAhead,
}

/// Decides about the token of generation `presented`; its tag was verified against this session.
///
/// Revocation precedes expiry, expiry precedes the grace periods.
pub fn decide(
    session: &Session,
    presented: u32,
    attempt_key: Option<&AttemptKeyHash>,
    now: Millis,
    policy: &RefreshPolicy,
) -> Decision {
    if let Some(reason) = reject_reason(session, now) {
        return Decision::Reject(reason);
    }
    if presented == session.generation {
        return Decision::Rotate;
    }
    if presented > session.generation {
        return Decision::Reject(RejectReason::GenerationAhead);
    }
    if presented.checked_add(1) != Some(session.generation) {
        return Decision::Revoke;
    }
    let age = now - session.rotated_at;
    let same_attempt = attempt_key.is_some() && attempt_key == session.attempt_key.as_ref();
    if same_attempt && age <= policy.retry_window {
        Decision::Reissue(ReissueReason::IdempotentRetry)
    } else if age <= policy.grace_period && session.grace_reuses < MAX_GRACE_REUSES {
        Decision::Reissue(ReissueReason::GracePeriod)
    } else {
        Decision::Revoke
    }
}

/// Why no token of this session is accepted any more, if so.
pub fn reject_reason(session: &Session, now: Millis) -> Option<RejectReason> {
    if session.revoked {
        Some(RejectReason::Revoked)
    } else if !session.user_enabled {
        Some(RejectReason::Disabled)
    } else if now >= session.idle_expires_at || now >= whole_seconds(session.absolute_expires_at) {
        Some(RejectReason::Expired)
    } else if session.rotated_at > now + MAX_CLOCK_SKEW {
        // A session is never rotated before it is created.
        Some(RejectReason::FutureSession)
    } else {
        None
    }
}

/// Access tokens expire on whole seconds: a session whose last second has begun cannot issue one.
fn whole_seconds(end: Millis) -> Millis {
    Millis::from_secs(end.as_secs())
}

/// The session after a rotation, as the compare-and-swap writes it.
#[must_use]
pub fn rotated(
    session: &Session,
    attempt_key: Option<AttemptKeyHash>,
    now: Millis,
    policy: &RefreshPolicy,
) -> Session {
    Session {
        generation: session.generation.saturating_add(1),
        // Clocks may be set back; `rotated_at` never decreases.
        rotated_at: now.max(session.rotated_at),
        attempt_key,
        grace_reuses: 0,
        idle_expires_at: session.absolute_expires_at.min(now + policy.idle_timeout),
        ..*session
    }
}

#[cfg(test)]
mod tests;
