//! The variables as they are written. clap reads them and prints the help; [`Config`] checks them,
//! so that no message ever repeats a secret.

mod database;
mod hash;
mod key;
mod operation;
mod tls;
mod value;

pub use database::DatabaseSettings;
pub use hash::HashSettings;
pub use key::KeySettings;

use super::{Config, ConfigError, Network, Policy, PublicUrl, Secret, Signing};
use clap::Args;
use operation::OperationSettings;
use tls::TlsSettings;
use value::{address, length_within, not_empty, number, on_or_off};

/// No browser keeps a cookie longer (RFC 6265bis, section 5.5), so no session would last longer.
const COOKIE_MAX: &str = "400d";

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
    operation: OperationSettings,
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
    /// Checks everything; the first variable that cannot be used is named.
    pub fn check(self) -> Result<Config, ConfigError> {
        let keys = self.keys.check()?;
        let refresh_token_secret =
            Secret::parse("REFRESH_TOKEN_SECRET", self.refresh_token_secret.clone())?;
        if let Signing::Secret(jwt_secret) = &keys.signing {
            refresh_token_secret.must_differ(jwt_secret)?;
        }
        let public_url = PublicUrl::parse(&self.public_url)?;
        let listen = address("LISTEN", &self.listen)?;
        if !public_url.is_https() && !listen.ip().is_loopback() {
            let problem = "is an address that others can reach while PUBLIC_URL is plain http";
            let remedy = "listen on 127.0.0.1, or set PUBLIC_URL to the https address";
            return Err(ConfigError::new("LISTEN", problem, remedy));
        }
        Ok(Config {
            database: self.database.check()?,
            listen,
            tls: self.tls.check(&public_url)?,
            keys,
            refresh_token_secret,
            issuer: self
                .jwt_issuer
                .clone()
                .unwrap_or_else(|| public_url.origin().to_owned()),
            audience: not_empty("JWT_AUDIENCE", &self.jwt_audience)?,
            policy: self.policy()?,
            trusted_proxies: Network::parse_list(&self.trusted_proxies)?,
            api_docs: on_or_off("API_DOCS", &self.api_docs)?,
            hash: self.hash.check()?,
            metrics_listen: self.operation.metrics_listen()?,
            traces: self.operation.traces()?,
            drain_timeout: self.operation.drain_timeout()?,
            static_dir: self.static_dir.map(Into::into),
            public_url,
        })
    }

    fn policy(&self) -> Result<Policy, ConfigError> {
        let policy = Policy {
            // An access token cannot be taken back where nobody asks us.
            access_token_ttl: length_within(
                "ACCESS_TOKEN_TTL",
                &self.access_token_ttl,
                ("1s", "15m"),
            )?,
            refresh_token_ttl: length_within(
                "REFRESH_TOKEN_TTL",
                &self.refresh_token_ttl,
                ("1s", COOKIE_MAX),
            )?,
            session_max_age: length_within(
                "SESSION_MAX_AGE",
                &self.session_max_age,
                ("1s", COOKIE_MAX),
            )?,
            max_sessions_per_user: number(
                "MAX_SESSIONS_PER_USER",
                &self.max_sessions_per_user,
                1..=10_000,
            )?,
            // As long as a spent token is answered, a copy of it is not told from its owner: for the
            // attempt that lost its answer, and for tabs that started in one moment.
            refresh_retry_window: length_within(
                "REFRESH_RETRY_WINDOW",
                &self.refresh_retry_window,
                ("0s", "1h"),
            )?,
            refresh_race_window: length_within(
                "REFRESH_RACE_WINDOW",
                &self.refresh_race_window,
                ("0s", "60s"),
            )?,
            event_retention: length_within(
                "EVENT_RETENTION",
                &self.event_retention,
                ("1h", "3650d"),
            )?,
            login_limit: number("LOGIN_LIMIT", &self.login_limit, 1..=1_000_000)?,
            address_limit: number("ADDRESS_LIMIT", &self.address_limit, 1..=100_000_000)?,
            // Fewer would refuse the bursts that the protocol answers.
            refresh_limit: number("REFRESH_LIMIT", &self.refresh_limit, 60..=100_000_000)?,
        };
        if policy.session_max_age < policy.refresh_token_ttl {
            let problem = "is shorter than REFRESH_TOKEN_TTL";
            let remedy = "a session's absolute end comes after its idle end; 30d is usual";
            return Err(ConfigError::new("SESSION_MAX_AGE", problem, remedy));
        }
        Ok(policy)
    }
}

#[cfg(test)]
mod tests;
