//! Looking after other people's accounts.

use super::issue::seconds;
use crate::App;
use crate::db::session::{self, Which};
use crate::db::user::{self, User, roles};
use crate::db::{self, ConnectionTrait, Database, Outage};
use protocol::Millis;
use shared::admin::{ManagedUser, UpdateUser, UserPage};
use shared::role::Role;
use shared::session::EndReason;
use shared::username;
use std::collections::HashMap;
use thiserror::Error;

/// Why a person was not found.
#[derive(Debug, Error)]
pub enum FindError {
    /// Nobody has that id.
    #[error("there is nobody of that id")]
    NotFound,
    /// Not now.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Why a person stays as they are.
#[derive(Debug, Error)]
pub enum UpdateError {
    /// Nobody has that id.
    #[error("there is nobody of that id")]
    NotFound,
    /// Nobody could administer any more.
    #[error("the last administrator must stay")]
    LastAdmin,
    /// Not now.
    #[error(transparent)]
    Outage(#[from] Outage),
}

impl From<FindError> for UpdateError {
    fn from(error: FindError) -> Self {
        match error {
            FindError::NotFound => Self::NotFound,
            FindError::Outage(outage) => Self::Outage(outage),
        }
    }
}

/// A page of people by name, after a name, whose name holds `search`.
pub async fn list(app: &App, search: &str, after: &str, limit: u32) -> Result<UserPage, Outage> {
    let search = username::canonical(search);
    // One more than asked for tells whether there is a next page.
    let mut rows = user::page(&app.db, &search, after, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows
        .last()
        .filter(|_| more)
        .map(|user| user.username.clone());
    Ok(UserPage {
        users: with_live_sessions(app.db.connection(), rows, app.clock.now()).await?,
        next,
    })
}

/// One person.
pub async fn find(app: &App, id: &str) -> Result<ManagedUser, FindError> {
    find_on(app.db.connection(), id, app.clock.now()).await
}

async fn find_on(
    on: &impl ConnectionTrait,
    id: &str,
    now: Millis,
) -> Result<ManagedUser, FindError> {
    let row = user::by_id(on, id).await?;
    let row = row.ok_or(FindError::NotFound)?;
    let mut users = with_live_sessions(on, vec![row], now).await?;
    users.pop().ok_or(FindError::NotFound)
}

/// Changes roles or bars a person. Sessions that would hold on to what was taken end with it.
pub async fn update(app: &App, id: &str, change: UpdateUser) -> Result<ManagedUser, UpdateError> {
    let now = app.clock.now();
    let transaction = app.db.begin().await?;
    let ended = apply(&transaction, id, change, now).await?;
    // Read before it is kept: after an answer that failed, nothing has changed.
    let changed = find_on(&transaction, id, now).await?;
    db::commit(transaction).await?;
    if let Some((ids, reason)) = ended {
        app.deny.add(ids, reason, now);
    }
    Ok(changed)
}

/// The sessions that a change ended, and why.
pub type Ended = Option<(Vec<String>, EndReason)>;

/// As [`update`], for who has only the database: running nodes hear of it within a second.
pub async fn change_standing(
    db: &Database,
    id: &str,
    change: UpdateUser,
    now: Millis,
) -> Result<Ended, UpdateError> {
    let transaction = db.begin().await?;
    let ended = apply(&transaction, id, change, now).await?;
    db::commit(transaction).await?;
    Ok(ended)
}

/// Ends all of a person's sessions.
pub async fn end_sessions(app: &App, id: &str) -> Result<(), FindError> {
    let now = app.clock.now();
    let found = user::by_id(app.db.connection(), id).await?;
    found.ok_or(FindError::NotFound)?;
    let reason = EndReason::EndedByAdmin;
    let ended = session::revoke(app.db.connection(), Which::AllOf(id), reason, now).await?;
    app.deny.add(ended, reason, now);
    Ok(())
}

async fn apply(
    on: &impl ConnectionTrait,
    id: &str,
    change: UpdateUser,
    now: Millis,
) -> Result<Ended, UpdateError> {
    let admins = user::lock_admins(on).await?;
    let before = user::by_id(on, id).await?.ok_or(UpdateError::NotFound)?;
    let had = roles(&before);
    let roles = change.roles.unwrap_or_else(|| had.clone());
    let was_disabled = before.disabled_at.is_some();
    let disabled = change.disabled.unwrap_or(was_disabled);
    let administers = roles.contains(&Role::Admin) && !disabled;
    if !administers && admins == [before.id] {
        return Err(UpdateError::LastAdmin);
    }
    user::set_standing(on, id, &roles, disabled.then_some(now)).await?;
    let lost_a_role = had.iter().any(|role| !roles.contains(role));
    let reason = match (disabled && !was_disabled, lost_a_role) {
        (true, _) => EndReason::Disabled,
        (false, true) => EndReason::RolesChanged,
        (false, false) => return Ok(None),
    };
    let ended = session::revoke(on, Which::AllOf(id), reason, now).await?;
    Ok(Some((ended, reason)))
}

async fn with_live_sessions(
    on: &impl ConnectionTrait,
    rows: Vec<User>,
    now: Millis,
) -> Result<Vec<ManagedUser>, Outage> {
    let ids: Vec<_> = rows.iter().map(|user| user.id.as_str()).collect();
    let live = session::count_live(on, &ids, now).await?;
    let live: HashMap<_, _> = live.into_iter().collect();
    let managed = rows.into_iter().map(|user| ManagedUser {
        live_sessions: live
            .get(&user.id)
            .map_or(0, |&n| u32::try_from(n).unwrap_or(u32::MAX)),
        roles: roles(&user),
        disabled: user.disabled_at.is_some(),
        created_at: seconds(user.created_at),
        username: user.username,
        display_name: user.display_name,
        id: user.id,
    });
    Ok(managed.collect())
}
