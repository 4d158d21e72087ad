use super::CliError;
use crate::config::DatabaseUrl;
use crate::db::Database;

/// Opens a database that is there. Only `migrate` makes one: elsewhere an empty file in the place of
/// the one that was meant would hide a wrong path.
pub(super) async fn open(url: &DatabaseUrl) -> Result<Database, CliError> {
    if url.file().is_some_and(|path| !path.exists()) {
        let problem = "DATABASE_URL names a file that is not there; mend the path, \
                       or make the database: api migrate";
        return Err(CliError::Other(problem.to_owned()));
    }
    Ok(Database::connect(url).await?)
}
