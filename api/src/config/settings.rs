//! The variables as they are written. clap reads them and prints the help; [`Config`] checks them,
//! so that no message ever repeats a secret.

mod connections;
mod database;
mod hash;
mod health;
mod key;
mod observability;
mod policy;
mod tls;
mod value;

pub use database::DatabaseSettings;
pub use hash::HashSettings;
pub use health::HealthSettings;
pub use key::KeySettings;

use super::{
    Config, ConfigError, ConfigErrors, Faults, Files, IpNet, KeySource, PublicUrl, Secret, Signing,
};
use clap::Args;
use connections::ConnectionSettings;
use observability::{Observability, ObservabilitySettings};
use std::net::SocketAddr;
use std::path::PathBuf;
use tls::TlsSettings;
use value::{address, not_empty, switch};

/// Everything that `serve` reads.
#[derive(Args)]
pub struct ServeSettings {
    #[command(flatten)]
    database: DatabaseSettings,
    #[command(flatten)]
    hash: HashSettings,
    #[command(flatten)]
    keys: KeySettings,
    #[command(flatten)]
    tls: TlsSettings,
    #[command(flatten)]
    connections: ConnectionSettings,
    #[command(flatten)]
    operation: ObservabilitySettings,
    /// Address and port to listen on
    #[arg(
        long,
        env = "LISTEN",
        hide_env_values = true,
        default_value = "127.0.0.1:8000"
    )]
    listen: String,
    /// The origin that browsers see; plain http is for loopback alone
    #[arg(
        long,
        env = "PUBLIC_URL",
        hide_env_values = true,
        default_value = "http://127.0.0.1:8000"
    )]
    public_url: String,
    /// Signs refresh tokens: at least 32 bytes, another one
    #[arg(long, env = "REFRESH_TOKEN_SECRET", hide_env_values = true)]
    refresh_token_secret: Option<String>,
    /// `iss` of access tokens; by default `PUBLIC_URL`
    #[arg(long, env = "JWT_ISSUER", hide_env_values = true)]
    jwt_issuer: Option<String>,
    /// `aud` of access tokens
    #[arg(
        long,
        env = "JWT_AUDIENCE",
        hide_env_values = true,
        default_value = "countersign-api"
    )]
    jwt_audience: String,
    /// Life of an access token, at most 15m
    #[arg(
        long,
        env = "ACCESS_TOKEN_TTL",
        hide_env_values = true,
        default_value = "15m"
    )]
    access_token_ttl: String,
    /// Life of a session that is not used, at most 400d
    #[arg(
        long,
        env = "REFRESH_TOKEN_TTL",
        hide_env_values = true,
        default_value = "7d"
    )]
    refresh_token_ttl: String,
    /// Life of a session in any case, at most 400d
    #[arg(
        long,
        env = "SESSION_MAX_AGE",
        hide_env_values = true,
        default_value = "30d"
    )]
    session_max_age: String,
    /// Live sessions of one person; the oldest goes
    #[arg(
        long,
        env = "MAX_SESSIONS_PER_USER",
        hide_env_values = true,
        default_value = "10"
    )]
    max_sessions_per_user: String,
    /// How long a browser may ask again for a refresh whose answer it lost, at most 1h
    #[arg(
        long,
        env = "REFRESH_RETRY_WINDOW",
        hide_env_values = true,
        default_value = "10m"
    )]
    refresh_retry_window: String,
    /// How long tabs may trail behind one another with one refresh token, at most 60s
    #[arg(
        long,
        env = "REFRESH_RACE_WINDOW",
        hide_env_values = true,
        default_value = "10s"
    )]
    refresh_race_window: String,
    /// How long the record of what happened is kept, from 1h to 3650d
    #[arg(
        long,
        env = "EVENT_RETENTION",
        hide_env_values = true,
        default_value = "90d"
    )]
    event_retention: String,
    /// Whose X-Forwarded-For is believed: addresses or CIDR blocks, with commas
    #[arg(
        long,
        env = "TRUSTED_PROXIES",
        hide_env_values = true,
        default_value = ""
    )]
    trusted_proxies: String,
    /// Serve Swagger UI and the spec: on or off
    #[arg(long, env = "API_DOCS", hide_env_values = true, default_value = "off")]
    api_docs: String,
    /// Sign-in attempts per ten minutes and name
    #[arg(
        long,
        env = "LOGIN_LIMIT",
        hide_env_values = true,
        default_value = "20"
    )]
    login_limit: String,
    /// Sign-in and registration attempts per ten minutes and client address
    #[arg(
        long,
        env = "ADDRESS_LIMIT",
        hide_env_values = true,
        default_value = "100"
    )]
    address_limit: String,
    /// Refreshes per ten minutes and session
    #[arg(
        long,
        env = "REFRESH_LIMIT",
        hide_env_values = true,
        default_value = "600"
    )]
    refresh_limit: String,
    /// Folder of the built web app, if this process serves it too
    #[arg(long, env = "STATIC_DIR", hide_env_values = true)]
    static_dir: Option<String>,
}

impl ServeSettings {
    /// Checks everything, and tells all that is wrong.
    pub fn check(&self) -> Result<Config, ConfigErrors> {
        let mut faults = Faults::default();
        let public_url = faults.take(PublicUrl::parse(&self.public_url));
        let listen = self.listen(public_url.as_ref(), &mut faults);
        let (keys, refresh_token_secret) = self.secrets(&mut faults);
        let database = faults.take(self.database.check());
        let tls = faults.take(self.tls.check(public_url.as_ref()));
        let audience = faults.take(not_empty("JWT_AUDIENCE", &self.jwt_audience));
        let policy = faults.take(self.policy());
        let trusted_proxies = faults.take(IpNet::parse_list(&self.trusted_proxies));
        let connections = faults.take(self.connections.check());
        let api_docs = faults.take(switch("API_DOCS", &self.api_docs));
        let hash = faults.take(self.hash.check());
        let operation = faults.take(self.operation.check());
        let built = || {
            let public_url = public_url?;
            let issuer = self.jwt_issuer.clone();
            let Observability {
                metrics_listen,
                traces,
                drain_timeout,
                security_txt,
            } = operation?;
            Some(Config {
                database: database?,
                listen: listen?,
                tls: tls?,
                keys: keys?,
                refresh_token_secret: refresh_token_secret?,
                issuer: issuer.unwrap_or_else(|| public_url.origin().to_owned()),
                audience: audience?,
                policy: policy?,
                trusted_proxies: trusted_proxies?,
                connections: connections?,
                api_docs: api_docs?,
                hash: hash?,
                metrics_listen,
                traces,
                drain_timeout,
                static_dir: self.static_dir(),
                security_txt,
                public_url,
            })
        };
        faults.finish(built())
    }

    /// The files that it is told to read, as far as that is understood. They are read even where
    /// something else is wrong, so that all of it is told at once.
    pub fn files(&self) -> Files {
        let public_url = PublicUrl::parse(&self.public_url).ok();
        Files {
            keys: self.keys.check().ok(),
            tls: self.tls.check(public_url.as_ref()).ok().flatten(),
            static_dir: self.static_dir(),
        }
    }

    fn static_dir(&self) -> Option<PathBuf> {
        self.static_dir.clone().map(Into::into)
    }

    fn listen(&self, public_url: Option<&PublicUrl>, faults: &mut Faults) -> Option<SocketAddr> {
        let listen = faults.take(address("LISTEN", &self.listen))?;
        let is_kept = public_url?.is_https() || listen.ip().is_loopback();
        faults.rule(&["LISTEN"], is_kept, || {
            let problem = "is an address that others can reach while PUBLIC_URL is plain http";
            let remedy = "listen on 127.0.0.1, or set PUBLIC_URL to the https address";
            ConfigError::new("LISTEN", problem, remedy)
        });
        Some(listen)
    }

    fn secrets(&self, faults: &mut Faults) -> (Option<KeySource>, Option<Secret>) {
        let keys = faults.take(self.keys.check());
        let secret = self.refresh_token_secret.clone();
        let secret = faults.take(Secret::parse("REFRESH_TOKEN_SECRET", secret));
        if let (Some(Signing::Secret(jwt_secret)), Some(secret)) =
            (keys.as_ref().map(|keys| &keys.signing), &secret)
        {
            faults.take(secret.must_differ(jwt_secret));
        }
        (keys, secret)
    }
}

#[cfg(test)]
mod tests;
