//! The headers that every answer carries.

use crate::config::PublicUrl;
use poem::Response;
use poem::http::{HeaderMap, HeaderName, HeaderValue, header};

/// An API answer is nothing that a browser should show, run or frame.
pub const API_CSP: &str = "default-src 'none'; frame-ancestors 'none'";
/// Two years, as browsers' preload lists ask for.
static HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");
static NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
static NO_CACHE: HeaderValue = HeaderValue::from_static("no-cache");
/// Names and values that are ready to be sent, so that no call parses them.
static ALWAYS: [(HeaderName, HeaderValue); 4] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(API_CSP),
    ),
];
/// For what is added here besides, and by whoever comes after.
const EXTRA: usize = 6;

/// A map with room for all that an answer will carry.
pub fn with_capacity() -> HeaderMap {
    HeaderMap::with_capacity(ALWAYS.len() + EXTRA)
}

/// Adds what is missing; an endpoint may have said something stricter or more fitting before.
pub fn add(response: &mut Response, path: &str, public_url: &PublicUrl) {
    let headers = response.headers_mut();
    // At once, or the map would grow and be sorted anew several times.
    headers.reserve(ALWAYS.len() + EXTRA);
    headers.remove(header::SERVER);
    for (name, value) in &ALWAYS {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    if public_url.is_https() {
        let hsts = headers.entry(header::STRICT_TRANSPORT_SECURITY);
        hsts.or_insert_with(|| HSTS.clone());
    }
    if path == "/api" || path.starts_with("/api/") {
        // Over whatever the endpoint said: no cache may keep an answer about a person.
        headers.insert(header::CACHE_CONTROL, NO_STORE.clone());
    } else {
        let cache = headers.entry(header::CACHE_CONTROL);
        cache.or_insert_with(|| NO_CACHE.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(path: &str, url: &str) -> Response {
        let mut response = Response::builder()
            .header("server", "poem")
            .header("cache-control", "public")
            .finish();
        add(
            &mut response,
            path,
            &PublicUrl::parse(url).expect("it is good"),
        );
        response
    }

    #[test]
    fn api_answers_are_never_stored_framed_or_run() {
        let response = added("/api/me", "https://app.example.org");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
            ("content-security-policy", API_CSP),
            (
                "strict-transport-security",
                "max-age=63072000; includeSubDomains",
            ),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(response.header(name), Some(value), "{name}");
        }
        assert_eq!(response.header("server"), None);
    }

    #[test]
    fn plain_http_promises_no_tls_and_files_say_themselves_how_long_they_keep() {
        let response = added("/app.js", "http://127.0.0.1:8000");
        assert_eq!(response.header("strict-transport-security"), None);
        assert_eq!(response.header("cache-control"), Some("public"));
    }
}
