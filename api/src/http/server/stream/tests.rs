use super::*;
use crate::config::ConnectionLimits;
use crate::metrics::ConnectionCounts;
use futures::FutureExt;
use std::net::Ipv4Addr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const NO_TIME: TimeLimits = TimeLimits {
    head: Duration::ZERO,
    read: Duration::ZERO,
    rest: Duration::ZERO,
    stall: Duration::ZERO,
    write: Duration::ZERO,
};

async fn pair(limits: TimeLimits) -> (TimedStream<TcpStream>, TcpStream) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.expect("a port is free");
    let address = listener.local_addr().expect("it has one");
    let there = TcpStream::connect(address).await.expect("it listens");
    let (here, _) = listener.accept().await.expect("somebody came");
    let room = ConnectionLimits {
        total: 16,
        per_address: 16,
    };
    let counts = Arc::new(ConnectionCounts::new());
    let registry = Arc::new(Registry::new(room, Vec::new(), counts));
    let mut stream = TimedStream::new(here, Arc::new(Connection::new(1)), registry);
    stream.limits = limits;
    (stream, there)
}

async fn times_out(stream: &mut TimedStream<TcpStream>) {
    let silent = stream.read_u8().await.expect_err("nothing comes");
    assert_eq!(silent.kind(), io::ErrorKind::TimedOut);
}

#[tokio::test]
async fn half_a_head_ends_in_time_however_much_of_it_comes() {
    let (mut stream, mut client) = pair(NO_TIME).await;
    client.write_all(b"GE").await.expect("it is open");
    assert_eq!(stream.read_u8().await.ok(), Some(b'G'));
    assert_eq!(stream.connection.phase(), Phase::Head);
    assert_eq!(stream.read_u8().await.ok(), Some(b'E'));
    times_out(&mut stream).await;
}

#[tokio::test]
async fn a_request_whose_bytes_do_not_come_ends() {
    let (mut stream, _client) = pair(NO_TIME).await;
    stream.connection.set_phase(Phase::Request);
    times_out(&mut stream).await;
}

#[tokio::test]
async fn an_idle_connection_rests_and_does_not_fail() {
    let (mut stream, mut client) = pair(NO_TIME).await;
    while !stream.connection.rests.load(Relaxed) {
        assert!(stream.read_u8().now_or_never().is_none());
        tokio::task::yield_now().await;
    }
    client.write_u8(7).await.expect("it is open");
    assert_eq!(stream.read_u8().await.ok(), Some(7));
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_given_up() {
    let (mut stream, _client) = pair(NO_TIME).await;
    stream.connection.set_phase(Phase::Response);
    let much = vec![b'x'; 64 * 1024 * 1024];
    let stuck = stream.write_all(&much).await.expect_err("nobody reads");
    assert_eq!(stuck.kind(), io::ErrorKind::TimedOut);
}

#[tokio::test]
async fn what_was_read_early_is_read_first() {
    let (mut stream, mut client) = pair(TIME_LIMITS).await;
    stream.early = Bytes::from_static(b"ab");
    client.write_all(b"c").await.expect("it is open");
    let mut read = [0; 3];
    stream.read_exact(&mut read).await.expect("it is there");
    assert_eq!(&read, b"abc");
}

#[tokio::test]
async fn only_what_hyper_says_to_a_broken_head_is_held_back() {
    let (mut stream, mut client) = pair(TIME_LIMITS).await;
    stream.connection.set_phase(Phase::Request);
    let ours = b"HTTP/1.1 404 Not Found\r\n\r\n";
    stream.write_all(ours).await.expect("it is open");
    let mut heard = [0; 26];
    client.read_exact(&mut heard).await.expect("it is there");
    assert_eq!(&heard, ours);
    stream.connection.set_phase(Phase::Head);
    let theirs = b"HTTP/1.1 431 Request Header Fields Too Large\r\n\r\n";
    stream.write_all(theirs).await.expect("it is swallowed");
    assert!(client.read_u8().now_or_never().is_none());
    assert_eq!(stream.connection.rejected.load(Relaxed), 431);
}
