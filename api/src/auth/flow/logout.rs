//! Signing out of this session, of the others, or of all. The whole scope succeeds or the request
//! is rejected.

mod subject;

pub use subject::Credentials;

use crate::AppState;
use crate::auth::client_info::ClientInfo;
use crate::auth::session::revoke::{self, Revocation};
use crate::db::DbError;
use crate::db::acting::{ActingUser, Authority, Held, SessionEnded};
use crate::db::session::{self, Selector};
use protocol::Millis;
use shared::auth::LogoutScope;
use shared::session::RevocationReason;
use subject::{LogoutSubject, Proof};
use thiserror::Error;

/// Whether a sign-out ended the browser's own session, and so what happens to its cookie.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieAction {
    /// Clear the cookie.
    Clear,
    /// Keep it.
    Keep,
}

/// Why other sessions were not revoked.
#[derive(Debug, Error)]
pub enum LogoutError {
    /// The request contains no token.
    #[error("there are no credentials")]
    Missing,
    /// The token was not issued by this server.
    #[error("the credentials are not valid")]
    Invalid,
    /// The access token has expired.
    #[error("the access token has expired")]
    TokenExpired,
    /// The session has expired.
    #[error("the session has expired")]
    SessionExpired,
    /// The session was revoked.
    #[error("the session has ended")]
    Revoked(Option<RevocationReason>),
    /// A refresh token was reused; its session is revoked.
    #[error("a replaced refresh token was presented again")]
    Reused,
    /// The database failed; nothing changed.
    #[error(transparent)]
    Outage(#[from] DbError),
}

impl From<SessionEnded> for LogoutError {
    fn from(SessionEnded(reason): SessionEnded) -> Self {
        Self::Revoked(reason)
    }
}

/// Revokes the sessions of this scope. Idempotent.
///
/// Any token that was once issued for a session is enough to revoke that session. To revoke other
/// sessions, the request must contain a token that is valid in the transaction that revokes them: a
/// valid access token, or a refresh token that a refresh would accept.
pub async fn logout(
    app: &AppState,
    credentials: &Credentials,
    scope: LogoutScope,
    caller: &ClientInfo,
) -> Result<CookieAction, LogoutError> {
    let found = subject::find(app, credentials).await?;
    if scope == LogoutScope::This {
        revoke_found(app, &found, caller).await?;
        return Ok(CookieAction::Clear);
    }
    if found.is_empty() {
        return Err(credentials.no_subject_error());
    }
    let now = app.clock.now();
    let held = Held::lock(&app.db, &found.holders()).await?;
    let proofs = found.verify_proofs(app, &held, now);
    let proven = |proof: &&Proof<'_>| proof.refused.is_none();
    // The access token has precedence: it belongs to this page, while another tab may have replaced
    // the cookie.
    let Some(asking) = proofs.iter().rev().find(proven).map(|proof| proof.holder) else {
        return unproven(app, held, &proofs, (scope, caller, now)).await;
    };
    let own = proofs.iter().filter(proven);
    let own: Vec<_> = own.map(|proof| proof.holder.session_id).collect();
    let acting = held.acting(asking)?;
    let which = match scope {
        LogoutScope::Others => Selector::AllExcept(&own, asking.user_id),
        LogoutScope::All | LogoutScope::This => Selector::AllOf(asking.user_id),
    };
    let ended = revoke::revoke_in_tx(
        Authority::User(&acting),
        which,
        sign_out_revocation(caller, now),
    )
    .await?;
    let ended = also_own(
        &acting,
        &found,
        (scope, ended),
        sign_out_revocation(caller, now),
    )
    .await?;
    acting.commit().await?;
    app.deny.add(ended, RevocationReason::SignedOut, now);
    Ok(match scope {
        LogoutScope::Others => CookieAction::Keep,
        LogoutScope::All | LogoutScope::This => CookieAction::Clear,
    })
}

/// Scope `All` clears the cookie, so the cookie's session is revoked too, even if it belongs to
/// another user.
async fn also_own(
    acting: &ActingUser,
    found: &LogoutSubject,
    (scope, mut ended): (LogoutScope, Vec<String>),
    cause: Revocation<'_>,
) -> Result<Vec<String>, DbError> {
    if scope == LogoutScope::All {
        for holder in found.holders() {
            let rule = Authority::Rule(acting.transaction());
            ended
                .extend(revoke::revoke_in_tx(rule, Selector::One(holder.session_id), cause).await?);
        }
    }
    Ok(ended)
}

fn sign_out_revocation(caller: &ClientInfo, at: Millis) -> Revocation<'_> {
    Revocation {
        reason: RevocationReason::SignedOut,
        caller: Some(caller),
        at,
    }
}

/// Revokes the sessions of the presented tokens and no others.
async fn revoke_found(
    app: &AppState,
    found: &LogoutSubject,
    caller: &ClientInfo,
) -> Result<(), DbError> {
    let now = app.clock.now();
    for holder in found.holders() {
        let which = Selector::One(holder.session_id);
        revoke::revoke(app, which, sign_out_revocation(caller, now)).await?;
    }
    Ok(())
}

/// No token is valid, so other sessions cannot be revoked. The request is rejected unless
/// the tokens' users have no active sessions. A reused refresh token revokes its own session, as in
/// a refresh.
async fn unproven(
    app: &AppState,
    held: Held,
    proofs: &[Proof<'_>],
    (scope, caller, now): (LogoutScope, &ClientInfo, Millis),
) -> Result<CookieAction, LogoutError> {
    let spent = proofs.iter().find(|proof| proof.is_reuse());
    let mut ended = Vec::new();
    if let Some(spent) = spent {
        let cause = Revocation {
            reason: RevocationReason::TokenReuse,
            ..sign_out_revocation(caller, now)
        };
        let which = Selector::One(spent.holder.session_id);
        ended = revoke::revoke_in_tx(Authority::Rule(held.transaction()), which, cause).await?;
    }
    let users: Vec<_> = proofs.iter().map(|proof| proof.holder.user_id).collect();
    let none_lives = session::count_active(held.transaction(), &users, now)
        .await?
        .is_empty();
    held.commit().await?;
    app.deny.add(ended, RevocationReason::TokenReuse, now);
    let why = proofs.iter().rev().find_map(Proof::reject_error);
    match (scope, why) {
        (LogoutScope::All, _) if none_lives => Ok(CookieAction::Clear),
        (LogoutScope::Others, _) if none_lives && spent.is_none() => Ok(CookieAction::Keep),
        _ if spent.is_some() => Err(LogoutError::Reused),
        (_, Some(why)) => Err(why),
        (_, None) => Err(LogoutError::Invalid),
    }
}
