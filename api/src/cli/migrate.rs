use super::CliError;
use crate::config::DatabaseSettings;
use crate::db::{Database, Readiness};

/// Brings the schema up to date; doing it again changes nothing.
pub(super) async fn migrate(settings: &DatabaseSettings) -> Result<(), CliError> {
    let db = Database::connect(&settings.check()?).await?;
    if db.readiness().await? == Readiness::ReadOnly {
        return Err(CliError::read_only());
    }
    db.migrate().await?;
    db.close().await?;
    Ok(())
}
