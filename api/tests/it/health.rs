//! What balancers and supervisors ask, and what happens when they say stop.

use crate::server::{Server, rest};
use crate::world::World;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

#[tokio::test]
async fn who_is_asked_to_stop_is_alive_and_not_ready() {
    let world = World::new().await;
    let anyone = world.browser();
    anyone.gets("/readyz").await.is(200);
    world.app.stop();
    anyone.gets("/readyz").await.refused_as(503, "unavailable");
    anyone.gets("/healthz").await.is(200);
}

#[tokio::test]
async fn who_lacks_a_migration_is_alive_and_not_ready() {
    let world = World::new().await;
    world.sql("DELETE FROM seaql_migrations").await;
    let anyone = world.browser();
    anyone.gets("/readyz").await.refused_as(503, "unavailable");
    anyone.gets("/healthz").await.is(200);
}

#[test]
fn a_client_that_never_finishes_does_not_hold_the_process_up() {
    let server = Server::start(&[("DRAIN_TIMEOUT", "0s")]);
    let mut endless = server.connects().unwrap();
    let head = "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\
                Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n";
    endless.write_all(head.as_bytes()).unwrap();
    // The handler asks for the body, which never comes.
    let mut go_on = [0; 25];
    endless.read_exact(&mut go_on).unwrap();
    server.is_asked_to_stop();
    let (status, log) = server.ends();
    assert!(status.success(), "{status}: {log}");
    assert_eq!(rest(&mut endless), "", "it was not answered");
}

#[test]
fn a_connection_that_is_kept_alive_does_not_hold_the_process_up() {
    let limit = Duration::from_mins(5);
    let server = Server::start(&[("DRAIN_TIMEOUT", "5m")]);
    let mut idle = server.connects().unwrap();
    let request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    idle.write_all(request.as_bytes()).unwrap();
    let mut answer = [0; 12];
    idle.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    let asked = Instant::now();
    server.is_asked_to_stop();
    let (status, log) = server.ends();
    assert!(
        status.success() && asked.elapsed() < limit,
        "{status}: {log}"
    );
}
