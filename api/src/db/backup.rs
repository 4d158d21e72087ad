//! Copies of an SQLite file, made while it is used, and whether one is whole.

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

/// Why there is no copy, or why it is not taken.
#[derive(Debug, Error)]
pub enum BackupError {
    /// There is no database to copy.
    #[error("{} is not there", .0.display())]
    Missing(PathBuf),
    /// Something is there that would be lost.
    #[error("{} is there already", .0.display())]
    AlreadyExists(PathBuf),
    /// It is not, or not wholly, a database of this program.
    #[error("{} is no whole database of this program: {problem}", .file.display())]
    Broken {
        /// Which.
        file: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// Somebody uses the database.
    #[error("{} is in use; stop the server first", .0.display())]
    InUse(PathBuf),
    /// The disk says no.
    #[error("{}: {error}", .file.display())]
    Disk {
        /// Where.
        file: PathBuf,
        /// What it says.
        error: io::Error,
    },
    /// What was made of it cannot be used.
    #[error(transparent)]
    Outage(#[from] DbError),
}

/// What a copy holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many people have an account.
    pub people: i64,
}

/// Copies the database as it stands at one moment, whatever else is done to it meanwhile. The copy
/// appears under its name once it is whole and on the disk, for its owner alone.
pub async fn back_up(database: &Path, copy: &Path) -> Result<Summary, BackupError> {
    fs::ensure_absent(copy)?;
    let unfinished = fs::with_suffix(copy, "unfinished");
    // What an earlier try left; SQLite writes into an empty file, which keeps its mode.
    fs::create_empty(&unfinished)?;
    let made = vacuum_into(database, &unfinished).await;
    let made = made.and_then(|contents| {
        fs::sync(&unfinished)?;
        fs::rename(&unfinished, copy)?;
        Ok(contents)
    });
    if made.is_err() {
        // It holds hashes, and is worth nothing.
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

/// Reads all of a database file: whether each page is whole, each reference leads somewhere, and
/// the tables are ours.
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
        // Above it stands in which database, and there is only one.
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

/// In SQLite's own words, without those around them.
fn message(error: &sqlx::Error) -> String {
    let error = error.as_database_error();
    let told = error.map(|error| error.message().to_owned());
    told.unwrap_or_else(|| "it cannot be read".to_owned())
}
