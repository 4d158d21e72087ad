//! The rows of the status table: what went wrong is told apart, in status, challenge and code.

use crate::browser::send;
use crate::world::World;
use api::clock::Clock;
use poem::http::Method;
use serde_json::json;

const PLAIN: Option<&str> = Some(r#"Bearer realm="api""#);
const INVALID_TOKEN: Option<&str> = Some(r#"Bearer realm="api", error="invalid_token""#);
const INVALID_REQUEST: Option<&str> = Some(r#"Bearer realm="api", error="invalid_request""#);
const SCOPE: Option<&str> = Some(r#"Bearer realm="api", error="insufficient_scope""#);

#[tokio::test]
async fn missing_expired_forged_and_revoked_are_told_apart() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let nobody = world.browser();
    nobody
        .gets("/api/me")
        .await
        .refused_as(401, "missing_token")
        .challenges(PLAIN);

    let mut forger = alice.clone();
    forger.token = forger.token.map(|token| format!("{token}x"));
    forger
        .gets("/api/me")
        .await
        .refused_as(401, "invalid_token")
        .challenges(INVALID_TOKEN);

    let late = alice.clone();
    world.passes(900);
    late.gets("/api/me")
        .await
        .refused_as(401, "token_expired")
        .challenges(INVALID_TOKEN);

    alice.refreshes(None).await.is(200);
    alice.signs_out("this").await.is(204);
    let revoked = alice
        .gets("/api/me")
        .await
        .refused_as(401, "session_revoked");
    revoked.challenges(INVALID_TOKEN);
}

#[tokio::test]
async fn forbidden_is_not_expired() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    let refused = alice.gets("/api/admin/users").await;
    refused
        .refused_as(403, "insufficient_scope")
        .challenges(SCOPE);
    world.passes(900);
    let refused = alice.gets("/api/admin/users").await;
    refused
        .refused_as(401, "token_expired")
        .challenges(INVALID_TOKEN);
}

#[tokio::test]
async fn two_credentials_contradict_each_other() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    let token = format!("Bearer {}", alice.token.clone().unwrap());
    let twice = [
        ("authorization", token.clone()),
        ("authorization", token.clone()),
    ];
    let refused = send(&world, Method::GET, "/api/me", &twice, "").await;
    refused
        .refused_as(400, "invalid_request")
        .challenges(INVALID_REQUEST);
    let refused = alice.gets("/api/me?access_token=x").await;
    refused
        .refused_as(400, "invalid_request")
        .challenges(INVALID_REQUEST);
    let bare = format!("/api/me?access_token={}", alice.token.clone().unwrap());
    let refused = send(&world, Method::GET, &bare, &[], "").await;
    refused.refused_as(401, "missing_token").challenges(PLAIN);
}

/// Source: supertokens-node#826.
#[tokio::test]
async fn two_cookies_of_one_name() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let good = alice.cookie.clone().unwrap();
    alice.cookie = Some(format!("{good}; __Host-Http-refresh={good}"));
    let refused = alice
        .refreshes(None)
        .await
        .refused_as(401, "refresh_invalid");
    assert_eq!(
        refused.header("set-cookie"),
        Some("__Host-Http-refresh=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
    );
    assert_eq!(alice.cookie, None, "the browser starts anew");
    alice.cookie = Some(good);
    alice.refreshes(None).await.is(200);
}

/// A sibling subdomain sets `__%48ost-Http-refresh=x; Domain=<parent>`, another app on this host
/// `Refresh=x`: that is no reason to sign anybody out.
#[tokio::test]
async fn a_cookie_that_only_resembles_ours_locks_nobody_out() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    for other in [
        "__%48ost-Http-refresh=x",
        "__host-http-refresh=x",
        "__Host-Http-refresh =x",
        "__Host-Http-refresh%20=x",
    ] {
        let good = alice.cookie.take().unwrap();
        alice.cookie = Some(format!("{good}; {other}"));
        alice.refreshes(None).await.is(200);
        let good = alice.cookie.take().unwrap();
        let headers = [
            ("sec-fetch-site", "same-origin".to_owned()),
            ("content-type", "application/json".to_owned()),
            ("x-csrf", "1".to_owned()),
            ("cookie", other.to_owned()),
        ];
        let answer = send(&world, Method::POST, "/api/auth/refresh", &headers, "{}").await;
        answer.refused_as(401, "refresh_missing");
        alice.cookie = Some(good);
    }
    alice.signs_out("this").await.is(204);
}

/// I-20.
#[tokio::test]
async fn no_kind_of_token_is_taken_for_another() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    let mut swapped = alice.clone();
    std::mem::swap(&mut swapped.token, &mut swapped.cookie);
    swapped
        .gets("/api/me")
        .await
        .refused_as(401, "invalid_token");
    let refused = swapped
        .refreshes(None)
        .await
        .refused_as(401, "refresh_invalid");
    refused.challenges(PLAIN);
}

#[tokio::test]
async fn a_foreign_page_changes_nothing() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    let body = json!({"username": "alice", "password": crate::world::PASSWORD}).to_string();
    let json = ("content-type", "application/json".to_owned());
    for site in ["cross-site", "same-site", "none"] {
        let headers = [("sec-fetch-site", site.to_owned()), json.clone()];
        let refused = send(&world, Method::POST, "/api/auth/login", &headers, &body).await;
        refused.refused_as(403, "origin_forbidden").challenges(None);
    }
    let cookie = format!("__Host-Http-refresh={}", alice.cookie.clone().unwrap());
    let headers = [
        ("cookie", cookie),
        json,
        ("sec-fetch-site", "same-origin".to_owned()),
    ];
    let refused = send(&world, Method::POST, "/api/auth/refresh", &headers, "{}").await;
    refused.refused_as(403, "origin_forbidden");
}

/// I-22: a node whose clock is off ends nobody's session.
#[tokio::test]
async fn wrong_clock_still_works() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let database = world.app.config.database.clone();
    for off in [-600_i64, 600] {
        let clock = world.app.clock.clone();
        let wrong = Clock::from_fn(move || {
            protocol::Millis(clock.now().0.saturating_add_signed(off * 1000))
        });
        let db = api::db::Database::connect(&database).await.unwrap();
        let node = api::AppState::new(world.app.config.clone(), wrong, db)
            .await
            .unwrap();
        let token = alice.cookie.clone().unwrap();
        let caller = api::auth::client_info::ClientInfo::new([127, 0, 0, 1].into(), None);
        let there = api::auth::flow::refresh::refresh(&node, &token, Some("one"), &caller).await;
        let there = there.expect("the other node refreshes");
        // The answer was lost; the browser asks this node with the same attempt.
        alice.refreshes(Some("one")).await.is(200);
        assert_eq!(alice.cookie.as_deref(), Some(there.refresh_token.expose()));
        alice.gets("/api/me").await.is(200);
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_there() {
    let world = World::new().await;
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/nothing",
        "/api/auth/login/x",
    ] {
        let refused = world.browser().gets(path).await;
        refused.refused_as(404, "not_found").challenges(None);
    }
    world.browser().gets("/healthz").await.is(200);
    world.browser().gets("/readyz").await.is(200);
    let keys = world.browser().gets("/.well-known/jwks.json").await.is(200);
    assert_eq!(keys.json(), json!({"keys": []}));
}

#[tokio::test]
async fn a_refused_refresh_says_why() {
    let world = World::new().await;
    let mut nobody = world.browser();
    let refused = nobody.refreshes(None).await;
    refused.refused_as(401, "refresh_missing").challenges(PLAIN);
    nobody.cookie = Some("garbage".to_owned());
    let refused = nobody.refreshes(None).await;
    refused.refused_as(401, "refresh_invalid").challenges(PLAIN);

    let mut alice = world.person("alice").await;
    let mut thief = alice.clone_cookies();
    alice.refreshes(None).await.is(200);
    world.passes(11);
    let refused = thief.refreshes(None).await;
    refused.refused_as(401, "refresh_reused").challenges(PLAIN);
    let refused = alice.refreshes(None).await;
    let refused = refused.refused_as(401, "session_revoked");
    refused.challenges(PLAIN).because("reused");

    let mut bob = world.person("bob").await;
    world.passes(7 * 86_400);
    let refused = bob.refreshes(None).await;
    refused.refused_as(401, "session_expired").challenges(PLAIN);
}

#[tokio::test]
async fn who_is_gone_is_revoked() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    world.sql("DELETE FROM users").await;
    let change = json!({"current_password": "x", "new_password": "seven quiet harbour lamps"});
    for answer in [
        alice.gets("/api/me").await,
        alice
            .patches("/api/me", &json!({"display_name": "A"}))
            .await,
        alice.posts("/api/me/password", &change).await,
    ] {
        answer
            .refused_as(401, "session_revoked")
            .challenges(INVALID_TOKEN);
    }
    let refused = alice.refreshes(None).await;
    refused.refused_as(401, "refresh_invalid");
}
