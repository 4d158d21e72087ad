//! Taking connections from the system's queue.

use super::connection::CloseRequest;
use super::http1::{self, Client};
use super::registry::Registered;
use super::{Listener, Shared, handshake};
use poem::http::uri::Scheme;
use poem::web::RemoteAddr;
use poem::{Endpoint, Response};
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;

/// How long nothing is accepted after the system had no room: otherwise it would be asked at once
/// again, for ever, and the processor would do nothing else.
const PAUSE: Duration = Duration::from_millis(200);
/// How often that is said in the log.
const WARN_EVERY: Duration = Duration::from_mins(1);
/// How long a connection that was told to end at once may take.
const LAST_MOMENT: Duration = Duration::from_secs(1);

/// Accepts until `stop` resolves, then lets requests under way end within `drain`.
pub(super) async fn run<E: Endpoint<Output = Response> + 'static>(
    listener: Listener,
    shared: Arc<Shared<E>>,
    tls: Option<TlsAcceptor>,
    (stop, drain): (impl Future<Output = ()>, Duration),
) {
    let mut stop = pin!(stop);
    let mut warned_at: Option<Instant> = None;
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = listener.socket.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => spawn_connection(stream, peer, &shared, tls.clone()),
            Err(error) if is_connection_error(&error) => {}
            Err(error) => {
                shared.registry.make_room();
                if warned_at.is_none_or(|at| at.elapsed() >= WARN_EVERY) {
                    warned_at = Some(Instant::now());
                    tracing::warn!(%error, "no connection can be accepted");
                }
                if tokio::time::timeout(PAUSE, &mut stop).await.is_ok() {
                    break;
                }
            }
        }
    }
    drop(listener);
    let registry = &shared.registry;
    registry.close_all(CloseRequest::Finish);
    if tokio::time::timeout(drain, registry.all_closed())
        .await
        .is_err()
    {
        registry.close_all(CloseRequest::Abort);
        let _ = tokio::time::timeout(LAST_MOMENT, registry.all_closed()).await;
    }
}

/// Whether it says something of a connection that was given up before it was accepted, not of us.
fn is_connection_error(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::Interrupted
    )
}

fn spawn_connection<E: Endpoint<Output = Response> + 'static>(
    stream: TcpStream,
    peer: SocketAddr,
    shared: &Arc<Shared<E>>,
    tls: Option<TlsAcceptor>,
) {
    // Dropped where there is no room for it, which closes it.
    let Some(registered) = shared.registry.register(peer.ip()) else {
        return;
    };
    let shared = Arc::clone(shared);
    match tls {
        None => tokio::spawn(async move {
            let client = client(&registered, peer, Scheme::HTTP);
            http1::serve(stream, client, &shared).await;
        }),
        Some(tls) => tokio::spawn(async move {
            let handshake =
                handshake::handshake(stream, &tls, &registered.connection, &shared.registry);
            if let Some(stream) = handshake.await {
                let client = client(&registered, peer, Scheme::HTTPS);
                http1::serve(stream, client, &shared).await;
            }
        }),
    };
}

fn client(registered: &Registered, peer: SocketAddr, scheme: Scheme) -> Client {
    Client {
        connection: Arc::clone(&registered.connection),
        address: RemoteAddr(peer.into()),
        scheme,
    }
}
