//! What went wrong elsewhere and is said nowhere else here.

use crate::answer::Answer;
use crate::browser::send;
use crate::world::{PASSWORD, World};
use poem::http::Method;
use serde_json::json;
use shared::endpoint::{self, Guard};

/// Links and cookies that were built from what a client said the host was.
#[tokio::test]
async fn a_host_that_a_client_writes_is_in_no_answer() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    let paths = [
        "/api/me",
        "/api/nothing",
        "/api/openapi.json",
        "/",
        "/nothing",
    ];
    let mut answers = Vec::new();
    for path in paths {
        let headers = [
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
            ("forwarded", "host=evil.example"),
        ];
        answers.push(alice.send(Method::GET, path, &headers, None, true).await);
    }
    let form = json!({ "username": "alice", "password": PASSWORD }).to_string();
    let headers = [
        ("sec-fetch-site", "same-origin".to_owned()),
        ("content-type", "application/json".to_owned()),
        ("host", "evil.example".to_owned()),
        ("x-forwarded-host", "evil.example".to_owned()),
    ];
    let entered = send(&world, Method::POST, "/api/auth/login", &headers, &form).await;
    answers.push(entered.is(200));
    for answer in answers {
        let all = format!("{:?} {}", answer.headers, answer.text);
        assert!(!all.contains("evil"), "{all}");
    }
}

/// A host is no origin either: whoever can write both headers is no browser.
#[tokio::test]
async fn a_foreign_origin_is_foreign_whatever_the_host() {
    let world = World::new().await;
    let headers = [
        ("host", "evil.example".to_owned()),
        ("origin", "https://evil.example".to_owned()),
        ("content-type", "application/json".to_owned()),
    ];
    let refused = send(&world, Method::POST, "/api/auth/login", &headers, "{}").await;
    refused.refused_as(403, "origin_forbidden");
}

/// A check of the origin that only some types of content met.
#[tokio::test]
async fn no_content_type_lets_a_foreign_page_in() {
    let world = World::new().await;
    let form = json!({ "username": "alice", "password": PASSWORD }).to_string();
    for content_type in [
        "application/json",
        "text/plain",
        "TEXT/PLAIN; charset=utf-8",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=a",
        "text/plain; application/json",
        "",
    ] {
        let headers = [
            ("origin", "https://evil.example".to_owned()),
            ("content-type", content_type.to_owned()),
        ];
        for path in ["/api/auth/register", "/api/auth/login", "/api/auth/refresh"] {
            let refused = send(&world, Method::POST, path, &headers, &form).await;
            refused.refused_as(403, "origin_forbidden");
        }
    }
    world.browser().signs_in("alice", PASSWORD).await.is(401);
}

/// A person who set what only others may set of them.
#[tokio::test]
async fn nobody_gives_themselves_a_role() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    for own in [
        "roles",
        "role",
        "disabled",
        "id",
        "username",
        "password_hash",
        "is_admin",
    ] {
        let body = json!({ own: ["admin"] });
        let refused = alice.patches("/api/me", &body).await;
        refused
            .refused_as(422, "validation_failed")
            .refuses(own, "unknown_field");
        let mut mallory = world.browser();
        let form = json!({ "username": "mallory", "password": PASSWORD, own: ["admin"] });
        let refused = mallory.posts("/api/auth/register", &form).await;
        let twice = own == "username";
        assert_eq!(refused.status, 422, "{refused:?}");
        assert!(
            twice || refused.text.contains("unknown_field"),
            "{refused:?}"
        );
    }
    assert_eq!(alice.gets("/api/me").await.json()["roles"], json!(["user"]));
}

/// Long passwords that were hashed before they were measured. These count as no try: nothing was
/// compared.
#[tokio::test]
async fn a_long_password_is_refused_on_every_path_before_anything_is_hashed() {
    let world = World::with(|config| config.policy.login_limit = 1).await;
    let mut alice = world.person("alice").await;
    let too_long = |answer: Answer, field: &str| {
        answer
            .refused_as(422, "validation_failed")
            .refuses(field, "too_long");
    };
    for long in ["x".repeat(129), "ü".repeat(129), "🦀".repeat(2_000)] {
        let form = json!({ "username": "alice", "password": long });
        too_long(alice.posts("/api/auth/login", &form).await, "password");
        let form = json!({ "username": "bob", "password": long });
        too_long(alice.posts("/api/auth/register", &form).await, "password");
        let change = json!({ "current_password": long, "new_password": PASSWORD });
        too_long(
            alice.posts("/api/me/password", &change).await,
            "current_password",
        );
        let change = json!({ "current_password": PASSWORD, "new_password": long });
        too_long(
            alice.posts("/api/me/password", &change).await,
            "new_password",
        );
    }
    world.browser().signs_in("alice", PASSWORD).await.is(200);
}

/// An endpoint for the operator that nobody had to sign in for: there is none.
#[test]
fn only_signing_in_is_open_to_anybody() {
    let open = endpoint::ALL
        .iter()
        .filter(|endpoint| endpoint.guard == Guard::Anyone);
    let open: Vec<_> = open.map(|endpoint| endpoint.path).collect();
    assert_eq!(open, ["/api/auth/register", "/api/auth/login"]);
}
