//! Nothing that a script sends is our fault.

use crate::browser::send;
use crate::world::World;
use poem::http::Method;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const PATHS: [&str; 12] = [
    "/api/auth/register",
    "/api/auth/login",
    "/api/auth/refresh",
    "/api/auth/logout",
    "/api/auth/session",
    "/api/me",
    "/api/me/password",
    "/api/me/sessions/0",
    "/api/admin/users",
    "/api/admin/users/0",
    "/api/docs",
    "/",
];
const METHODS: [Method; 6] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
];
const HEADERS: [(&str, &str); 12] = [
    ("sec-fetch-site", "same-origin"),
    ("origin", "https://app.example.org"),
    ("content-type", "application/json"),
    ("x-csrf", "1"),
    ("cookie", "__Host-Http-refresh=AAAA"),
    ("cookie", "=;;=%; \t__Host-Http-refresh"),
    ("authorization", "Bearer a.b.c"),
    ("authorization", "Bearer"),
    ("refresh-attempt", "not a key"),
    ("content-length", "99999999999999999999"),
    ("x-forwarded-for", "::1, nonsense"),
    ("accept-encoding", "br;q=x"),
];
const BODIES: [&str; 6] = [
    "{}",
    r#"{"username":"alice","password":"correct zebra battery plum"}"#,
    r#"{"scope":"all"}"#,
    r#"{"current_password":"a","new_password":"b"}"#,
    r#"{"roles":[],"disabled":true}"#,
    r#"{"username":"\u0000","password":"\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000"}"#,
];

type Sent = (usize, usize, String, Vec<usize>, String);

fn sent() -> impl Strategy<Value = Sent> {
    let query = prop_oneof![Just(String::new()), "\\?[a-z=&%0-9]{0,20}"];
    let body = prop_oneof![
        prop::sample::select(&BODIES[..]).prop_map(str::to_owned),
        "[{}\\[\\]\":,a-z0-9\\\\]{0,40}",
        any::<String>(),
    ];
    let headers = prop::collection::vec(0..HEADERS.len(), 0..6);
    (0..METHODS.len(), 0..PATHS.len(), query, headers, body)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_sent_is_never_our_fault() {
    let world = World::new().await;
    let runtime = tokio::runtime::Handle::current();
    let mut runner = TestRunner::new(Config::with_cases(500));
    let run = runner.run(&sent(), |(method, path, query, headers, body)| {
        let headers: Vec<_> = headers
            .iter()
            .map(|&index| (HEADERS[index].0, HEADERS[index].1.to_owned()))
            .collect();
        let path = format!("{}{query}", PATHS[path]);
        let method = METHODS[method].clone();
        let sending = send(&world, method.clone(), &path, &headers, &body);
        let answer = tokio::task::block_in_place(|| runtime.block_on(sending));
        prop_assert!(answer.status < 500, "{answer:#?}");
        if answer.status >= 400 && method != Method::HEAD {
            prop_assert_eq!(
                answer.header("content-type"),
                Some("application/problem+json")
            );
        }
        Ok(())
    });
    run.unwrap();
}
