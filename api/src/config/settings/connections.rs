use super::value::number;
use crate::config::{ConfigError, ConnectionLimits};
use clap::Args;

/// How many connections clients may have open.
#[derive(Args)]
pub(super) struct ConnectionSettings {
    /// Connections that may be open; the one that was idle the longest makes room for another
    #[arg(
        long,
        env = "MAX_CONNECTIONS",
        hide_env_values = true,
        default_value = "10000"
    )]
    max_connections: String,
    /// The same for one client address; `TRUSTED_PROXIES` are exempt
    #[arg(
        long,
        env = "MAX_CONNECTIONS_PER_ADDRESS",
        hide_env_values = true,
        default_value = "512"
    )]
    max_connections_per_address: String,
}

impl ConnectionSettings {
    pub(super) fn check(&self) -> Result<ConnectionLimits, ConfigError> {
        let most = 1_000_000;
        let total = number("MAX_CONNECTIONS", &self.max_connections, 16..=most)?;
        let per_address = &self.max_connections_per_address;
        let per_address = number("MAX_CONNECTIONS_PER_ADDRESS", per_address, 6..=most)?;
        Ok(ConnectionLimits {
            total: total as usize,
            per_address: per_address as usize,
        })
    }
}
