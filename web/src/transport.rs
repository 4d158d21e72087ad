//! HTTP. The only file that knows fetch and reqwasm.

use client::{LocalFuture, NetworkError, Request, Response, Transport};
use reqwasm::http::{Method, Request as Fetch, RequestCredentials};
use shared::endpoint;
use web_sys::AbortController;

/// Sends requests to our own origin by the browser's fetch.
pub struct FetchTransport;

impl Transport for FetchTransport {
    fn send(&self, request: Request) -> LocalFuture<Result<Response, NetworkError>> {
        Box::pin(exchange(request))
    }
}

async fn exchange(request: Request) -> Result<Response, NetworkError> {
    let abort = AbortOnDrop(AbortController::new().map_err(|_| NetworkError)?);
    let mut fetch = Fetch::new(&request.path)
        .method(method(request.method))
        .credentials(RequestCredentials::SameOrigin)
        .abort_signal(Some(&abort.0.signal()));
    for (name, value) in &request.headers {
        fetch = fetch.header(name, value);
    }
    if let Some(body) = request.body {
        fetch = fetch.body(body);
    }
    let response = fetch.send().await.map_err(|_| NetworkError)?;
    Ok(Response {
        status: response.status(),
        retry_after: response.headers().get("Retry-After"),
        body: response.text().await.map_err(|_| NetworkError)?,
    })
}

/// A request that nobody waits for must not change the cookie later.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

const fn method(method: endpoint::Method) -> Method {
    match method {
        endpoint::Method::Get => Method::GET,
        endpoint::Method::Post => Method::POST,
        endpoint::Method::Patch => Method::PATCH,
        endpoint::Method::Delete => Method::DELETE,
    }
}
