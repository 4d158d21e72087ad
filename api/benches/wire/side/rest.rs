//! What a server costs that nobody asks anything, and how soon a new one answers.

use super::{Found, Plan};
use crate::server::{CORE, Server, prepared};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Stdio;
use std::time::Instant;

const TIMES: usize = 5;

/// A server as it is shipped, left alone while the others work.
pub fn begin(plan: &Plan) -> Server {
    let web = plan.web.as_ref().map(|web| web.display().to_string());
    let given: Vec<_> = web.iter().map(|web| ("STATIC_DIR", web.as_str())).collect();
    Server::api_with(Some(CORE), &given)
}

/// What it holds by now.
pub fn end(resting: &Server, found: &mut Found) {
    for (name, line) in [
        ("rest memory MiB", "VmRSS"),
        ("rest memory of its own MiB", "RssAnon"),
    ] {
        if let Some(bytes) = resting.memory(line) {
            found.add(name, bytes / 1_048_576.0);
        }
    }
}

/// From the start of the process to its first answer, on a database that is up to date.
pub fn starts(plan: &Plan, found: &mut Found) {
    for _ in 0..plan.rounds.min(TIMES) {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free.expect("a port is free");
        let given = [("LISTEN", &*address.to_string())];
        let (mut serve, _folder) = prepared(Some(CORE), &given);
        let began = Instant::now();
        let mut child = serve
            .stderr(Stdio::null())
            .spawn()
            .expect("the program is there");
        while !answers(address) {
            std::thread::yield_now();
        }
        let took = began.elapsed();
        child.kill().and_then(|()| child.wait()).expect("it runs");
        found.add("start ms", took.as_secs_f64() * 1e3);
    }
}

fn answers(address: SocketAddr) -> bool {
    let Ok(mut stream) = TcpStream::connect(address) else {
        return false;
    };
    let mut start = [0; 12];
    stream
        .write_all(b"GET /readyz HTTP/1.1\r\nHost: bench\r\n\r\n")
        .and_then(|()| stream.read_exact(&mut start))
        .is_ok_and(|()| &start == b"HTTP/1.1 200")
}
