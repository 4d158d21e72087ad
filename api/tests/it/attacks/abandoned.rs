//! Clients that ask and hang up.

use super::crowd::{SOON, may_open_many, metric};
use crate::server::{Server, between};
use crate::world::PASSWORD;
use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Over plain http, on loopback.
const COOKIE: &str = "set-cookie: refresh-8000=";

/// Sends that and hangs up, again and again, until told.
fn hangs_up(server: &Server, request: &[u8], stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        let mut some: Vec<_> = (0..100).filter_map(|_| server.connects().ok()).collect();
        for one in &mut some {
            let _ = one.write_all(request);
        }
    }
}

#[test]
fn who_hangs_up_holds_up_no_refresh_and_is_no_outage() {
    may_open_many();
    let server = Server::start(&[
        ("METRICS_LISTEN", "127.0.0.1:0"),
        ("REFRESH_LIMIT", "1000000"),
    ]);
    let mut metrics = TcpStream::connect(server.metrics.as_ref().unwrap()).unwrap();
    let body = format!(r#"{{"username":"alice","password":"{PASSWORD}"}}"#);
    let answer = server.posts("/api/auth/register", "", &body);
    let token = between(&answer, r#""access_token":""#, "\"").to_owned();
    let mut cookie = between(&answer, COOKIE, ";").to_owned();
    let change = r#"{"display_name":"Alice"}"#;
    let patch = format!(
        "PATCH /api/me HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/json\r\nAuthorization: Bearer {token}\r\n\
         Content-Length: {}\r\n\r\n{change}",
        change.len()
    );
    let ready = "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for request in [&patch, &patch, &ready, &ready] {
            scope.spawn(|| hangs_up(&server, request.as_bytes(), &stop));
        }
        let (began, mut took) = (Instant::now(), Vec::new());
        while began.elapsed() < Duration::from_secs(5) {
            let asked = Instant::now();
            let brought = format!("Cookie: refresh-8000={cookie}\r\n");
            let answer = server.posts("/api/auth/refresh", &brought, "{}");
            took.push(asked.elapsed());
            // Said before anything fails, or the crowd would never end.
            let refreshed = answer.starts_with("HTTP/1.1 200 ");
            stop.store(!refreshed, Ordering::Relaxed);
            assert!(refreshed, "{answer}");
            cookie = between(&answer, COOKIE, ";").to_owned();
        }
        stop.store(true, Ordering::Relaxed);
        took.sort_unstable();
        let p99 = took[took.len() * 99 / 100];
        assert!(p99 < SOON, "of {} refreshes: {p99:?}", took.len());
    });
    assert_eq!(
        metric(&mut metrics, "countersign_database_outages_total"),
        0
    );
}
