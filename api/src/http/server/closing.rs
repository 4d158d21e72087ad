//! The end of a connection: what is said to what was no request, and that it is heard.

use super::connection::{CloseRequest, Connection};
use super::http1::Client;
use crate::auth::random;
use crate::config::PublicUrl;
use crate::http::response::headers;
use crate::http::response::problem::ApiError;
use poem::Response;
use poem::http::{HeaderValue, StatusCode, header};
use shared::error_code::ErrorCode;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// How long the end may take.
const TIMEOUT: Duration = Duration::from_secs(1);
/// How much of what nobody wants to read is taken, so that our last words are not lost: the system
/// throws them away where bytes stay unread.
const TAKEN_MAX: u64 = 1024 * 1024;

/// Says the last words and closes.
pub(super) async fn close<T: AsyncRead + AsyncWrite + Unpin>(
    mut transport: T,
    client: Arc<Client>,
    public_url: &PublicUrl,
) {
    let connection = &client.connection;
    if connection.close_request() == CloseRequest::Abort {
        return;
    }
    let ending = end(&mut transport, connection, public_url);
    tokio::select! {
        () = connection.close_requested(CloseRequest::Abort) => {}
        _ = tokio::time::timeout(TIMEOUT, ending) => {}
    }
}

async fn end<T: AsyncRead + AsyncWrite + Unpin>(
    transport: &mut T,
    connection: &Connection,
    public_url: &PublicUrl,
) {
    let status = connection.rejected.load(Relaxed);
    if status != 0 {
        let words = rejection(status, public_url).await;
        if transport.write_all(&words).await.is_err() {
            return;
        }
    }
    // Whoever is gone already need not be told.
    let _ = transport.shutdown().await;
    if status != 0 || connection.unread.load(Relaxed) {
        let rest = &mut transport.take(TAKEN_MAX);
        let _ = tokio::io::copy(rest, &mut tokio::io::sink()).await;
    }
}

/// What is answered to what cannot be understood as a request.
async fn rejection(status: u16, public_url: &PublicUrl) -> Vec<u8> {
    let (code, detail) = match status {
        414 | 431 => (
            ErrorCode::PayloadTooLarge,
            "Send at most 32 KiB and 100 lines of headers.",
        ),
        _ => (ErrorCode::InvalidRequest, "Send HTTP/1.1."),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let request_id = random::hex(&random::random::<8>());
    let mut response = ApiError::with_detail(code, detail).render_as(status, &request_id);
    headers::add(&mut response, "/", public_url);
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    tracing::debug!(request_id, status = status.as_u16(), "not a request");
    bytes(response).await
}

async fn bytes(response: Response) -> Vec<u8> {
    let (parts, body) = response.into_parts();
    let body = body.into_vec().await.unwrap_or_default();
    let mut bytes = format!("HTTP/1.1 {}\r\n", parts.status).into_bytes();
    for (name, value) in &parts.headers {
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
    bytes.extend_from_slice(&body);
    bytes
}
