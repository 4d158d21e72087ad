//! Every answer carries the headers, whatever it says.

use super::operation::operations;
use crate::answer::Answer;
use crate::browser::send;
use crate::world::World;
use poem::http::Method;

const EVERYWHERE: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "strict-transport-security",
        "max-age=63072000; includeSubDomains",
    ),
];
const API: [(&str, &str); 2] = [
    ("cache-control", "no-store"),
    (
        "content-security-policy",
        "default-src 'none'; frame-ancestors 'none'",
    ),
];

#[track_caller]
fn carries(answer: &Answer, headers: &[(&str, &str)], of: &str) {
    for (name, value) in headers {
        assert_eq!(answer.header(name), Some(*value), "{name} of {of}");
    }
    assert_eq!(answer.header("server"), None);
    assert_eq!(answer.header("access-control-allow-origin"), None);
    assert!(
        answer
            .header("x-request-id")
            .is_some_and(|id| !id.is_empty())
    );
}

/// It carries what every answer of the API carries.
#[track_caller]
pub fn carries_all(answer: &Answer, of: &str) {
    carries(answer, &EVERYWHERE, of);
    carries(answer, &API, of);
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let world = World::new().await;
    let admin = world.admin().await;
    for operation in operations() {
        for with_token in [false, true] {
            let answer = admin.send_to(&operation, with_token).await;
            operation.declares(&answer);
        }
        let path = operation.path();
        let foreign = [("origin", "https://evil.example".to_owned())];
        for method in [Method::OPTIONS, Method::HEAD, Method::PUT, Method::TRACE] {
            let answer = send(&world, method, &path, &foreign, "").await;
            carries_all(&answer, &path);
        }
    }
    for path in [
        "/",
        "/nothing",
        "/healthz",
        "/readyz",
        "/.well-known/jwks.json",
    ] {
        carries(&world.browser().gets(path).await, &EVERYWHERE, path);
    }
    for path in ["/api", "/api/nothing", "/api/openapi.json"] {
        let answer = world.browser().gets(path).await;
        carries_all(&answer, path);
    }
}

/// A policy that lets it run what it holds, and nothing from elsewhere.
#[tokio::test]
async fn the_documentation_is_there_where_it_is_wanted() {
    let world = World::new().await;
    let docs = world.browser().gets("/api/docs").await.is(200);
    carries(&docs, &EVERYWHERE, "/api/docs");
    let policy = docs.header("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let spec = world.browser().gets("/api/openapi.json").await.is(200);
    assert_eq!(spec.text, api::http::spec());

    let world = World::with(|config| config.api_docs = false).await;
    for path in ["/api/docs", "/api/openapi.json"] {
        let refused = world.browser().gets(path).await;
        refused.refused_as(404, "not_found");
    }
}
