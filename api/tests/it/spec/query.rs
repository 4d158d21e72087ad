//! Every parameter of every operation has one type and is given once.

use super::operation::operations;
use crate::world::World;
use serde_json::Value;

/// Values that the schema does not admit.
fn wrong(schema: &Value) -> Vec<String> {
    if schema["type"] == "integer" {
        let beyond = schema["maximum"].as_f64().unwrap() + 1.0;
        let beyond = format!("{beyond:.0}");
        return [
            "",
            "x",
            "-1",
            "0",
            "1.5",
            "1e1",
            "%201",
            "99999999999999999999",
            &beyond,
        ]
        .map(str::to_owned)
        .to_vec();
    }
    if schema["pattern"].is_string() || schema["enum"].is_array() {
        return ["", "x", "%00", "-", "1-x", "0123"]
            .map(str::to_owned)
            .to_vec();
    }
    let longest = schema["maxLength"].as_u64().expect("a text is bounded");
    let long = "x".repeat(usize::try_from(longest).unwrap() + 1);
    vec![long, "%00".to_owned(), "%ff".to_owned()]
}

#[tokio::test]
async fn every_parameter_is_read_strictly() {
    let world = World::new().await;
    let admin = world.admin().await;
    let mut tried = 0;
    for operation in operations() {
        let parameters = operation.parameters();
        for (name, schema) in &parameters {
            let sends = async |query: String| {
                let path = format!("{}?{query}", operation.path());
                let method = operation.method.clone();
                let answer = admin.send(method, &path, &[], None, true).await;
                operation.declares(&answer);
                answer
            };
            for value in wrong(schema) {
                let answer = sends(format!("{name}={value}")).await;
                assert_eq!(answer.status, 422, "{name}={value} of {}", operation.line());
                answer.refused_as(422, "validation_failed");
                tried += 1;
            }
            let twice = sends(format!("{name}=1&{name}=1")).await;
            twice.refused_as(400, "invalid_request");
        }
        if !parameters.is_empty() {
            let path = format!("{}?nonsense=1", operation.path());
            let answer = admin.gets(&path).await;
            operation.declares(&answer);
            answer
                .refused_as(422, "validation_failed")
                .refuses("nonsense", "unknown_field");
        }
    }
    assert!(tried > 40, "the spec describes the parameters");
}

#[tokio::test]
async fn every_path_with_an_id_has_nothing_for_what_is_none() {
    let world = World::new().await;
    let admin = world.admin().await;
    for operation in operations().iter().filter(|operation| operation.has_id()) {
        for id in [
            "x",
            "%20",
            "%00",
            "%2e%2e",
            "G0000000000000000000000000000000",
            &"0".repeat(33),
        ] {
            let body = operation.has_body().then_some("{}");
            let (method, path) = (operation.method.clone(), operation.path_of(id));
            let answer = admin.send(method, &path, &[], body, true).await;
            operation.declares(&answer);
            answer.refused_as(404, "not_found");
        }
    }
}
