use super::{Column, Entity, is_active};
use crate::db::batch::{self, BatchQuery};
use crate::db::{Cas, Database, DbError, to_column};
use protocol::{Millis, server};
use sea_orm::sea_query::{
    Alias, CommonTableExpression, Expr, ExprTrait, IntoIden, LockBehavior, LockType, Query,
    TableRef, UpdateStatement, ValueTuple, WithClause,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use std::collections::HashSet;

/// Moves the session to its next generation, if its row is unchanged and the session is still
/// active.
pub async fn rotate(
    db: &Database,
    id: &str,
    next: &server::Session,
    now: Millis,
) -> Result<Cas, DbError> {
    let rotation = Rotation {
        id: id.to_owned(),
        next: *next,
        now,
    };
    let asked = db
        .together
        .rotations
        .submit(&db.connection, rotation.clone());
    if asked.await? == Cas::Applied {
        return Ok(Cas::Applied);
    }
    if db.is_sqlite() {
        return Ok(Cas::Stale);
    }
    // The batch may have skipped the row because another transaction locks it. Alone, the statement
    // waits for the lock.
    let moved = execute(&db.connection, &[rotation]).await?;
    Ok(moved.first().copied().unwrap_or(Cas::Stale))
}

/// A session to rotate.
#[derive(Clone)]
pub(super) struct Rotation {
    id: String,
    next: server::Session,
    now: Millis,
}

impl BatchQuery for Rotation {
    type Reply = Cas;

    async fn execute_batch(
        on: &DatabaseConnection,
        questions: Vec<Self>,
    ) -> Result<Vec<Self::Reply>, DbError> {
        execute(on, &questions).await
    }
}

/// Rotates all sessions in one statement and returns the result of each. Each has its own
/// condition, so they are independent; of two identical rotations one is applied.
async fn execute(on: &DatabaseConnection, all: &[Rotation]) -> Result<Vec<Cas>, DbError> {
    // If two rotations match a row, the database applies either, so only the first is included.
    let mut seen = HashSet::new();
    let first: Vec<_> = all.iter().map(|one| seen.insert(one.swap())).collect();
    let asked = all.iter().zip(&first).filter(|(_, first)| **first);
    let asked: Vec<_> = asked.map(|(one, _)| one).collect();
    let mut moved = HashSet::new();
    let statement = statement(on, &batch::pad_to_power_of_two(asked));
    for row in on.query_all(&statement).await? {
        let id: String = row.try_get_by_index(0)?;
        let generation: i64 = row.try_get_by_index(1)?;
        moved.insert((id, generation));
    }
    let swaps = all.iter().zip(first).map(|(one, first)| {
        let (id, generation) = one.swap();
        if first && moved.contains(&(id.to_owned(), generation)) {
            Cas::Applied
        } else {
            Cas::Stale
        }
    });
    Ok(swaps.collect())
}

/// The columns of the values list, in the order of [`Rotation::row`]; both databases name them so.
const ID: &str = "column1";
const GENERATION: &str = "column2";
const ROTATED_AT: &str = "column3";
const ATTEMPT_HASH: &str = "column4";
const RACE_USES: &str = "column5";
const IDLE_EXPIRES_AT: &str = "column6";
const NOW: &str = "column7";
/// The sessions of a batch that are not locked.
const FREE: &str = "free";

impl Rotation {
    /// The key that two identical rotations share.
    fn swap(&self) -> (&str, i64) {
        (&self.id, i64::from(self.next.generation))
    }

    fn row(&self) -> ValueTuple {
        let next = &self.next;
        ValueTuple::Many(vec![
            self.id.clone().into(),
            i64::from(next.generation).into(),
            to_column(next.rotated_at).into(),
            next.attempt_key.map(|hash| hash.to_vec()).into(),
            i32::from(next.grace_reuses).into(),
            to_column(next.idle_expires_at).into(),
            to_column(self.now).into(),
        ])
    }
}

fn statement(on: &DatabaseConnection, all: &[&Rotation]) -> UpdateStatement {
    let table = Alias::new("asked");
    let asked = |column: &'static str| Expr::col((table.clone(), Alias::new(column)));
    let own = |column: Column| Expr::col((Entity, column));
    let rows = all.iter().map(|one| one.row()).collect();
    let mut statement = Query::update()
        .table(Entity)
        .values([
            (Column::Generation, asked(GENERATION)),
            (Column::RotatedAt, asked(ROTATED_AT)),
            (Column::AttemptHash, asked(ATTEMPT_HASH)),
            (Column::RaceUses, asked(RACE_USES)),
            (Column::IdleExpiresAt, asked(IDLE_EXPIRES_AT)),
        ])
        .from(TableRef::ValuesList(rows, table.clone().into_iden()))
        .and_where(own(Column::Id).eq(asked(ID)))
        .and_where(own(Column::Generation).eq(asked(GENERATION).sub(1)))
        .cond_where(is_active(&asked(NOW)))
        .returning(Query::returning().exprs([own(Column::Id), own(Column::Generation)]))
        .to_owned();
    if all.len() > 1 && on.get_database_backend() == DbBackend::Postgres {
        let ids = all.iter().map(|one| one.id.as_str());
        let names = Query::select().column(Column::Id).from(FREE).to_owned();
        statement
            .with_cte(free(ids))
            .and_where(own(Column::Id).in_subquery(names));
    }
    statement
}

/// Selects and locks those sessions that no other transaction locks, until the statement ends. So a
/// batch never waits for a row, and two batches never wait for each other. Materialized first,
/// otherwise the planner may repeat the selection for each row.
fn free<'a>(ids: impl Iterator<Item = &'a str>) -> WithClause {
    let select = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Expr::col(Column::Id).is_in(ids))
        .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked)
        .to_owned();
    let found = CommonTableExpression::new()
        .table_name(FREE)
        .materialized(true)
        .query(select)
        .to_owned();
    WithClause::new().cte(found).to_owned()
}

#[cfg(test)]
mod tests;
