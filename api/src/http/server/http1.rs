//! Requests of one connection, in HTTP/1.1 and nothing else.

use super::connection::{Connection, Order, Phase};
use super::registry::Registry;
use super::stream::{TimedStream, Transport};
use super::{Shared, closing};
use crate::metrics::DropReason;
use hyper::body::{Body, Incoming};
use hyper::server::conn::http1::Builder;
use hyper_util::rt::TokioIo;
use poem::Endpoint;
use poem::http::uri::Scheme;
use poem::http::{Request, Response};
use poem::web::RemoteAddr;
use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::task::{Context, Poll};
use std::time::Duration;

/// How long a connection may stay open without a request, a little longer than the minute after
/// which proxies and browsers let go of one.
const IDLE: Duration = Duration::from_secs(75);
/// The largest head of a request, in bytes.
const HEAD_MAX: usize = 32 * 1024;
/// The most header lines; a browser behind two proxies sends about thirty.
const HEADERS_MAX: usize = 100;

/// Whose requests are answered.
pub(super) struct Client {
    pub(super) connection: Arc<Connection>,
    pub(super) address: RemoteAddr,
    pub(super) scheme: Scheme,
}

/// Answers until either side has had enough.
pub(super) async fn serve<T: Transport, E: Endpoint<Output = poem::Response> + 'static>(
    transport: T,
    client: Client,
    shared: &Arc<Shared<E>>,
) {
    let connection = Arc::clone(&client.connection);
    let registry = Arc::clone(&shared.registry);
    let mut stream = TimedStream::new(transport, Arc::clone(&connection), registry);
    let client = Arc::new(client);
    while speaks(&stream, &connection, &shared.registry).await {
        // Boxed, so that a connection that says nothing costs no more than its socket.
        let requests = Box::pin(requests(stream, Arc::clone(&client), Arc::clone(shared)));
        let (returned, goes_on) = requests.await;
        stream = returned;
        if !goes_on {
            closing::close(&mut stream.inner, &connection, &shared.public_url).await;
            return;
        }
    }
}

/// Waits without a buffer for the next byte; `false` where none comes or the connection should end.
async fn speaks<T: Transport>(
    stream: &TimedStream<T>,
    connection: &Connection,
    registry: &Registry,
) -> bool {
    if !stream.early.is_empty() {
        return true;
    }
    let end = connection.active_at() + IDLE;
    tokio::select! {
        biased;
        () = connection.told(Order::Finish) => false,
        readable = tokio::time::timeout_at(end, stream.inner.socket().readable()) => {
            if readable.is_err() {
                registry.dropped(DropReason::IdleTimeout);
            }
            matches!(readable, Ok(Ok(())))
        }
    }
}

/// Answers requests until the connection is over, or rests: then it goes on without its buffers.
async fn requests<T: Transport, E: Endpoint<Output = poem::Response> + 'static>(
    stream: TimedStream<T>,
    client: Arc<Client>,
    shared: Arc<Shared<E>>,
) -> (TimedStream<T>, bool) {
    let connection = Arc::clone(&client.connection);
    let answering = Arc::clone(&client);
    let service = hyper::service::service_fn(move |request| {
        let (client, shared) = (Arc::clone(&answering), Arc::clone(&shared));
        async move { Ok::<Response<_>, Infallible>(answer(request, &client, &shared).await.into()) }
    });
    let mut builder = Builder::new();
    builder
        .half_close(false)
        // Ours know when a connection is idle and when it is slow; hyper's takes both for one.
        .header_read_timeout(None)
        .max_buf_size(HEAD_MAX)
        .max_headers(HEADERS_MAX);
    let mut http = builder.serve_connection(TokioIo::new(stream), service);
    let mut is_finishing = false;
    let goes_on = poll_fn(|context| {
        let order = connection.poll_order(context);
        if order == Order::Abort {
            return Poll::Ready(false);
        }
        if order == Order::Finish && !is_finishing {
            is_finishing = true;
            Pin::new(&mut http).graceful_shutdown();
        }
        poll(&mut http, &connection, context)
    })
    .await;
    let parts = http.into_parts();
    let mut stream = parts.io.into_inner();
    stream.early = parts.read_buf;
    (stream, goes_on)
}

fn poll(
    http: &mut (impl Future<Output = hyper::Result<()>> + Unpin),
    connection: &Connection,
    context: &mut Context<'_>,
) -> Poll<bool> {
    match Pin::new(http).poll(context) {
        Poll::Ready(Ok(())) => Poll::Ready(false),
        Poll::Ready(Err(error)) => {
            tracing::debug!(%error, "a connection failed");
            Poll::Ready(false)
        }
        Poll::Pending if connection.rests.swap(false, Relaxed) => Poll::Ready(true),
        Poll::Pending => Poll::Pending,
    }
}

async fn answer<E: Endpoint<Output = poem::Response>>(
    request: Request<Incoming>,
    client: &Client,
    shared: &Shared<E>,
) -> poem::Response {
    let connection = &client.connection;
    connection.enter(Phase::Request);
    shared.registry.is_complete(connection);
    let has_body = !request.body().is_end_stream();
    let (address, scheme) = (client.address.clone(), client.scheme.clone());
    let request = (request, shared.local_address.clone(), address, scheme).into();
    let response = shared.endpoint.get_response(request).await;
    connection.enter(Phase::Response);
    if has_body && response.status().as_u16() >= 400 {
        connection.unread.store(true, Relaxed);
    }
    response
}
