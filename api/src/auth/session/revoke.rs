//! Revokes sessions: in the database, in the audit log, and for their access tokens.

use crate::AppState;
use crate::auth::audit::log::{insert, user_event, with_session};
use crate::auth::client_info::ClientInfo;
use crate::db::acting::Authority;
use crate::db::event::Event;
use crate::db::notify;
use crate::db::session::{self, Selector};
use crate::db::user;
use crate::db::{self, DbError};
use crate::failpoint;
use protocol::Millis;
use shared::event::EventKind;
use shared::session::RevocationReason;

/// The reason, the time and the client of a revocation.
#[derive(Clone, Copy)]
pub(crate) struct Revocation<'a> {
    pub(crate) reason: RevocationReason,
    pub(crate) caller: Option<&'a ClientInfo>,
    pub(crate) at: Millis,
}

/// Revokes sessions within a transaction and returns their ids. Their access tokens are rejected
/// once the ids are on the deny list, after the commit.
pub(crate) async fn revoke_in_tx(
    by: Authority<'_>,
    which: Selector<'_>,
    cause: Revocation<'_>,
) -> Result<Vec<String>, DbError> {
    let on = by.transaction();
    if let Some(user_id) = which.user_id() {
        user::lock(on, user_id).await?;
    }
    let ended = session::revoke(by, which, cause.reason, cause.at).await?;
    // Expired sessions cause no event.
    let lived = ended.iter().filter(|ended| ended.was_active);
    let events = lived.map(|ended| {
        let event = user_event(
            EventKind::SessionRevoked,
            &ended.user_id,
            cause.caller,
            cause.at,
        );
        Event {
            reason: Some(cause.reason.as_str().to_owned()),
            actor_id: by.actor_id().map(str::to_owned),
            ..with_session(&ended.id, event)
        }
    });
    insert(on, events.collect()).await?;
    if !ended.is_empty() {
        notify::notify(on).await?;
    }
    Ok(ended.into_iter().map(|ended| ended.id).collect())
}

/// Revokes the selected sessions, adds them to the deny list and returns their ids.
pub(crate) async fn revoke(
    app: &AppState,
    which: Selector<'_>,
    cause: Revocation<'_>,
) -> Result<Vec<String>, DbError> {
    let transaction = app.db.begin().await?;
    let ended = revoke_in_tx(Authority::Rule(&transaction), which, cause).await?;
    failpoint::hit("end: before the commit");
    db::commit(transaction).await?;
    failpoint::hit("end: after the commit");
    app.deny.add(ended.clone(), cause.reason, cause.at);
    Ok(ended)
}
