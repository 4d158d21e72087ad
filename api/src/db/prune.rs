//! Deletes expired rows in small batches: one statement for all of them would block SQLite's only
//! writer until it ends, and would exceed PostgreSQL's time limit.

use super::{Database, DbError};
use sea_orm::sea_query::{Expr, LockBehavior, LockType, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter};

/// The maximum number of rows per statement, which takes a few milliseconds.
pub const BATCH_SIZE: u64 = 100;

/// The result of one statement.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pruned {
    /// The number of deleted rows.
    pub rows: u64,
}

impl Pruned {
    /// Whether there may be more rows to delete.
    pub fn maybe_more(self) -> bool {
        self.rows == BATCH_SIZE
    }
}

/// Deletes a batch of expired rows. Several nodes may do so concurrently: each deletes others.
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

/// Whether the id is among those of a subquery with few rows.
///
/// PostgreSQL may keep a generic plan for any `LIMIT`, and for an `IN` list it then reads the whole
/// table in case the list is long. As an array the ids are found once, and then each row by its id.
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
