//! TLS handshakes, bounded in number and time, so that clients who say nothing, or only half of
//! it, keep nobody else waiting.

use super::connection::{CloseRequest, Connection, Phase};
use super::registry::Registry;
use super::stream::first_byte;
use crate::metrics::DropReason;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// How long the first byte may take. Until it comes, the connection costs no more than its socket
/// and counts as idle.
const FIRST_BYTE: Duration = Duration::from_secs(20);
/// How long the handshake may take from then on.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Shakes hands; `None` where that fails, takes too long or others need the room.
pub(super) async fn handshake(
    stream: TcpStream,
    tls: &TlsAcceptor,
    connection: &Arc<Connection>,
    registry: &Registry,
) -> Option<TlsStream<TcpStream>> {
    tokio::select! {
        biased;
        () = connection.close_requested(CloseRequest::Finish) => None,
        stream = bounded(stream, tls, connection, registry) => stream,
    }
}

async fn bounded(
    stream: TcpStream,
    tls: &TlsAcceptor,
    connection: &Arc<Connection>,
    registry: &Registry,
) -> Option<TlsStream<TcpStream>> {
    let timed_out = |_| registry.dropped(DropReason::HandshakeTimeout);
    let first = tokio::time::timeout(FIRST_BYTE, first_byte(&stream)).await;
    first.map_err(timed_out).ok()?.ok()?;
    connection.set_phase(Phase::Head);
    registry.is_incomplete(connection);
    let handshake = Box::pin(tls.accept(stream));
    let shaken = tokio::time::timeout(HANDSHAKE, handshake).await;
    let stream = shaken.map_err(timed_out).ok()?.ok()?;
    registry.is_complete(connection);
    connection.set_phase(Phase::Idle);
    connection.touch(tokio::time::Instant::now());
    Some(stream)
}
