//! One account that would fill the table of events.

use crate::browser::{Browser, send};
use crate::world::{PASSWORD, World};
use api::config::IpNet;
use poem::http::Method;
use serde_json::{Value, json};

/// The events of that kind, all pages of them.
async fn rows(admin: &Browser<'_>, kind: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut before = String::new();
    for _ in 0..20 {
        let path = format!("/api/admin/events?kind={kind}&limit=200{before}");
        let page = admin.gets(&path).await.is(200).json();
        all.extend(page["events"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next"].as_str() else {
            break;
        };
        before = format!("&before={next}");
    }
    all
}

#[tokio::test]
async fn a_session_that_refreshes_all_the_time_writes_sixty_rows_an_hour() {
    let world = World::new().await;
    let admin = world.admin().await;
    let mut alice = world.person("alice").await;
    let mut bob = world.person("bob").await;
    for _ in 0..100 {
        alice.refreshes(None).await.is(200);
    }
    assert_eq!(rows(&admin, "refreshed").await.len(), 60);
    assert_eq!(world.app.journal.dropped(), 40);
    // Nobody else's, and not the reuse, which is what the record is for.
    bob.refreshes(None).await.is(200);
    let mut thief = alice.clone_cookies();
    alice.refreshes(None).await.is(200);
    world.passes(11);
    let refused = thief.refreshes(None).await;
    refused.refused_as(401, "refresh_reused");
    assert_eq!(rows(&admin, "refreshed").await.len(), 61);
    let ended = rows(&admin, "ended").await;
    assert!(ended.iter().any(|event| event["reason"] == "reused"));

    world.passes(3600);
    let mut admin = admin;
    admin.refreshes(None).await.is(200);
    bob.refreshes(None).await.is(200);
    assert_eq!(rows(&admin, "refreshed").await.len(), 63, "a new hour");
}

#[tokio::test]
async fn new_sessions_bring_an_account_no_rows_without_end() {
    let world = World::with(|config| config.policy.login_limit = 1_000).await;
    let admin = world.admin().await;
    let mut alice = world.person("alice").await;
    for _ in 0..6 {
        for _ in 0..60 {
            alice.refreshes(None).await.is(200);
        }
        alice.signs_in("alice", PASSWORD).await.is(200);
    }
    assert_eq!(rows(&admin, "refreshed").await.len(), 240);
}

#[tokio::test]
async fn failed_sign_ins_are_written_up_to_a_bound_and_counted_beyond() {
    let world = World::with(|config| config.policy.login_limit = 1_000).await;
    let admin = world.admin().await;
    world.person("alice").await;
    for name in ["alice", "nobody"] {
        for _ in 0..70 {
            let wrong = world.browser().signs_in(name, "not the password").await;
            wrong.refused_as(401, "invalid_credentials");
        }
    }
    let failed = rows(&admin, "sign_in_failed").await;
    let alices = failed.iter().filter(|event| event["username"] == "alice");
    assert_eq!((alices.count(), failed.len()), (60, 120));
    assert_eq!(world.app.journal.dropped(), 20);
}

/// As the limits of tries see it: whoever has one address of IPv6 has a whole /64 of them.
#[tokio::test]
async fn all_addresses_of_a_network_have_the_rows_of_one() {
    let world = World::with(|config| {
        config.trusted_proxies = IpNet::parse_list("127.0.0.1").unwrap();
    });
    let world = world.await;
    let admin = world.admin().await;
    let body = json!({"username": "nobody", "password": "not the password"}).to_string();
    for number in 0..70 {
        let name = format!("nobody{}", number / 20);
        let body = body.replace("nobody", &name);
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("x-forwarded-for", format!("2001:db8::{number:x}")),
        ];
        let wrong = send(&world, Method::POST, "/api/auth/login", &headers, &body).await;
        wrong.refused_as(401, "invalid_credentials");
    }
    assert_eq!(rows(&admin, "sign_in_failed").await.len(), 60);
    assert_eq!(world.app.journal.dropped(), 10);
}
