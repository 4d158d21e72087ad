//! Queries on the audit log.

pub use super::entity::event::Model as Event;

use super::entity::event::{ActiveModel, Column, Entity};
use super::prune::{self, Pruned};
use super::{Database, DbError, from_column, to_column};
use protocol::Millis;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, NotSet, QueryFilter,
    QueryOrder, QuerySelect,
};
use shared::event::EventKind;
use shared::session::RevocationReason;

/// More rows in one statement would exceed SQLite's limit of parameters.
const MAX_ROWS: usize = 500;

/// The filter of a query.
#[derive(Clone, Debug, Default)]
pub struct EventFilter<'a> {
    /// Events of this session.
    pub session_id: Option<&'a str>,
    /// Events about this user.
    pub user_id: Option<&'a str>,
    /// Events of this kind.
    pub kind: Option<EventKind>,
    /// Events before this cursor.
    pub before: Option<Cursor>,
}

/// A position in the order of events. Events are written a little after they happen, so ascending
/// ids alone would give the order of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The time, in milliseconds since the Unix epoch.
    pub at: i64,
    /// The id of the event.
    pub id: i64,
}

impl Cursor {
    fn before(self) -> Condition {
        let same_time = Column::At.eq(self.at).and(Column::Id.lt(self.id));
        Condition::any().add(Column::At.lt(self.at)).add(same_time)
    }
}

impl EventFilter<'_> {
    fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.session_id.map(|id| Column::SessionId.eq(id)))
            .add_option(self.user_id.map(|id| Column::UserId.eq(id)))
            .add_option(self.kind.map(|kind| Column::Kind.eq(kind.as_str())))
            .add_option(self.before.map(Cursor::before))
    }
}

/// Inserts events; the database assigns their ids.
pub async fn insert(on: &impl ConnectionTrait, events: Vec<Event>) -> Result<(), DbError> {
    let mut rows = events.into_iter().map(|event| ActiveModel {
        id: NotSet,
        ..event.into_active_model()
    });
    loop {
        let some: Vec<_> = rows.by_ref().take(MAX_ROWS).collect();
        if some.is_empty() {
            return Ok(());
        }
        Entity::insert_many(some).exec_without_returning(on).await?;
    }
}

/// Events, the newest first.
pub async fn page(
    db: &Database,
    which: &EventFilter<'_>,
    limit: u32,
) -> Result<Vec<Event>, DbError> {
    let find = Entity::find()
        .filter(which.condition())
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(u64::from(limit));
    Ok(find.all(&db.calls()).await?)
}

/// How many events of one kind happened in one bucket of time.
#[derive(Clone, Debug)]
pub struct Count {
    /// The index of the bucket, counted from the Unix epoch.
    pub stretch: u64,
    /// The kind.
    pub kind: Option<EventKind>,
    /// The reason.
    pub reason: Option<RevocationReason>,
    /// The number of events.
    pub times: u32,
}

/// Counts the events after `since`, in buckets of length `stretch`.
pub async fn count(db: &Database, since: Millis, stretch: Millis) -> Result<Vec<Count>, DbError> {
    let slot = Expr::col(Column::At).div(to_column(stretch));
    let counts = Entity::find()
        .select_only()
        .column_as(slot, "slot")
        .column(Column::Kind)
        .column(Column::Reason)
        .column_as(Column::Id.count(), "times")
        .filter(Column::At.gte(to_column(since)))
        .group_by(Expr::col("slot"))
        .group_by(Column::Kind)
        .group_by(Column::Reason)
        .into_tuple::<(i64, String, Option<String>, i64)>()
        .all(&db.calls())
        .await?;
    let counts = counts.into_iter().map(|(slot, kind, reason, times)| Count {
        stretch: from_column(slot).0,
        kind: EventKind::parse(&kind),
        reason: reason.as_deref().and_then(RevocationReason::parse),
        times: u32::try_from(times).unwrap_or(u32::MAX),
    });
    Ok(counts.collect())
}

/// Deletes a batch of events before `before`.
pub async fn prune(db: &Database, before: Millis) -> Result<Pruned, DbError> {
    let over = Column::At.lt(to_column(before));
    prune::delete_batch::<Entity>(db, Column::Id, over).await
}
