//! How connections are accepted, bounded and ended (ADR 25 and 26).
//!
//! HTTP/1.1 alone is spoken. Every connection is counted; what it may send, how slowly, and for how
//! long it may do nothing is bounded, and what it holds while it does nothing is little.

mod accept;
mod closing;
mod connection;
mod descriptors;
mod handshake;
mod http1;
pub mod metrics_listener;
pub mod middleware;
mod registry;
pub mod request_id;
mod stream;
pub mod tls;

pub use descriptors::fit;

use crate::config::{ConnectionLimits, IpNet, PublicUrl};
use crate::metrics::ConnectionCounts;
use poem::web::LocalAddr;
use poem::{Endpoint, Response};
use registry::Registry;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::TlsAcceptor;

/// An address that is taken and not answered yet.
pub(super) struct Listener {
    socket: tokio::net::TcpListener,
    address: LocalAddr,
    name: Option<&'static str>,
}

/// Under which rules a listener serves.
pub(super) struct Rules {
    /// How many connections.
    pub(super) limits: ConnectionLimits,
    /// Whose addresses may open as many as they like.
    pub(super) exempt: Vec<IpNet>,
    /// Where they are counted.
    pub(super) counts: Arc<ConnectionCounts>,
    /// Speaks TLS, if anybody does.
    pub(super) tls: Option<TlsAcceptor>,
    /// The origin that browsers see.
    pub(super) public_url: PublicUrl,
    /// How long requests under way may take at the end.
    pub(super) drain: Duration,
}

/// What all connections of a listener share.
struct Shared<E> {
    endpoint: E,
    registry: Arc<Registry>,
    public_url: PublicUrl,
    local_address: LocalAddr,
}

impl Listener {
    /// Takes the address.
    pub(super) async fn bind(address: SocketAddr, name: Option<&'static str>) -> io::Result<Self> {
        let socket = tokio::net::TcpListener::bind(address).await?;
        let address = LocalAddr(socket.local_addr()?.into());
        Ok(Self {
            socket,
            address,
            name,
        })
    }

    /// Answers requests until `stop` resolves and those under way have ended.
    pub(super) async fn serve<E: Endpoint<Output = Response> + 'static>(
        self,
        endpoint: E,
        rules: Rules,
        stop: impl Future<Output = ()>,
    ) {
        let (name, address) = (self.name, self.address.clone());
        tracing::info!(name, addr = %address, "listening");
        tracing::info!(name, "server started");
        let shared = Arc::new(Shared {
            endpoint,
            registry: Arc::new(Registry::new(rules.limits, rules.exempt, rules.counts)),
            public_url: rules.public_url,
            local_address: address,
        });
        accept::run(self, shared, rules.tls, (stop, rules.drain)).await;
        tracing::info!(name, "server stopped");
    }
}
