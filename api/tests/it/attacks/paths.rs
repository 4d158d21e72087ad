//! Tokens in paths, as mistaken clients and old links send them.

use crate::server::Server;

const TOKEN: &str = "AREREREREREREREREREREREAAAAHFOSISOXjViyWOSEyPBT";
const ID: &str = "0123456789abcdef0123456789abcdef";

fn logged(level: &str) -> String {
    let server = Server::start(&[("RUST_LOG", level)]);
    for path in [
        format!("/api/me/sessions/{ID}/events?access_token={TOKEN}"),
        format!("/api/me/sessions/{TOKEN}"),
        format!("/reset/{TOKEN}"),
    ] {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        server.says(request.as_bytes());
    }
    server.is_asked_to_stop();
    server.ends().1
}

#[test]
fn a_token_in_a_path_is_not_in_the_log() {
    let log = logged("info");
    assert!(
        log.contains(r#""route":"/api/me/sessions/{id}/events""#),
        "{log}"
    );
    assert!(!log.contains(TOKEN) && !log.contains(ID), "{log}");
    let log = logged("debug");
    assert!(
        log.contains(&format!("/api/me/sessions/{ID}/events")),
        "{log}"
    );
    assert!(log.contains("/reset/[redacted]"), "{log}");
    assert!(!log.contains(TOKEN), "{log}");
}
