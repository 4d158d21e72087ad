//! Changes the password of the signed-in user.

use super::login;
use crate::AppState;
use crate::auth::account::profile::holder;
use crate::auth::audit::log;
use crate::auth::audit::log::{user_event, with_session};
use crate::auth::client_info::ClientInfo;
use crate::auth::device;
use crate::auth::password::hash::{HashPermit, Unavailable, are_same};
use crate::auth::password::policy::check_and_hash;
use crate::auth::rate_limit::{self, RateLimited};
use crate::auth::session::issue::{self, TokenPair};
use crate::auth::session::revoke::{self, Revocation};
use crate::db::acting::{ActingUser, Authority, Denied};
use crate::db::session::Selector;
use crate::db::user::{self, User};
use crate::db::{Cas, DbError};
use crate::failpoint;
use shared::account::ChangePassword;
use shared::claims::AccessClaims;
use shared::event::EventKind;
use shared::password::Password;
use shared::session::RevocationReason;
use shared::validate::{FieldErrors, Violation};
use thiserror::Error;

/// Why the password was not changed.
#[derive(Debug, Error)]
pub enum PasswordError {
    /// The current password is wrong.
    #[error("the current password is wrong")]
    Wrong,
    /// The new password is too weak.
    #[error("the input breaks a rule")]
    Invalid(FieldErrors),
    /// The user is deleted or disabled, or another request changed the password at the same time.
    #[error("the session has ended")]
    Gone(Option<RevocationReason>),
    /// The rate limit was exceeded.
    #[error("too many tries")]
    Throttled(RateLimited),
    /// The server is overloaded or the database is unreachable.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl From<DbError> for PasswordError {
    fn from(outage: DbError) -> Self {
        Self::Unavailable(outage.into())
    }
}

impl From<Denied> for PasswordError {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Ended(reason) => Self::Gone(reason),
            Denied::Outage(outage) => outage.into(),
        }
    }
}

/// Changes the password. Revokes all sessions, including this one, and starts a new session for
/// this browser: a stolen token is worthless afterwards.
pub async fn change_password(
    app: &AppState,
    claims: &AccessClaims,
    form: ChangePassword,
    caller: &ClientInfo,
) -> Result<TokenPair, PasswordError> {
    let place = app.hasher.try_acquire()?;
    let user = user::by_id(app.db.connection(), &claims.sub).await?;
    let user = user.ok_or(PasswordError::Gone(None))?;
    let counted = rate_limit::check_user(app, &user.id).await?;
    counted.map_err(PasswordError::Throttled)?;
    let current = form.current_password;
    if !verify(app, place, &user, &current).await? {
        login::record_failure(app, Some(&user), caller);
        return Err(PasswordError::Wrong);
    }
    let hash = hash_new(app, &user, &current, form.new_password).await?;
    if let Some(issued) = replace_hash(app, (&user, claims), &hash, caller).await? {
        return Ok(issued);
    }
    // A concurrent sign-in may have rehashed the same password.
    let now = user::by_id(app.db.connection(), &claims.sub).await?;
    let now = now.filter(|now| now.password_hash != user.password_hash);
    let now = now.ok_or(PasswordError::Gone(None))?;
    if !verify(app, app.hasher.try_acquire()?, &now, &current).await? {
        return Err(PasswordError::Gone(None));
    }
    let issued = replace_hash(app, (&now, claims), &hash, caller).await?;
    issued.ok_or(PasswordError::Gone(None))
}

/// Hashes the new password, if it is strong enough and differs from the current one after
/// normalization.
async fn hash_new(
    app: &AppState,
    user: &User,
    current: &Password,
    new: Password,
) -> Result<String, PasswordError> {
    let hashed = if are_same(current, &new) {
        Err(Violation::Unchanged)
    } else {
        let place = app.hasher.try_acquire()?;
        check_and_hash(&app.hasher, place, new, &user.username).await?
    };
    hashed.map_err(|rule| {
        let mut errors = FieldErrors::default();
        errors.add("new_password", Some(rule));
        PasswordError::Invalid(errors)
    })
}

async fn verify(
    app: &AppState,
    place: HashPermit,
    user: &User,
    password: &Password,
) -> Result<bool, Unavailable> {
    let hash = Some(user.password_hash.clone());
    let matched = app.hasher.verify(place, password.clone(), hash).await?;
    Ok(matched.is_some())
}

/// Replaces the hash, revokes all sessions and starts one: all or nothing. `None` if the hash is no
/// longer the one that was verified.
async fn replace_hash(
    app: &AppState,
    (user, claims): (&User, &AccessClaims),
    hash: &str,
    caller: &ClientInfo,
) -> Result<Option<TokenPair>, PasswordError> {
    let now = app.clock.now();
    // The session may have been revoked while the passwords were hashed.
    let acting = ActingUser::begin(&app.db, holder(claims)).await?;
    let transaction = acting.transaction();
    if user::change_password(&acting, user, hash).await? == Cas::Stale {
        return Ok(None);
    }
    let all = Selector::AllOf(&user.id);
    let cause = Revocation {
        reason: RevocationReason::PasswordChanged,
        caller: Some(caller),
        at: now,
    };
    let event = user_event(EventKind::PasswordChanged, &user.id, Some(caller), now);
    log::insert(transaction, vec![with_session(&claims.sid, event)]).await?;
    let ended = revoke::revoke_in_tx(Authority::User(&acting), all, cause).await?;
    let changed = User {
        password_hash: hash.to_owned(),
        ..user.clone()
    };
    let started = issue::create_session(app, transaction, &changed, caller).await?;
    let started = started.ok_or(PasswordError::Gone(None))?;
    // From now on the only known browser.
    let device = device::remember(app, transaction, &started.user, None).await?;
    failpoint::hit("password: before the commit");
    acting.commit().await?;
    failpoint::hit("password: after the commit");
    app.deny.add(ended, RevocationReason::PasswordChanged, now);
    let issued = issue::tokens(app, (&started.session, &started.user), 0, now)?;
    Ok(Some(issued.with_device(device)))
}
