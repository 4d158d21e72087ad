//! The listener that Prometheus asks, away from the public one.

use super::IDLE;
use super::idle::Patient;
use crate::App;
use crate::metrics::page;
use poem::endpoint::make_sync;
use poem::http::{StatusCode, header};
use poem::listener::{Listener, TcpAcceptor, TcpListener};
use poem::{Endpoint, Response, Route, Server, get};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

/// A listener that is bound and answers from when it is [served](Self::serve).
pub struct Scraped(TcpAcceptor);

impl Scraped {
    /// Takes the address.
    ///
    /// # Errors
    /// The system's, where the address is taken or not this machine's.
    pub async fn bind(address: SocketAddr) -> io::Result<Self> {
        Ok(Self(TcpListener::bind(address).into_acceptor().await?))
    }

    /// Answers until it is dropped: while requests are drained, too.
    pub async fn serve(self, app: Arc<App>) {
        let acceptor = Patient {
            inner: self.0,
            patience: IDLE,
        };
        let server = Server::new_with_acceptor(acceptor).name("metrics");
        if let Err(error) = server.run(endpoint(app)).await {
            tracing::error!(%error, "metrics cannot be read any more");
        }
    }
}

fn endpoint(app: Arc<App>) -> impl Endpoint {
    let answer = make_sync(move |_| {
        Response::builder()
            .status(StatusCode::OK)
            .content_type("text/plain; version=0.0.4; charset=utf-8")
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .header(header::CACHE_CONTROL, "no-store")
            .body(page(&app))
    });
    Route::new().at("/metrics", get(answer))
}
