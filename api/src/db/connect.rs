use super::calls::CallPermits;
use super::readiness::Readiness;
use super::session;
use super::{Database, DbError};
use crate::config::DatabaseUrl;
use sea_orm::ConnectOptions;
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use std::fs::{DirBuilder, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::time::Duration;

/// How long a statement waits for a connection before it fails.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
/// The same for SQLite, whose other writers retry instead of queueing, and whose disk may stall:
/// half of the request timeout.
const SQLITE_BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// More connections than PostgreSQL has cores only queue inside it.
const POSTGRES_CONNECTIONS: u32 = 16;
/// The settings of every connection to PostgreSQL. A standby rejects the last one.
const POSTGRES_SETTINGS: [(&str, &str); 4] = [
    ("statement_timeout", "2s"),
    ("lock_timeout", "2s"),
    // For a process that hangs: its locks block others, and its changes become visible later than
    // their timestamps say.
    ("idle_in_transaction_session_timeout", "10s"),
    ("transaction_read_only", "off"),
];

impl Database {
    /// Opens the database; creates the SQLite file if it does not exist.
    pub async fn connect(url: &DatabaseUrl) -> Result<Self, DbError> {
        if let Some(path) = url.file() {
            make(path);
        }
        let mut options = ConnectOptions::new(url.expose());
        options.test_before_acquire(false).sqlx_logging(false);
        if url.is_sqlite() {
            // SQLite is fastest with one writer, which never finds the database busy.
            options
                .max_connections(1)
                .acquire_timeout(SQLITE_BUSY_TIMEOUT)
                .map_sqlx_sqlite_opts(|options| {
                    options
                        // It was created before, with its mode.
                        .create_if_missing(false)
                        .foreign_keys(true)
                        .journal_mode(SqliteJournalMode::Wal)
                        // NORMAL may lose the last commits on power loss, which would undo a
                        // logout.
                        .synchronous(SqliteSynchronous::Full)
                        .busy_timeout(SQLITE_BUSY_TIMEOUT)
                });
        } else {
            options
                .max_connections(POSTGRES_CONNECTIONS)
                .acquire_timeout(ACQUIRE_TIMEOUT)
                .map_sqlx_postgres_opts(|options| options.options(POSTGRES_SETTINGS));
        }
        Ok(Self {
            connection: sea_orm::Database::connect(options).await?,
            together: session::SessionBatchers::default(),
            places: CallPermits::default(),
            readiness: Readiness::default(),
        })
    }
}

/// Creates the file and its directory, from the first byte on for their owner only, because the
/// database contains hashes. SQLite gives its sidecar files the same mode. If this fails, opening
/// reports it.
fn make(path: &Path) {
    if let Some(folder) = path.parent() {
        let _ = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    }
    let mut options = OpenOptions::new();
    let _ = options.write(true).create_new(true).mode(0o600).open(path);
}
