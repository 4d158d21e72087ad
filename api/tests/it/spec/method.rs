//! Every path refuses the methods it does not have, and names those it has.

use super::operation::operations;
use crate::world::World;
use poem::http::Method;
use std::collections::BTreeMap;

#[tokio::test]
async fn every_path_names_its_methods() {
    let world = World::new().await;
    let admin = world.admin().await;
    let mut paths: BTreeMap<String, Vec<Method>> = BTreeMap::new();
    for operation in operations() {
        paths
            .entry(operation.path())
            .or_default()
            .push(operation.method);
    }
    for (path, methods) in paths {
        let mut allowed: Vec<_> = methods.iter().map(Method::as_str).collect();
        if allowed.contains(&"GET") {
            allowed.push("HEAD");
        }
        allowed.sort_unstable();
        for method in [
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ] {
            if methods.contains(&method) {
                continue;
            }
            let headers = [("x-csrf", "1"), ("content-type", "application/json")];
            let answer = admin.send(method, &path, &headers, None, true).await;
            let answer = answer.refused_as(405, "method_not_allowed");
            let mut named: Vec<_> = answer.header("allow").unwrap().split(", ").collect();
            named.sort_unstable();
            assert_eq!(named, allowed, "{path}");
        }
    }
}
