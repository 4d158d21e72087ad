//! Every operation that reads a body reads it strictly.

use super::operation::{Operation, operations};
use crate::answer::Answer;
use crate::browser::{Browser, send};
use crate::world::World;

async fn sends(
    admin: &Browser<'_>,
    world: &World,
    operation: &Operation,
    sent: Sent<'_>,
) -> Answer {
    let token = admin.token.clone().unwrap();
    let mut headers = vec![
        ("sec-fetch-site", "same-origin".to_owned()),
        ("x-csrf", "1".to_owned()),
        ("authorization", format!("Bearer {token}")),
    ];
    headers.push(("content-type", sent.content_type.to_owned()));
    headers.extend(
        sent.length
            .map(|length| ("content-length", length.to_string())),
    );
    let method = operation.method.clone();
    let answer = send(world, method, &operation.path(), &headers, sent.body).await;
    operation.declares(&answer);
    answer
}

struct Sent<'a> {
    body: &'a str,
    content_type: &'static str,
    length: Option<usize>,
}

fn json(body: &str) -> Sent<'_> {
    Sent {
        body,
        content_type: "application/json",
        length: None,
    }
}

#[tokio::test]
async fn every_body_is_read_strictly() {
    let world = World::new().await;
    let admin = world.admin().await;
    let huge = format!("{{\"a\":\"{}\"}}", "x".repeat(17_000));
    let padded = |length: usize| format!("[{}]", " ".repeat(length - 2));
    let (most, more) = (padded(16_384), padded(16_385));
    for operation in operations().iter().filter(|operation| operation.has_body()) {
        let sent = async |sent| sends(&admin, &world, operation, sent).await;
        for malformed in ["", "{", "{}x", r#"{"a":1,"a":2}"#, "\u{feff}{}"] {
            sent(json(malformed))
                .await
                .refused_as(400, "malformed_body");
        }
        let unknown = sent(json(r#"{"nonsense":1}"#)).await;
        unknown
            .refused_as(422, "validation_failed")
            .refuses("nonsense", "unknown_field");
        for wrong in ["[]", "null", "1", "\"x\""] {
            let refused = sent(json(wrong)).await;
            refused
                .refused_as(422, "validation_failed")
                .refuses("body", "wrong_type");
        }
        sent(json(&huge)).await.refused_as(413, "payload_too_large");
        sent(json(&most)).await.refused_as(422, "validation_failed");
        sent(json(&more)).await.refused_as(413, "payload_too_large");
        let declared = Sent {
            length: Some(huge.len()),
            ..json(&huge)
        };
        sent(declared).await.refused_as(413, "payload_too_large");
        for content_type in [
            "",
            "text/plain",
            "text/plain; application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/problem+json",
            "application/json; charset=latin1",
            "application/json, text/plain",
            "application/jsonp",
        ] {
            let other = Sent {
                content_type,
                ..json("{}")
            };
            let refused = sent(other).await;
            // What reads the cookie takes a foreign type for a foreign page.
            if matches!(operation.path().as_str(), "/api/auth/refresh") {
                refused.refused_as(403, "origin_forbidden");
            } else {
                refused.refused_as(415, "unsupported_media_type");
            }
        }
    }
}

#[tokio::test]
async fn every_field_has_one_type() {
    let world = World::new().await;
    let admin = world.admin().await;
    let mut tried = 0;
    for operation in operations().iter().filter(|operation| operation.has_body()) {
        for (field, kind) in operation.fields() {
            let others = [
                ("string", r#""x""#),
                ("integer", "1"),
                ("number", "1.5"),
                ("boolean", "true"),
                ("boolean", "false"),
                ("array", "[]"),
                ("array", r#"["x"]"#),
                ("object", "{}"),
            ];
            for (_, other) in others.into_iter().filter(|(other, _)| *other != kind) {
                let body = format!(r#"{{"{field}":{other}}}"#);
                let refused = sends(&admin, &world, operation, json(&body)).await;
                refused
                    .refused_as(422, "validation_failed")
                    .refuses(&field, "wrong_type");
                tried += 1;
            }
        }
    }
    assert!(tried > 50, "the spec describes the bodies");
}
