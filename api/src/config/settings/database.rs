use crate::config::{ConfigError, DatabaseUrl};
use clap::Args;

/// Where the data lives.
#[derive(Args)]
#[command(hide_possible_values = true)]
pub struct DatabaseSettings {
    /// `sqlite://path/to/file.db` or `postgres://user:password@host/name`
    #[arg(
        long,
        env = "DATABASE_URL",
        hide_env_values = true,
        default_value = "sqlite://data/countersign.db"
    )]
    database_url: String,
}

impl DatabaseSettings {
    /// Checks the address.
    pub fn check(&self) -> Result<DatabaseUrl, ConfigError> {
        DatabaseUrl::parse(&self.database_url)
    }
}
