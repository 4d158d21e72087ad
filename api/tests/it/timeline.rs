//! What happened is told: a session's to its owner, everything to an administrator.

use crate::answer::Answer;
use crate::browser::Browser;
use crate::world::{PASSWORD, World};
use serde_json::{Value, json};

const PASSWORD_AFTER: &str = "seven quiet harbour lamps";

/// The session that a browser is in.
async fn session(browser: &Browser<'_>) -> String {
    let facts = browser.gets("/api/auth/session").await.is(200).json();
    facts["sid"].as_str().unwrap().to_owned()
}

fn kinds(answer: &Answer) -> Vec<String> {
    let events = answer.json()["events"].as_array().unwrap().clone();
    let word = |event: &Value| {
        let kind = event["kind"].as_str().unwrap().to_owned();
        let reason = event["reason"].as_str();
        reason.map_or(kind.clone(), |reason| format!("{kind}: {reason}"))
    };
    events.iter().map(word).collect()
}

async fn timeline(owner: &Browser<'_>, session: &str) -> Vec<String> {
    let path = format!("/api/me/sessions/{session}/events");
    kinds(&owner.gets(&path).await.is(200))
}

#[tokio::test]
async fn a_session_remembers_each_refresh_by_its_kind() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let sid = session(&alice).await;
    let before = alice.clone_cookies();
    alice.refreshes(Some("attempt-1")).await.is(200);
    before.clone().refreshes(Some("attempt-2")).await.is(200);
    world.passes(60);
    before.clone().refreshes(Some("attempt-1")).await.is(200);
    assert_eq!(
        timeline(&alice, &sid).await,
        ["retried", "raced", "refreshed", "signed_in"]
    );
}

#[tokio::test]
async fn a_reuse_stands_in_the_timeline_with_the_address_it_came_from() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let sid = session(&alice).await;
    let mut thief = alice.clone_cookies();
    alice.refreshes(None).await.is(200);
    world.passes(11);
    let refused = thief.refreshes(None).await;
    refused.refused_as(401, "refresh_reused");
    let mut again = world.browser();
    again.signs_in("alice", PASSWORD).await.is(200);
    let path = format!("/api/me/sessions/{sid}/events");
    let told = again.gets(&path).await.is(200);
    assert_eq!(kinds(&told)[0], "ended: reused");
    assert_eq!(told.json()["events"][0]["ip"], "127.0.0.1");
}

#[tokio::test]
async fn what_an_administrator_did_is_shown_without_their_client() {
    let world = World::new().await;
    let admin = world.admin().await;
    let mut alice = world.browser();
    let id = alice.registers("alice").await.is(201).json()["user"]["id"].clone();
    let sid = session(&alice).await;
    let path = format!("/api/admin/users/{}/sessions", id.as_str().unwrap());
    let client = [("user-agent", "the administrator's browser")];
    let method = poem::http::Method::DELETE;
    admin.send(method, &path, &client, None, true).await.is(204);
    let mut again = world.browser();
    again.signs_in("alice", PASSWORD).await.is(200);
    let path = format!("/api/me/sessions/{sid}/events");
    let told = again.gets(&path).await.is(200);
    assert_eq!(kinds(&told), ["ended: ended_by_admin", "signed_in"]);
    let events = told.json()["events"].clone();
    let (ended, own) = (&events[0], &events[1]);
    assert_eq!((ended.get("ip"), ended.get("user_agent")), (None, None));
    assert_eq!(ended.get("by"), None);
    assert_eq!(own["ip"], "127.0.0.1");

    // Administrators see it, and an administrator who ends the own sessions is no other.
    let path = format!("/api/admin/events?user={}", id.as_str().unwrap());
    let all = admin.gets(&path).await.is(200).json();
    let ended = all["events"].as_array().unwrap().iter();
    let mut ended = ended.filter(|event| event["reason"] == "ended_by_admin");
    assert_eq!(
        ended.next().unwrap()["user_agent"],
        "the administrator's browser"
    );
}

#[tokio::test]
async fn another_persons_timeline_is_not_there() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    let sid = session(&alice).await;
    let bob = world.person("bob").await;
    let path = format!("/api/me/sessions/{sid}/events");
    bob.gets(&path).await.refused_as(404, "not_found");
}

#[tokio::test]
async fn pages_follow_one_another_without_a_gap() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let sid = session(&alice).await;
    for _ in 0..5 {
        world.passes(60);
        alice.refreshes(None).await.is(200);
    }
    let mut seen = Vec::new();
    let mut path = format!("/api/me/sessions/{sid}/events?limit=4");
    loop {
        let page = alice.gets(&path).await.is(200).json();
        let events = page["events"].as_array().unwrap();
        assert!(events.len() <= 4);
        seen.extend(events.iter().map(|event| event["id"].as_u64().unwrap()));
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/api/me/sessions/{sid}/events?limit=4&before={next}");
    }
    assert_eq!(seen.len(), 6);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 6, "none twice");
}

#[tokio::test]
async fn an_administrator_sees_who_did_what() {
    let world = World::new().await;
    let admin = world.admin().await;
    let mut alice = world.browser();
    let id = alice.registers("alice").await.is(201).json()["user"]["id"].clone();
    let id = id.as_str().unwrap();
    let wrong = world.browser().signs_in("alice", "not her password").await;
    wrong.refused_as(401, "invalid_credentials");
    let wrong = world
        .browser()
        .signs_in("nobody", "no one's password")
        .await;
    wrong.refused_as(401, "invalid_credentials");
    world.passes(1);
    let change = json!({"current_password": PASSWORD, "new_password": PASSWORD_AFTER});
    alice.posts("/api/me/password", &change).await.is(200);
    let person = format!("/api/admin/users/{id}");
    for change in [
        json!({"roles": ["user", "admin"]}),
        json!({"disabled": true}),
        json!({"disabled": false, "roles": ["user"]}),
    ] {
        admin.patches(&person, &change).await.is(200);
    }
    admin.deletes(&format!("{person}/sessions")).await.is(204);

    let events = admin.gets(&format!("/api/admin/events?user={id}")).await;
    assert_eq!(
        kinds(&events),
        [
            "roles_changed",
            "enabled",
            "ended: disabled",
            "disabled",
            "roles_changed",
            "signed_in",
            "ended: password_changed",
            "password_changed",
            "sign_in_failed",
            "signed_in",
            "registered",
        ]
    );
    let newest = &events.json()["events"][0];
    assert_eq!(
        (&newest["by"], &newest["username"]),
        (&json!("admin"), &json!("alice"))
    );
    let failed = admin.gets("/api/admin/events?kind=sign_in_failed").await;
    let failed = failed.is(200).json()["events"].clone();
    assert_eq!(failed.as_array().unwrap().len(), 2);
    assert_eq!(failed[0].get("username"), None);
    assert_eq!(failed[1]["username"], "alice");
    assert!(!failed.to_string().contains("nobody"));
}

#[tokio::test]
async fn how_much_happened_is_counted_by_the_hour_and_by_the_day() {
    let world = World::new().await;
    let mut admin = world.admin().await;
    world.passes(2 * 3600);
    admin.refreshes(None).await.is(200);
    let wrong = world
        .browser()
        .signs_in("nobody", "no one's password")
        .await;
    wrong.refused_as(401, "invalid_credentials");
    let day = admin.gets("/api/admin/activity").await.is(200).json();
    let hours = day["stretches"].as_array().unwrap();
    assert_eq!((&day["step"], hours.len()), (&json!(3600), 24));
    let told =
        |of: &Value| ["signed_in", "failed", "refreshed", "reused"].map(|kind| of[kind].clone());
    assert_eq!(told(&hours[23]), [0, 1, 1, 0].map(Value::from));
    assert_eq!(told(&hours[21]), [1, 0, 0, 0].map(Value::from));
    let month = admin
        .gets("/api/admin/activity?days=30")
        .await
        .is(200)
        .json();
    let days = month["stretches"].as_array().unwrap();
    assert_eq!((&month["step"], days.len()), (&json!(86_400), 30));
    assert_eq!(told(&days[29]), [1, 1, 1, 0].map(Value::from));
}

#[tokio::test]
async fn what_is_old_enough_is_forgotten() {
    let world = World::with(|config| {
        config.policy.event_retention = protocol::Millis::from_secs(86_400);
    })
    .await;
    let mut admin = world.admin().await;
    world.passes(86_400 + 60);
    admin.refreshes(None).await.is(200);
    let recorded = async |admin: &Browser<'_>| {
        let events = admin.gets("/api/admin/events").await;
        kinds(&events.is(200))
    };
    assert_eq!(
        recorded(&admin).await,
        ["refreshed", "signed_in", "registered"]
    );
    api::background::prune(&world.app).await.unwrap();
    assert_eq!(recorded(&admin).await, ["refreshed"]);
}

/// It is deleted a little at a time.
#[tokio::test]
async fn what_is_old_enough_is_forgotten_however_much_it_is() {
    let world = World::new().await;
    let admin = world.admin().await;
    world
        .sql(
            "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 250) \
             INSERT INTO events (at, kind) SELECT n, 'sign_in_failed' FROM number",
        )
        .await;
    api::background::prune(&world.app).await.unwrap();
    let left = admin.gets("/api/admin/events?kind=sign_in_failed").await;
    assert_eq!(kinds(&left.is(200)), Vec::<String>::new());
}
