use super::{CliError, database, now as database_now};
use crate::auth::account::import;
use crate::auth::password::hash::Hasher;
use crate::clock::Clock;
use crate::config::{DatabaseSettings, HashSettings};
use clap::Args;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Whom to bring, and where to.
#[derive(Args)]
pub(in crate::cli) struct ImportSettings {
    /// The file; `-` is standard input
    file: PathBuf,
    #[command(flatten)]
    hash: HashSettings,
    #[command(flatten)]
    database: DatabaseSettings,
}

/// Makes the accounts, and says how many.
pub(super) async fn import(settings: ImportSettings) -> Result<(), CliError> {
    let hasher = Hasher::new(settings.hash.check()?);
    let database = settings.database.check()?;
    let lines = read(&settings.file)
        .map_err(|error| CliError::Other(format!("the file cannot be read: {error}")))?;
    let now = Clock::system().now();
    let people = import::read(&lines, &hasher, now)
        .map_err(|error| CliError::Other(format!("nobody was imported: {error}")))?;
    let db = database::open(&database).await?;
    let count = import::insert(&db, people, database_now(&db).await?).await?;
    let count = count.map_err(|error| CliError::Other(format!("nobody was imported: {error}")))?;
    println!("{count} users imported");
    Ok(())
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path != Path::new("-") {
        return fs::read(path);
    }
    let mut lines = Vec::new();
    io::stdin().lock().read_to_end(&mut lines)?;
    Ok(lines)
}
