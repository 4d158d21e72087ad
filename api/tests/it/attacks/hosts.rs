//! A page whose name was rebound to this machine, and requests that name no host or two.

use crate::server::Server;

fn asked(server: &Server, path: &str, hosts: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
    server.says(request.as_bytes())
}

#[test]
fn a_rebound_page_reaches_nothing_on_loopback() {
    let server = Server::start(&[("API_DOCS", "on")]);
    let rebound = "Host: evil.example:8000\r\n";
    for path in [
        "/",
        "/api/me",
        "/api/openapi.json",
        "/.well-known/jwks.json",
    ] {
        let answer = asked(&server, path, rebound);
        assert!(answer.starts_with("HTTP/1.1 421 "), "{path}: {answer}");
        assert!(answer.contains("misdirected_request"), "{answer}");
    }
    for path in ["/healthz", "/readyz"] {
        let answer = asked(&server, path, rebound);
        assert!(answer.starts_with("HTTP/1.1 200 "), "{path}: {answer}");
    }
    let absolute = asked(&server, "http://evil.example/api/me", "Host: localhost\r\n");
    assert!(absolute.starts_with("HTTP/1.1 421 "), "{absolute}");
    let ours = asked(&server, "/api/openapi.json", "Host: 127.0.0.1:8000\r\n");
    assert!(ours.starts_with("HTTP/1.1 200 "), "{ours}");
}

#[test]
fn a_request_without_a_host_or_with_two_is_malformed() {
    let server = Server::start(&[]);
    for hosts in [
        "",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost\r\nHost: evil.example\r\n",
        "Host: \r\n",
        "Host: a b\r\n",
    ] {
        for path in ["/healthz", "/api/me"] {
            let answer = asked(&server, path, hosts);
            assert!(answer.starts_with("HTTP/1.1 400 "), "{hosts:?}: {answer}");
        }
    }
}
