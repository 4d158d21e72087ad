//! A database full of people, and the application on it.

use crate::people;
use api::AppState;
use api::clock::Clock;
use api::config::HashCost;
use api::config::{Config, ConnectionLimits, DatabaseUrl, KeySource, Policy, PublicUrl, Secret};
use api::db::Database;
use protocol::Millis;
use std::net::Ipv4Addr;
use std::time::Instant;
use tempfile::TempDir;

/// The application, and where its file is.
pub struct Surroundings {
    pub app: AppState,
    pub people: u64,
    _folder: TempDir,
}

impl Surroundings {
    /// So many people, on that database or in a file of its own.
    pub async fn with(people: u64, database: Option<&str>) -> Self {
        let folder = TempDir::new().expect("there is room");
        let file = format!("sqlite://{}/growth.db", folder.path().display());
        let config = config(database.unwrap_or(&file));
        let db = Database::connect(&config.database).await.expect("it opens");
        db.migrate().await.expect("it migrates");
        let clock = Clock::system();
        let began = Instant::now();
        people::fill(&db, people, clock.now()).await;
        eprintln!("{people} people came within {:.1?}", began.elapsed());
        let app = AppState::new(config, clock, db).await.expect("it starts");
        Self {
            app,
            people,
            _folder: folder,
        }
    }
}

fn config(database: &str) -> Config {
    let secret = |word: &str| Secret::parse("SECRET", Some(word.to_owned())).expect("it is good");
    let days = |days: u64| Millis::from_secs(days * 86_400);
    Config {
        database: DatabaseUrl::parse(database).expect("it is a database"),
        listen: (Ipv4Addr::LOCALHOST, 0).into(),
        public_url: PublicUrl::parse("http://127.0.0.1:8000").expect("it is an origin"),
        keys: KeySource::secret(secret("2f1c9e0b7a5d4c3e8f6071a2b3c4d5e6")),
        tls: None,
        refresh_token_secret: secret("9a8b7c6d5e4f30211203f4e5d6c7b8a9"),
        issuer: "http://127.0.0.1:8000".to_owned(),
        audience: "countersign-api".to_owned(),
        policy: Policy {
            access_token_ttl: Millis::from_secs(900),
            refresh_token_ttl: days(7),
            session_max_age: days(30),
            max_sessions_per_user: 10,
            refresh_retry_window: Millis::from_secs(600),
            refresh_race_window: Millis::from_secs(10),
            event_retention: days(90),
            refresh_limit: 100_000_000,
            login_limit: 1_000_000,
            address_limit: 100_000_000,
        },
        trusted_proxies: Vec::new(),
        connections: ConnectionLimits::default(),
        api_docs: false,
        hash: CHEAPEST,
        static_dir: None,
        security_txt: None,
        drain_timeout: Millis::from_secs(10),
        metrics_listen: None,
        traces: None,
    }
}

/// The cheapest there is: what the database costs is measured, not what a hash does.
pub const CHEAPEST: HashCost = HashCost {
    memory_kib: 64,
    iterations: 1,
    parallelism: 2,
    queue: 64,
};
