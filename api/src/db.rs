//! The database: entities, migrations and every query. Races are decided by conditional
//! statements and their affected rows, never by reading first and writing later.

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

/// How often [`DbError`] was met in this process.
static OUTAGES: AtomicU64 = AtomicU64::new(0);

/// How many statements failed in this process, for who watches it.
pub fn outages() -> u64 {
    OUTAGES.load(Ordering::Relaxed)
}

/// The database is away, locked, full or broken. What exactly is in the log; a client hears 503.
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
    /// Something else that only an operator can mend.
    pub fn of(what: &str) -> Self {
        DbErr::Custom(what.to_owned()).into()
    }

    /// What the database said no to, where it answers after all.
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

/// A database's answer to an address that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectError {
    /// Nobody of that name, or another password.
    Credentials,
    /// The server has no database of that name.
    NoSuchDatabase,
    /// Nothing can be written there: it is a standby, or was told so.
    ReadOnly,
}

impl ConnectError {
    /// By PostgreSQL's codes (its manual, appendix A).
    fn of_state(code: &str) -> Option<Self> {
        match code {
            "28P01" | "28000" => Some(Self::Credentials),
            "3D000" => Some(Self::NoSuchDatabase),
            // A standby gives the first to who wants to write; a transaction, the second.
            "25001" | "25006" => Some(Self::ReadOnly),
            _ => None,
        }
    }
}

/// What a conditional statement did. It cannot be ignored, because it decides who won.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cas {
    /// The condition held, and the row changed.
    Applied,
    /// Somebody was faster; read again.
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

/// An open database.
#[derive(Clone, Debug)]
pub struct Database {
    connection: DatabaseConnection,
    together: session::SessionBatchers,
    places: calls::CallPermits,
    readiness: readiness::Readiness,
}

impl Database {
    /// Writes what the log still holds into the file and closes it.
    pub async fn close(self) -> Result<(), DbError> {
        Ok(self.connection.close().await?)
    }

    /// Starts a transaction that writes. For sign-ins and for what runs in the background, which no
    /// crowd of calls may keep from the database; all others take [`Self::begin`].
    ///
    /// On SQLite it takes the write lock at once: one that read first and wanted it later would
    /// fail without waiting.
    pub async fn begin_first(&self) -> Result<DatabaseTransaction, DbError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let begin = self.connection.begin_with_options(options);
        Ok(span("db: begin", begin).await?)
    }

    /// What time the database's own clock shows; `None` where the database is a file and has none.
    ///
    /// # Errors
    /// [`DbError`] where the database does not answer.
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

    /// Whether it is a file, which has one writer.
    fn is_sqlite(&self) -> bool {
        self.connection.get_database_backend() == DbBackend::Sqlite
    }

    /// Tells of every statement from now on: for who judges how they are carried out.
    pub fn on_statement(&mut self, heard: impl Fn(&Statement) + Send + Sync + 'static) {
        self.connection
            .set_metric_callback(move |info| heard(info.statement));
    }

    /// For single statements of sign-ins, and of what runs in the background; those of calls go by
    /// [`Self::calls`].
    pub fn connection(&self) -> &impl ConnectionTrait {
        &self.connection
    }
}

/// Ends a transaction whose changes are wanted.
pub async fn commit(transaction: DatabaseTransaction) -> Result<(), DbError> {
    Ok(span("db: commit", transaction.commit()).await?)
}

fn to_column(time: Millis) -> i64 {
    i64::try_from(time.0).unwrap_or(i64::MAX)
}

fn from_column(time: i64) -> Millis {
    Millis(u64::try_from(time).unwrap_or_default())
}
