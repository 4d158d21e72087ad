//! What is counted, and who can read it.

use crate::constants::PASSWORD;
use crate::program::{SECRETS, api, one_line};
use crate::server::{Server, between, variables};
use crate::world::World;
use std::io::{Read, Write};
use std::net::TcpStream;
use tempfile::TempDir;

const DASHBOARD: &str = include_str!("../../../docs/operations/grafana.json");

/// The number behind that name and those labels; zero where it was not counted.
fn number(world: &World, name: &str) -> f64 {
    let page = api::metrics::render(&world.app);
    let line = page
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.map_or(0.0, |value| value.parse().unwrap())
}

/// The story has been told once: this was counted so often.
#[track_caller]
fn counted(world: &World, name: &str, times: f64) {
    let found = number(world, name);
    assert!(
        (found - times).abs() < f64::EPSILON,
        "{name} is {found}, not {times}"
    );
}

fn refreshes(outcome: &str) -> String {
    format!(r#"countersign_refreshes_total{{outcome="{outcome}"}}"#)
}

fn logins(outcome: &str) -> String {
    format!(r#"countersign_logins_total{{outcome="{outcome}"}}"#)
}

fn calls(method: &str, route: &str, status: u16) -> String {
    let labels = format!(r#"method="{method}",route="{route}",status="{status}""#);
    format!("countersign_http_request_duration_seconds_count{{{labels}}}")
}

#[tokio::test]
async fn calls_are_counted_by_route_and_status() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    for _ in 0..3 {
        alice.gets("/api/me").await.is(200);
    }
    world.browser().gets("/api/me").await.is(401);
    alice.deletes("/api/me/sessions/0123").await.is(404);
    alice.deletes("/api/me/sessions/4567").await.is(404);
    alice.gets("/api/no/such?place=1").await.is(404);
    counted(&world, &calls("POST", "/api/auth/register", 201), 1.0);
    counted(&world, &calls("GET", "/api/me", 200), 3.0);
    counted(&world, &calls("GET", "/api/me", 401), 1.0);
    counted(&world, &calls("DELETE", "/api/me/sessions/{id}", 404), 2.0);
    counted(&world, &calls("other", "other", 404), 1.0);
    let took = calls("POST", "/api/auth/register", 201).replace("_count", "_sum");
    assert!(number(&world, &took) > 0.0, "it took some time");
}

#[tokio::test]
async fn refreshes_are_counted_by_what_became_of_them() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let mut thief = alice.clone_cookies();
    let mut tab = alice.clone_cookies();
    let mut again = alice.clone_cookies();
    alice.refreshes(Some("one")).await.is(200);
    again.refreshes(Some("one")).await.is(200);
    tab.refreshes(Some("two")).await.is(200);
    counted(&world, &refreshes("rotated"), 1.0);
    counted(&world, &refreshes("retried"), 1.0);
    counted(&world, &refreshes("concurrent"), 1.0);
    world.passes(11);
    thief
        .refreshes(None)
        .await
        .refused_as(401, "refresh_reused");
    alice
        .refreshes(None)
        .await
        .refused_as(401, "session_revoked");
    counted(&world, &refreshes("reused"), 1.0);
    counted(&world, &refreshes("revoked"), 1.0);
    counted(&world, "countersign_denied_sessions", 1.0);

    let mut bob = world.person("bob").await;
    bob.refreshes(None).await.is(200);
    world.sql("UPDATE sessions SET generation = 0").await;
    bob.refreshes(None).await.refused_as(401, "refresh_invalid");
    counted(&world, &refreshes("generation_ahead"), 1.0);
    bob.cookie = Some("nonsense".to_owned());
    bob.refreshes(None).await.refused_as(401, "refresh_invalid");
    counted(&world, &refreshes("invalid"), 1.0);
    let mut carol = world.person("carol").await;
    world.passes(8 * 86_400);
    carol
        .refreshes(None)
        .await
        .refused_as(401, "session_expired");
    counted(&world, &refreshes("expired"), 1.0);
}

#[tokio::test]
async fn sign_ins_are_counted_by_what_became_of_them() {
    let world = World::with(|config| config.policy.login_limit = 2).await;
    world.person("alice").await;
    let mut alice = world.browser();
    alice.signs_in("alice", PASSWORD).await.is(200);
    let mut mallory = world.browser();
    for status in [401, 401, 429] {
        let answer = mallory.signs_in("alice", "not her password").await;
        answer.is(status);
    }
    counted(&world, &logins("signed_in"), 1.0);
    counted(&world, &logins("wrong"), 2.0);
    counted(&world, &logins("throttled"), 1.0);
    counted(&world, "countersign_hashes_running", 0.0);
    counted(&world, "countersign_hashes_running_max", 2.0);
    counted(&world, "countersign_hashes_waiting_max", 64.0);
    assert!(
        number(&world, "countersign_journal_waiting") > 0.0,
        "two wrong tries wait"
    );
}

#[tokio::test]
async fn an_outage_is_counted_and_the_page_is_there_all_the_same() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let before = number(&world, "countersign_database_outages_total");
    assert!(number(&world, "countersign_database_connections_max") > 0.0);
    world.app.db.clone().close().await.unwrap();
    alice.refreshes(None).await.is(503);
    world.browser().signs_in("alice", PASSWORD).await.is(503);
    counted(&world, &refreshes("unavailable"), 1.0);
    counted(&world, &logins("unavailable"), 1.0);
    assert!(number(&world, "countersign_database_outages_total") >= before + 2.0);
}

/// I-24, for the metrics.
#[tokio::test]
async fn nothing_that_a_client_sent_is_among_the_metrics() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let strange = poem::http::Method::from_bytes(b"MEOW").unwrap();
    alice
        .send(strange, "/api/x-canary-1", &[], None, true)
        .await
        .is(404);
    alice.gets("/x-canary-2?x-canary-3").await.is(404);
    alice.refreshes(Some("x-canary-4")).await.is(200);
    let page = api::metrics::render(&world.app);
    let sent = [
        alice.token.unwrap(),
        alice.cookie.unwrap(),
        PASSWORD.to_owned(),
    ];
    let sent = sent.iter().map(String::as_str);
    for sent in sent.chain(["alice", "canary", "MEOW"]) {
        assert!(!page.contains(sent), "{sent}");
    }
    for line in page.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').unwrap();
        assert!(value.parse::<f64>().is_ok(), "{line}");
        let family = name.split('{').next().unwrap();
        assert!(page.contains(&format!("# TYPE {}", base(family))), "{line}");
    }
}

/// A histogram's numbers belong to its family.
fn base(name: &str) -> &str {
    let endings = ["_bucket", "_sum", "_count"];
    let base = endings.iter().find_map(|ending| name.strip_suffix(ending));
    base.unwrap_or(name)
}

#[tokio::test]
async fn every_query_of_the_dashboard_names_metrics_and_outcomes_that_are_there() {
    let world = World::new().await;
    world.browser().gets("/api/me").await.is(401);
    let page = api::metrics::render(&world.app);
    let dashboard: serde_json::Value = serde_json::from_str(DASHBOARD).unwrap();
    let mut queries = Vec::new();
    for panel in dashboard["panels"].as_array().unwrap() {
        let targets = panel["targets"].as_array().unwrap();
        assert!(!targets.is_empty(), "a panel without a query: {panel}");
        queries.extend(
            targets
                .iter()
                .map(|target| target["expr"].as_str().unwrap()),
        );
    }
    assert!(queries.len() > 10, "{queries:?}");
    for query in queries {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let words = query.split(|c| !is_part(c));
        let mut names =
            words.filter(|word| word.starts_with("countersign_") || word.starts_with("process_"));
        let first = names.next().expect(query);
        for name in names.chain([first]) {
            assert!(
                page.contains(&format!("# TYPE {} ", base(name))),
                "{query}: {name}"
            );
        }
        for outcome in query.split("outcome=\"").skip(1) {
            let outcome = outcome.split('"').next().unwrap();
            assert!(
                page.contains(&format!("outcome=\"{outcome}\"")),
                "{query}: {outcome}"
            );
        }
    }
}

/// What an address says to a request for that path.
pub fn gets(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn metrics_have_a_listener_of_their_own_and_it_has_nothing_else() {
    let server = Server::start(&[("METRICS_LISTEN", "127.0.0.1:0")]);
    let metrics = server.metrics.clone().expect("it says where");
    let page = gets(&metrics, "/metrics");
    assert!(page.starts_with("HTTP/1.1 200 "), "{page}");
    assert_eq!(
        between(&page, "content-type: ", "\r\n"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
    assert!(page.contains("\ncountersign_build_info{version="), "{page}");
    for path in ["/", "/healthz", "/api/auth/session"] {
        assert!(gets(&metrics, path).starts_with("HTTP/1.1 404 "), "{path}");
    }
    let public = gets(&server.address, "/metrics");
    assert!(public.starts_with("HTTP/1.1 404 "), "{public}");
    assert!(!public.contains("countersign_"), "{public}");
}

#[test]
fn metrics_are_off_unless_asked_for_and_a_taken_address_stops_the_start() {
    assert_eq!(Server::start(&[]).metrics, None);
    let folder = TempDir::new().unwrap();
    assert!(api(&folder, &["migrate"], &[]).status.success());
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut all = variables(&[("METRICS_LISTEN", &address), ("RUST_LOG", "off")]);
    all.extend(SECRETS);
    let said = one_line(&api(&folder, &["serve"], &all), 1);
    assert!(
        said.contains("METRICS_LISTEN") && said.contains(&address),
        "{said}"
    );
}
