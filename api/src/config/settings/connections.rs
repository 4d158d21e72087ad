use super::value::number;
use crate::config::{ConfigErrors, ConnectionLimits, Faults};
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
    pub(super) fn check(&self) -> Result<ConnectionLimits, ConfigErrors> {
        let most = 1_000_000;
        let mut faults = Faults::default();
        let mut count = |variable, value: &str, least| {
            faults.take_or_default(number(variable, value, least..=most)) as usize
        };
        let limits = ConnectionLimits {
            total: count("MAX_CONNECTIONS", &self.max_connections, 16),
            per_address: count(
                "MAX_CONNECTIONS_PER_ADDRESS",
                &self.max_connections_per_address,
                6,
            ),
        };
        faults.finish(Some(limits))
    }
}
