use super::value::{address, length};
use crate::config::ConfigError;
use clap::Args;
use protocol::Millis;
use std::net::SocketAddr;

/// Nobody waits longer for a process to end.
const DRAIN_MAX: Millis = Millis::from_secs(600);

/// What whoever operates it wants to know and to bound.
#[derive(Args)]
pub(super) struct OperationSettings {
    /// Address and port where Prometheus asks for /metrics, or off; keep it from the public
    #[arg(
        long,
        env = "METRICS_LISTEN",
        hide_env_values = true,
        default_value = "off"
    )]
    metrics_listen: String,
    /// How long requests under way may take after SIGTERM, at most 10m
    #[arg(
        long,
        env = "DRAIN_TIMEOUT",
        hide_env_values = true,
        default_value = "10s"
    )]
    drain_timeout: String,
}

impl OperationSettings {
    pub(super) fn metrics_listen(&self) -> Result<Option<SocketAddr>, ConfigError> {
        match self.metrics_listen.as_str() {
            "off" => Ok(None),
            listen => address("METRICS_LISTEN", listen).map(Some),
        }
    }

    pub(super) fn drain_timeout(&self) -> Result<Millis, ConfigError> {
        let timeout = length("DRAIN_TIMEOUT", &self.drain_timeout)?;
        if timeout > DRAIN_MAX {
            let problem = "is longer than 10m";
            return Err(ConfigError::new("DRAIN_TIMEOUT", problem, "10s is usual"));
        }
        Ok(timeout)
    }
}
