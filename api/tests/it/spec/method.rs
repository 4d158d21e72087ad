//! Every path refuses the methods it does not have, and names those it has.

use super::headers::carries_all;
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
        let (webdav, head) = (Method::from_bytes(b"PROPFIND").unwrap(), Method::HEAD);
        for method in [
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::OPTIONS,
            Method::TRACE,
            webdav,
            head,
        ] {
            if allowed.contains(&method.as_str()) {
                continue;
            }
            let headers = [("x-csrf", "1"), ("content-type", "application/json")];
            let is_head = method == Method::HEAD;
            let answer = admin.send(method, &path, &headers, None, true).await;
            carries_all(&answer, &path);
            let answer = if is_head {
                answer.is(405)
            } else {
                answer.refused_as(405, "method_not_allowed")
            };
            let mut named: Vec<_> = answer.header("allow").unwrap().split(", ").collect();
            named.sort_unstable();
            assert_eq!(named, allowed, "{path}");
        }
    }
}
