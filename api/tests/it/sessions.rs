//! How many sessions a person has, and what is known of each.

use crate::browser::send;
use crate::world::{PASSWORD, World};
use futures::future::join_all;
use poem::http::Method;
use serde_json::json;

/// I-17.
#[tokio::test(flavor = "multi_thread")]
async fn parallel_sign_ins_never_exceed_the_limit() {
    let world = World::with(|config| config.policy.max_sessions_per_user = 3).await;
    world.person("alice").await;
    world.passes(1);
    let many = (0..10).map(|_| {
        let mut browser = world.browser();
        async move {
            browser.signs_in("alice", PASSWORD).await.is(200);
            browser
        }
    });
    let mut live = 0;
    for browser in join_all(many).await {
        let list = browser.gets("/api/me/sessions").await;
        if list.status == 200 {
            live += 1;
            assert_eq!(list.json()["sessions"].as_array().unwrap().len(), 3);
        } else {
            let refused = list.refused_as(401, "session_revoked");
            refused.because("limit");
        }
    }
    assert_eq!(live, 3);
}

#[tokio::test]
async fn a_sign_in_never_displaces_itself() {
    let world = World::with(|config| config.policy.max_sessions_per_user = 1).await;
    let mut before = world.person("alice").await;
    // All in one instant: no clock tells which is the newest.
    for _ in 0..8 {
        let mut next = world.browser();
        next.signs_in("alice", PASSWORD).await.is(200);
        next.refreshes(None).await.is(200);
        let refused = before.refreshes(None).await;
        refused.refused_as(401, "session_revoked").because("limit");
        before = next;
    }
}

#[tokio::test]
async fn the_list_says_when_where_and_with_what() {
    let world = World::with(|config| {
        config.trusted_proxies = api::config::IpNet::parse_list("127.0.0.1").unwrap();
    })
    .await;
    let mut alice = world.person("alice").await;
    world.passes(60);
    let headers = [
        ("sec-fetch-site", "same-origin".to_owned()),
        ("content-type", "application/json".to_owned()),
        ("user-agent", "A phone/1.0".to_owned()),
        ("x-forwarded-for", "198.51.100.9, 192.0.2.7".to_owned()),
    ];
    let body = json!({"username": "alice", "password": PASSWORD}).to_string();
    send(&world, Method::POST, "/api/auth/login", &headers, &body)
        .await
        .is(200);
    world.passes(60);
    alice.refreshes(None).await.is(200);
    let list = alice.gets("/api/me/sessions").await.is(200).json();
    let [phone, own] = list["sessions"].as_array().unwrap().as_slice() else {
        panic!("there are two: {list}");
    };
    let began = own["created_at"].as_u64().unwrap();
    assert_eq!(
        (&phone["user_agent"], &phone["ip"]),
        (&json!("A phone/1.0"), &json!("192.0.2.7"))
    );
    assert_eq!(
        (&phone["current"], &own["current"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(phone["created_at"], began + 60);
    assert_eq!(phone["last_used_at"], began + 60);
    assert_eq!(own["last_used_at"], began + 120);
}

#[tokio::test]
async fn what_expired_is_not_listed_and_does_not_count() {
    let world = World::with(|config| config.policy.max_sessions_per_user = 2).await;
    world.person("alice").await;
    world.passes(7 * 86_400);
    let mut first = world.browser();
    first.signs_in("alice", PASSWORD).await.is(200);
    let mut second = world.browser();
    second.signs_in("alice", PASSWORD).await.is(200);
    let list = second.gets("/api/me/sessions").await.is(200).json();
    assert_eq!(list["sessions"].as_array().unwrap().len(), 2);
    first.refreshes(None).await.is(200);
}
