//! Swagger UI and the spec, where `API_DOCS` is on.

use super::csp_hash;
use poem::endpoint::make_sync;
use poem::http::header;
use poem::{Endpoint, EndpointExt, Response};

/// The page. Its scripts and styles are part of it, so its policy names their hashes; nothing is
/// fetched from elsewhere.
pub fn page(html: String) -> impl Endpoint {
    let policy = format!(
        "default-src 'none'; script-src{}; style-src 'self'{}; img-src 'self' data:; \
         connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        csp_hash::scripts(&html),
        csp_hash::styles(&html),
    );
    make_sync(move |_| {
        Response::builder()
            .content_type("text/html; charset=utf-8")
            .header(header::CONTENT_SECURITY_POLICY, &policy)
            .body(html.clone())
    })
    .boxed()
}

/// The spec.
pub fn spec(json: String) -> impl Endpoint {
    make_sync(move |_| {
        Response::builder()
            .content_type("application/json")
            .body(json.clone())
    })
    .boxed()
}
