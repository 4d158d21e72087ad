use super::value::address;
use crate::config::ConfigError;
use clap::Args;
use std::net::SocketAddr;

/// Whom to ask, which is what `serve` is told.
#[derive(Args)]
pub struct HealthSettings {
    /// Ask only whether it is alive, not whether it can do its work
    #[arg(long)]
    pub alive: bool,
    /// Address and port that the server listens on
    #[arg(
        long,
        env = "LISTEN",
        hide_env_values = true,
        default_value = "127.0.0.1:8000"
    )]
    listen: String,
    /// Whatever it is: the server speaks TLS
    #[arg(long, env = "TLS_CERTIFICATE", hide_env_values = true)]
    tls_certificate: Option<String>,
}

impl HealthSettings {
    /// Checks the address.
    pub fn check(&self) -> Result<SocketAddr, ConfigError> {
        address("LISTEN", &self.listen)
    }

    /// Whether the server speaks TLS.
    pub fn is_tls(&self) -> bool {
        self.tls_certificate.is_some()
    }
}
