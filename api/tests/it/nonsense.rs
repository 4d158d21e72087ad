//! Nothing that a script sends is our fault.

use crate::browser::send;
use crate::spec::operation::{Operation, operations};
use crate::world::{PASSWORD, World};
use poem::http::Method;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

const IDS: [&str; 7] = ["0", "%00", "%ff", "..", "%2e%2e%2fusers", "ä", "%"];
const QUERIES: [&str; 8] = [
    "",
    "?limit=0",
    "?limit=1&limit=2",
    "?search=%00%ff",
    "?after=%25_%5c'--",
    "?access_token=a.b.c",
    "?=&&=&%",
    "?search[]=a",
];
const METHODS: [Method; 7] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
];
const HEADERS: [(&str, &str); 13] = [
    ("sec-fetch-site", "cross-site"),
    ("origin", "https://app.example.org"),
    ("content-type", "application/json"),
    ("content-type", "multipart/form-data"),
    ("cookie", "__Host-Http-refresh=AAAA"),
    ("cookie", "=;;=%; \t__Host-Http-refresh"),
    ("authorization", "Bearer a.b.c"),
    ("authorization", "Basic ="),
    ("refresh-attempt", "not a key"),
    ("content-length", "99999999999999999999"),
    ("x-forwarded-for", "::1, nonsense"),
    ("x-http-method-override", "DELETE"),
    ("accept-encoding", "br;q=x"),
];
const BODIES: [&str; 9] = [
    "{}",
    r#"{"username":"alice","password":"correct zebra battery plum"}"#,
    r#"{"username":"\u0000","password":"\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000"}"#,
    r#"{"username":"𝔞𝔩𝔦𝔠𝔢","password":"ﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺ"}"#,
    r#"{"scope":"others"}"#,
    r#"{"display_name":"\u202e\u0000"}"#,
    r#"{"current_password":"correct zebra battery plum","new_password":"correct zebra battery plum"}"#,
    r#"{"roles":["user","user","admin"],"disabled":null}"#,
    r#"{"roles":["user"],"disabled":false}"#,
];

#[derive(Clone, Debug)]
struct Sent {
    operation: Index,
    method: Option<Method>,
    id: &'static str,
    query: String,
    headers: Vec<(&'static str, &'static str)>,
    body: String,
    signed_in: bool,
}

fn sent() -> impl Strategy<Value = Sent> {
    let ours = prop_oneof![4 => Just(None), 1 => select(&METHODS[..]).prop_map(Some)];
    let query = prop_oneof![
        select(&QUERIES[..]).prop_map(str::to_owned),
        "\\?[a-z=&%0-9]{0,20}"
    ];
    let body = prop_oneof![
        3 => select(&BODIES[..]).prop_map(str::to_owned),
        1 => "[{}\\[\\]\":,a-z0-9\\\\]{0,40}",
        1 => any::<String>(),
    ];
    let headers = prop::collection::vec(select(&HEADERS[..]), 0..3);
    let where_to = (any::<Index>(), ours, select(&IDS[..]), query);
    (where_to, headers, body, any::<bool>()).prop_map(|(where_to, headers, body, signed_in)| {
        let (operation, method, id, query) = where_to;
        Sent {
            operation,
            method,
            id,
            query,
            headers,
            body,
            signed_in,
        }
    })
}

/// One request, and what it must not do.
async fn check(world: &World, operations: &[Operation], sent: &Sent) {
    let operation = sent.operation.get(operations);
    let method = sent.method.clone().unwrap_or(operation.method.clone());
    let path = format!("{}{}", operation.path_of(sent.id), sent.query);
    let mut headers: Vec<_> = [("sec-fetch-site", "same-origin"), ("x-csrf", "1")]
        .into_iter()
        .chain([("content-type", "application/json")])
        .filter(|(name, _)| sent.headers.iter().all(|(other, _)| name != other))
        .chain(sent.headers.iter().copied())
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
    if sent.signed_in {
        // A session of its own, whatever the request before did to the last one.
        let mut root = world.browser();
        root.signs_in("admin", PASSWORD).await.is(200);
        let token = root.token.expect("it is signed in");
        headers.push(("authorization", format!("Bearer {token}")));
        let cookie = root.cookie.expect("it is signed in");
        headers.push(("cookie", format!("__Host-Http-refresh={cookie}")));
    }
    let answer = send(world, method.clone(), &path, &headers, &sent.body).await;
    assert!(answer.status < 500, "{answer:#?}");
    // A path that an id leads elsewhere is another operation, or none.
    if method == operation.method && !sent.id.contains("..") {
        operation.declares(&answer);
    }
    if answer.status >= 400 && method != Method::HEAD {
        let code = answer.json()["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let status = answer.status;
        answer.refused_as(status, &code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_sent_is_never_our_fault() {
    let world = World::new().await;
    world.admin().await;
    let operations = operations();
    let runtime = tokio::runtime::Handle::current();
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(600)
    });
    let run = runner.run(&sent(), |sent| {
        let checking = check(&world, &operations, &sent);
        tokio::task::block_in_place(|| runtime.block_on(checking));
        Ok(())
    });
    run.unwrap();
}
