//! Exchanges a refresh token for the next token pair. `protocol::server` decides; this module reads
//! the row, executes the decision, and reads again if a concurrent request changed the row.

mod outcome;

use crate::AppState;
use crate::auth::audit::log::{user_event, with_session};
use crate::auth::client_info::ClientInfo;
use crate::auth::rate_limit::RateLimited;
use crate::auth::session::issue::{self, TokenPair};
use crate::auth::session::revoke::{self, Revocation};
use crate::auth::token::refresh_token::{UnverifiedToken, attempt_hash};
use crate::db::session::{self, Selector, Session};
use crate::db::user::User;
use crate::db::{Cas, DbError};
use crate::failpoint;
use crate::trace::span;
use outcome::outcome;
use protocol::Millis;
use protocol::server::{self, AttemptKeyHash, Decision, ReissueReason, RejectReason};
use shared::event::EventKind;
use shared::session::RevocationReason;
use thiserror::Error;

/// Each stale compare-and-swap means that another request succeeded, so few attempts suffice.
const MAX_ATTEMPTS: usize = 8;

/// Why the refresh failed.
#[derive(Debug, Error)]
pub enum RefreshError {
    /// The token was not issued by this server.
    #[error("the refresh token is not valid")]
    Invalid,
    /// The token is newer than its session: the database was restored from an older state.
    #[error("the refresh token is newer than its session")]
    GenerationAhead,
    /// The session reached its idle timeout or absolute end.
    #[error("the session has expired")]
    Expired,
    /// The session was revoked, or its user is disabled.
    #[error("the session has ended")]
    Revoked(Option<RevocationReason>),
    /// A refresh token was reused; the session is revoked.
    #[error("a replaced refresh token was presented again")]
    Reused,
    /// The refresh rate limit of this session was exceeded; nothing changed.
    #[error("too many refreshes")]
    Throttled(RateLimited),
    /// The database failed; nothing changed.
    #[error(transparent)]
    Outage(#[from] DbError),
    /// More concurrent requests than attempts; nothing changed.
    #[error("too many refreshes of one session at once")]
    Contention,
}

/// The next token pair for this refresh token.
pub async fn refresh(
    app: &AppState,
    token: &str,
    attempt: Option<&str>,
    caller: &ClientInfo,
) -> Result<TokenPair, RefreshError> {
    let done = refresh_inner(app, token, attempt, caller).await;
    app.metrics.refreshes.count(outcome(&done));
    Ok(done?.0)
}

/// The next token pair, and the kind of refresh.
async fn refresh_inner(
    app: &AppState,
    token: &str,
    attempt: Option<&str>,
    caller: &ClientInfo,
) -> Result<(TokenPair, EventKind), RefreshError> {
    let presented = UnverifiedToken::parse(token).ok_or(RefreshError::Invalid)?;
    let attempt = attempt.and_then(attempt_hash);
    let id = presented.session_id();
    for round in 0..MAX_ATTEMPTS {
        let found = span("db: find session", session::find(&app.db, &id)).await?;
        let (session, user) = found
            .filter(|(session, _)| app.refresh_key.verify(&presented, &session.salt))
            .ok_or(RefreshError::Invalid)?;
        if round == 0 {
            let counted = app.pace.count(&session.id, app.clock.now());
            counted.map_err(RefreshError::Throttled)?;
        }
        let asked = RefreshRequest {
            generation: presented.generation(),
            attempt,
            now: app.clock.now(),
            caller,
        };
        if let Some(done) = try_refresh(app, (&session, &user), &asked).await? {
            return Ok(done);
        }
    }
    Err(RefreshError::Contention)
}

struct RefreshRequest<'a> {
    generation: u32,
    attempt: Option<AttemptKeyHash>,
    now: Millis,
    caller: &'a ClientInfo,
}

/// Decides on the row as it was read, and executes the decision; `None` if the row has changed
/// since.
async fn try_refresh(
    app: &AppState,
    (session, user): (&Session, &User),
    asked: &RefreshRequest<'_>,
) -> Result<Option<(TokenPair, EventKind)>, RefreshError> {
    let row = session::to_protocol(session, user);
    let windows = app.config.policy.windows();
    let now = asked.now;
    let attempt = asked.attempt.as_ref();
    let (swap, generation, kind) =
        match server::decide(&row, asked.generation, attempt, now, &windows) {
            Decision::Rotate => {
                failpoint::hit("refresh: before the commit");
                let next = server::rotated(&row, asked.attempt, now, &windows);
                let moved = session::rotate(&app.db, &session.id, &next, now);
                let swap = span("db: rotate", moved).await?;
                (swap, next.generation, EventKind::Refreshed)
            }
            Decision::Reissue(ReissueReason::IdempotentRetry) => {
                (Cas::Applied, row.generation, EventKind::RefreshRetried)
            }
            Decision::Reissue(ReissueReason::GracePeriod) => {
                let swap = session::count_grace_reuse(&app.db, &session.id, &row, now).await?;
                (swap, row.generation, EventKind::RefreshRaced)
            }
            Decision::Revoke => return Err(revoke_reused(app, session, asked).await?),
            Decision::Reject(refusal) => return Err(reject(refusal, session)),
        };
    if swap == Cas::Stale {
        return Ok(None);
    }
    failpoint::hit("refresh: after the commit");
    let event = user_event(kind, &session.user_id, Some(asked.caller), now);
    app.journal.enqueue(with_session(&session.id, event));
    let issued = issue::tokens(app, (session, user), generation, now)?;
    Ok(Some((issued, kind)))
}

/// Revokes the session; committed before the response is sent.
async fn revoke_reused(
    app: &AppState,
    session: &Session,
    asked: &RefreshRequest<'_>,
) -> Result<RefreshError, DbError> {
    let cause = Revocation {
        reason: RevocationReason::TokenReuse,
        caller: Some(asked.caller),
        at: asked.now,
    };
    revoke::revoke(app, Selector::One(&session.id), cause).await?;
    Ok(RefreshError::Reused)
}

fn reject(refusal: RejectReason, session: &Session) -> RefreshError {
    match refusal {
        RejectReason::Invalid => RefreshError::Invalid,
        RejectReason::Expired => RefreshError::Expired,
        RejectReason::FutureSession => {
            tracing::error!(
                session = session.id,
                "a session is from the future: was the clock set back?"
            );
            RefreshError::Expired
        }
        RejectReason::Disabled => RefreshError::Revoked(Some(RevocationReason::Disabled)),
        RejectReason::Revoked => {
            let reason = session.revoke_reason.as_deref();
            RefreshError::Revoked(reason.and_then(RevocationReason::parse))
        }
        RejectReason::GenerationAhead => {
            tracing::error!(
                session = session.id,
                "a refresh token is newer than its session: was the database restored?"
            );
            RefreshError::GenerationAhead
        }
    }
}

#[cfg(test)]
mod tests;
