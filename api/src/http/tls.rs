//! TLS of our own, for those who have no proxy in front.
//!
//! Handshakes run beside one another and are bounded in number and time, so that a client who
//! opens a connection and says nothing keeps nobody else waiting.

mod certificate;

pub use certificate::Certificate;

use poem::http::uri::Scheme;
use poem::listener::{Acceptor, Listener, TcpAcceptor, TcpListener};
use poem::web::{LocalAddr, RemoteAddr};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::server::TlsStream;

/// How long a handshake may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many handshakes run at once; further connections wait in the system's own queue.
const HANDSHAKES_MAX: usize = 512;

/// Listens for TLS.
pub struct TlsListener {
    /// Where.
    pub address: SocketAddr,
    /// As whom.
    pub certificate: Certificate,
}

impl Listener for TlsListener {
    type Acceptor = TlsAcceptor;

    async fn into_acceptor(self) -> io::Result<TlsAcceptor> {
        Ok(TlsAcceptor {
            tcp: TcpListener::bind(self.address).into_acceptor().await?,
            tls: self.certificate.acceptor(),
            handshakes: JoinSet::new(),
        })
    }
}

type Shaken = (TlsStream<TcpStream>, LocalAddr, RemoteAddr, Scheme);

/// Accepts what has shaken hands.
pub struct TlsAcceptor {
    tcp: TcpAcceptor,
    tls: tokio_rustls::TlsAcceptor,
    handshakes: JoinSet<Option<Shaken>>,
}

impl Acceptor for TlsAcceptor {
    type Io = TlsStream<TcpStream>;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.tcp.local_addr()
    }

    async fn accept(&mut self) -> io::Result<Shaken> {
        loop {
            let has_room = self.handshakes.len() < HANDSHAKES_MAX;
            tokio::select! {
                accepted = self.tcp.accept(), if has_room => {
                    let (stream, local, remote, _) = accepted?;
                    let handshake = tokio::time::timeout(PATIENCE, self.tls.accept(stream));
                    self.handshakes.spawn(async move {
                        // Whoever does not speak TLS as we do is nobody's business.
                        let stream = handshake.await.ok()?.ok()?;
                        Some((stream, local, remote, Scheme::HTTPS))
                    });
                }
                Some(shaken) = self.handshakes.join_next() => {
                    if let Ok(Some(shaken)) = shaken {
                        return Ok(shaken);
                    }
                }
            }
        }
    }
}
