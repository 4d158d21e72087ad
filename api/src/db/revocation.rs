//! Reads the revocations since a node's last poll, by sequence numbers of the database and not by
//! clocks.
//!
//! SQLite has one writer, so numbers become visible in order: a reader that has seen one has seen
//! all before it. On PostgreSQL a higher number may be committed first. There a node keeps the
//! snapshot of its last poll, and exactly the rows that this snapshot did not see are new:
//! `docs/adr/0024` has the proof.

use super::entity::revocation::{Column, Entity};
use super::prune::{self, Pruned};
use super::{Database, DbError};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use shared::claims::ACCESS_TOKEN_MAX_TTL;
use shared::session::RevocationReason;

/// The maximum number of rows per statement: a row takes much more memory while it is read than on
/// the deny list.
pub const PAGE: usize = 2_000;
/// How many seconds longer than an access token lives a row is kept: the duration of a transaction,
/// and of a request that read a session before it was revoked.
const OVERLAP: u64 = 60;
/// The clock of SQLite is that of the process that writes, and may be wrong by an hour.
const SQLITE_OVERLAP: u64 = 3_600;

/// The position of a reader: a PostgreSQL snapshot, or a number on SQLite. Initially nothing was
/// read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(String);

/// The state of the table at one moment.
#[derive(Clone, Debug)]
pub struct State {
    /// Covers all rows that are visible now.
    pub cursor: Cursor,
    /// Sessions with a lower number are revoked.
    pub cutoff: i64,
}

/// A revoked session.
#[derive(Clone, Debug)]
pub struct Revocation {
    /// The session.
    pub session_id: String,
    /// The reason.
    pub reason: Option<RevocationReason>,
    place: PageCursor,
}

/// The end of a page: the transaction, on PostgreSQL, and the number.
#[derive(Clone, Debug)]
struct PageCursor {
    xid: String,
    number: i64,
}

impl Cursor {
    /// A cursor before all rows.
    pub fn start(db: &Database) -> Self {
        // The lowest possible transaction id is 3.
        Self(if db.is_sqlite() { "0" } else { "1:1:" }.to_owned())
    }

    /// The position before all rows that may be new.
    fn page_cursor(&self) -> PageCursor {
        let (xmin, _) = self.0.split_once(':').unwrap_or(("", ""));
        PageCursor {
            xid: xmin.to_owned(),
            number: self.0.parse().unwrap_or(-1),
        }
    }
}

/// The current state. One short statement, regardless of the number of rows.
///
/// # Errors
/// [`DbError`] if the database query fails.
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

/// The revocations that were not visible at `since`, in pages: the first one, or the one after
/// `last`. A page with fewer than [`PAGE`] rows is the last one.
///
/// # Errors
/// [`DbError`] if the database query fails.
pub async fn page(
    db: &Database,
    since: &Cursor,
    last: Option<&Revocation>,
) -> Result<Vec<Revocation>, DbError> {
    let after = last.map_or_else(|| since.page_cursor(), |last| last.place.clone());
    let rows = if db.is_sqlite() {
        db.connection.query_all_raw(by_number(&after)).await?
    } else {
        // The table grows and shrinks within minutes, faster than PostgreSQL updates its
        // statistics; with stale ones it would sort the whole table for each page.
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
    // By index, because a lookup by name would be repeated for each row.
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

/// Deletes a batch of rows whose access tokens have all expired. The database's clock wrote their
/// times and is used for the comparison.
///
/// # Errors
/// [`DbError`] if the database query fails.
pub async fn prune(db: &Database) -> Result<Pruned, DbError> {
    // The time of the statement: a constant, so that an index can be used.
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
