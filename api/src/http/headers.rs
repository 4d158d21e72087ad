//! The headers that every answer carries.

use crate::config::PublicUrl;
use poem::Response;
use poem::http::{HeaderName, HeaderValue, header};

/// An API answer is nothing that a browser should show, run or frame.
pub const API_CSP: &str = "default-src 'none'; frame-ancestors 'none'";
/// Two years, as browsers' preload lists ask for.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// Adds what is missing; an endpoint may have said something stricter or more fitting before.
pub fn add(response: &mut Response, path: &str, public_url: &PublicUrl) {
    let headers = response.headers_mut();
    headers.remove(header::SERVER);
    let mut add = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(header::REFERRER_POLICY, "no-referrer");
    add(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    add(header::CONTENT_SECURITY_POLICY, API_CSP);
    if public_url.is_https() {
        add(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    if path == "/api" || path.starts_with("/api/") {
        // Over whatever the endpoint said: no cache may keep an answer about a person.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    } else {
        let cache = headers.entry(header::CACHE_CONTROL);
        cache.or_insert(HeaderValue::from_static("no-cache"));
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
            ("strict-transport-security", HSTS),
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
