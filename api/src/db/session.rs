//! Queries on sessions. Each write contains its whole condition.

mod find;
mod revoke;
mod rotate;

pub use super::entity::session::Model as Session;
pub use find::{find, lock_all};
pub use revoke::{Revoked, Selector, revoke};
pub use rotate::rotate;

use super::batch;
use super::cutoff;
use super::entity::session::{Column, Entity};
use super::entity::user;
use super::prune::{self, Pruned};
use super::user::User;
use super::{Cas, Database, DbError, from_column, to_column};
use protocol::{Millis, server};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

/// The queries on sessions that are batched.
#[derive(Clone, Debug, Default)]
pub(super) struct SessionBatchers {
    finds: batch::Batcher<find::Find>,
    rotations: batch::Batcher<rotate::Rotation>,
}

/// The fields of a row that the protocol decides on.
pub fn to_protocol(session: &Session, user: &User) -> server::Session {
    server::Session {
        generation: u32::try_from(session.generation).unwrap_or(u32::MAX),
        rotated_at: from_column(session.rotated_at),
        attempt_key: session
            .attempt_hash
            .as_deref()
            .and_then(|hash| hash.try_into().ok()),
        grace_reuses: u16::try_from(session.race_uses).unwrap_or(u16::MAX),
        idle_expires_at: from_column(session.idle_expires_at),
        absolute_expires_at: from_column(session.absolute_expires_at),
        revoked: session.revoked_at.is_some(),
        user_enabled: user.disabled_at.is_none(),
    }
}

/// Inserts a session.
pub async fn insert(on: &impl ConnectionTrait, session: Session) -> Result<(), DbError> {
    Entity::insert(session.into_active_model())
        .exec_without_returning(on)
        .await?;
    Ok(())
}

/// Counts a use of the previous token in the grace period, if the limit permits one more.
pub async fn count_grace_reuse(
    db: &Database,
    id: &str,
    seen: &server::Session,
    now: Millis,
) -> Result<Cas, DbError> {
    let update = Entity::update_many()
        .col_expr(Column::RaceUses, Expr::col(Column::RaceUses).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Generation.eq(i64::from(seen.generation)))
        .filter(Column::RaceUses.lt(i32::from(server::MAX_GRACE_REUSES)))
        .filter(is_active(&Expr::value(to_column(now))));
    Ok(Cas::of(update.exec(db.connection()).await?.rows_affected))
}

/// The user's active sessions, the newest first.
pub async fn active_sessions(
    db: &Database,
    user_id: &str,
    now: Millis,
) -> Result<Vec<Session>, DbError> {
    let find = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(not_expired(now))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id);
    Ok(find.all(&db.calls()).await?)
}

/// The number of active sessions of each of these users; users without any are omitted.
pub async fn count_active(
    on: &impl ConnectionTrait,
    user_ids: &[&str],
    now: Millis,
) -> Result<Vec<(String, i64)>, DbError> {
    let count = Entity::find()
        .select_only()
        .column(Column::UserId)
        .column_as(Column::Id.count(), "live")
        .filter(Column::UserId.is_in(user_ids.iter().copied()))
        .filter(not_expired(now))
        .group_by(Column::UserId)
        .into_tuple();
    Ok(count.all(on).await?)
}

/// Deletes a batch of sessions some time after their absolute end: until then a token reuse must be
/// detected.
pub async fn prune(db: &Database, ended_before: Millis) -> Result<Pruned, DbError> {
    let over = Column::AbsoluteExpiresAt.lt(to_column(ended_before));
    prune::delete_batch::<Entity>(db, Column::Id, over).await
}

/// Neither revoked nor expired.
fn not_expired(now: Millis) -> Condition {
    not_expired_at(&Expr::value(to_column(now)))
}

fn not_expired_at(now: &Expr) -> Condition {
    let column = |column| Expr::col((Entity, column));
    Condition::all()
        .add(column(Column::RevokedAt).is_null())
        .add(column(Column::Cutoff).gte(cutoff::number()))
        .add(column(Column::IdleExpiresAt).gt(now.clone()))
        .add(column(Column::AbsoluteExpiresAt).gt(now.clone()))
}

/// Neither revoked nor expired, and the user is enabled.
fn is_active(now: &Expr) -> Condition {
    let enabled = Query::select()
        .column(user::Column::Id)
        .from(user::Entity)
        .and_where(user::Column::DisabledAt.is_null())
        .and_where(Expr::col((user::Entity, user::Column::Id)).equals((Entity, Column::UserId)))
        .to_owned();
    not_expired_at(now).add(Expr::exists(enabled))
}
