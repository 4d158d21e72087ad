//! Every guarded operation tells bad credentials apart, with the one challenge of each.

use super::operation::{Operation, operations};
use crate::answer::Answer;
use crate::browser::send;
use crate::world::World;
use poem::http::Method;

const INVALID_TOKEN: Option<&str> = Some(r#"Bearer realm="api", error="invalid_token""#);
const INVALID_REQUEST: Option<&str> = Some(r#"Bearer realm="api", error="invalid_request""#);

/// Sends an operation as our own page would, with these headers besides.
async fn sends(
    world: &World,
    operation: &Operation,
    query: &str,
    more: &[(&'static str, String)],
) -> Answer {
    let mut headers = vec![
        ("sec-fetch-site", "same-origin".to_owned()),
        ("x-csrf", "1".to_owned()),
        ("content-type", "application/json".to_owned()),
    ];
    headers.extend(more.iter().cloned());
    let path = format!("{}{query}", operation.path());
    let answer = send(world, operation.method.clone(), &path, &headers, "{}").await;
    operation.declares(&answer);
    answer
}

fn bearer(token: &str) -> (&'static str, String) {
    ("authorization", format!("Bearer {token}"))
}

#[tokio::test]
async fn every_guarded_operation_tells_bad_credentials_apart() {
    let world = World::new().await;
    let admin = world.admin().await;
    let good = bearer(admin.token.as_deref().unwrap());
    let forged = bearer(&format!("{}x", admin.token.as_deref().unwrap()));
    let mut gone = world.person("gone").await;
    let ended = bearer(gone.token.as_deref().unwrap());
    gone.signs_out("this").await.is(204);
    let operations = operations();
    let guarded = operations
        .iter()
        .filter(|operation| operation.wants_bearer());
    for operation in guarded.clone() {
        let sent = async |query: &str, more: &[_]| sends(&world, operation, query, more).await;
        for forged in [forged.clone(), bearer("x"), bearer("")] {
            let refused = sent("", &[forged]).await;
            refused
                .refused_as(401, "invalid_token")
                .challenges(INVALID_TOKEN);
        }
        let refused = sent("", std::slice::from_ref(&ended)).await;
        refused
            .refused_as(401, "session_revoked")
            .challenges(INVALID_TOKEN);
        for (query, more) in [
            ("", vec![good.clone(), good.clone()]),
            ("", vec![good.clone(), forged.clone()]),
            ("?access_token=x", vec![good.clone()]),
        ] {
            let refused = sent(query, &more).await;
            refused
                .refused_as(400, "invalid_request")
                .challenges(INVALID_REQUEST);
        }
        for (name, value) in [
            ("authorization", "Basic YTpi"),
            ("cookie", "access_token=x"),
        ] {
            let refused = sent("", &[(name, value.to_owned())]).await;
            refused.refused_as(401, "missing_token");
        }
    }
    assert!(guarded.count() > 10, "the spec names the guards");
}

#[tokio::test]
async fn every_operation_for_administrators_refuses_whoever_stopped_being_one() {
    let world = World::new().await;
    let admin = world.admin().await;
    let stale = bearer(admin.token.as_deref().unwrap());
    world.sql("UPDATE users SET roles = 'user'").await;
    let mut person = world.browser();
    person
        .signs_in("admin", crate::world::PASSWORD)
        .await
        .is(200);
    let fresh = bearer(person.token.as_deref().unwrap());
    let operations = operations();
    for operation in operations
        .iter()
        .filter(|operation| operation.is_for_admins())
    {
        // Whatever else is wrong with it: who may not, learns nothing of the rest.
        for query in ["", "?nonsense=1"] {
            let refused = sends(&world, operation, query, std::slice::from_ref(&fresh)).await;
            refused.refused_as(403, "insufficient_scope");
        }
        assert_ne!(
            sends(&world, operation, "", std::slice::from_ref(&stale))
                .await
                .status,
            500
        );
    }
}

#[tokio::test]
async fn every_operation_that_reads_the_cookie_reads_one_and_from_our_own_script() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    let cookie = format!("__Host-Http-refresh={}", alice.cookie.clone().unwrap());
    let operations = operations();
    let reading = operations
        .iter()
        .filter(|operation| operation.reads_cookie());
    assert_eq!(
        reading.clone().count(),
        2,
        "refresh and logout, and nothing else"
    );
    for operation in reading {
        let twice = [("cookie", format!("{cookie}; {cookie}"))];
        let refused = sends(&world, operation, "", &twice).await;
        refused.refused_as(401, "refresh_invalid");
        for left_out in ["x-csrf", "content-type"] {
            let mut headers = vec![
                ("sec-fetch-site", "same-origin".to_owned()),
                ("cookie", cookie.clone()),
                ("x-csrf", "1".to_owned()),
                ("content-type", "application/json".to_owned()),
            ];
            headers.retain(|(name, _)| *name != left_out);
            let answer = send(&world, Method::POST, &operation.path(), &headers, "{}").await;
            operation.declares(&answer);
            answer.refused_as(403, "origin_forbidden");
        }
    }
}
