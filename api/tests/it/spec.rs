//! What the spec promises, tried on every operation in it, so that a new route is not forgotten.

mod body;
mod guard;
mod headers;
mod method;
pub mod operation;
mod query;

use crate::browser::send;
use crate::world::World;
use operation::{Operation, operations};
use poem::http::Method;
use shared::endpoint::{self, Guard};

#[test]
fn the_spec_and_the_contract_list_the_same_endpoints_and_guards() {
    let mut spec: Vec<_> = operations().iter().map(Operation::line).collect();
    let mut contract: Vec<_> = endpoint::ALL
        .iter()
        .map(|endpoint| {
            let schemes: &[&str] = match endpoint.guard {
                Guard::Anyone => &[],
                Guard::Cookie => &["refresh_token"],
                Guard::CookieOrBearer => &["access_token", "refresh_token"],
                Guard::Bearer | Guard::Requires(_) => &["access_token"],
            };
            format!("{} {} {schemes:?}", endpoint.method.as_str(), endpoint.path)
        })
        .collect();
    spec.sort();
    contract.sort();
    assert_eq!(spec, contract);
}

#[tokio::test]
async fn every_guarded_operation_refuses_who_brings_nothing() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    for operation in operations()
        .iter()
        .filter(|operation| operation.wants_bearer())
    {
        let answer = world.browser().send_to(operation, false).await;
        operation.declares(&answer);
        answer.refused_as(401, "missing_token");
        let answer = alice.send_to(operation, true).await;
        operation.declares(&answer);
        if operation.is_for_admins() {
            answer.refused_as(403, "insufficient_scope");
        } else {
            assert!(!matches!(answer.status, 401 | 403), "{answer:?}");
        }
    }
    world.passes(900);
    for operation in operations()
        .iter()
        .filter(|operation| operation.wants_bearer())
    {
        let answer = alice.send_to(operation, true).await;
        operation.declares(&answer);
        answer.refused_as(401, "token_expired");
    }
}

#[tokio::test]
async fn every_change_refuses_a_foreign_page() {
    let world = World::new().await;
    for operation in operations()
        .iter()
        .filter(|operation| operation.method != Method::GET)
    {
        let headers = [
            ("sec-fetch-site", "cross-site".to_owned()),
            ("content-type", "application/json".to_owned()),
            ("x-csrf", "1".to_owned()),
        ];
        let method = operation.method.clone();
        let answer = send(&world, method, &operation.path(), &headers, "{}").await;
        operation.declares(&answer);
        answer.refused_as(403, "origin_forbidden");
    }
}
