//! Signing in with username and password.

use crate::AppState;
use crate::auth::audit::log::{anonymous_event, user_event};
use crate::auth::client_info::ClientInfo;
use crate::auth::device::{self, Device};
use crate::auth::password::hash::{HashPermit, PasswordForm, Unavailable};
use crate::auth::password::rehash::rehash_if_outdated;
use crate::auth::rate_limit::{self, Bucket, RateLimited};
use crate::auth::session::issue::{self, TokenPair};
use crate::db::user::{self, User};
use crate::db::{self, DatabaseTransaction, DbError};
use crate::metrics::LoginOutcome;
use crate::trace::span;
use shared::auth::Login;
use shared::event::EventKind;
use shared::session::RevocationReason;
use shared::username;
use thiserror::Error;

/// A hash is rarely replaced, so two attempts suffice; the third is a reserve.
const MAX_ATTEMPTS: usize = 3;

/// Why the sign-in failed.
#[derive(Debug, Error)]
pub enum LoginError {
    /// The username or the password is wrong, or the user is disabled; the response does not tell
    /// which.
    #[error("name or password is wrong")]
    InvalidCredentials,
    /// The rate limit of the username or of the address was exceeded.
    #[error("too many tries")]
    Throttled(RateLimited),
    /// The server is overloaded or the database is unreachable.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl From<DbError> for LoginError {
    fn from(outage: DbError) -> Self {
        Self::Unavailable(outage.into())
    }
}

/// Starts a session if the password is correct. Always a new session: an id from before the sign-in
/// might be known to an attacker. `shown` is the device cookie of the browser.
pub async fn login(
    app: &AppState,
    form: Login,
    caller: &ClientInfo,
    shown: Option<&str>,
) -> Result<TokenPair, LoginError> {
    let done = authenticate(app, form, caller, shown).await;
    app.metrics.logins.count(match &done {
        Ok(_) => LoginOutcome::SignedIn,
        Err(LoginError::InvalidCredentials) => LoginOutcome::Wrong,
        Err(LoginError::Throttled(_)) => LoginOutcome::Throttled,
        Err(LoginError::Unavailable(Unavailable::Hashing)) => LoginOutcome::Overloaded,
        Err(LoginError::Unavailable(Unavailable::Database(_))) => LoginOutcome::Unavailable,
    });
    done
}

async fn authenticate(
    app: &AppState,
    form: Login,
    caller: &ClientInfo,
    shown: Option<&str>,
) -> Result<TokenPair, LoginError> {
    let place = app.hasher.try_acquire()?;
    let name = username::canonical(&form.username);
    // Queried for unknown usernames too, and before an attempt is counted: the row tells which
    // browsers are known.
    let found = span("db: find person", user::by_username(&app.db, &name)).await?;
    let device = device::find(app, shown, found.as_ref());
    let known = found.as_ref().filter(|_| device.is_some());
    let counting =
        rate_limit::check_sign_in(app, caller, &name, known.map(|user| user.id.as_str()));
    let counted = span("db: count tries", counting).await?;
    let counted = counted.map_err(LoginError::Throttled)?;
    let client = Client {
        caller,
        device,
        counted,
    };
    verify_and_start(app, (form, found), &client, place).await
}

/// The client of a sign-in and how its attempt was counted.
struct Client<'a> {
    caller: &'a ClientInfo,
    device: Option<Device>,
    counted: Bucket,
}

async fn verify_and_start(
    app: &AppState,
    (form, mut found): (Login, Option<User>),
    client: &Client<'_>,
    mut place: HashPermit,
) -> Result<TokenPair, LoginError> {
    let name = username::canonical(&form.username);
    for _ in 0..MAX_ATTEMPTS {
        let known = found.as_ref().map(|user| user.password_hash.clone());
        let verifying = app.hasher.verify(place, form.password.clone(), known);
        let matched = verifying.await?;
        let (user, matched) = check_credentials(app, found, matched, client.caller)?;
        let transaction = app.db.begin_first().await?;
        // A sign-in on a known browser does not reset the attempts of unknown browsers.
        if client.counted == Bucket::Address {
            rate_limit::reset(app, &transaction, &name).await?;
        }
        let by = (client.caller, client.device);
        if let Some(issued) = start_session(app, transaction, &user, by).await? {
            rehash_if_outdated(app, &user, form.password, matched).await;
            return Ok(issued);
        }
        // A concurrent sign-in may have replaced the hash; then the new hash decides.
        let now = user::by_username(&app.db, &name).await?;
        found = now.filter(|now| now.password_hash != user.password_hash);
        if found.is_none() {
            break;
        }
        place = app.hasher.try_acquire()?;
    }
    Err(LoginError::InvalidCredentials)
}

/// The user and the form of the password that matches, if one does.
fn check_credentials(
    app: &AppState,
    found: Option<User>,
    matched: Option<PasswordForm>,
    caller: &ClientInfo,
) -> Result<(User, PasswordForm), LoginError> {
    match (found, matched) {
        // Disabled users stop here: otherwise the response time would reveal that the password was
        // correct.
        (Some(user), Some(form)) if user.disabled_at.is_none() => Ok((user, form)),
        (found, _) => {
            record_failure(app, found.as_ref(), caller);
            Err(LoginError::InvalidCredentials)
        }
    }
}

/// Records a wrong username or password. Never stores the username as typed: it is sometimes a
/// password.
pub(crate) fn record_failure(app: &AppState, user: Option<&User>, caller: &ClientInfo) {
    let kind = EventKind::SignInFailed;
    let now = app.clock.now();
    app.journal.enqueue(match user {
        Some(user) => user_event(kind, &user.id, Some(caller), now),
        None => anonymous_event(kind, Some(caller), now),
    });
}

/// Starts a session for an authenticated user and commits the transaction; `None` if the user may
/// not sign in, and then the transaction is rolled back. The browser is known from then on.
pub(crate) async fn start_session(
    app: &AppState,
    transaction: DatabaseTransaction,
    verified: &User,
    (caller, device): (&ClientInfo, Option<Device>),
) -> Result<Option<TokenPair>, DbError> {
    let Some(started) = issue::create_session(app, &transaction, verified, caller).await? else {
        return Ok(None);
    };
    let device = device::remember(app, &transaction, &started.user, device).await?;
    db::commit(transaction).await?;
    let now = app.clock.now();
    app.deny
        .add(started.evicted, RevocationReason::SessionLimit, now);
    let issued = issue::tokens(app, (&started.session, &started.user), 0, now)?;
    Ok(Some(issued.with_device(device)))
}
