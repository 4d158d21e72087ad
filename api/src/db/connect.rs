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

/// How long a statement waits for a connection before it is an outage.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
/// The same for a file, whose other writers do not queue but try again, and whose disk may stall:
/// half of what an answer may take.
const SQLITE_BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// More connections than PostgreSQL has cores only queue inside it.
const POSTGRES_CONNECTIONS: u32 = 16;
/// What every connection to PostgreSQL begins with. A standby refuses the last.
const POSTGRES_SETTINGS: [(&str, &str); 4] = [
    ("statement_timeout", "2s"),
    ("lock_timeout", "2s"),
    // Of a process that hangs; its locks hold up others, and what it did becomes visible later than
    // its times say.
    ("idle_in_transaction_session_timeout", "10s"),
    ("transaction_read_only", "off"),
];

impl Database {
    /// Opens the database; an SQLite file is made where there is none.
    pub async fn connect(url: &DatabaseUrl) -> Result<Self, DbError> {
        if let Some(path) = url.file() {
            make(path);
        }
        let mut options = ConnectOptions::new(url.expose());
        options.test_before_acquire(false).sqlx_logging(false);
        if url.is_sqlite() {
            // One writer is the fastest SQLite has, and one that is never busy.
            options
                .max_connections(1)
                .acquire_timeout(SQLITE_BUSY_TIMEOUT)
                .map_sqlx_sqlite_opts(|options| {
                    options
                        // It was made before, with its mode.
                        .create_if_missing(false)
                        .foreign_keys(true)
                        .journal_mode(SqliteJournalMode::Wal)
                        // NORMAL may lose the last commits on power loss, that is, undo a logout.
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

/// Makes the file and its folder, for their owner alone from the first byte on: hashes live there.
/// SQLite gives what it keeps beside a file the file's own mode. Where this fails, opening says so.
fn make(path: &Path) {
    if let Some(folder) = path.parent() {
        let _ = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    }
    let mut options = OpenOptions::new();
    let _ = options.write(true).create_new(true).mode(0o600).open(path);
}
