//! User administration: list and find users, revoke their sessions.

mod update;

pub use update::{RevokedSessions, UpdateError, update, update_from_cli};

use super::profile::holder;
use crate::AppState;
use crate::auth::client_info::ClientInfo;
use crate::auth::session::issue::{display_name, millis_to_secs};
use crate::auth::session::revoke::{self, Revocation};
use crate::db::acting::{ActingAdmin, AdminDenied, Authority};
use crate::db::session::{self, Selector};
use crate::db::user::{self, User, roles};
use crate::db::{self, ConnectionTrait, Database, DbError, cutoff};
use protocol::Millis;
use shared::admin::{AdminUserView, UserPage, UserSort};
use shared::claims::AccessClaims;
use shared::session::RevocationReason;
use shared::username;
use std::collections::HashMap;
use thiserror::Error;

/// The maximum number of sessions that one transaction revokes when all are revoked.
const BATCH_SIZE: u32 = 1_000;

/// Why a user was not found.
#[derive(Debug, Error)]
pub enum FindError {
    /// No user has this id.
    #[error("no user has that id")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Outage(#[from] DbError),
}

/// Which users to list.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// Prefix of the username; empty for all users.
    pub name: &'a str,
    /// The sort order.
    pub order: UserSort,
    /// The id of the user before the first one of the page. If no such user exists, the page is
    /// empty.
    pub after: Option<&'a str>,
}

/// One page of users.
pub async fn list(app: &AppState, search: &Search<'_>, limit: u32) -> Result<UserPage, DbError> {
    let after = match search.after {
        Some(id) => match user::by_id(&app.db.calls(), id).await? {
            Some(user) => Some(user),
            None => return Ok(UserPage::default()),
        },
        None => None,
    };
    let wanted = user::UserQuery {
        name: &username::canonical(search.name),
        order: search.order,
        after: after.as_ref(),
    };
    // One row more than the page holds shows whether a next page exists.
    let mut rows = user::page(&app.db, &wanted, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|user| user.id.clone());
    Ok(UserPage {
        users: with_active_sessions(&app.db.calls(), rows, app.clock.now()).await?,
        next,
    })
}

/// One user.
pub async fn find(app: &AppState, id: &str) -> Result<AdminUserView, FindError> {
    find_in(&app.db.calls(), id, app.clock.now()).await
}

async fn find_in(
    on: &impl ConnectionTrait,
    id: &str,
    now: Millis,
) -> Result<AdminUserView, FindError> {
    let row = user::by_id(on, id).await?;
    let row = row.ok_or(FindError::NotFound)?;
    let mut users = with_active_sessions(on, vec![row], now).await?;
    users.pop().ok_or(FindError::NotFound)
}

/// An administrator, according to the access token. The transaction checks that the role still
/// holds.
#[derive(Clone, Copy, Debug)]
pub struct Actor<'a> {
    /// The administrator's user and session.
    pub claims: &'a AccessClaims,
    /// The administrator's client.
    pub caller: &'a ClientInfo,
}

/// Revokes all sessions of a user.
pub async fn end_sessions(app: &AppState, id: &str, by: Actor<'_>) -> Result<(), AdminError> {
    let acting = ActingAdmin::begin(&app.db, holder(by.claims), id).await?;
    acting.target(id).ok_or(FindError::NotFound)?;
    let cause = Revocation {
        reason: RevocationReason::EndedByAdmin,
        caller: Some(by.caller),
        at: app.clock.now(),
    };
    let ended = revoke::revoke_in_tx(Authority::Admin(&acting), Selector::AllOf(id), cause).await?;
    acting.commit().await?;
    app.deny.add(ended, cause.reason, cause.at);
    Ok(())
}

/// Why an administrator's action was rejected.
#[derive(Debug, Error)]
pub enum AdminError {
    /// The administrator has lost the right to it.
    #[error(transparent)]
    Denied(#[from] AdminDenied),
    /// The target user was not found.
    #[error(transparent)]
    Find(#[from] FindError),
}

impl From<DbError> for AdminError {
    fn from(outage: DbError) -> Self {
        Self::Denied(outage.into())
    }
}

/// Revokes sessions from the command line, with the database alone, and returns how many. Running
/// nodes apply it within a second.
pub async fn revoke_from_cli(
    db: &Database,
    which: Selector<'_>,
    now: Millis,
) -> Result<usize, DbError> {
    let cause = Revocation {
        reason: RevocationReason::EndedByAdmin,
        caller: None,
        at: now,
    };
    let transaction = db.begin().await?;
    let ended = revoke::revoke_in_tx(Authority::Rule(&transaction), which, cause).await?;
    db::commit(transaction).await?;
    Ok(ended.len())
}

/// Revokes the sessions of all users in one statement: refreshes are rejected from now on, access
/// tokens by running nodes within a second. Later sign-ins are not affected.
/// [`revoke_below_cutoff`] updates the rows afterwards.
pub async fn raise_cutoff(db: &Database, now: Millis) -> Result<(), DbError> {
    cutoff::raise(db, now).await
}

/// Marks the rows of sessions below the cutoff as revoked and returns how many. Works in small
/// batches; a concurrent sign-in waits for at most one of them. Calls `told` after each batch with
/// the total so far.
pub async fn revoke_below_cutoff(
    db: &Database,
    now: Millis,
    told: impl Fn(usize),
) -> Result<usize, DbError> {
    let mut all = 0;
    loop {
        let ended = revoke_from_cli(db, Selector::BelowCutoff(BATCH_SIZE), now).await?;
        if ended == 0 {
            return Ok(all);
        }
        all += ended;
        told(all);
    }
}

/// Raises the cutoff, then marks the rows.
pub async fn revoke_all(db: &Database, now: Millis) -> Result<usize, DbError> {
    raise_cutoff(db, now).await?;
    revoke_below_cutoff(db, now, |_| {}).await
}

async fn with_active_sessions(
    on: &impl ConnectionTrait,
    rows: Vec<User>,
    now: Millis,
) -> Result<Vec<AdminUserView>, DbError> {
    let ids: Vec<_> = rows.iter().map(|user| user.id.as_str()).collect();
    let live = session::count_active(on, &ids, now).await?;
    let live: HashMap<_, _> = live.into_iter().collect();
    let managed = rows.into_iter().map(|user| AdminUserView {
        live_sessions: live
            .get(&user.id)
            .map_or(0, |&n| u32::try_from(n).unwrap_or(u32::MAX)),
        roles: roles(&user),
        disabled: user.disabled_at.is_some(),
        created_at: millis_to_secs(user.created_at),
        display_name: display_name(&user),
        username: user.username,
        id: user.id,
    });
    Ok(managed.collect())
}
