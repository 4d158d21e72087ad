//! What a person may do, and whether they may come in.

use super::super::ending::{self, Cause};
use super::super::journal::{about, record};
use super::{Actor, FindError, find_on};
use crate::App;
use crate::db::event::Event;
use crate::db::session::Which;
use crate::db::user::{self, User, roles};
use crate::db::{self, ConnectionTrait, Database, Outage};
use protocol::Millis;
use shared::admin::{ManagedUser, UpdateUser};
use shared::event::EventKind;
use shared::role::Role;
use shared::session::EndReason;
use thiserror::Error;

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

/// Changes roles or bars a person. Sessions that would hold on to what was taken end with it.
pub async fn update(
    app: &App,
    id: &str,
    change: UpdateUser,
    by: Actor<'_>,
) -> Result<ManagedUser, UpdateError> {
    let now = app.clock.now();
    let transaction = app.db.begin().await?;
    let ended = apply(&transaction, id, change, (Some(by), now)).await?;
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
    let ended = apply(&transaction, id, change, (None, now)).await?;
    db::commit(transaction).await?;
    Ok(ended)
}

/// Who changes it and when; nobody is whoever has the database.
type Change<'a> = (Option<Actor<'a>>, Millis);

async fn apply(
    on: &impl ConnectionTrait,
    id: &str,
    change: UpdateUser,
    (by, now): Change<'_>,
) -> Result<Ended, UpdateError> {
    let admins = user::lock_admins(on).await?;
    let before = user::by_id(on, id).await?.ok_or(UpdateError::NotFound)?;
    let had = roles(&before);
    let roles = change.roles.unwrap_or_else(|| had.clone());
    let was_disabled = before.disabled_at.is_some();
    let disabled = change.disabled.unwrap_or(was_disabled);
    let administers = roles.contains(&Role::Admin) && !disabled;
    if !administers && admins == [before.id.as_str()] {
        return Err(UpdateError::LastAdmin);
    }
    user::set_standing(on, id, &roles, disabled.then_some(now)).await?;
    let mut kinds = Vec::new();
    if disabled != was_disabled {
        kinds.push(if disabled {
            EventKind::Disabled
        } else {
            EventKind::Enabled
        });
    }
    let same = |a: &[Role], b: &[Role]| a.iter().all(|role| b.contains(role));
    if !(same(&had, &roles) && same(&roles, &had)) {
        kinds.push(EventKind::RolesChanged);
    }
    tell(on, &before, kinds, (by, now)).await?;
    let reason = match (disabled && !was_disabled, !same(&had, &roles)) {
        (true, _) => EndReason::Disabled,
        (false, true) => EndReason::RolesChanged,
        (false, false) => return Ok(None),
    };
    let cause = Cause {
        reason,
        by: by.map(|by| by.id),
        caller: None,
        at: now,
    };
    let ended = ending::end(on, Which::AllOf(id), cause).await?;
    Ok(Some((ended, reason)))
}

async fn tell(
    on: &impl ConnectionTrait,
    user: &User,
    kinds: Vec<EventKind>,
    (by, now): Change<'_>,
) -> Result<(), Outage> {
    let events = kinds.into_iter().map(|kind| Event {
        actor_id: by.map(|by| by.id.to_owned()),
        ..about(kind, &user.id, by.map(|by| by.caller), now)
    });
    record(on, events.collect()).await
}
