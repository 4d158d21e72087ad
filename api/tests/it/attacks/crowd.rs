//! Many connections of an attacker, and what they do to everybody else.

use crate::server::Server;
use crate::world::PASSWORD;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// "Sign-ins of others keep a p99 under 1 s during them, on two cores."
pub const SOON: Duration = Duration::from_secs(1);
/// So many times something is done, and so many of them may take longer: here a debug build shares the
/// cores with other stories that hash. Where the crowd is in the way, it is in the way of all of them.
const TIMES: usize = 20;
const LATE: usize = 2;
/// "Memory after any of the floods returns to within 20 MiB of before".
pub const NEAR: u64 = 20 * 1024 * 1024;

/// So many sockets, each of which has sent this.
pub fn crowd(server: &Server, count: usize, sends: &[u8]) -> Vec<TcpStream> {
    may_open_many();
    let mut crowd: Vec<_> = (0..count).map(|_| server.connects().unwrap()).collect();
    for one in &mut crowd {
        // The server may have had enough of it.
        let _ = one.write_all(sends);
    }
    crowd
}

/// This process may open as many sockets as the system lets it.
pub fn may_open_many() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: maximum,
        maximum,
    };
    setrlimit(Resource::Nofile, raised).unwrap();
}

/// Memory that the server holds.
pub fn memory(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.unwrap().trim_matches(|c: char| !c.is_ascii_digit());
    kib.parse::<u64>().unwrap() * 1024
}

/// Memory that the server holds once it is near what it held before, or as it is after a while.
pub fn memory_near(server: &Server, before: u64) -> u64 {
    let asked = Instant::now();
    loop {
        let held = memory(server);
        if held <= before + NEAR || asked.elapsed() > Duration::from_secs(10) {
            return held;
        }
        std::thread::yield_now();
    }
}

/// Registers somebody.
#[track_caller]
pub fn registers(server: &Server, name: &str) {
    let body = format!(r#"{{"username":"{name}","password":"{PASSWORD}"}}"#);
    let answer = server.posts("/api/auth/register", "", &body);
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
}

/// Signs somebody in who is registered.
#[track_caller]
pub fn signs_in_soon(server: &Server, name: &str) {
    let body = format!(r#"{{"username":"{name}","password":"{PASSWORD}"}}"#);
    is_soon(|| {
        let answer = server.posts("/api/auth/login", "", &body);
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    });
}

/// Does it again and again. Whatever the crowd does, others do not wait.
#[track_caller]
pub fn is_soon(mut does: impl FnMut()) {
    let mut late = Vec::new();
    for _ in 0..TIMES {
        let began = Instant::now();
        does();
        late.extend(Some(began.elapsed()).filter(|took| *took >= SOON));
        assert!(
            late.len() <= LATE,
            "of at most {TIMES} these took long: {late:?}"
        );
    }
}

/// Waits until the server closes it, and says whether it did.
pub fn is_closed(stream: &mut TcpStream) -> bool {
    let mut byte = [0];
    match stream.read(&mut byte) {
        Ok(length) => length == 0,
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    }
}

/// A number of the metrics, over a connection that is open already.
pub fn metric(stream: &mut TcpStream, name: &str) -> u64 {
    stream
        .write_all(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    let mut answer = Vec::new();
    let mut part = [0; 16 * 1024];
    loop {
        let length = stream.read(&mut part).unwrap();
        assert!(length > 0, "it is open");
        answer.extend_from_slice(&part[..length]);
        let text = String::from_utf8_lossy(&answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let announced = crate::server::between(head, "content-length: ", "\r\n");
        if body.len() == announced.parse::<usize>().unwrap() {
            let mut lines = body.lines().filter(|line| !line.starts_with('#'));
            let line = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            return line.expect("it is there").parse().unwrap();
        }
    }
}
