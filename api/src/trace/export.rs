//! Sending spans to a collector over plain HTTP: a collector stands on this machine or beside it, and
//! takes them further as it was told.

use super::outbox::{Span, SpanBuffer, lost};
use super::wire;
use crate::config::OtlpEndpoint;
use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const EVERY: Duration = Duration::from_secs(1);
/// A collector that takes longer loses them; they are no reason to fill the memory.
const TIMEOUT: Duration = Duration::from_secs(2);
/// So many in one request; a collector takes 4 MiB at most, as a rule.
const BATCH: usize = 1_024;

/// Sends what waits, once a second.
pub(super) async fn run(outbox: &SpanBuffer) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        flush(outbox).await;
    }
}

/// Sends what waits. What the collector does not take is lost, counted, and said once for all.
pub(super) async fn flush(outbox: &SpanBuffer) {
    let spans = outbox.take();
    for (sent, batch) in spans.chunks(BATCH).enumerate() {
        if let Err(error) = send(&outbox.config.collector, batch).await {
            let left = spans.len() - sent * BATCH;
            lost(left);
            tracing::warn!(%error, spans = left, "the collector of traces took nothing");
            return;
        }
    }
}

async fn send(collector: &OtlpEndpoint, spans: &[Span]) -> io::Result<()> {
    let body = wire::encode(spans);
    let status = tokio::time::timeout(TIMEOUT, post(collector, &body))
        .await
        .map_err(|_| io::ErrorKind::TimedOut)??;
    if status.starts_with("HTTP/1.1 2") {
        return Ok(());
    }
    Err(io::Error::other(format!("it says {status}")))
}

/// The start of what it answers.
async fn post(collector: &OtlpEndpoint, body: &str) -> io::Result<String> {
    let OtlpEndpoint { authority, path } = collector;
    let length = body.len();
    let head = format!(
        "POST {path}/v1/traces HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(authority.as_str()).await?;
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    // "HTTP/1.1 200" is all we need of the answer (RFC 9112, section 4).
    let mut start = [0; 12];
    stream.read_exact(&mut start).await?;
    Ok(String::from_utf8_lossy(&start).into_owned())
}
