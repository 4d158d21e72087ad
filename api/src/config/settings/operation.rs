use super::value::{address, length};
use crate::config::collector::share;
use crate::config::security_txt::read;
use crate::config::{Collector, ConfigError, TraceConfig};
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
    /// Collector of `OpenTelemetry` traces, like <http://127.0.0.1:4318>; by default there are none
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", hide_env_values = true)]
    otel_exporter_otlp_endpoint: Option<String>,
    /// Which share of requests is traced, from 0 to 1
    #[arg(
        long,
        env = "OTEL_TRACES_SAMPLER_ARG",
        hide_env_values = true,
        default_value = "1"
    )]
    otel_traces_sampler_arg: String,
    /// How long requests under way may take after SIGTERM, at most 10m
    #[arg(
        long,
        env = "DRAIN_TIMEOUT",
        hide_env_values = true,
        default_value = "10s"
    )]
    drain_timeout: String,
    /// File for /.well-known/security.txt: whom to tell of a vulnerability; by default there is none
    #[arg(long, env = "SECURITY_TXT", hide_env_values = true)]
    security_txt: Option<String>,
}

impl OperationSettings {
    pub(super) fn metrics_listen(&self) -> Result<Option<SocketAddr>, ConfigError> {
        match self.metrics_listen.as_str() {
            "off" => Ok(None),
            listen => address("METRICS_LISTEN", listen).map(Some),
        }
    }

    pub(super) fn traces(&self) -> Result<Option<TraceConfig>, ConfigError> {
        let per_million = share(&self.otel_traces_sampler_arg)?;
        let endpoint = self.otel_exporter_otlp_endpoint.as_deref();
        let config = endpoint.map(|endpoint| {
            Collector::parse(endpoint).map(|collector| TraceConfig {
                collector,
                per_million,
            })
        });
        config.transpose()
    }

    pub(super) fn security_txt(&self) -> Result<Option<String>, ConfigError> {
        self.security_txt.as_deref().map(read).transpose()
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
