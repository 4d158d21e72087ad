//! Ending sessions: in the database, in the record, and for their access tokens.

use super::caller::ClientInfo;
use super::journal::{user_event, insert, with_session};
use crate::App;
use crate::db::acting::Authority;
use crate::db::event::Event;
use crate::db::session::{Which, revoke};
use crate::db::{self, Outage, news, user};
use crate::failpoint;
use protocol::Millis;
use shared::event::EventKind;
use shared::session::RevocationReason;

/// Why sessions end, when, and from where that was wanted.
#[derive(Clone, Copy)]
pub(super) struct Revocation<'a> {
    pub(super) reason: RevocationReason,
    pub(super) caller: Option<&'a ClientInfo>,
    pub(super) at: Millis,
}

/// Ends sessions within a transaction and says which. Their access tokens are refused once the
/// ids are on the deny list, after the commit.
pub(super) async fn revoke_in_tx(
    by: Authority<'_>,
    which: Which<'_>,
    cause: Revocation<'_>,
) -> Result<Vec<String>, Outage> {
    let on = by.transaction();
    if let Some(user_id) = which.person() {
        user::lock(on, user_id).await?;
    }
    let ended = revoke(by, which, cause.reason, cause.at).await?;
    // What had merely expired did so in silence.
    let lived = ended.iter().filter(|ended| ended.lived);
    let events = lived.map(|ended| {
        let event = user_event(EventKind::SessionRevoked, &ended.user_id, cause.caller, cause.at);
        Event {
            reason: Some(cause.reason.as_str().to_owned()),
            actor_id: by.actor_id().map(str::to_owned),
            ..with_session(&ended.id, event)
        }
    });
    insert(on, events.collect()).await?;
    if !ended.is_empty() {
        news::tell(on).await?;
    }
    Ok(ended.into_iter().map(|ended| ended.id).collect())
}

/// Ends sessions by a rule and says which, from now on for their access tokens too.
pub(super) async fn revoke(
    app: &App,
    which: Which<'_>,
    cause: Revocation<'_>,
) -> Result<Vec<String>, Outage> {
    let transaction = app.db.begin().await?;
    let ended = revoke_in_tx(Authority::Rule(&transaction), which, cause).await?;
    failpoint::reach("end: before the commit");
    db::commit(transaction).await?;
    failpoint::reach("end: after the commit");
    app.deny.add(ended.clone(), cause.reason, cause.at);
    Ok(ended)
}
