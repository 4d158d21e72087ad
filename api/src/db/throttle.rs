//! Rate limit counters, incremented and checked in one statement.

use super::entity::throttle::{ActiveModel, Column, Entity};
use super::prune::{self, Pruned};
use super::{Database, DbError, to_column};
use protocol::Millis;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Set};

/// The maximum clock difference between nodes. A window that begins later was started by a wrong
/// clock, and would otherwise stay full until that time.
pub const AHEAD_MAX: Millis = Millis::from_secs(5);

/// Whether a window that began at `began` has expired.
pub fn is_over(began: Millis, window: Millis, now: Millis) -> bool {
    now >= began + window || began > now + AHEAD_MAX
}

/// The result of counting an attempt.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// The attempt is counted and may continue.
    Admitted,
    /// The window is full.
    Full {
        /// When the window ends.
        until: Millis,
    },
}

/// Counts an attempt for `key`, if fewer than `limit` were accepted in the `window` since the
/// first.
pub async fn try_count(
    db: &Database,
    (key, limit): (&str, u32),
    window: Millis,
    now: Millis,
) -> Result<Admission, DbError> {
    let (over, ahead) = (to_column(now - window), to_column(now + AHEAD_MAX));
    let old = |column: Column| Expr::col((Entity, column));
    // The same condition as [`is_over`].
    let is_over = || {
        let began_too_late = old(Column::StartedAt).gt(ahead);
        old(Column::StartedAt).lte(over).or(began_too_late)
    };
    let counted = OnConflict::column(Column::Key)
        .value(
            Column::Tries,
            Expr::case(is_over(), 1).finally(old(Column::Tries).add(1)),
        )
        .value(
            Column::StartedAt,
            Expr::case(is_over(), to_column(now)).finally(old(Column::StartedAt)),
        )
        .action_and_where(is_over().or(old(Column::Tries).lt(i64::from(limit))))
        .to_owned();
    let row = ActiveModel {
        key: Set(key.to_owned()),
        started_at: Set(to_column(now)),
        tries: Set(1),
    };
    let insert = Entity::insert(row).on_conflict(counted);
    match insert.exec_without_returning(db.connection()).await {
        Ok(0) | Err(DbErr::RecordNotInserted) => window_end(db, key, window, now).await,
        Ok(_) => Ok(Admission::Admitted),
        Err(error) => Err(error.into()),
    }
}

async fn window_end(
    db: &Database,
    key: &str,
    window: Millis,
    now: Millis,
) -> Result<Admission, DbError> {
    let row = Entity::find_by_id(key).one(db.connection()).await?;
    let started_at = row.map_or(now, |row| super::from_column(row.started_at));
    let until = started_at + window;
    Ok(Admission::Full { until })
}

/// Resets the attempts for `key` after a successful sign-in.
pub async fn reset(on: &impl ConnectionTrait, key: &str) -> Result<(), DbError> {
    Entity::delete_by_id(key).exec(on).await?;
    Ok(())
}

/// Deletes a batch of counters whose window has expired.
pub async fn prune(db: &Database, window: Millis, now: Millis) -> Result<Pruned, DbError> {
    let over = Column::StartedAt.lt(to_column(now - window));
    prune::delete_batch::<Entity>(db, Column::Key, over).await
}
