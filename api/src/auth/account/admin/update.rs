//! Changes a user's roles and whether the account is disabled.

use super::super::profile::holder;
use super::{Actor, FindError, find_in};
use crate::AppState;
use crate::auth::audit::log::{insert, user_event};
use crate::auth::client_info::ClientInfo;
use crate::auth::session::revoke::{self, Revocation};
use crate::db::acting::{ActingAdmin, AdminDenied, Authority};
use crate::db::event::Event;
use crate::db::session::Selector;
use crate::db::user::{self, User, roles};
use crate::db::{Database, DbError};
use protocol::Millis;
use shared::admin::{AdminUserView, UpdateUser};
use shared::event::EventKind;
use shared::role::Role;
use shared::session::RevocationReason;
use thiserror::Error;

/// Why a user was not changed.
#[derive(Debug, Error)]
pub enum UpdateError {
    /// No user has this id.
    #[error("no user has that id")]
    NotFound,
    /// No administrator would remain.
    #[error("the last administrator must stay")]
    LastAdmin,
    /// The administrator has lost the right to it, or the database failed.
    #[error(transparent)]
    Denied(#[from] AdminDenied),
}

impl From<FindError> for UpdateError {
    fn from(error: FindError) -> Self {
        match error {
            FindError::NotFound => Self::NotFound,
            FindError::Outage(outage) => outage.into(),
        }
    }
}

impl From<DbError> for UpdateError {
    fn from(outage: DbError) -> Self {
        Self::Denied(outage.into())
    }
}

/// Changes the roles of a user or disables the account. Revokes the sessions that would keep a
/// right that was removed.
pub async fn update(
    app: &AppState,
    id: &str,
    change: UpdateUser,
    by: Actor<'_>,
) -> Result<AdminUserView, UpdateError> {
    let now = app.clock.now();
    let acting = ActingAdmin::begin(&app.db, holder(by.claims), id).await?;
    let ended = apply_update(&acting, id, change, (Some(by.caller), now)).await?;
    // Read before the commit: if this fails, nothing has changed.
    let changed = find_in(acting.transaction(), id, now).await?;
    acting.commit().await?;
    if let Some((ids, reason)) = ended {
        app.deny.add(ids, reason, now);
    }
    Ok(changed)
}

/// The sessions that a change revoked, and the reason.
pub type RevokedSessions = Option<(Vec<String>, RevocationReason)>;

/// Like [`update`], from the command line, with the database alone: running nodes apply it within a
/// second.
pub async fn update_from_cli(
    db: &Database,
    id: &str,
    change: UpdateUser,
    now: Millis,
) -> Result<RevokedSessions, UpdateError> {
    let acting = ActingAdmin::operator(db, id).await?;
    let ended = apply_update(&acting, id, change, (None, now)).await?;
    acting.commit().await?;
    Ok(ended)
}

/// The client and the time of the change.
type ActorContext<'a> = (Option<&'a ClientInfo>, Millis);

async fn apply_update(
    by: &ActingAdmin,
    id: &str,
    change: UpdateUser,
    (caller, now): ActorContext<'_>,
) -> Result<RevokedSessions, UpdateError> {
    let before = by.target(id).ok_or(UpdateError::NotFound)?;
    let had = roles(before);
    let roles = change.roles.unwrap_or_else(|| had.clone());
    let was_disabled = before.disabled_at.is_some();
    let disabled = change.disabled.unwrap_or(was_disabled);
    let administers = roles.contains(&Role::Admin) && !disabled;
    if !administers && by.is_last_admin(id) {
        return Err(UpdateError::LastAdmin);
    }
    user::set_roles_and_status(by, id, &roles, disabled.then_some(now)).await?;
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
    record_events(by, before, kinds, (caller, now)).await?;
    let reason = match (disabled && !was_disabled, !same(&had, &roles)) {
        (true, _) => RevocationReason::Disabled,
        (false, true) => RevocationReason::RolesChanged,
        (false, false) => return Ok(None),
    };
    let cause = Revocation {
        reason,
        caller: None,
        at: now,
    };
    let ended = revoke::revoke_in_tx(Authority::Admin(by), Selector::AllOf(id), cause).await?;
    Ok(Some((ended, reason)))
}

async fn record_events(
    by: &ActingAdmin,
    user: &User,
    kinds: Vec<EventKind>,
    (caller, now): ActorContext<'_>,
) -> Result<(), DbError> {
    let events = kinds.into_iter().map(|kind| Event {
        actor_id: by.id().map(str::to_owned),
        ..user_event(kind, &user.id, caller, now)
    });
    insert(by.transaction(), events.collect()).await
}
