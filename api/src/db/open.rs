use super::{Database, Outage, session};
use crate::config::DatabaseUrl;
use sea_orm::ConnectOptions;
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::time::Duration;

/// How long a statement waits for a connection before it is an outage.
const PATIENCE: Duration = Duration::from_secs(2);
/// The same for a file, whose other writers do not queue but try again, and whose disk may stall:
/// half of what an answer may take.
const FILE_PATIENCE: Duration = Duration::from_secs(5);
/// More connections than PostgreSQL has cores only queue inside it.
const POSTGRES_CONNECTIONS: u32 = 16;

impl Database {
    /// Opens the database; an SQLite file is made where there is none.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, Outage> {
        if let Some(folder) = url.file().and_then(|file| Path::new(file).parent()) {
            // For its owner alone, because hashes live there. Where this fails, opening says so.
            let _ = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        }
        let mut options = ConnectOptions::new(url.expose());
        options.test_before_acquire(false).sqlx_logging(false);
        if url.is_sqlite() {
            // One writer is the fastest SQLite has, and one that is never busy.
            options
                .max_connections(1)
                .acquire_timeout(FILE_PATIENCE)
                .map_sqlx_sqlite_opts(|options| {
                    options
                        .create_if_missing(true)
                        .foreign_keys(true)
                        .journal_mode(SqliteJournalMode::Wal)
                        // NORMAL may lose the last commits on power loss, that is, undo a logout.
                        .synchronous(SqliteSynchronous::Full)
                        .busy_timeout(FILE_PATIENCE)
                });
        } else {
            options
                .max_connections(POSTGRES_CONNECTIONS)
                .acquire_timeout(PATIENCE)
                .map_sqlx_postgres_opts(|options| {
                    options.options([
                        ("statement_timeout", "2s"),
                        ("lock_timeout", "2s"),
                        // Of a process that hangs; its locks hold up others, and what it did becomes
                        // visible later than its times say.
                        ("idle_in_transaction_session_timeout", "10s"),
                    ])
                });
        }
        Ok(Self {
            connection: sea_orm::Database::connect(options).await?,
            together: session::Together::default(),
        })
    }
}
