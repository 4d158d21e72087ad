//! Heads of requests that never end, and ones that are too large.

use super::crowd::{NEAR, crowd, is_closed, memory, memory_near, metric, registers, signs_in_soon};
use crate::server::{Server, between};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const BEGINNING: &str = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";

#[test]
fn a_head_that_never_ends_is_cut_and_others_do_not_notice() {
    let server = Server::start(&[]);
    registers(&server, "alice");
    let before = memory(&server);
    let half = format!("{BEGINNING}X: {}", "x".repeat(30_000));
    let began = Instant::now();
    let mut slow = crowd(&server, 300, half.as_bytes());
    signs_in_soon(&server, "alice");
    assert!(memory(&server) < before + 2 * NEAR, "{}", memory(&server));
    for one in &mut slow {
        assert!(is_closed(one));
    }
    assert!(began.elapsed() < Duration::from_secs(18));
    assert!(memory_near(&server, before) <= before + NEAR);
}

#[test]
fn of_too_many_half_heads_the_oldest_goes() {
    let variables = [
        ("MAX_CONNECTIONS_PER_ADDRESS", "2000"),
        ("METRICS_LISTEN", "127.0.0.1:0"),
    ];
    let server = Server::start(&variables);
    let mut metrics = TcpStream::connect(server.metrics.as_ref().unwrap()).unwrap();
    let began = Instant::now();
    let crowd = crowd(&server, 600, BEGINNING.as_bytes());
    let name = r#"countersign_connections_dropped_total{reason="incomplete_limit"}"#;
    while metric(&mut metrics, name) < 88 {
        assert!(
            began.elapsed() < Duration::from_secs(9),
            "its time is over anyway"
        );
    }
    drop(crowd);
}

#[test]
fn a_head_over_32_kib_is_refused_in_our_words() {
    let server = Server::start(&[]);
    let lines = |count: usize, length: usize| {
        let line = format!("X: {}\r\n", "x".repeat(length));
        format!("{BEGINNING}{}\r\n", line.repeat(count))
    };
    for too_large in [
        lines(1, 40_000),
        lines(8, 5_000),
        lines(200, 1),
        lines(1, 400_000),
    ] {
        let answer = server.says(too_large.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
        assert!(answer.contains("content-type: application/problem+json"));
        assert!(answer.contains(r#""code":"payload_too_large""#), "{answer}");
        assert!(answer.contains(r#""status":431"#), "{answer}");
        assert!(
            answer.contains("x-content-type-options: nosniff"),
            "{answer}"
        );
    }
    let nonsense = server.says(b"GET / HTTP/1.1\r\nno header\r\n\r\n");
    assert!(nonsense.starts_with("HTTP/1.1 400 "), "{nonsense}");
    assert_eq!(between(&nonsense, r#""code":""#, "\""), "invalid_request");
    let fits = lines(5, 5_000).replace(
        "Host: localhost\r\n",
        "Host: localhost\r\nConnection: close\r\n",
    );
    let answer = server.says(fits.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}
