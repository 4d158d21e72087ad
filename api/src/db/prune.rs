//! Deleting what is over, a little at a time: one statement for all of it would hold SQLite's only
//! writer for as long as it lasts, and would never end within PostgreSQL's time limit.

use super::{Database, DbError};
use sea_orm::sea_query::{Expr, LockBehavior, LockType, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter};

/// A statement deletes no more, which takes it a few milliseconds.
pub const BATCH_SIZE: u64 = 100;

/// What one statement did.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pruned {
    /// So many rows are gone.
    pub rows: u64,
}

impl Pruned {
    /// Whether there may be more to delete.
    pub fn maybe_more(self) -> bool {
        self.rows == BATCH_SIZE
    }
}

/// Deletes some rows that are over. Several nodes may do so at once: each takes others.
pub(super) async fn delete_batch<E: EntityTrait>(
    db: &Database,
    id: E::Column,
    over: SimpleExpr,
) -> Result<Pruned, DbError> {
    let some = Query::select()
        .column(id)
        .from(E::default())
        .and_where(over)
        .limit(BATCH_SIZE)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    let delete = E::delete_many().filter(id_in(db.connection(), id, some));
    let rows = delete.exec(db.connection()).await?.rows_affected;
    Ok(Pruned { rows })
}

/// Whether that is the id of one of some rows, of which there are few.
///
/// PostgreSQL may keep a plan for whatever `LIMIT` says, and as the list of an `IN` it then reads the
/// whole table, in case they are many. As an array they are found once, and each by its id.
pub(super) fn id_in(
    on: &impl ConnectionTrait,
    id: impl ColumnTrait,
    some: SelectStatement,
) -> SimpleExpr {
    if on.get_database_backend() == DbBackend::Sqlite {
        return id.in_subquery(some);
    }
    let some = SimpleExpr::SubQuery(None, Box::new(some.into()));
    Expr::cust_with_exprs("$1 = ANY(ARRAY($2))", [Expr::col(id), some])
}
