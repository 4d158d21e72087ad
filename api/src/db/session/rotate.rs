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

/// The session moves to its next generation, if it stands where it was read and still is alive.
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
    // It may have been left out because somebody holds its row. Alone it waits for that.
    let moved = execute(&db.connection, &[rotation]).await?;
    Ok(moved.first().copied().unwrap_or(Cas::Stale))
}

/// A session that is to move.
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

/// One statement moves them all and says which it moved. Each carries its own condition, so none is
/// decided by another; of two that would make the same move, one wins.
async fn execute(on: &DatabaseConnection, all: &[Rotation]) -> Result<Vec<Cas>, DbError> {
    // A row that matches twice takes either, so of equal moves only the first is asked for.
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

/// The columns of what is asked, in the order of [`Rotation::row`]; both databases call them so.
const ID: &str = "column1";
const GENERATION: &str = "column2";
const ROTATED_AT: &str = "column3";
const ATTEMPT_HASH: &str = "column4";
const RACE_USES: &str = "column5";
const IDLE_EXPIRES_AT: &str = "column6";
const NOW: &str = "column7";
/// The sessions of a group that may move at once.
const FREE: &str = "free";

impl Rotation {
    /// What two that would make the same move have in common.
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

/// Those of these sessions that nobody else is about to change; nobody does until the statement
/// ends. So a group never waits for a row, and no two groups wait for each other. Found once and
/// before all, or the planner may look for them again with each row.
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
