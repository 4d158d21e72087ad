//! Creates sessions and the token pairs of sign-in and refresh.

use super::revoke::{self, Revocation};
use crate::AppState;
use crate::auth::audit::log;
use crate::auth::audit::log::{user_event, with_session};
use crate::auth::client_info::ClientInfo;
use crate::auth::device::DeviceToken;
use crate::auth::random;
use crate::auth::token::access::AccessTokens;
use crate::auth::token::refresh_token::RefreshToken;
use crate::db::acting::Authority;
use crate::db::session::{Selector, Session};
use crate::db::user::{User, roles};
use crate::db::{self, DatabaseTransaction, DbError};
use protocol::Millis;
use shared::account;
use shared::auth::{TokenResponse, TokenType};
use shared::claims::AccessClaims;
use shared::event::EventKind;
use shared::session::RevocationReason;
use shared::text;

/// An access token and its refresh token.
#[derive(Debug)]
pub struct TokenPair {
    /// The body of the response.
    pub signed_in: TokenResponse,
    /// For the cookie.
    pub refresh_token: RefreshToken,
    /// Seconds until the session's absolute end: the cookie's `Max-Age`.
    pub cookie_max_age: u64,
    /// The device cookie; only after a sign-in.
    pub device: Option<DeviceToken>,
}

impl TokenPair {
    /// Adds the device cookie of the browser on which the user signed in.
    pub(crate) fn with_device(self, device: DeviceToken) -> Self {
        Self {
            device: Some(device),
            ..self
        }
    }
}

/// A new session, its user, and the sessions that were evicted for it.
#[must_use]
pub(crate) struct NewSession {
    pub(crate) session: Session,
    pub(crate) user: User,
    pub(crate) evicted: Vec<String>,
}

/// Creates a session within a transaction; `None` if the user may not sign in any more.
///
/// Hashing takes time, and so does waiting for it, so data that was read before may be stale.
/// Therefore the password hash must still be the verified one, and the roles are read again.
pub(crate) async fn create_session(
    app: &AppState,
    on: &DatabaseTransaction,
    verified: &User,
    caller: &ClientInfo,
) -> Result<Option<NewSession>, DbError> {
    let now = app.clock.now();
    // The lock also makes concurrent sign-ins of one user count one another.
    let Some(user) = db::user::lock_verified(on, verified).await? else {
        return Ok(None);
    };
    let session = Session {
        cutoff: db::cutoff::current(on).await?,
        ..new_row(app, &user.id, caller, now)
    };
    db::session::insert(on, session.clone()).await?;
    // Never the new session itself, even if another node's clock made the others seem newer.
    let others = app.config.policy.max_sessions_per_user - 1;
    let beyond = Selector::ExceedingLimit(&session.id, &user.id, others);
    let cause = Revocation {
        reason: RevocationReason::SessionLimit,
        caller: Some(caller),
        at: now,
    };
    let evicted = revoke::revoke_in_tx(Authority::Rule(on), beyond, cause).await?;
    let event = user_event(EventKind::SignedIn, &user.id, Some(caller), now);
    log::insert(on, vec![with_session(&session.id, event)]).await?;
    Ok(Some(NewSession {
        session,
        user,
        evicted,
    }))
}

fn new_row(app: &AppState, user_id: &str, caller: &ClientInfo, now: Millis) -> Session {
    let policy = &app.config.policy;
    let column = |time: Millis| i64::try_from(time.0).unwrap_or(i64::MAX);
    let absolute = now + policy.session_max_age;
    Session {
        id: random::generate(),
        user_id: user_id.to_owned(),
        created_at: column(now),
        salt: random::random::<16>().to_vec(),
        generation: 0,
        rotated_at: column(now),
        attempt_hash: None,
        race_uses: 0,
        idle_expires_at: column(absolute.min(now + policy.refresh_token_ttl)),
        absolute_expires_at: column(absolute),
        revoked_at: None,
        cutoff: 0,
        revoke_reason: None,
        user_agent: caller.user_agent().map(str::to_owned),
        ip: Some(caller.address.to_canonical().to_string()),
    }
}

/// The tokens of a session at this generation. Fails if every key was removed.
pub(crate) fn tokens(
    app: &AppState,
    (session, user): (&Session, &User),
    generation: u32,
    now: Millis,
) -> Result<TokenPair, DbError> {
    let absolute = Millis(session.absolute_expires_at.unsigned_abs());
    // Whole seconds, and never past the session's absolute end.
    let ends = absolute
        .min(now + app.config.policy.access_token_ttl)
        .as_secs();
    let issued = now.as_secs();
    let claims = claims(&app.access, (session, user), issued, ends);
    let access_token = app.access.issue(&claims, now);
    let access_token = access_token.ok_or_else(|| DbError::of("no key may sign"))?;
    let token = app.refresh_key.mint(&session.id, &session.salt, generation);
    Ok(TokenPair {
        signed_in: TokenResponse {
            access_token,
            token_type: TokenType::Bearer,
            expires_in: (Millis::from_secs(ends) - now).as_secs(),
            user: to_user(user),
        },
        refresh_token: token.expect("BUG: the id of a stored session is one of ours"),
        cookie_max_age: (absolute - now).as_secs(),
        device: None,
    })
}

fn claims(
    access: &AccessTokens,
    (session, user): (&Session, &User),
    iat: u64,
    exp: u64,
) -> AccessClaims {
    let (issuer, audience) = access.issuer_and_audience();
    AccessClaims {
        iss: issuer.to_owned(),
        aud: audience.to_owned(),
        sub: user.id.clone(),
        sid: session.id.clone(),
        jti: random::generate(),
        iat,
        nbf: None,
        exp,
        auth_time: millis_to_secs(session.created_at),
        cutoff: session.cutoff.max(0).unsigned_abs(),
        roles: roles(user),
    }
}

/// The user's own view of the account.
pub(crate) fn to_user(user: &User) -> account::User {
    account::User {
        id: user.id.clone(),
        username: user.username.clone(),
        display_name: display_name(user),
        roles: roles(user),
        created_at: millis_to_secs(user.created_at),
    }
}

/// The display name. The column may contain text from before the validation rule existed.
pub(crate) fn display_name(user: &User) -> Option<String> {
    let name = text::visible(user.display_name.as_deref()?);
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Converts a column's milliseconds to the seconds of the API.
pub(crate) fn millis_to_secs(column: i64) -> u64 {
    Millis(column.max(0).unsigned_abs()).as_secs()
}
