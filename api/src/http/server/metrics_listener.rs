//! The listener that Prometheus asks, away from the public one.

use super::{Listener, Rules};
use crate::AppState;
use crate::config::ConnectionLimits;
use crate::metrics::{ConnectionCounts, render};
use poem::endpoint::make_sync;
use poem::http::{StatusCode, header};
use poem::{Endpoint, EndpointExt, Response, Route, get};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// More than a few scrapers are none.
const LIMITS: ConnectionLimits = ConnectionLimits {
    total: 64,
    per_address: 64,
};

/// A listener that is bound and answers from when it is [served](Self::serve).
pub struct MetricsServer(Listener);

impl MetricsServer {
    /// Takes the address.
    ///
    /// # Errors
    /// The system's, where the address is taken or not this machine's.
    pub async fn bind(address: SocketAddr) -> io::Result<Self> {
        Ok(Self(Listener::bind(address, Some("metrics")).await?))
    }

    /// Answers until it is dropped: while requests are drained, too.
    pub async fn serve(self, app: Arc<AppState>) {
        let rules = Rules {
            limits: LIMITS,
            exempt: Vec::new(),
            counts: Arc::new(ConnectionCounts::new()),
            tls: None,
            public_url: app.config.public_url.clone(),
            drain: Duration::ZERO,
        };
        self.0
            .serve(endpoint(app), rules, std::future::pending())
            .await;
    }
}

fn endpoint(app: Arc<AppState>) -> impl Endpoint<Output = Response> {
    let answer = make_sync(move |_| {
        Response::builder()
            .status(StatusCode::OK)
            .content_type("text/plain; version=0.0.4; charset=utf-8")
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .header(header::CACHE_CONTROL, "no-store")
            .body(render(&app))
    });
    Route::new().at("/metrics", get(answer)).map_to_response()
}
