//! Signing in with name and password.

use super::caller::Caller;
use super::device::Device;
use super::hash::{Busy, Place};
use super::issue::{self, Issued};
use super::journal::{about, nameless};
use super::renewal::renew;
use super::throttle::{self, Counted, Throttled};
use crate::App;
use crate::db::user::{self, User};
use crate::db::{self, DatabaseTransaction, Outage};
use crate::metrics::LoginOutcome;
use crate::trace::part;
use shared::event::EventKind;
use shared::session::EndReason;
use shared::sign_in::Login;
use shared::username;
use thiserror::Error;

/// A hash is renewed once in a long while, so a second round is enough and a third is luck.
const ROUNDS_MAX: usize = 3;

/// Why nobody is signed in.
#[derive(Debug, Error)]
pub enum LoginError {
    /// Name or password is wrong, or the person is disabled; nobody learns which.
    #[error("name or password is wrong")]
    Wrong,
    /// Too many tries for that name or from that address.
    #[error("too many tries")]
    Throttled(Throttled),
    /// Not now.
    #[error(transparent)]
    Busy(#[from] Busy),
}

impl From<Outage> for LoginError {
    fn from(outage: Outage) -> Self {
        Self::Busy(outage.into())
    }
}

/// Starts a session for whoever knows the password. Always a new one: an id from before the
/// sign-in would be an id that somebody else may know. `shown` is what the browser got when
/// somebody last signed in by it.
pub async fn login(
    app: &App,
    form: Login,
    caller: &Caller,
    shown: Option<&str>,
) -> Result<Issued, LoginError> {
    let done = attempt(app, form, caller, shown).await;
    app.metrics.logins.count(match &done {
        Ok(_) => LoginOutcome::SignedIn,
        Err(LoginError::Wrong) => LoginOutcome::Wrong,
        Err(LoginError::Throttled(_)) => LoginOutcome::Throttled,
        Err(LoginError::Busy(Busy::Hashing)) => LoginOutcome::Crowded,
        Err(LoginError::Busy(Busy::Database(_))) => LoginOutcome::Unavailable,
    });
    done
}

async fn attempt(
    app: &App,
    form: Login,
    caller: &Caller,
    shown: Option<&str>,
) -> Result<Issued, LoginError> {
    let place = app.hasher.place()?;
    let name = username::canonical(&form.username);
    let device = shown.and_then(|shown| app.device_key.verify(shown, &name, app.clock.now()));
    let counting = throttle::sign_in(app, caller, &name, device.as_ref());
    let counted = part("db: count tries", counting).await?;
    let counted = counted.map_err(LoginError::Throttled)?;
    let (user, issued) = enter(app, form, caller, (place, counted)).await?;
    // The same number again: a new one would have tries of its own.
    let device = device.unwrap_or_else(Device::fresh);
    let token = app
        .device_key
        .token(&device, &user.username, app.clock.now());
    Ok(issued.by_device(token))
}

async fn enter(
    app: &App,
    form: Login,
    caller: &Caller,
    (mut place, counted): (Place, Counted),
) -> Result<(User, Issued), LoginError> {
    let name = username::canonical(&form.username);
    let mut found = part("db: find person", user::by_username(&app.db, &name)).await?;
    for _ in 0..ROUNDS_MAX {
        let known = found.as_ref().map(|user| user.password_hash.clone());
        let right = app
            .hasher
            .verify(place, form.password.clone(), known)
            .await?;
        let user = verified(app, found, right, caller)?;
        let transaction = app.db.begin_first().await?;
        // What strangers tried stays counted while the person comes by a browser that is known.
        if counted == Counted::Stranger {
            throttle::forgive(app, &transaction, &name).await?;
        }
        if let Some(issued) = sign_in(app, transaction, &user, caller).await? {
            renew(app, &user, form.password).await;
            return Ok((user, issued));
        }
        // Another sign-in may have renewed the hash meanwhile: then the new one decides.
        let now = user::by_username(&app.db, &name).await?;
        found = now.filter(|now| now.password_hash != user.password_hash);
        if found.is_none() {
            break;
        }
        place = app.hasher.place()?;
    }
    Err(LoginError::Wrong)
}

/// The person, if that was their password.
fn verified(
    app: &App,
    found: Option<User>,
    right: bool,
    caller: &Caller,
) -> Result<User, LoginError> {
    match found {
        // Disabled people get no further: the time would say that the password was right.
        Some(user) if right && user.disabled_at.is_none() => Ok(user),
        other => {
            failed(app, other.as_ref(), caller);
            Err(LoginError::Wrong)
        }
    }
}

/// Records a wrong name or password. Never the name as it was typed: now and then it is a password.
pub(super) fn failed(app: &App, user: Option<&User>, caller: &Caller) {
    let kind = EventKind::SignInFailed;
    let now = app.clock.now();
    app.journal.note(match user {
        Some(user) => about(kind, &user.id, Some(caller), now),
        None => nameless(kind, Some(caller), now),
    });
}

/// Starts a session for a person who is known, and ends the transaction; `None` where they may not
/// be signed in, and nothing of the transaction is kept.
pub(super) async fn sign_in(
    app: &App,
    transaction: DatabaseTransaction,
    verified: &User,
    caller: &Caller,
) -> Result<Option<Issued>, Outage> {
    let Some(started) = issue::start(app, &transaction, verified, caller).await? else {
        return Ok(None);
    };
    db::commit(transaction).await?;
    let now = app.clock.now();
    app.deny.add(started.displaced, EndReason::Limit, now);
    let issued = issue::tokens(app, (&started.session, &started.user), 0, now)?;
    Ok(Some(issued))
}
