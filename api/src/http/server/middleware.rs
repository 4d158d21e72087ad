//! What happens to every request, outermost.

use super::request_id::RequestIds;
use crate::AppState;
use crate::http::request::client_ip;
use crate::http::request::csrf;
use crate::http::request::host;
use crate::http::response::allow;
use crate::http::response::headers;
use crate::http::response::problem::ApiError;
use crate::metrics::RouteLabel;
use crate::trace;
use futures::FutureExt;
use poem::http::{HeaderName, HeaderValue, StatusCode, header};
use poem::{Endpoint, Request, Response, Result};
use shared::error_code::ErrorCode;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What the log calls the lines of requests, one for each.
pub const REQUEST_LOG_TARGET: &str = "request";
static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Whatever takes longer hangs: on a database that is there and does not answer, or on a client that
/// does not send its body. Nothing here waits so long by itself.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// Our ids are so long, in characters; tokens are longer.
const PART_MAX: usize = 32;

/// A path without what may be a token in it: longer parts than our ids, or with other characters
/// than our files'.
struct Redacted<'a>(&'a str);

impl fmt::Display for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        for (place, part) in self.0.split('/').enumerate() {
            let shown = part.len() <= PART_MAX && part.chars().all(is_plain);
            f.write_str(if place == 0 { "" } else { "/" })?;
            f.write_str(if shown { part } else { "[redacted]" })?;
        }
        Ok(())
    }
}

/// The edge round an endpoint.
pub struct RequestPipeline<E> {
    inner: E,
    app: Arc<AppState>,
    request_ids: RequestIds,
}

impl<E> RequestPipeline<E> {
    /// Puts the edge round an endpoint.
    pub fn new(inner: E, app: Arc<AppState>) -> Self {
        Self {
            inner,
            app,
            request_ids: RequestIds::new(),
        }
    }
}

impl<E: Endpoint<Output = Response>> Endpoint for RequestPipeline<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let begun = Instant::now();
        // Always ours: one that a client chose could be another's, or break the log.
        let request_id = self.request_ids.next();
        let method = request.method().clone();
        let uri = request.uri().clone();
        let path = uri.path();
        let route = RouteLabel::of(method.as_str(), path);
        request.set_data(Arc::clone(&self.app));

        let traced = self.start_trace(&request);
        let answering = self.handle(request);
        let answered = trace::Request::scope(traced.as_ref(), answering).await;
        let mut response = answered.unwrap_or_else(|refused| refused.render(request_id.as_str()));
        headers::add(&mut response, path, &self.app.config.public_url);
        let headers = response.headers_mut();
        headers.insert(&REQUEST_ID, request_id.value());
        if response.status() == StatusCode::METHOD_NOT_ALLOWED
            && let Ok(allowed) = HeaderValue::from_str(&allow::allowed_methods(path))
        {
            response.headers_mut().insert(header::ALLOW, allowed);
        }
        let took = begun.elapsed();
        let status = response.status().as_u16();
        self.app.metrics.calls.count(route, status, took);
        tracing::info!(
            target: REQUEST_LOG_TARGET,
            request_id = request_id.as_str(),
            method = method.as_str(),
            route = route.labels().1,
            status,
            trace_id = traced.as_ref().map(trace::Request::trace_id),
            micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            "request"
        );
        tracing::debug!(
            target: REQUEST_LOG_TARGET,
            request_id = request_id.as_str(),
            path = %Redacted(path),
            "the path as it was asked for"
        );
        if let Some(traced) = traced {
            let (method, route) = route.labels();
            traced.end(&trace::ResponseInfo {
                method: if method == "other" { "_OTHER" } else { method },
                route,
                status,
                request_id: request_id.as_str(),
            });
        }
        Ok(response)
    }
}

impl<E: Endpoint<Output = Response>> RequestPipeline<E> {
    /// The trace of the request, if it has one. Whom it belongs to is believed from our proxies alone.
    fn start_trace(&self, request: &Request) -> Option<trace::Request> {
        if !self.app.traces.are_on() {
            return None;
        }
        let proxies = &self.app.config.trusted_proxies;
        let mut headers = request.headers().get_all("traceparent").iter();
        // Two contradict each other, so there is none (W3C Trace Context, section 3.2).
        let header = headers.next().filter(|_| headers.next().is_none());
        let header = header.filter(|_| client_ip::is_by_proxy(request, proxies));
        let parent = header.and_then(|header| trace::RemoteParent::parse(header.to_str().ok()?));
        self.app.traces.begin(parent, self.app.clock.now())
    }

    async fn handle(&self, request: Request) -> Result<Response, ApiError> {
        host::check(&request, &self.app.config.public_url)?;
        csrf::check(&request, &self.app.config.public_url)?;
        let call = AssertUnwindSafe(self.inner.call(request)).catch_unwind();
        let Ok(call) = tokio::time::timeout(REQUEST_TIMEOUT, call).await else {
            tracing::error!("a request took too long");
            return Err(ApiError::new(ErrorCode::Unavailable));
        };
        let Ok(answer) = call else {
            // The panic's own message went to standard error.
            tracing::error!("a handler panicked");
            return Err(ApiError::new(ErrorCode::InternalError));
        };
        answer.map_err(|error| ApiError::from_framework(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_without_what_may_be_a_token() {
        let id = "0123456789abcdef0123456789abcdef";
        for (path, shown) in [
            ("/", "/".to_owned()),
            (
                "/app-0123456789abcdef_bg.wasm",
                "/app-0123456789abcdef_bg.wasm".to_owned(),
            ),
            (
                &format!("/api/me/sessions/{id}"),
                format!("/api/me/sessions/{id}"),
            ),
            (&format!("/reset/{id}0"), "/reset/[redacted]".to_owned()),
            (
                "/reset/a%20b/c=d//",
                "/reset/[redacted]/[redacted]//".to_owned(),
            ),
            ("*", "[redacted]".to_owned()),
        ] {
            assert_eq!(Redacted(path).to_string(), shown);
        }
    }
}
