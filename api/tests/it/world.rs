//! A database, an application on it, and the time.

use crate::browser::Browser;
pub use crate::constants::{JWT_SECRET, PASSWORD, REFRESH_SECRET};
use crate::place::Place;
use api::AppState;
use api::clock::Clock;
use api::config::HashCost;
use api::config::{Config, ConnectionLimits, DatabaseUrl, KeySource, Policy, PublicUrl, Secret};
use api::db::{ConnectionTrait, Database};
use poem::endpoint::BoxEndpoint;
use poem::{EndpointExt, Response};
use protocol::Millis;
use sea_orm::Statement;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// A time at which the clock breaks.
const BROKEN: u64 = u64::MAX;

/// Statements by their words.
pub type Heard = Arc<Mutex<BTreeMap<String, Statement>>>;

/// An application and its surroundings.
pub struct World {
    pub app: Arc<AppState>,
    pub endpoint: BoxEndpoint<'static, Response>,
    place: Arc<Place>,
    time: Arc<AtomicU64>,
}

impl World {
    /// With the usual configuration.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// With some of the configuration changed.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::on(Place::fresh(), change).await
    }

    /// On that database, which may be the property of a story about one of the two kinds.
    pub async fn on(place: Place, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = config(&place.url());
        change(&mut config);
        let db = Database::connect(&config.database).await.unwrap();
        Self::with_database(place, config, db).await
    }

    /// Where every statement is written down.
    pub async fn overheard(place: Place) -> (Self, Heard) {
        let config = config(&place.url());
        let mut db = Database::connect(&config.database).await.unwrap();
        let heard = Heard::default();
        let told = Arc::clone(&heard);
        db.on_statement(move |statement| {
            let mut told = told.lock().unwrap();
            told.insert(statement.sql.clone(), statement.clone());
        });
        (Self::with_database(place, config, db).await, heard)
    }

    async fn with_database(place: Place, config: Config, db: Database) -> Self {
        let time = Arc::new(AtomicU64::new(1_800_000_000_000));
        let told = Arc::clone(&time);
        let clock = Clock::from_fn(move || {
            let now = told.load(Ordering::SeqCst);
            assert_ne!(now, BROKEN, "the clock is broken, as the story wants it");
            Millis(now)
        });
        db.migrate().await.unwrap();
        let app = Arc::new(AppState::new(config, clock, db).await.unwrap());
        let endpoint = api::http::app(&app).unwrap().boxed();
        Self {
            app,
            endpoint,
            place: Arc::new(place),
            time,
        }
    }

    /// The same database and time, in a process that has just started.
    pub async fn restarted(&self) -> Self {
        self.beside(|_| {}).await
    }

    /// The same database and time, in another process that is configured otherwise.
    pub async fn beside(&self, change: impl FnOnce(&mut Config)) -> Self {
        let db = Database::connect(&self.app.config.database).await.unwrap();
        let mut config = self.app.config.clone();
        change(&mut config);
        let app = Arc::new(
            AppState::new(config, self.app.clock.clone(), db)
                .await
                .unwrap(),
        );
        Self {
            endpoint: api::http::app(&app).unwrap().boxed(),
            app,
            place: Arc::clone(&self.place),
            time: Arc::clone(&self.time),
        }
    }

    /// Time passes.
    pub fn passes(&self, seconds: u64) {
        self.time.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// The clock fails until it is mended with the time that is given back.
    pub fn breaks_the_clock(&self) -> u64 {
        self.time.swap(BROKEN, Ordering::SeqCst)
    }

    /// The clock shows that time.
    pub fn mends_the_clock(&self, time: u64) {
        self.time.store(time, Ordering::SeqCst);
    }

    /// Does something to the database behind everybody's back.
    pub async fn sql(&self, statement: &str) {
        let connection = self.app.db.connection();
        connection.execute_unprepared(statement).await.unwrap();
    }

    /// Somebody's browser, with nothing in it.
    pub fn browser(&self) -> Browser<'_> {
        Browser::new(self)
    }

    /// Somebody who has just registered.
    pub async fn person(&self, name: &str) -> Browser<'_> {
        let mut browser = self.browser();
        browser.registers(name).await.is(201);
        browser
    }

    /// The id of the person of that name.
    pub async fn id_of(&self, name: &str) -> String {
        let user = api::db::user::by_username(&self.app.db, name).await;
        user.unwrap().unwrap().id
    }

    /// An administrator who has just signed in.
    pub async fn admin(&self) -> Browser<'_> {
        use api::auth::flow::register::{NewAccount, create};
        let account = NewAccount {
            name: "admin".to_owned(),
            password: shared::password::Password::new(PASSWORD),
            roles: &shared::role::Role::ALL,
        };
        let now = self.app.clock.now();
        let made = create(&self.app.db, &self.app.hasher, account, now).await;
        made.unwrap();
        let mut admin = self.browser();
        admin.signs_in("admin", PASSWORD).await.is(200);
        admin
    }
}

fn config(database: &str) -> Config {
    let secret = |value: &str| Secret::parse("SECRET", Some(value.to_owned())).unwrap();
    Config {
        database: DatabaseUrl::parse(database).unwrap(),
        listen: (Ipv4Addr::LOCALHOST, 0).into(),
        public_url: PublicUrl::parse("https://app.example.org").unwrap(),
        keys: KeySource::secret(secret(JWT_SECRET)),
        tls: None,
        refresh_token_secret: secret(REFRESH_SECRET),
        issuer: "https://app.example.org".to_owned(),
        audience: "countersign-api".to_owned(),
        policy: Policy {
            access_token_ttl: Millis::from_secs(900),
            refresh_token_ttl: Millis::from_secs(7 * 86_400),
            session_max_age: Millis::from_secs(30 * 86_400),
            max_sessions_per_user: 10,
            refresh_retry_window: Millis::from_secs(600),
            refresh_race_window: Millis::from_secs(10),
            event_retention: Millis::from_secs(90 * 86_400),
            login_limit: 20,
            address_limit: 10_000,
            refresh_limit: 600,
        },
        trusted_proxies: Vec::new(),
        connections: ConnectionLimits::default(),
        api_docs: true,
        hash: HashCost {
            memory_kib: 64,
            iterations: 1,
            parallelism: 2,
            queue: 64,
        },
        static_dir: None,
        security_txt: None,
        metrics_listen: None,
        traces: None,
        drain_timeout: Millis::from_secs(10),
    }
}
