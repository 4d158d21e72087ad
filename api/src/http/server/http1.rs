//! Requests of one connection, in HTTP/1.1 and nothing else.

use super::connection::{CloseRequest, Connection, Phase};
use super::registry::Registry;
use super::stream::{TimedStream, Transport, first_byte};
use super::{Shared, closing};
use crate::metrics::DropReason;
use hyper::body::{Body, Bytes, Incoming};
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
    mut transport: T,
    client: Client,
    shared: &Arc<Shared<E>>,
) {
    let client = Arc::new(client);
    let mut early = Bytes::new();
    while !early.is_empty()
        || transport.holds_bytes()
        || wait_for_request(&transport, &client.connection, &shared.registry).await
    {
        // Boxed, as the end is, so that a connection that says nothing costs no more than its socket.
        let requests = requests((transport, early), Arc::clone(&client), Arc::clone(shared));
        let goes_on;
        (transport, early, goes_on) = boxed(requests).await;
        if !goes_on {
            return boxed(closing::close(transport, client, &shared.public_url)).await;
        }
    }
}

/// Not on the stack of the caller, whose future would then have room for it.
#[inline(never)]
fn boxed<F: Future>(future: F) -> Pin<Box<F>> {
    Box::pin(future)
}

/// Waits without a buffer for the next byte; `false` where none comes or the connection should end.
async fn wait_for_request<T: Transport>(
    transport: &T,
    connection: &Connection,
    registry: &Registry,
) -> bool {
    let end = connection.active_at() + IDLE;
    tokio::select! {
        biased;
        () = connection.close_requested(CloseRequest::Finish) => false,
        readable = tokio::time::timeout_at(end, first_byte(transport.socket())) => {
            if readable.is_err() {
                registry.dropped(DropReason::IdleTimeout);
            }
            matches!(readable, Ok(Ok(())))
        }
    }
}

/// Answers requests until the connection is over, or rests: then it goes on without its buffers.
async fn requests<T: Transport, E: Endpoint<Output = poem::Response> + 'static>(
    (transport, early): (T, Bytes),
    client: Arc<Client>,
    shared: Arc<Shared<E>>,
) -> (T, Bytes, bool) {
    let connection = Arc::clone(&client.connection);
    let _buffered = shared.registry.buffered();
    let registry = Arc::clone(&shared.registry);
    let mut stream = TimedStream::new(transport, Arc::clone(&connection), registry);
    stream.early = early;
    let answering = Arc::clone(&client);
    let service = hyper::service::service_fn(move |request| {
        // At once: hyper reads on before it asks for the answer.
        answering.connection.set_phase(Phase::Request);
        let (client, shared) = (Arc::clone(&answering), Arc::clone(&shared));
        async move { Ok::<Response<_>, Infallible>(respond(request, &client, &shared).await.into()) }
    });
    let mut builder = Builder::new();
    builder
        .half_close(false)
        // Ours know when a connection is idle and when it is slow; hyper's takes both for one.
        .header_read_timeout(None)
        .max_buf_size(HEAD_MAX)
        .max_header_size(HEAD_MAX)
        .max_headers(HEADERS_MAX);
    let mut http = builder.serve_connection(TokioIo::new(stream), service);
    let mut is_finishing = false;
    let goes_on = poll_fn(|context| {
        let order = connection.poll_close_request(context);
        if order == CloseRequest::Abort {
            return Poll::Ready(false);
        }
        if order == CloseRequest::Finish && !is_finishing {
            is_finishing = true;
            Pin::new(&mut http).graceful_shutdown();
        }
        poll(&mut http, &connection, context)
    })
    .await;
    let parts = http.into_parts();
    // What is empty would keep the whole buffer alive that it was read into.
    let early = Some(parts.read_buf).filter(|bytes| !bytes.is_empty());
    (
        parts.io.into_inner().inner,
        early.unwrap_or_default(),
        goes_on,
    )
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
        Poll::Pending => {
            // Another request may have begun since.
            let rests = connection.rests.swap(false, Relaxed) && connection.phase() == Phase::Idle;
            if rests {
                Poll::Ready(true)
            } else {
                Poll::Pending
            }
        }
    }
}

async fn respond<E: Endpoint<Output = poem::Response>>(
    request: Request<Incoming>,
    client: &Client,
    shared: &Shared<E>,
) -> poem::Response {
    let connection = &client.connection;
    shared.registry.is_complete(connection);
    let has_body = !request.body().is_end_stream();
    let (address, scheme) = (client.address.clone(), client.scheme.clone());
    let request = (request, shared.local_address.clone(), address, scheme).into();
    let response = shared.endpoint.get_response(request).await;
    connection.set_phase(Phase::Response);
    if has_body && response.status().as_u16() >= 400 {
        connection.unread.store(true, Relaxed);
    }
    response
}

#[cfg(test)]
mod tests;
