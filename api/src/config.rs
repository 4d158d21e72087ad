//! The configuration: read once, from the environment, and refused as a whole where any of it
//! is wrong, with all that is. A start that fails is seen; a weak default in production is not.

mod connections;
mod database_url;
pub mod duration;
mod error;
mod hash_cost;
mod ip_net;
mod key_source;
mod otlp;
mod public_url;
mod secret;
mod security_txt;
mod settings;
pub mod text;

pub use connections::ConnectionLimits;
pub use database_url::DatabaseUrl;
pub use error::{ConfigError, ConfigErrors, Faults};
pub use hash_cost::HashCost;
pub use ip_net::IpNet;
pub use key_source::{KeySource, Signing};
pub use otlp::{OtlpEndpoint, TraceConfig};
pub use public_url::PublicUrl;
pub use secret::Secret;
pub use settings::{DatabaseSettings, HashSettings, HealthSettings, KeySettings, ServeSettings};

use protocol::Millis;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Everything that `serve` needs to know, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the data lives.
    pub database: DatabaseUrl,
    /// The address the API listens on.
    pub listen: SocketAddr,
    /// The certificate, if this process speaks TLS itself.
    pub tls: Option<TlsFiles>,
    /// The origin that browsers see.
    pub public_url: PublicUrl,
    /// What signs and verifies access tokens.
    pub keys: KeySource,
    /// Signs refresh tokens.
    pub refresh_token_secret: Secret,
    /// `iss` of access tokens.
    pub issuer: String,
    /// `aud` of access tokens.
    pub audience: String,
    /// How long things live and how often they may be tried.
    pub policy: Policy,
    /// Whose forwarded headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// How many connections clients may have open.
    pub connections: ConnectionLimits,
    /// Whether Swagger UI and the spec are served.
    pub api_docs: bool,
    /// What a password hash costs.
    pub hash: HashCost,
    /// The built web app, if this process serves it too.
    pub static_dir: Option<PathBuf>,
    /// Whom to tell of a vulnerability, in the words of RFC 9116, if anybody.
    pub security_txt: Option<String>,
    /// Where Prometheus may ask, if anywhere.
    pub metrics_listen: Option<SocketAddr>,
    /// Who hears of requests, if anybody.
    pub traces: Option<TraceConfig>,
    /// How long requests under way may take when the process is asked to stop.
    pub drain_timeout: Millis,
}

/// The two PEM files of a certificate.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The certificate and its chain.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// What is read from the disk at the start.
#[derive(Debug)]
pub struct Files {
    /// What signs and verifies access tokens.
    pub keys: Option<KeySource>,
    /// The certificate.
    pub tls: Option<TlsFiles>,
    /// The built web app.
    pub static_dir: Option<PathBuf>,
}

/// The numbers that the rules of sign-in use.
#[derive(Clone, Copy, Debug, Default)]
pub struct Policy {
    /// The life of an access token; at most 15 minutes.
    pub access_token_ttl: Millis,
    /// How long a session lives without being used.
    pub refresh_token_ttl: Millis,
    /// How long a session lives in any case.
    pub session_max_age: Millis,
    /// How many live sessions a person has at most; the oldest goes.
    pub max_sessions_per_user: u32,
    /// How long a browser may ask again for an answer it lost.
    pub refresh_retry_window: Millis,
    /// How long tabs may trail behind one another.
    pub refresh_race_window: Millis,
    /// How long the record of what happened is kept.
    pub event_retention: Millis,
    /// Sign-in attempts per ten minutes and name.
    pub login_limit: u32,
    /// Sign-in and registration attempts per ten minutes and client address.
    pub address_limit: u32,
    /// Refreshes per ten minutes and session.
    pub refresh_limit: u32,
}

impl Policy {
    /// The lengths of time that the refresh protocol uses.
    pub fn windows(&self) -> protocol::server::RefreshPolicy {
        protocol::server::RefreshPolicy {
            retry_window: self.refresh_retry_window,
            grace_period: self.refresh_race_window,
            idle_timeout: self.refresh_token_ttl,
        }
    }
}
