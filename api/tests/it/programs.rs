//! Programs without a browser: what they must send, and how they are told.

use crate::browser::send;
use crate::world::{PASSWORD, World};
use poem::http::Method;
use serde_json::json;

type Header = (&'static str, String);

fn json_body() -> Header {
    ("content-type", "application/json".to_owned())
}

fn account() -> String {
    json!({"username": "robot", "password": PASSWORD}).to_string()
}

#[tokio::test]
async fn a_program_registers_and_signs_in_without_saying_where_it_is_from() {
    let world = World::new().await;
    let (headers, body) = ([json_body()], account());
    let post = async |path: &str| send(&world, Method::POST, path, &headers, &body).await;
    post("/api/auth/register").await.is(201);
    let token = post("/api/auth/login").await.is(200).json()["access_token"].clone();
    let bearer = format!("Bearer {}", token.as_str().unwrap());
    let headers = [json_body(), ("authorization", bearer)];
    let change = r#"{"display_name":"R2"}"#;
    let changed = send(&world, Method::PATCH, "/api/me", &headers, change).await;
    changed.is(200);
    let left = send(&world, Method::POST, "/api/auth/logout", &headers, "{}").await;
    left.is(204);
}

#[tokio::test]
async fn a_cookie_or_a_foreign_witness_is_no_program() {
    let world = World::new().await;
    world.person("robot").await;
    for header in [
        ("cookie", "theme=dark".to_owned()),
        ("origin", "https://evil.example".to_owned()),
        ("origin", "null".to_owned()),
        ("sec-fetch-site", "cross-site".to_owned()),
        ("sec-fetch-site", "none".to_owned()),
    ] {
        for path in ["/api/auth/register", "/api/auth/login"] {
            let headers = [json_body(), header.clone()];
            let refused = send(&world, Method::POST, path, &headers, &account()).await;
            refused.refused_as(403, "origin_forbidden");
        }
    }
    let ours = ("sec-fetch-site", "same-origin".to_owned());
    let evil = ("origin", "https://evil.example".to_owned());
    let headers = [json_body(), ours, evil];
    let refused = send(
        &world,
        Method::POST,
        "/api/auth/login",
        &headers,
        &account(),
    )
    .await;
    refused.refused_as(403, "origin_forbidden");
}

/// Whoever follows what the refusals say gets through.
#[tokio::test]
async fn who_refreshes_without_a_browser_is_told_what_to_send() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    let cookie = format!("__Host-Http-refresh={}", alice.cookie.clone().unwrap());
    let mut headers = vec![("cookie", cookie)];
    let detail = async |headers: &[Header]| {
        let sent = send(&world, Method::POST, "/api/auth/refresh", headers, "{}").await;
        let refused = sent.refused_as(403, "origin_forbidden").json();
        refused["detail"].as_str().unwrap().to_owned()
    };
    let said = detail(&headers).await;
    assert!(said.contains("Origin"), "{said}");
    headers.push(("origin", "https://app.example.org".to_owned()));
    let said = detail(&headers).await;
    assert!(
        said.contains("X-CSRF: 1") && said.contains("application/json"),
        "{said}"
    );
    headers.extend([("x-csrf", "1".to_owned()), json_body()]);
    let sent = send(&world, Method::POST, "/api/auth/refresh", &headers, "{}").await;
    sent.is(200);
}
