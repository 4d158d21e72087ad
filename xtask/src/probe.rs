//! Asks our own servers, over plain HTTP on the loopback, how they are.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

/// A server on the loopback that takes longer is not up.
const TIMEOUT: Duration = Duration::from_secs(1);

/// Whether nobody listens on the port.
pub fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// Two ports that nobody listens on now.
pub fn two_free_ports() -> std::io::Result<(u16, u16)> {
    let [first, second] = [(); 2].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
    let port = |listener: TcpListener| listener.local_addr().map(|address| address.port());
    // Both are held until both are known, so that they differ.
    let (first, second) = (first?, second?);
    Ok((port(first)?, port(second)?))
}

/// The status that `GET path` is answered with, if it is answered.
pub fn status(port: u16, path: &str) -> Option<u16> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT).ok()?;
    stream.set_read_timeout(Some(TIMEOUT)).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    // "HTTP/1.1 200" is all we need of the answer (RFC 9112, section 4).
    let mut start = [0; 12];
    stream.read_exact(&mut start).ok()?;
    std::str::from_utf8(&start)
        .ok()?
        .split(' ')
        .nth(1)?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answering(text: &'static str) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("BUG: a port is free");
        let port = listener.local_addr().expect("BUG: it is bound").port();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("BUG: the test connects");
            let mut request = [0; 512];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(text.as_bytes());
        });
        port
    }

    #[test]
    fn the_status_is_read_from_the_first_line() {
        let port = answering("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n");
        assert_eq!(status(port, "/readyz"), Some(503));
    }

    #[test]
    fn no_http_is_no_status() {
        assert_eq!(status(answering("SSH-2.0-nothing here\r\n"), "/"), None);
    }

    #[test]
    fn a_port_is_free_until_somebody_listens() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("BUG: a port is free");
        let port = listener.local_addr().expect("BUG: it is bound").port();
        assert!(!is_free(port));
        drop(listener);
        assert!(is_free(port));
    }
}
