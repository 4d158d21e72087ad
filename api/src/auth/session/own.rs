//! The user's own sessions.

use super::issue::millis_to_secs;
use super::revoke::{self, Revocation};
use crate::AppState;
use crate::auth::account::profile::holder;
use crate::auth::client_info::ClientInfo;
use crate::db::DbError;
use crate::db::acting::{ActingUser, Authority, Denied};
use crate::db::session::{self, Selector};
use shared::claims::AccessClaims;
use shared::session::{RevocationReason, Session, Sessions};
use shared::text;

/// The user's active sessions, the newest first.
pub async fn list(app: &AppState, claims: &AccessClaims) -> Result<Sessions, DbError> {
    let rows = session::active_sessions(&app.db, &claims.sub, app.clock.now()).await?;
    let sessions = rows.into_iter().map(|row| Session {
        current: row.id == claims.sid,
        created_at: millis_to_secs(row.created_at),
        last_used_at: millis_to_secs(row.rotated_at),
        user_agent: row.user_agent.map(text::strip),
        ip: row.ip,
        id: row.id,
    });
    Ok(Sessions {
        sessions: sessions.collect(),
    })
}

/// Revokes one of the user's own sessions; `false` if the user has no session with this id.
pub async fn end(
    app: &AppState,
    claims: &AccessClaims,
    id: &str,
    caller: &ClientInfo,
) -> Result<bool, Denied> {
    let cause = Revocation {
        reason: RevocationReason::ByUser,
        caller: Some(caller),
        at: app.clock.now(),
    };
    let acting = ActingUser::begin(&app.db, holder(claims)).await?;
    let which = Selector::OneOf(id, &claims.sub);
    let ended = revoke::revoke_in_tx(Authority::User(&acting), which, cause).await?;
    acting.commit().await?;
    let found = !ended.is_empty();
    app.deny.add(ended, cause.reason, cause.at);
    Ok(found)
}
