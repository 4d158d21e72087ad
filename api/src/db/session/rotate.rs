use super::{Column, Entity, alive_at};
use crate::db::together::{self, Question};
use crate::db::{Database, Outage, Swap, to_column};
use futures::future::join_all;
use protocol::{Millis, server};
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, IntoIden, Query, TableRef, UpdateStatement, ValueTuple,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr};
use std::collections::HashSet;
use std::slice;

/// The session moves to its next generation, if it stands where it was read and still is alive.
pub async fn rotate(
    db: &Database,
    id: &str,
    next: &server::Session,
    now: Millis,
) -> Result<Swap, Outage> {
    let rotation = Rotation {
        id: id.to_owned(),
        next: *next,
        now,
    };
    db.together.rotations.ask(&db.connection, rotation).await?
}

/// A session that is to move.
#[derive(Clone)]
pub(super) struct Rotation {
    id: String,
    next: server::Session,
    now: Millis,
}

impl Question for Rotation {
    type Answer = Result<Swap, Outage>;

    /// One statement moves them all and says which it moved. Each carries its own condition, so
    /// none is decided by another; of two that would make the same move, one wins.
    ///
    /// A file has one writer. A server has many, and where one of these rows is held by another
    /// of them, or two wait for each other, the statement fails for all: then each is asked for
    /// alone, so that nobody pays for somebody else's row.
    async fn ask_all(
        on: &DatabaseConnection,
        questions: Vec<Self>,
    ) -> Result<Vec<Self::Answer>, Outage> {
        let is_one = questions.len() == 1 || on.get_database_backend() == DbBackend::Sqlite;
        match move_all(on, &questions).await {
            Ok(swaps) => Ok(swaps.into_iter().map(Ok).collect()),
            Err(Outage(DbErr::Exec(_) | DbErr::Query(_))) if !is_one => {
                Ok(join_all(questions.iter().map(|one| move_one(on, one))).await)
            }
            Err(outage) => Err(outage),
        }
    }
}

async fn move_one(on: &DatabaseConnection, one: &Rotation) -> Result<Swap, Outage> {
    let swaps = move_all(on, slice::from_ref(one)).await?;
    Ok(swaps.first().copied().unwrap_or(Swap::Lost))
}

async fn move_all(on: &DatabaseConnection, all: &[Rotation]) -> Result<Vec<Swap>, Outage> {
    // A row that matches twice takes either, so of equal moves only the first is asked for.
    let mut seen = HashSet::new();
    let first: Vec<_> = all.iter().map(|one| seen.insert(one.swap())).collect();
    let asked = all.iter().zip(&first).filter(|(_, first)| **first);
    let mut asked: Vec<_> = asked.map(|(one, _)| one).collect();
    // In one order everywhere, or two nodes would more often wait for each other.
    asked.sort_unstable_by_key(|one| one.swap());
    let rows = asked.into_iter().map(Rotation::row).collect();
    let mut moved = HashSet::new();
    for row in on.query_all(&statement(together::padded(rows))).await? {
        let id: String = row.try_get_by_index(0)?;
        let generation: i64 = row.try_get_by_index(1)?;
        moved.insert((id, generation));
    }
    let swaps = all.iter().zip(first).map(|(one, first)| {
        let (id, generation) = one.swap();
        if first && moved.contains(&(id.to_owned(), generation)) {
            Swap::Won
        } else {
            Swap::Lost
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
            next.attempt.map(|hash| hash.to_vec()).into(),
            i32::from(next.race_uses).into(),
            to_column(next.idle_expires_at).into(),
            to_column(self.now).into(),
        ])
    }
}

fn statement(rows: Vec<ValueTuple>) -> UpdateStatement {
    let table = Alias::new("asked");
    let asked = |column: &'static str| Expr::col((table.clone(), Alias::new(column)));
    let own = |column: Column| Expr::col((Entity, column));
    Query::update()
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
        .cond_where(alive_at(&asked(NOW)))
        .returning(Query::returning().exprs([own(Column::Id), own(Column::Generation)]))
        .to_owned()
}

#[cfg(test)]
mod tests;
