//! Counters of tries, counted and judged in one statement.

use super::entity::throttle::{ActiveModel, Column, Entity};
use super::prune::{self, Pruned};
use super::{Database, DbError, to_column};
use protocol::Millis;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Set};

/// Clocks of nodes are no further apart. A window that begins later was begun by a clock that was
/// wrong, and would stay full until its time has come.
pub const AHEAD_MAX: Millis = Millis::from_secs(5);

/// Whether a window that began then is none any more.
pub fn is_over(began: Millis, window: Millis, now: Millis) -> bool {
    now >= began + window || began > now + AHEAD_MAX
}

/// Whether a try was admitted.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It counts, and may go on.
    Admitted,
    /// The window is full.
    Full {
        /// When the window ends.
        until: Millis,
    },
}

/// Counts a try of `key`, if fewer than `limit` were admitted in the `window` since the first.
pub async fn try_count(
    db: &Database,
    (key, limit): (&str, u32),
    window: Millis,
    now: Millis,
) -> Result<Admission, DbError> {
    let (over, ahead) = (to_column(now - window), to_column(now + AHEAD_MAX));
    let old = |column: Column| Expr::col((Entity, column));
    // As [`is_over`] says it.
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

/// Forgets the tries of `key`: the person proved who they are.
pub async fn reset(on: &impl ConnectionTrait, key: &str) -> Result<(), DbError> {
    Entity::delete_by_id(key).exec(on).await?;
    Ok(())
}

/// Deletes some counters whose window is over.
pub async fn prune(db: &Database, window: Millis, now: Millis) -> Result<Pruned, DbError> {
    let over = Column::StartedAt.lt(to_column(now - window));
    prune::delete_batch::<Entity>(db, Column::Key, over).await
}
