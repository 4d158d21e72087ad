use super::value::{address, duration, switch};
use crate::config::otlp::sampling_ratio;
use crate::config::security_txt::read;
use crate::config::{ConfigError, ConfigErrors, Faults, OtlpEndpoint, TraceConfig};
use clap::Args;
use protocol::Millis;
use std::net::SocketAddr;

/// Nobody waits longer for a process to end.
const DRAIN_MAX: Millis = Millis::from_secs(600);

/// What whoever operates it wants to know and to bound.
#[derive(Args)]
pub(super) struct ObservabilitySettings {
    /// Address and port where Prometheus asks for /metrics, or off; keep it from the public
    #[arg(
        long,
        env = "METRICS_LISTEN",
        hide_env_values = true,
        default_value = "off"
    )]
    metrics_listen: String,
    /// Whether `METRICS_LISTEN` may be more than loopback, in a network of yours: on or off
    #[arg(
        long,
        env = "METRICS_PUBLIC",
        hide_env_values = true,
        default_value = "off"
    )]
    metrics_public: String,
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

/// The same, checked.
pub(super) struct Observability {
    pub(super) metrics_listen: Option<SocketAddr>,
    pub(super) traces: Option<TraceConfig>,
    pub(super) drain_timeout: Millis,
    pub(super) security_txt: Option<String>,
}

impl ObservabilitySettings {
    pub(super) fn check(&self) -> Result<Observability, ConfigErrors> {
        let mut faults = Faults::default();
        let metrics_listen = self.metrics_listen(&mut faults);
        let traces = self.traces(&mut faults);
        let drain_timeout = faults.take(self.drain_timeout());
        let security_txt = faults.take(self.security_txt.as_deref().map(read).transpose());
        let built = || {
            Some(Observability {
                metrics_listen,
                traces,
                drain_timeout: drain_timeout?,
                security_txt: security_txt?,
            })
        };
        faults.finish(built())
    }

    fn metrics_listen(&self, faults: &mut Faults) -> Option<SocketAddr> {
        let is_public = faults.take(switch("METRICS_PUBLIC", &self.metrics_public))?;
        if self.metrics_listen == "off" {
            return None;
        }
        let listen = faults.take(address("METRICS_LISTEN", &self.metrics_listen))?;
        let is_kept = is_public || listen.ip().is_loopback();
        faults.rule(&["METRICS_LISTEN"], is_kept, || {
            let problem = "is an address that others can reach";
            let remedy = "listen on 127.0.0.1, or say with METRICS_PUBLIC=on that only yours can";
            ConfigError::new("METRICS_LISTEN", problem, remedy)
        });
        Some(listen)
    }

    fn traces(&self, faults: &mut Faults) -> Option<TraceConfig> {
        let per_million = faults.take(sampling_ratio(&self.otel_traces_sampler_arg));
        let endpoint = self.otel_exporter_otlp_endpoint.as_deref()?;
        Some(TraceConfig {
            collector: faults.take(OtlpEndpoint::parse(endpoint))?,
            per_million: per_million?,
        })
    }

    fn drain_timeout(&self) -> Result<Millis, ConfigError> {
        let timeout = duration("DRAIN_TIMEOUT", &self.drain_timeout)?;
        if timeout > DRAIN_MAX {
            let problem = "is longer than 10m";
            return Err(ConfigError::new("DRAIN_TIMEOUT", problem, "10s is usual"));
        }
        Ok(timeout)
    }
}
