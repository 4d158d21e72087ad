use super::CliError;
use crate::auth::account::admin::revoke_all;
use crate::clock::Clock;
use crate::config::{DatabaseSettings, DatabaseUrl};
use crate::db::Database;
use crate::db::backup::{BackupError, back_up};
use crate::db::restore::{Staged, stage};
use clap::Args;
use protocol::Millis;
use std::path::{Path, PathBuf};

/// Where a copy is to be.
#[derive(Args)]
pub(super) struct BackupSettings {
    /// The file that is made; nothing may be there
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseSettings,
}

/// Which copy is to take the database's place.
#[derive(Args)]
pub(super) struct RestoreSettings {
    /// What `api backup` made
    file: PathBuf,
    /// Move the present database aside, if there is one
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    database: DatabaseSettings,
}

/// Copies the database and says what the copy holds.
pub(super) async fn backup(settings: &BackupSettings) -> Result<(), CliError> {
    let url = settings.database.check()?;
    let file = &settings.file;
    let contents = back_up(path(&url, "pg_dump")?, file).await?;
    println!("{}: {} users", file.display(), contents.people);
    Ok(())
}

/// Puts a copy in the database's place. It knows nothing of what happened since it was made: tokens
/// that were spent since would be good again and sessions that were ended would live, so all end.
pub(super) async fn restore(settings: &RestoreSettings) -> Result<(), CliError> {
    let url = settings.database.check()?;
    let database = path(&url, "pg_restore, and then `api session end --everyone`")?;
    let now = Clock::system().now();
    let staged = stage(&settings.file, database, settings.replace).await;
    let staged = staged.map_err(|error| match error {
        error @ BackupError::AlreadyExists(_) => CliError::Other(format!(
            "{error}; --replace moves it aside and puts the copy in its place"
        )),
        other => other.into(),
    })?;
    let ended = bring_up_to_date(&staged, now).await?;
    let people = staged.contents.people;
    let before = staged.commit(&format!("before-{}", now.0))?;
    println!(
        "{}: {people} users; {ended} sessions revoked",
        database.display()
    );
    if let Some(before) = before {
        println!("the previous database is {}", before.display());
    }
    Ok(())
}

async fn bring_up_to_date(staged: &Staged, now: Millis) -> Result<usize, CliError> {
    let url = DatabaseUrl::of_file(&staged.path)?;
    let db = Database::connect(&url).await?;
    db.migrate().await?;
    let ended = revoke_all(&db, now).await?;
    db.close().await?;
    Ok(ended)
}

fn path<'a>(url: &'a DatabaseUrl, instead: &str) -> Result<&'a Path, CliError> {
    url.file()
        .ok_or_else(|| CliError::Other(format!("DATABASE_URL is PostgreSQL: use {instead}")))
}
