//! What only a real process on a real socket shows.

use crate::server::{Server, between, rest};
use crate::world::{JWT_SECRET, PASSWORD, REFRESH_SECRET};
use std::io::{Read, Write};

/// Over plain http, on loopback.
const COOKIE: &str = "set-cookie: refresh-8000=";

fn alice() -> String {
    format!(r#"{{"username":"alice","password":"{PASSWORD}"}}"#)
}

#[test]
fn a_request_under_way_ends_before_the_process_does() {
    let server = Server::start(&[]);
    let mut slow = server.connects().unwrap();
    let body = alice();
    let head = format!(
        "POST /api/auth/register HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    slow.write_all(head.as_bytes()).unwrap();
    // The handler asks for the body: the request is under way.
    let mut go_on = [0; 25];
    slow.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");

    server.is_asked_to_stop();
    let refused = (0..100_000).any(|_| {
        std::thread::yield_now();
        server.connects().is_err()
    });
    assert!(refused, "nobody else is let in");
    slow.write_all(body.as_bytes()).unwrap();
    let answer = rest(&mut slow);
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    let (status, log) = server.ends();
    assert!(status.success(), "{status}: {log}");
    assert!(log.contains(r#""message":"stopped""#), "{log}");
}

/// I-24, for the whole process and all that it is made of.
#[test]
fn no_secret_reaches_standard_error() {
    let server = Server::start(&[("RUST_LOG", "trace")]);
    let mut secrets = vec![
        PASSWORD.to_owned(),
        JWT_SECRET.to_owned(),
        REFRESH_SECRET.to_owned(),
    ];
    let mut keeps = |answer: &str| {
        let cookie = between(answer, COOKIE, ";").to_owned();
        let token = between(answer, r#""access_token":""#, "\"").to_owned();
        secrets.extend([cookie.clone(), token.clone()]);
        (cookie, token)
    };
    let (cookie, token) = keeps(&server.posts("/api/auth/register", "", &alice()));
    let brought = format!("Cookie: refresh-8000={cookie}\r\nAuthorization: Bearer {token}\r\n");
    let (cookie, _) = keeps(&server.posts("/api/auth/refresh", &brought, "{}"));
    let left = server.posts(
        "/api/auth/logout",
        &format!("Cookie: refresh-8000={cookie}\r\n"),
        "{}",
    );
    assert!(left.starts_with("HTTP/1.1 204 "), "{left}");
    server.is_asked_to_stop();
    let (_, log) = server.ends();
    assert!(log.contains("/api/auth/logout"), "the log was heard");
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log");
    }
    assert!(!log.contains("$argon2"), "a hash is in the log");
}

#[test]
fn a_body_without_a_length_is_bounded_too() {
    let server = Server::start(&[]);
    let head = "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
                Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n";
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
    let endless = format!(
        "{head}Transfer-Encoding: chunked\r\n\r\n{}",
        chunk.repeat(5)
    );
    let answer = server.says(endless.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains(r#""code":"payload_too_large""#), "{answer}");
    let announced = format!("{head}Content-Length: 16385\r\n\r\n");
    let answer = server.says(announced.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

#[test]
fn what_is_no_http_harms_nobody() {
    let server = Server::start(&[]);
    for nonsense in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"GET\r\n\r\n",
        b"GET /api/me HTTP/9.9\r\n\r\n",
        b"GET /api/me HTTP/1.1\r\nAuthorization: Bearer \xff\xfe\r\nConnection: close\r\n\r\n",
        b"POST /api/auth/login HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
    ] {
        let answer = server.says(nonsense);
        assert!(!answer.starts_with("HTTP/1.1 5"), "{answer}");
        assert!(!answer.starts_with("HTTP/1.1 2"), "{answer}");
    }
    let ready =
        server.says(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(ready.starts_with("HTTP/1.1 200 "), "{ready}");
    assert!(!ready.to_lowercase().contains("\r\nserver:"), "{ready}");
}
