//! The refresh decision on a real database, with concurrent requests. The HTTP tests are in
//! `api/tests/it`.

use super::*;
use crate::auth::client_info::ClientInfo;
use crate::auth::flow::register::register;
use crate::clock::Clock;
use crate::config::HashCost;
use crate::config::{Config, ConnectionLimits, DatabaseUrl, KeySource, Policy, PublicUrl, Secret};
use crate::db::Database;
use shared::auth::Register;
use shared::password::Password;
use std::collections::HashSet;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use tokio::task::JoinSet;

fn config(database: &str) -> Config {
    let secret = |value: &str| Secret::parse("SECRET", Some(value.repeat(4))).expect("it is good");
    Config {
        database: DatabaseUrl::parse(database).expect("it is good"),
        listen: (Ipv4Addr::LOCALHOST, 0).into(),
        public_url: PublicUrl::parse("http://127.0.0.1:8000").expect("it is good"),
        keys: KeySource::secret(secret("0123456789abcdef")),
        tls: None,
        refresh_token_secret: secret("fedcba9876543210"),
        issuer: "http://127.0.0.1:8000".to_owned(),
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
            address_limit: 100,
            refresh_limit: 600,
        },
        trusted_proxies: Vec::new(),
        connections: ConnectionLimits::default(),
        api_docs: false,
        hash: HashCost {
            memory_kib: 64,
            iterations: 1,
            parallelism: 2,
            queue: 8,
        },
        static_dir: None,
        security_txt: None,
        metrics_listen: None,
        traces: None,
        drain_timeout: Millis::from_secs(10),
    }
}

fn caller() -> ClientInfo {
    ClientInfo::new(Ipv4Addr::LOCALHOST.into(), Some("test"))
}

/// Two nodes that share a database and a clock.
struct World {
    nodes: [Arc<AppState>; 2],
    time: Arc<AtomicU64>,
    _folder: TempDir,
}

impl World {
    async fn new() -> Self {
        let folder = TempDir::new().expect("a folder can be made");
        let url = format!("sqlite://{}/test.db", folder.path().display());
        let time = Arc::new(AtomicU64::new(1_000_000_000));
        let mut nodes = Vec::new();
        for _ in 0..2 {
            let told = Arc::clone(&time);
            let clock = Clock::from_fn(move || Millis(told.load(Ordering::SeqCst)));
            let config = config(&url);
            let db = Database::connect(&config.database).await.expect("it opens");
            db.migrate().await.expect("it migrates");
            nodes.push(Arc::new(
                AppState::new(config, clock, db).await.expect("it starts"),
            ));
        }
        Self {
            nodes: nodes.try_into().ok().expect("there are two"),
            time,
            _folder: folder,
        }
    }

    fn passes(&self, seconds: u64) {
        self.time.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    async fn registers(&self, name: &str) -> TokenPair {
        let form = Register {
            username: name.to_owned(),
            password: Password::new("correct zebra battery plum"),
        };
        let issued = register(&self.nodes[0], form, &caller()).await;
        issued.expect("the account is made")
    }

    /// Presents one token many times concurrently to both nodes, and collects the successors.
    async fn presents(
        &self,
        token: &str,
        attempts: impl IntoIterator<Item = Option<String>>,
    ) -> HashSet<String> {
        let mut tasks = JoinSet::new();
        for (turn, attempt) in attempts.into_iter().enumerate() {
            let app = Arc::clone(&self.nodes[turn % 2]);
            let token = token.to_owned();
            tasks.spawn(async move {
                let issued = refresh(&app, &token, attempt.as_deref(), &caller()).await;
                issued.expect("an honest tab is answered").refresh_token
            });
        }
        let answers = tasks.join_all().await;
        answers
            .iter()
            .map(|token| token.expose().to_owned())
            .collect()
    }
}

fn generation(token: &str) -> u32 {
    UnverifiedToken::parse(token)
        .expect("it is well formed")
        .generation()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_presentations_with_one_attempt_key_swap_once() {
    let world = World::new().await;
    let first = world.registers("alice").await.refresh_token;
    let key = || Some("one-attempt".to_owned());
    let successors = world.presents(first.expose(), (0..50).map(|_| key())).await;
    assert_eq!(successors.len(), 1);
    let successor = successors.iter().next().expect("there is one");
    assert_eq!(generation(successor), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_presentations_with_different_keys_swap_once() {
    let world = World::new().await;
    let first = world.registers("alice").await.refresh_token;
    let keys = (0..20).map(|tab| Some(format!("tab-{tab}")));
    let successors = world.presents(first.expose(), keys).await;
    assert_eq!(successors.len(), 1);
    assert_eq!(
        generation(successors.iter().next().expect("there is one")),
        1
    );
}

#[tokio::test]
async fn a_spent_token_ends_the_session_on_every_node() {
    let world = World::new().await;
    let [here, there] = &world.nodes;
    let issued = world.registers("alice").await;
    let first = issued.refresh_token;
    let second = refresh(here, first.expose(), None, &caller())
        .await
        .expect("it rotates");
    world.passes(11);
    let reused = refresh(there, first.expose(), None, &caller()).await;
    assert!(matches!(reused, Err(RefreshError::Reused)), "{reused:?}");
    let dead = refresh(here, second.refresh_token.expose(), None, &caller()).await;
    let reason = Some(RevocationReason::TokenReuse);
    assert!(
        matches!(dead, Err(RefreshError::Revoked(r)) if r == reason),
        "{dead:?}"
    );

    let token = &issued.signed_in.access_token.0;
    let now = here.clock.now();
    assert!(
        there.access.verify(token, now).is_err(),
        "at once where it was seen"
    );
    here.deny
        .sync(&here.db, now)
        .await
        .expect("the database answers");
    assert!(
        here.access.verify(token, now).is_err(),
        "and elsewhere soon"
    );
}

#[tokio::test]
async fn a_disabled_person_is_not_refreshed() {
    let world = World::new().await;
    let [here, there] = &world.nodes;
    let alice = world.registers("alice").await;
    let bar = shared::admin::UpdateUser {
        roles: None,
        disabled: Some(true),
    };
    let id = &alice.signed_in.user.id;
    crate::auth::account::admin::update_from_cli(&here.db, id, bar, here.clock.now())
        .await
        .expect("she is barred");
    let refused = refresh(there, alice.refresh_token.expose(), None, &caller()).await;
    let reason = Some(RevocationReason::Disabled);
    assert!(
        matches!(refused, Err(RefreshError::Revoked(r)) if r == reason),
        "{refused:?}"
    );
}
