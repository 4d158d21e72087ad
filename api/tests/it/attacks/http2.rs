//! One connection in HTTP/2 took a gigabyte in four seconds.

use crate::server::{Server, rest};
use std::io::Write;
use std::net::TcpStream;

/// RFC 9113, 3.4, and an empty SETTINGS frame.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00";

#[test]
fn http_2_is_spoken_on_neither_listener() {
    let server = Server::start(&[("METRICS_LISTEN", "127.0.0.1:0")]);
    for address in [&server.address, server.metrics.as_ref().unwrap()] {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(PREFACE).unwrap();
        let answer = rest(&mut stream);
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 400 "),
            "{address}: {answer:?}"
        );
    }
    let upgrade =
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings, close\r\n\
                    Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n";
    let answer = server.says(upgrade);
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}
