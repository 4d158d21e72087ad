//! The database: entities, migrations and all queries. Races are decided by conditional statements
//! and their affected rows, never by reading first and writing later.

pub mod acting;
pub mod backup;
mod batch;
mod calls;
mod connect;
pub mod cutoff;
mod entity;
pub mod event;
mod fs;
mod migration;
pub mod notify;
pub mod prune;
mod readiness;
pub mod restore;
pub mod revocation;
mod schema;
pub mod session;
mod stats;
pub mod throttle;
pub mod user;

pub use calls::{Calls, rejected_total};
pub use migration::Migrator;
pub use schema::Readiness;
pub use sea_orm::{ConnectionTrait, DatabaseTransaction};
pub use stats::PoolStats;

use crate::trace::span;
use protocol::Millis;
use sea_orm::{
    DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use std::sync::atomic::{AtomicU64, Ordering};
use thiserror::Error;

/// Counts the [`DbError`]s of this process.
static OUTAGES: AtomicU64 = AtomicU64::new(0);

/// How many statements failed in this process, for the metrics.
pub fn outages() -> u64 {
    OUTAGES.load(Ordering::Relaxed)
}

/// The database is unreachable, locked, full or corrupt. The log contains the cause; clients get
/// 503.
#[derive(Debug, Error)]
#[error("the database does not answer")]
pub struct DbError(#[source] pub DbErr);

impl From<DbErr> for DbError {
    fn from(error: DbErr) -> Self {
        if matches!(&error, DbErr::Custom(what) if what == calls::BUSY) {
            tracing::debug!("{error}");
            return Self(error);
        }
        tracing::error!(error = %error, "outage");
        OUTAGES.fetch_add(1, Ordering::Relaxed);
        Self(error)
    }
}

impl DbError {
    /// Another error that only an operator can fix.
    pub fn of(what: &str) -> Self {
        DbErr::Custom(what.to_owned()).into()
    }

    /// Why the connection was rejected, if the server responded.
    pub fn connect_error(&self) -> Option<ConnectError> {
        let (DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error))) = &self.0
        else {
            return None;
        };
        ConnectError::of_state(&error.as_database_error()?.code()?)
    }
}

/// Why a database rejects a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectError {
    /// The user does not exist, or the password is wrong.
    Credentials,
    /// The server has no database of this name.
    NoSuchDatabase,
    /// The database is read-only: it is a standby, or configured so.
    ReadOnly,
}

impl ConnectError {
    /// Maps PostgreSQL's error codes (its manual, appendix A).
    fn of_state(code: &str) -> Option<Self> {
        match code {
            "28P01" | "28000" => Some(Self::Credentials),
            "3D000" => Some(Self::NoSuchDatabase),
            // A standby returns the first code for a write session, the second in a transaction.
            "25001" | "25006" => Some(Self::ReadOnly),
            _ => None,
        }
    }
}

/// The result of a conditional statement (compare-and-swap). It must be used, because it decides
/// which of several requests succeeded.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cas {
    /// The condition held, and the row changed.
    Applied,
    /// A concurrent request changed the row; read again.
    Stale,
}

impl Cas {
    fn of(rows_affected: u64) -> Self {
        if rows_affected == 0 {
            Self::Stale
        } else {
            Self::Applied
        }
    }
}

/// A database connection pool.
#[derive(Clone, Debug)]
pub struct Database {
    connection: DatabaseConnection,
    together: session::SessionBatchers,
    places: calls::CallPermits,
    readiness: readiness::Readiness,
}

impl Database {
    /// Checkpoints the write-ahead log and closes the file.
    pub async fn close(self) -> Result<(), DbError> {
        Ok(self.connection.close().await?)
    }

    /// Starts a writing transaction without a permit, for sign-ins and background tasks, which a
    /// load of other requests must not keep from the database; all others use [`Self::begin`].
    ///
    /// On SQLite it takes the write lock at once: a transaction that reads first and locks later
    /// would fail without waiting.
    pub async fn begin_first(&self) -> Result<DatabaseTransaction, DbError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let begin = self.connection.begin_with_options(options);
        Ok(span("db: begin", begin).await?)
    }

    /// The time of the database's clock; `None` for SQLite, which has none.
    ///
    /// # Errors
    /// [`DbError`] if the database query fails.
    pub async fn now(&self) -> Result<Option<Millis>, DbError> {
        if self.connection.get_database_backend() != DbBackend::Postgres {
            return Ok(None);
        }
        let ask = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT AS now";
        let row = self
            .connection
            .query_one_raw(Statement::from_string(DbBackend::Postgres, ask))
            .await?;
        let now = row.map(|row| row.try_get("", "now")).transpose()?;
        Ok(now.map(from_column))
    }

    /// Whether the database is an SQLite file, which has one writer.
    fn is_sqlite(&self) -> bool {
        self.connection.get_database_backend() == DbBackend::Sqlite
    }

    /// Calls `heard` for every statement from now on, for tests of query plans.
    pub fn on_statement(&mut self, heard: impl Fn(&Statement) + Send + Sync + 'static) {
        self.connection
            .set_metric_callback(move |info| heard(info.statement));
    }

    /// For single statements of sign-ins and background tasks; other requests use [`Self::calls`].
    pub fn connection(&self) -> &impl ConnectionTrait {
        &self.connection
    }
}

/// Commits a transaction.
pub async fn commit(transaction: DatabaseTransaction) -> Result<(), DbError> {
    Ok(span("db: commit", transaction.commit()).await?)
}

fn to_column(time: Millis) -> i64 {
    i64::try_from(time.0).unwrap_or(i64::MAX)
}

fn from_column(time: i64) -> Millis {
    Millis(u64::try_from(time).unwrap_or_default())
}
