//! What every part of the backend shares.

use crate::auth::audit::log::AuditLog;
use crate::auth::device::DeviceKey;
use crate::auth::password::hash::Hasher;
use crate::auth::rate_limit::RefreshLimiter;
use crate::auth::token::access::AccessTokens;
use crate::auth::token::refresh_token::RefreshKey;
use crate::auth::token::revoked::DenyList;
use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::db::{Database, DbError};
use crate::metrics::Metrics;
use crate::trace::Tracer;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use thiserror::Error;

/// The application: configuration, keys, database and the little that is kept in memory.
pub struct AppState {
    /// The checked configuration.
    pub config: Config,
    /// Tells the time.
    pub clock: Clock,
    /// The database.
    pub db: Database,
    /// Signs and verifies access tokens.
    pub access: AccessTokens,
    /// Signs and verifies refresh tokens.
    pub refresh_key: RefreshKey,
    /// Knows browsers by which their person signed in before.
    pub device_key: DeviceKey,
    /// How often sessions refresh.
    pub pace: RefreshLimiter,
    /// Hashes passwords, a bounded number at once.
    pub hasher: Hasher,
    /// Sessions that ended while their access tokens still live.
    pub deny: Arc<DenyList>,
    /// What happened and waits to be written.
    pub journal: AuditLog,
    /// What is counted.
    pub metrics: Metrics,
    /// Who hears of requests.
    pub traces: Tracer,
    stopping: AtomicBool,
}

/// Why the application cannot start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The keys cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database does not answer.
    #[error(transparent)]
    Outage(#[from] DbError),
}

impl AppState {
    /// Puts the parts together. The database must be migrated.
    pub async fn new(config: Config, clock: Clock, db: Database) -> Result<Self, StartError> {
        let deny = Arc::new(DenyList::new(config.policy.access_token_ttl));
        deny.sync(&db, clock.now()).await?;
        Ok(Self {
            access: AccessTokens::open(&config, Arc::clone(&deny), clock.now())?,
            refresh_key: RefreshKey::new(&config.refresh_token_secret),
            device_key: DeviceKey::new(&config.refresh_token_secret),
            pace: RefreshLimiter::new(config.policy.refresh_limit),
            hasher: Hasher::new(config.hash),
            metrics: Metrics::new(clock.now()),
            traces: Tracer::new(config.traces.clone()),
            deny,
            config,
            clock,
            db,
            journal: AuditLog::default(),
            stopping: AtomicBool::new(false),
        })
    }

    /// Tells balancers from now on to send requests elsewhere.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the process is about to stop.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}
