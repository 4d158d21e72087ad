//! Looking after other people's accounts.

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

/// So many sessions end in one transaction where all are to.
const BATCH_SIZE: u32 = 1_000;

/// Why a person was not found.
#[derive(Debug, Error)]
pub enum FindError {
    /// Nobody has that id.
    #[error("no user has that id")]
    NotFound,
    /// Not now.
    #[error(transparent)]
    Outage(#[from] DbError),
}

/// Selector people are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// Part of their name; all people where it is empty.
    pub name: &'a str,
    /// In which order.
    pub order: UserSort,
    /// After that person, by id; behind nobody of ours is nobody.
    pub after: Option<&'a str>,
}

/// A page of people.
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
    // One more than asked for tells whether there is a next page.
    let mut rows = user::page(&app.db, &wanted, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|user| user.id.clone());
    Ok(UserPage {
        users: with_active_sessions(&app.db.calls(), rows, app.clock.now()).await?,
        next,
    })
}

/// One person.
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

/// An administrator at work, as the access token says; whether they still are one is asked in the
/// transaction.
#[derive(Clone, Copy, Debug)]
pub struct Actor<'a> {
    /// Who, and in which session.
    pub claims: &'a AccessClaims,
    /// Where they are.
    pub caller: &'a ClientInfo,
}

/// Ends all of a person's sessions.
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

/// Why an administrator's act was not done.
#[derive(Debug, Error)]
pub enum AdminError {
    /// Not by them, any more.
    #[error(transparent)]
    Denied(#[from] AdminDenied),
    /// There is nobody to do it to.
    #[error(transparent)]
    Find(#[from] FindError),
}

impl From<DbError> for AdminError {
    fn from(outage: DbError) -> Self {
        Self::Denied(outage.into())
    }
}

/// Ends sessions for who has only the database, and says how many: running nodes hear of it within
/// a second.
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

/// Ends everybody's sessions in one statement: refreshes are refused from now on, access tokens by
/// running nodes within a second. Who signs in from now on is not affected. Rows say so later, by
/// [`revoke_below_cutoff`].
pub async fn raise_cutoff(db: &Database, now: Millis) -> Result<(), DbError> {
    cutoff::raise(db, now).await
}

/// Writes into the rows of sessions that are over with everybody's that they are, and says how many;
/// in small bites, of which whoever signs in meanwhile waits for one at most. `told` hears after each
/// how many there were so far.
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

/// Both.
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
