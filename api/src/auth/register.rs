//! Making an account.

use super::caller::Caller;
use super::device::Device;
use super::hash::{Busy, Hasher, Place};
use super::issue::Issued;
use super::journal::{about, record};
use super::judge::judge_field;
use super::throttle::{self, Throttled};
use super::{id, login};
use crate::App;
use crate::db::user::{self, Insertion, User, roles_to_column};
use crate::db::{self, ConnectionTrait, Database, Outage};
use protocol::Millis;
use shared::event::EventKind;
use shared::password::Password;
use shared::role::Role;
use shared::sign_in::Register;
use shared::username;
use shared::validate::FieldErrors;
use thiserror::Error;

/// Why there is no account.
#[derive(Debug, Error)]
pub enum RegisterError {
    /// Somebody has that name.
    #[error("the username is taken")]
    Taken,
    /// The password would not last.
    #[error("the input breaks a rule")]
    Invalid(FieldErrors),
    /// Too many tries from that address.
    #[error("too many tries")]
    Throttled(Throttled),
    /// Not now.
    #[error(transparent)]
    Busy(#[from] Busy),
}

impl From<Outage> for RegisterError {
    fn from(outage: Outage) -> Self {
        Self::Busy(outage.into())
    }
}

/// Makes an account and signs its person in.
pub async fn register(app: &App, form: Register, caller: &Caller) -> Result<Issued, RegisterError> {
    let place = app.hasher.place()?;
    let counted = throttle::by_address(app, caller).await?;
    counted.map_err(RegisterError::Throttled)?;
    let account = NewAccount {
        name: form.username,
        password: form.password,
        roles: &[Role::User],
    };
    let user = prepare((&app.hasher, place), account, app.clock.now()).await?;
    // The account and its first session together: after an answer that failed, the same form works.
    let transaction = app.db.begin_first().await?;
    insert(&transaction, user.clone()).await?;
    let event = about(
        EventKind::Registered,
        &user.id,
        Some(caller),
        app.clock.now(),
    );
    record(&transaction, vec![event]).await?;
    let issued = login::sign_in(app, transaction, &user, caller).await?;
    let issued = issued.ok_or(RegisterError::Taken)?;
    let now = app.clock.now();
    let device = app.device_key.token(&Device::fresh(), &user.username, now);
    Ok(issued.by_device(device))
}

/// An account to be.
pub struct NewAccount<'a> {
    /// The name, in any spelling.
    pub name: String,
    /// The password, not yet judged.
    pub password: Password,
    /// What its person may do.
    pub roles: &'a [Role],
}

/// Makes an account and no session, for the command line.
pub async fn create(
    db: &Database,
    hasher: &Hasher,
    account: NewAccount<'_>,
    now: Millis,
) -> Result<User, RegisterError> {
    let user = prepare((hasher, hasher.place()?), account, now).await?;
    let transaction = db.begin().await?;
    insert(&transaction, user.clone()).await?;
    let event = about(EventKind::Registered, &user.id, None, now);
    record(&transaction, vec![event]).await?;
    db::commit(transaction).await?;
    Ok(user)
}

/// Judges and hashes; nothing is stored yet.
async fn prepare(
    (hasher, place): (&Hasher, Place),
    account: NewAccount<'_>,
    now: Millis,
) -> Result<User, RegisterError> {
    let username = username::canonical(&account.name);
    let mut errors = judge_field("password", account.password.clone(), username.clone()).await;
    errors.check("username", username::check(&username));
    if !errors.is_empty() {
        return Err(RegisterError::Invalid(errors));
    }
    Ok(User {
        id: id::fresh(),
        username,
        display_name: None,
        password_hash: hasher.hash(place, account.password).await?,
        roles: roles_to_column(account.roles),
        created_at: i64::try_from(now.0).unwrap_or(i64::MAX),
        disabled_at: None,
    })
}

async fn insert(on: &impl ConnectionTrait, user: User) -> Result<(), RegisterError> {
    match user::insert(on, user).await? {
        Insertion::Inserted => Ok(()),
        Insertion::NameTaken => Err(RegisterError::Taken),
    }
}
