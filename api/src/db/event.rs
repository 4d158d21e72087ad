//! Queries about what happened.

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

/// More rows in one statement would have more parameters than SQLite takes.
const MAX_ROWS: usize = 500;

/// Which events are asked for.
#[derive(Clone, Debug, Default)]
pub struct EventFilter<'a> {
    /// Of that session.
    pub session_id: Option<&'a str>,
    /// About that person.
    pub user_id: Option<&'a str>,
    /// Of that kind.
    pub kind: Option<EventKind>,
    /// Older than what happened there.
    pub before: Option<Cursor>,
}

/// A place in the order of events: they are written a little after they happen, so a number that
/// counts up would tell the order of the writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// When, in milliseconds since the Unix epoch.
    pub at: i64,
    /// The number of the event.
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

/// Adds events; their ids are given by the database.
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

/// How many events of one kind there were in one stretch of time.
#[derive(Clone, Debug)]
pub struct Count {
    /// The stretch, counted from the Unix epoch.
    pub stretch: u64,
    /// What happened.
    pub kind: Option<EventKind>,
    /// Why.
    pub reason: Option<RevocationReason>,
    /// How often.
    pub times: u32,
}

/// Counts what happened since then, in stretches that are so long.
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

/// Deletes some of what happened before then.
pub async fn prune(db: &Database, before: Millis) -> Result<Pruned, DbError> {
    let over = Column::At.lt(to_column(before));
    prune::delete_batch::<Entity>(db, Column::Id, over).await
}
