//! Somebody who calls at an easy pace, in a process of their own: what they wait for is then the server, and not
//! those who sign in beside them.

use super::client::whole;
use super::ready::pinned;
use super::server::Server;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Makes this program that somebody.
pub const PROBE: &str = "probe";
const PACE: Duration = Duration::from_millis(2);

/// What all but one in a hundred calls take, as a process of their own finds it.
pub async fn p99(server: &Server, request: &str, length: Duration) -> Duration {
    let own = std::env::current_exe().expect("a running program has a path");
    let mut probe = pinned(None, own);
    probe.args([PROBE, &server.address, request]);
    probe.arg(length.as_millis().to_string());
    let ended = tokio::task::spawn_blocking(move || probe.output()).await;
    let output = ended.expect("it does not panic").expect("it is there");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let nanos = said.trim().parse().map(Duration::from_nanos);
    nanos.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

#[expect(
    clippy::disallowed_methods,
    reason = "somebody who calls at a pace waits for time between"
)]
fn pause() {
    sleep(PACE);
}

/// Is that process: says how many nanoseconds it was.
pub fn run(mut words: impl Iterator<Item = String>) {
    let mut next = || words.next().expect("address, request and milliseconds");
    let (address, request) = (next(), next());
    let length = Duration::from_millis(next().parse().expect("milliseconds"));
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_nodelay(true).expect("it is open");
    let (begun, mut times) = (Instant::now(), Vec::new());
    while begun.elapsed() < length {
        pause();
        let asked = Instant::now();
        exchange(&mut stream, &request);
        times.push(asked.elapsed());
    }
    times.sort_unstable();
    println!("{}", times[times.len() * 99 / 100].as_nanos());
}

fn exchange(stream: &mut TcpStream, request: &str) {
    stream.write_all(request.as_bytes()).expect("it listens");
    let (mut answer, mut piece) = (Vec::new(), [0; 4096]);
    while whole(&answer).is_none() {
        let read = stream.read(&mut piece).expect("it answers");
        assert!(read > 0, "it hung up");
        answer.extend_from_slice(&piece[..read]);
    }
    assert!(answer.starts_with(b"HTTP/1.1 200 "), "it refuses");
}
