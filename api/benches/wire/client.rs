//! Many clients at once, each on a connection that stays open, each waiting for its answer before
//! it asks again.

use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// What a client says, and what it learns from the answer.
pub trait Script: Send + 'static {
    /// The next request, whole.
    fn ask(&mut self) -> String;
    /// The head of the answer.
    fn hear(&mut self, head: &str);
}

/// How it went.
pub struct Outcome {
    /// Answers.
    pub calls: usize,
    /// What one answer took of the server's processor.
    pub cost: Duration,
    /// Answers a second.
    pub rate: f64,
    /// Half of the answers took no longer.
    pub median: Duration,
    /// All but one in a hundred took no longer.
    pub p99: Duration,
    /// Answers that were not 200.
    pub refused: usize,
}

/// Lets every script ask for so long, and gives the scripts back.
pub async fn load<S: Script>(
    address: &str,
    scripts: Vec<S>,
    length: Duration,
) -> (Outcome, Vec<S>) {
    let begun = Instant::now();
    let mut clients = JoinSet::new();
    for script in scripts {
        let stream = TcpStream::connect(address).await.expect("it listens");
        stream.set_nodelay(true).expect("it is open");
        clients.spawn(ask_until(stream, script, begun + length));
    }
    let (mut times, mut refused, mut scripts) = (Vec::new(), 0, Vec::new());
    for done in clients.join_all().await {
        times.extend(done.times);
        refused += done.refused;
        scripts.push(done.script);
    }
    let passed = begun.elapsed();
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    let outcome = Outcome {
        calls: times.len(),
        cost: Duration::ZERO,
        rate: f64::from(u32::try_from(times.len()).unwrap_or(u32::MAX)) / passed.as_secs_f64(),
        median: at(50),
        p99: at(99),
        refused,
    };
    (outcome, scripts)
}

/// What became of one client.
struct Done<S> {
    script: S,
    times: Vec<Duration>,
    refused: usize,
}

async fn ask_until<S: Script>(mut stream: TcpStream, script: S, end: Instant) -> Done<S> {
    let mut done = Done {
        script,
        times: Vec::new(),
        refused: 0,
    };
    let mut answer = Vec::with_capacity(4096);
    while Instant::now() < end {
        let asked = Instant::now();
        let end = exchange(&mut stream, &done.script.ask(), &mut answer).await;
        done.times.push(asked.elapsed());
        let head = std::str::from_utf8(&answer[..end]).expect("a head is text");
        done.refused += usize::from(!head.starts_with("HTTP/1.1 200 "));
        done.script.hear(head);
    }
    done
}

/// One request on a connection of its own: the head of the answer, and its body.
pub async fn once(address: &str, request: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let mut answer = Vec::new();
    let end = exchange(&mut stream, request, &mut answer).await;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&answer[..end]), text(&answer[end + 4..]))
}

/// Sends, and reads one whole answer; says where its head ends.
async fn exchange(stream: &mut TcpStream, request: &str, answer: &mut Vec<u8>) -> usize {
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it listens");
    answer.clear();
    loop {
        let read = stream.read_buf(answer).await.expect("it answers");
        assert!(read > 0, "it hung up");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&answer[..end]);
            let length = header(&head, "content-length").and_then(|length| length.parse().ok());
            if answer.len() >= end + 4 + length.unwrap_or(0) {
                return end;
            }
        }
    }
}

/// The value of a header, whatever the spelling of its name.
pub fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}
