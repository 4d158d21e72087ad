//! Creates an account.

use super::login;
use crate::AppState;
use crate::auth::audit::log;
use crate::auth::audit::log::user_event;
use crate::auth::client_info::ClientInfo;
use crate::auth::password::hash::{HashPermit, Hasher, Unavailable};
use crate::auth::password::policy::check_and_hash;
use crate::auth::random;
use crate::auth::rate_limit::{self, RateLimited};
use crate::auth::session::issue::TokenPair;
use crate::db::user::{self, Insertion, User, roles_to_column};
use crate::db::{self, ConnectionTrait, Database, DbError};
use protocol::Millis;
use shared::auth::Register;
use shared::event::EventKind;
use shared::password::Password;
use shared::role::Role;
use shared::username;
use shared::validate::FieldErrors;
use thiserror::Error;

/// Why the account was not created.
#[derive(Debug, Error)]
pub enum RegisterError {
    /// The username exists already.
    #[error("the username is taken")]
    UsernameTaken,
    /// A field is invalid, or the password is too weak.
    #[error("the input breaks a rule")]
    Invalid(FieldErrors),
    /// The rate limit of the address was exceeded.
    #[error("too many tries")]
    Throttled(RateLimited),
    /// The server is overloaded or the database is unreachable.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl From<DbError> for RegisterError {
    fn from(outage: DbError) -> Self {
        Self::Unavailable(outage.into())
    }
}

/// Creates an account and signs the user in.
pub async fn register(
    app: &AppState,
    form: Register,
    caller: &ClientInfo,
) -> Result<TokenPair, RegisterError> {
    let place = app.hasher.try_acquire()?;
    let counted = rate_limit::check_ip(app, caller).await?;
    counted.map_err(RegisterError::Throttled)?;
    let account = NewAccount {
        name: form.username,
        password: form.password,
        roles: &[Role::User],
    };
    let user = prepare((&app.hasher, place), account, app.clock.now()).await?;
    // Account and first session in one transaction: after an error the user can submit the same
    // form again.
    let transaction = app.db.begin_first().await?;
    insert(&transaction, user.clone()).await?;
    let event = user_event(
        EventKind::Registered,
        &user.id,
        Some(caller),
        app.clock.now(),
    );
    log::insert(&transaction, vec![event]).await?;
    let issued = login::start_session(app, transaction, &user, (caller, None)).await?;
    issued.ok_or(RegisterError::UsernameTaken)
}

/// An account to create.
pub struct NewAccount<'a> {
    /// The username; it is not canonicalized yet.
    pub name: String,
    /// The password; its strength is not checked yet.
    pub password: Password,
    /// The user's roles.
    pub roles: &'a [Role],
}

/// Creates an account without a session, for the command line.
pub async fn create(
    db: &Database,
    hasher: &Hasher,
    account: NewAccount<'_>,
    now: Millis,
) -> Result<User, RegisterError> {
    let user = prepare((hasher, hasher.try_acquire()?), account, now).await?;
    let transaction = db.begin().await?;
    insert(&transaction, user.clone()).await?;
    let event = user_event(EventKind::Registered, &user.id, None, now);
    log::insert(&transaction, vec![event]).await?;
    db::commit(transaction).await?;
    Ok(user)
}

/// Checks and hashes the password; stores nothing.
async fn prepare(
    (hasher, place): (&Hasher, HashPermit),
    account: NewAccount<'_>,
    now: Millis,
) -> Result<User, RegisterError> {
    let username = username::canonical(&account.name);
    let mut errors = FieldErrors::default();
    errors.add("username", username::check(&username));
    if !errors.is_empty() {
        errors.add("password", account.password.check(&username));
        return Err(RegisterError::Invalid(errors));
    }
    let judged = check_and_hash(hasher, place, account.password, &username).await?;
    let password_hash = judged.map_err(|rule| {
        errors.add("password", Some(rule));
        RegisterError::Invalid(errors)
    })?;
    Ok(User {
        id: random::generate(),
        username,
        display_name: None,
        password_hash,
        roles: roles_to_column(account.roles),
        created_at: i64::try_from(now.0).unwrap_or(i64::MAX),
        disabled_at: None,
        device_next: 0,
        device_floor: 0,
    })
}

async fn insert(on: &impl ConnectionTrait, user: User) -> Result<(), RegisterError> {
    match user::insert(on, user).await? {
        Insertion::Inserted => Ok(()),
        Insertion::NameTaken => Err(RegisterError::UsernameTaken),
    }
}
