//! Copies an SQLite file while it is in use, and verifies copies.

use super::fs;

use super::DbError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use thiserror::Error;

/// Longer than any transaction of the server.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Why a backup or a restore failed.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The database to copy does not exist.
    #[error("{} is not there", .0.display())]
    Missing(PathBuf),
    /// The file exists and would be overwritten.
    #[error("{} is there already", .0.display())]
    AlreadyExists(PathBuf),
    /// The file is not a complete database of this program.
    #[error("{} is no whole database of this program: {problem}", .file.display())]
    Broken {
        /// The file.
        file: PathBuf,
        /// The problem.
        problem: String,
    },
    /// The database is in use.
    #[error("{} is in use; stop the server first", .0.display())]
    InUse(PathBuf),
    /// A file operation failed.
    #[error("{}: {error}", .file.display())]
    Disk {
        /// The file.
        file: PathBuf,
        /// The error of the operating system.
        error: io::Error,
    },
    /// The copy cannot be opened.
    #[error(transparent)]
    Outage(#[from] DbError),
}

/// The content of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The number of accounts.
    pub people: i64,
}

/// Copies the database as it is at one moment, even while it is written to. The copy gets its name
/// once it is complete and on the disk; only its owner can read it.
pub async fn back_up(database: &Path, copy: &Path) -> Result<Summary, BackupError> {
    fs::ensure_absent(copy)?;
    let unfinished = fs::with_suffix(copy, "unfinished");
    // Replaces the rest of an earlier attempt. SQLite writes into an empty file, which keeps its
    // mode.
    fs::create_empty(&unfinished)?;
    let made = vacuum_into(database, &unfinished).await;
    let made = made.and_then(|contents| {
        fs::sync(&unfinished)?;
        fs::rename(&unfinished, copy)?;
        Ok(contents)
    });
    if made.is_err() {
        // The incomplete file contains hashes and is useless.
        let _ = std::fs::remove_file(&unfinished);
    }
    made
}

/// Copies the database into an empty file.
pub(super) async fn vacuum_into(database: &Path, empty: &Path) -> Result<Summary, BackupError> {
    if !database.is_file() {
        return Err(BackupError::Missing(database.to_owned()));
    }
    let broken = |error: sqlx::Error| broken(database, message(&error));
    let mut connection = open(database, false).await.map_err(broken)?;
    let into = empty.to_string_lossy().into_owned();
    let vacuum = sqlx::query("VACUUM INTO ?").bind(into);
    vacuum.execute(&mut connection).await.map_err(broken)?;
    connection.close().await.map_err(broken)?;
    verify(empty).await
}

/// Verifies a database file: each page is intact, each reference has a target, and the tables are
/// those of this program.
pub async fn verify(database: &Path) -> Result<Summary, BackupError> {
    if !database.is_file() {
        return Err(BackupError::Missing(database.to_owned()));
    }
    let read = async {
        let mut connection = open(database, true).await?;
        let ask = "PRAGMA integrity_check(1)";
        let verdict: String = sqlx::query_scalar(ask).fetch_one(&mut connection).await?;
        let ask = "SELECT COUNT(*) FROM pragma_foreign_key_check";
        let astray: i64 = sqlx::query_scalar(ask).fetch_one(&mut connection).await?;
        let ask = "SELECT COUNT(*) FROM users, (SELECT COUNT(*) FROM seaql_migrations)";
        let people: i64 = sqlx::query_scalar(ask).fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok((verdict, astray, people))
    };
    let (verdict, astray, people) = read
        .await
        .map_err(|error| broken(database, message(&error)))?;
    if verdict != "ok" {
        // The lines before name the database, and there is only one.
        let problem = verdict.lines().last().unwrap_or_default();
        return Err(broken(database, problem.to_owned()));
    }
    if astray > 0 {
        let problem = format!("{astray} rows refer to what is not there");
        return Err(broken(database, problem));
    }
    Ok(Summary { people })
}

fn broken(database: &Path, problem: String) -> BackupError {
    BackupError::Broken {
        file: database.to_owned(),
        problem,
    }
}

async fn open(database: &Path, read_only: bool) -> Result<SqliteConnection, sqlx::Error> {
    SqliteConnectOptions::new()
        .filename(database)
        .create_if_missing(false)
        .read_only(read_only)
        .busy_timeout(TIMEOUT)
        .connect()
        .await
}

/// SQLite's own message, without the surrounding text.
fn message(error: &sqlx::Error) -> String {
    let error = error.as_database_error();
    let told = error.map(|error| error.message().to_owned());
    told.unwrap_or_else(|| "it cannot be read".to_owned())
}
