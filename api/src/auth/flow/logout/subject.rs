//! The tokens of a logout request, and what they prove.

use super::LogoutError;
use crate::AppState;
use crate::auth::token::access::AccessError;
use crate::auth::token::refresh_token::{UnverifiedToken, attempt_hash};
use crate::db::DbError;
use crate::db::acting::{Held, Holder, SessionEnded};
use crate::db::session;
use protocol::Millis;
use protocol::server::{self, AttemptKeyHash, Decision, RejectReason};
use shared::claims::AccessClaims;
use shared::session::RevocationReason;

/// The tokens of the request: a cookie, an access token, both, or neither.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    /// The refresh token.
    pub cookie: Option<String>,
    /// The access token.
    pub bearer: Option<String>,
    /// The attempt key (idempotency key) of the refresh whose response was lost.
    pub attempt: Option<String>,
}

impl Credentials {
    /// Why no session was found for them.
    pub(crate) fn no_subject_error(&self) -> LogoutError {
        match (&self.cookie, &self.bearer) {
            (None, None) => LogoutError::Missing,
            _ => LogoutError::Invalid,
        }
    }
}

/// The sessions for which the tokens were once issued. This suffices to revoke these sessions and
/// no others.
pub(crate) struct LogoutSubject {
    cookie: Option<Cookie>,
    bearer: Option<Bearer>,
}

struct Cookie {
    session_id: String,
    user_id: String,
    generation: u32,
    attempt: Option<AttemptKeyHash>,
}

struct Bearer {
    claims: AccessClaims,
    error: Option<AccessError>,
}

/// Finds the sessions. Not a decision: a session that is read here may be revoked before it is
/// used.
pub(crate) async fn find(
    app: &AppState,
    credentials: &Credentials,
) -> Result<LogoutSubject, DbError> {
    let cookie = match &credentials.cookie {
        Some(token) => find_cookie(app, token, credentials.attempt.as_deref()).await?,
        None => None,
    };
    let now = app.clock.now();
    let bearer = credentials.bearer.as_deref().and_then(|token| {
        let claims = app.access.verify_ignoring_expiry(token, now).ok()?;
        let error = app.access.verify(token, now).err();
        Some(Bearer { claims, error })
    });
    Ok(LogoutSubject { cookie, bearer })
}

async fn find_cookie(
    app: &AppState,
    token: &str,
    attempt: Option<&str>,
) -> Result<Option<Cookie>, DbError> {
    let Some(presented) = UnverifiedToken::parse(token) else {
        return Ok(None);
    };
    let found = session::find(&app.db, &presented.session_id()).await?;
    let known = found.filter(|(session, _)| app.refresh_key.verify(&presented, &session.salt));
    Ok(known.map(|(session, user)| Cookie {
        session_id: session.id,
        user_id: user.id,
        generation: presented.generation(),
        attempt: attempt.and_then(attempt_hash),
    }))
}

/// A presented session, and why it does not permit revoking the user's other sessions, if so.
pub(crate) struct Proof<'a> {
    pub(crate) holder: Holder<'a>,
    pub(crate) refused: Option<RejectCause>,
}

/// Why a token does not permit it.
pub(crate) enum RejectCause {
    /// The access token is not valid.
    Access(AccessError),
    /// The refresh token is reused.
    Reuse,
    /// The refresh token's session has ended.
    Session(RejectReason, Option<RevocationReason>),
}

impl Proof<'_> {
    pub(crate) fn is_reuse(&self) -> bool {
        matches!(self.refused, Some(RejectCause::Reuse))
    }

    pub(crate) fn reject_error(&self) -> Option<LogoutError> {
        Some(match self.refused.as_ref()? {
            RejectCause::Access(AccessError::Expired) => LogoutError::TokenExpired,
            RejectCause::Access(AccessError::Invalid)
            | RejectCause::Session(RejectReason::Invalid | RejectReason::GenerationAhead, _) => {
                LogoutError::Invalid
            }
            RejectCause::Access(AccessError::Revoked(reason))
            | RejectCause::Session(RejectReason::Revoked, reason) => LogoutError::Revoked(*reason),
            RejectCause::Reuse => LogoutError::Reused,
            RejectCause::Session(RejectReason::Expired | RejectReason::FutureSession, _) => {
                LogoutError::SessionExpired
            }
            RejectCause::Session(RejectReason::Disabled, _) => {
                LogoutError::Revoked(Some(RevocationReason::Disabled))
            }
        })
    }
}

impl LogoutSubject {
    pub(crate) fn is_empty(&self) -> bool {
        self.holders().is_empty()
    }

    /// The presented sessions, without duplicates.
    pub(crate) fn holders(&self) -> Vec<Holder<'_>> {
        let cookie = self.cookie.as_ref().map(Cookie::holder);
        let bearer = self.bearer.as_ref().map(Bearer::holder);
        let other = bearer
            .filter(|bearer| cookie.is_none_or(|cookie| cookie.session_id != bearer.session_id));
        cookie.into_iter().chain(other).collect()
    }

    /// What each token proves, according to the locked rows of this transaction.
    pub(crate) fn verify_proofs(&self, app: &AppState, held: &Held, now: Millis) -> Vec<Proof<'_>> {
        let cookie = self.cookie.as_ref().map(|cookie| Proof {
            holder: cookie.holder(),
            refused: cookie.reject_cause(app, held, now),
        });
        let bearer = self.bearer.as_ref().map(|bearer| Proof {
            holder: bearer.holder(),
            refused: bearer.reject_cause(held),
        });
        cookie.into_iter().chain(bearer).collect()
    }
}

impl Cookie {
    fn holder(&self) -> Holder<'_> {
        Holder {
            user_id: &self.user_id,
            session_id: &self.session_id,
        }
    }

    /// The previous refresh token is accepted for as long as a refresh would accept it.
    fn reject_cause(&self, app: &AppState, held: &Held, now: Millis) -> Option<RejectCause> {
        let rows = held.session(&self.session_id).zip(held.user(&self.user_id));
        let Some((session, user)) = rows else {
            return Some(RejectCause::Session(RejectReason::Invalid, None));
        };
        let row = session::to_protocol(session, user);
        let windows = app.config.policy.windows();
        match server::decide(&row, self.generation, self.attempt.as_ref(), now, &windows) {
            Decision::Rotate | Decision::Reissue(_) => None,
            Decision::Revoke => Some(RejectCause::Reuse),
            Decision::Reject(refusal) => {
                let reason = session.revoke_reason.as_deref();
                let reason = reason.and_then(RevocationReason::parse);
                Some(RejectCause::Session(refusal, reason))
            }
        }
    }
}

impl Bearer {
    fn holder(&self) -> Holder<'_> {
        Holder {
            user_id: &self.claims.sub,
            session_id: &self.claims.sid,
        }
    }

    fn reject_cause(&self, held: &Held) -> Option<RejectCause> {
        if let Some(error) = self.error {
            return Some(RejectCause::Access(error));
        }
        let ended = held.may_act(self.holder()).err();
        ended.map(|SessionEnded(reason)| RejectCause::Access(AccessError::Revoked(reason)))
    }
}
