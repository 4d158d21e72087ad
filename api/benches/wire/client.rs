//! Many clients at once, each on a connection that stays open, each waiting for its answer before
//! it asks again.

use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

const LAST_CHUNK: &[u8] = b"\r\n0\r\n\r\n";

/// What a client says, and what it learns from the answer.
pub trait Script: Send + 'static {
    /// The next request, whole.
    fn ask(&mut self) -> String;
    /// The head of the answer.
    fn hear(&mut self, head: &str);
    /// How long it waits before it asks again.
    fn waits(&self, _head: &str) -> Option<Duration> {
        None
    }
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
        let line = Line::open(address).await;
        clients.spawn(ask_until(line, script, begun + length));
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

async fn ask_until<S: Script>(mut line: Line, script: S, end: Instant) -> Done<S> {
    let mut done = Done {
        script,
        times: Vec::new(),
        refused: 0,
    };
    while Instant::now() < end {
        let asked = Instant::now();
        let head = line.exchange(&done.script.ask()).await;
        done.times.push(asked.elapsed());
        done.refused += usize::from(!head.starts_with("HTTP/1.1 200 "));
        done.script.hear(head);
        if let Some(wait) = done.script.waits(head) {
            tokio::time::sleep_until((Instant::now() + wait).min(end).into()).await;
        }
    }
    done
}

/// One request on a connection of its own: the head of the answer, and its body.
pub async fn once(address: &str, request: &str) -> (String, String) {
    let mut line = Line::open(address).await;
    let head = line.exchange(request).await.to_owned();
    let body = String::from_utf8_lossy(&line.answer[head.len() + 4..]);
    (head, body.into_owned())
}

/// A connection that stays open.
pub struct Line {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Line {
    /// To that address.
    pub async fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("it listens");
        stream.set_nodelay(true).expect("it is open");
        Self {
            stream,
            answer: Vec::with_capacity(4096),
        }
    }

    /// Sends, and reads one whole answer, whose head it gives.
    pub async fn exchange(&mut self, request: &str) -> &str {
        let sent = self.stream.write_all(request.as_bytes()).await;
        sent.expect("it listens");
        self.answer.clear();
        loop {
            let read = self.stream.read_buf(&mut self.answer).await;
            assert!(read.expect("it answers") > 0, "it hung up");
            if let Some(end) = whole(&self.answer) {
                return std::str::from_utf8(&self.answer[..end]).expect("a head is text");
            }
        }
    }
}

/// Where the head of an answer ends, once all of the answer is there.
pub fn whole(answer: &[u8]) -> Option<usize> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).expect("a head is text");
    let length = header(head, "content-length").and_then(|length| length.parse::<usize>().ok());
    let is_whole = match length {
        Some(length) => answer.len() >= end + 4 + length,
        // The last chunk of several is empty (RFC 9112, section 7.1).
        None => header(head, "transfer-encoding").is_none() || answer.ends_with(LAST_CHUNK),
    };
    is_whole.then_some(end)
}

/// The value of a header, whatever the spelling of its name.
pub fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}
