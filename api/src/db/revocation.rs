//! What ended since a node last looked, found by what the database counts and by no clock.
//!
//! SQLite has one writer, so numbers become visible in their order: who has seen one has seen all
//! before it. On PostgreSQL a higher number may be committed first. There a node keeps the snapshot
//! of its last look, and what is new is exactly what that snapshot did not see: `docs/adr/0024`
//! has the proof.

use super::entity::revocation::{Column, Entity};
use super::prune::{self, Pruned};
use super::{Database, DbError};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use shared::claims::ACCESS_TOKEN_MAX_TTL;
use shared::session::RevocationReason;

/// A statement reads no more: a row takes much more while it is read than once it is known.
pub const PAGE: usize = 2_000;
/// Rows are kept so many seconds longer than access tokens live: as long as a transaction of ours can
/// take, and a request that read a session before it ended.
const OVERLAP: u64 = 60;
/// SQLite's clock is that of whichever process writes, and may be an hour off.
const SQLITE_OVERLAP: u64 = 3_600;

/// What a node has read: a snapshot of PostgreSQL's, or a number of SQLite's. At first nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(String);

/// What there is to know at one moment.
#[derive(Clone, Debug)]
pub struct State {
    /// Everything that is visible now.
    pub cursor: Cursor,
    /// Sessions of a lower number are over.
    pub cutoff: i64,
}

/// A session that ended.
#[derive(Clone, Debug)]
pub struct Revocation {
    /// Which.
    pub session_id: String,
    /// Why.
    pub reason: Option<RevocationReason>,
    place: PageCursor,
}

/// Where a page ended: by transaction, where the database has them, and number.
#[derive(Clone, Debug)]
struct PageCursor {
    xid: String,
    number: i64,
}

impl Cursor {
    /// Nothing was read.
    pub fn start(db: &Database) -> Self {
        // The lowest id that a transaction can have is 3.
        Self(if db.is_sqlite() { "0" } else { "1:1:" }.to_owned())
    }

    /// In front of everything that may be new.
    fn page_cursor(&self) -> PageCursor {
        let (xmin, _) = self.0.split_once(':').unwrap_or(("", ""));
        PageCursor {
            xid: xmin.to_owned(),
            number: self.0.parse().unwrap_or(-1),
        }
    }
}

/// What there is to know now. One short statement, however much ended.
///
/// # Errors
/// [`DbError`] where the database does not answer.
pub async fn state(db: &Database) -> Result<State, DbError> {
    let ask = match db.connection.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT pg_current_snapshot()::TEXT AS cursor, number FROM session_cutoff WHERE id = 1"
        }
        _ => {
            "SELECT CAST(COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'revocations'), 0) \
             AS TEXT) AS cursor, number FROM session_cutoff WHERE id = 1"
        }
    };
    let ask = Statement::from_string(db.connection.get_database_backend(), ask);
    let row = db.connection.query_one_raw(ask).await?;
    let row = row.ok_or_else(|| DbError::of("session_cutoff has no row; run `api migrate`"))?;
    Ok(State {
        cursor: Cursor(row.try_get("", "cursor")?),
        cutoff: row.try_get("", "number")?,
    })
}

/// What ended and was not visible at `since`, in pages: the first one, or the one after `last`.
/// Where there are fewer than [`PAGE`], there is no more.
///
/// # Errors
/// [`DbError`] where the database does not answer.
pub async fn page(
    db: &Database,
    since: &Cursor,
    last: Option<&Revocation>,
) -> Result<Vec<Revocation>, DbError> {
    let after = last.map_or_else(|| since.page_cursor(), |last| last.place.clone());
    let rows = if db.is_sqlite() {
        db.connection.query_all_raw(by_number(&after)).await?
    } else {
        // The table grows and shrinks within minutes, faster than PostgreSQL learns of it; by what it
        // knew before it would sort all of it for each page.
        let by_index = "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; \
                        SET LOCAL enable_sort = off";
        let transaction = db.begin_first().await?;
        transaction.execute_unprepared(by_index).await?;
        let rows = transaction.query_all_raw(by_snapshot(since, after)).await?;
        super::commit(transaction).await?;
        rows
    };
    rows.iter().map(revocation).collect()
}

fn by_number(after: &PageCursor) -> Statement {
    let ask = format!(
        "SELECT '' AS \"transaction\", number, session_id, reason FROM \"revocations\" \
         WHERE number > ? ORDER BY number LIMIT {PAGE}"
    );
    Statement::from_sql_and_values(DbBackend::Sqlite, ask, [after.number.into()])
}

fn by_snapshot(since: &Cursor, after: PageCursor) -> Statement {
    let ask = format!(
        "SELECT xid::TEXT AS \"transaction\", number, session_id, reason FROM \"revocations\" \
         WHERE (xid, number) > (CAST($1 AS xid8), $2) \
         AND NOT pg_visible_in_snapshot(xid, CAST($3 AS pg_snapshot)) \
         ORDER BY xid, number LIMIT {PAGE}"
    );
    let values = [
        after.xid.into(),
        after.number.into(),
        since.0.clone().into(),
    ];
    Statement::from_sql_and_values(DbBackend::Postgres, ask, values)
}

fn revocation(row: &QueryResult) -> Result<Revocation, DbError> {
    // By their places, because a name is looked up in each row.
    let reason: Option<String> = row.try_get_by_index(3)?;
    Ok(Revocation {
        session_id: row.try_get_by_index(2)?,
        reason: reason.as_deref().and_then(RevocationReason::parse),
        place: PageCursor {
            xid: row.try_get_by_index(0)?,
            number: row.try_get_by_index(1)?,
        },
    })
}

/// Deletes some rows of sessions whose access tokens are all over. The database's own clock wrote
/// their times and is asked again.
///
/// # Errors
/// [`DbError`] where the database does not answer.
pub async fn prune(db: &Database) -> Result<Pruned, DbError> {
    // Of the statement, so that it is one value and an index can be asked.
    let (now, slack) = if db.is_sqlite() {
        ("unixepoch() * 1000", SQLITE_OVERLAP)
    } else {
        (
            "(EXTRACT(EPOCH FROM statement_timestamp()) * 1000)::BIGINT",
            OVERLAP,
        )
    };
    let kept = i64::try_from((ACCESS_TOKEN_MAX_TTL + slack) * 1_000).unwrap_or(i64::MAX);
    let over = Expr::col((Entity, Column::At)).lt(Expr::cust(now).sub(kept));
    prune::delete_batch::<Entity>(db, Column::Number, over).await
}
