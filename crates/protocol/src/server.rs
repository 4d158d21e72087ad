//! The server's half: what a presented refresh token deserves.

use crate::Millis;

/// How many times the previous token may be answered by the race rule; more is no browser.
pub const RACE_USES_MAX: u16 = 20;

/// How far in the future a session may have been made or rotated. Clocks of nodes differ, and one may
/// be set back; a session from further ahead makes no sense: what is counted from its times would be
/// wrong for as long, and the tokens that say when it began would be refused.
pub const SKEW_MAX: Millis = Millis::from_secs(3_600);

/// The hash of an attempt key, as the session stores it.
///
/// The key is a random id that a browser makes when it first sets out to spend its current token,
/// shares between its tabs and drops once an answer is stored. It is no credential: it only tells
/// an honest retry from a copy in other hands.
pub type AttemptHash = [u8; 32];

/// What a session's row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Session {
    /// The number of the newest refresh token.
    pub generation: u32,
    /// When that token was made.
    pub rotated_at: Millis,
    /// The attempt that made it, if the browser named one.
    pub attempt: Option<AttemptHash>,
    /// How often the race rule answered since.
    pub race_uses: u16,
    /// When the session ends if it is not used.
    pub idle_expires_at: Millis,
    /// When the session ends in any case.
    pub absolute_expires_at: Millis,
    /// Whether the session was ended; why is the application's business.
    pub revoked: bool,
    /// Whether its person may be signed in at all.
    pub user_enabled: bool,
}

/// The lengths of time that the rules use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Windows {
    /// How long a browser may ask again for an answer that it lost.
    pub retry: Millis,
    /// How long tabs that did not share an attempt key may trail behind one another.
    pub race: Millis,
    /// How long a session lives without being used.
    pub idle: Millis,
}

/// What the server does. Only `Rotate`, `Repeat` by race, and `End` write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Compare-and-swap to the next generation, then answer with its token. If the swap finds
    /// another generation, or the session ended, read again and decide again.
    Rotate,
    /// Answer with the current token, which is the successor of the presented one.
    Repeat(Repeat),
    /// A spent token came again: end the session, and only then answer `reused`.
    End,
    /// Answer with the refusal; nothing changes.
    Refuse(Refusal),
}

/// Why the previous token is answered once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Repeat {
    /// The attempt that spent it asks again: its answer was lost.
    Retry,
    /// Another tab spent it a moment ago. Counts against [`RACE_USES_MAX`].
    Race,
}

/// Why a token is refused without a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// No such session, or the tag is not ours. Anybody can send this, so nothing may change.
    Invalid,
    /// The session was ended.
    Revoked,
    /// The person is disabled or gone.
    Disabled,
    /// The session reached its idle or absolute end.
    Expired,
    /// The session was made or rotated more than [`SKEW_MAX`] later than now: the clock was set back.
    /// Its person signs in again.
    FutureSession,
    /// Newer than the newest: the database was restored from an older state. Never accepted;
    /// worth a critical line in the log.
    FromTheFuture,
}

/// Judges the token of generation `presented`, whose tag was verified against this session.
///
/// Revocation beats all, expiry beats the windows.
pub fn decide(
    session: &Session,
    presented: u32,
    attempt: Option<&AttemptHash>,
    now: Millis,
    windows: &Windows,
) -> Decision {
    if let Some(refusal) = over(session, now) {
        return Decision::Refuse(refusal);
    }
    if presented == session.generation {
        return Decision::Rotate;
    }
    if presented > session.generation {
        return Decision::Refuse(Refusal::FromTheFuture);
    }
    if presented.checked_add(1) != Some(session.generation) {
        return Decision::End;
    }
    let age = now - session.rotated_at;
    let same_attempt = attempt.is_some() && attempt == session.attempt.as_ref();
    if same_attempt && age <= windows.retry {
        Decision::Repeat(Repeat::Retry)
    } else if age <= windows.race && session.race_uses < RACE_USES_MAX {
        Decision::Repeat(Repeat::Race)
    } else {
        Decision::End
    }
}

/// Why nothing of this session is accepted any more, if so.
pub fn over(session: &Session, now: Millis) -> Option<Refusal> {
    if session.revoked {
        Some(Refusal::Revoked)
    } else if !session.user_enabled {
        Some(Refusal::Disabled)
    } else if now >= session.idle_expires_at || now >= whole_seconds(session.absolute_expires_at) {
        Some(Refusal::Expired)
    } else if session.rotated_at > now + SKEW_MAX {
        // It never was made later than it was rotated.
        Some(Refusal::FutureSession)
    } else {
        None
    }
}

/// The end of a session in the unit of its access tokens: one that is issued later is over already.
fn whole_seconds(end: Millis) -> Millis {
    Millis::from_secs(end.as_secs())
}

/// The session after a rotation: what the compare-and-swap writes.
#[must_use]
pub fn rotated(
    session: &Session,
    attempt: Option<AttemptHash>,
    now: Millis,
    windows: &Windows,
) -> Session {
    Session {
        generation: session.generation.saturating_add(1),
        // A clock that was set back must not move the session into the past.
        rotated_at: now.max(session.rotated_at),
        attempt,
        race_uses: 0,
        idle_expires_at: session.absolute_expires_at.min(now + windows.idle),
        ..*session
    }
}

#[cfg(test)]
mod tests;
