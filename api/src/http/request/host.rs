//! Which host a request means (RFC 9110, section 7.2).
//!
//! On loopback a name that leads to this machine and is not ours belongs to a page that was rebound
//! to it. Behind https the certificate rules that out, and proxies may rewrite `Host`.

use crate::config::PublicUrl;
use crate::http::response::problem::ApiError;
use poem::Request;
use poem::http::uri::Authority;
use poem::http::{HeaderValue, Version, header};
use shared::error_code::ErrorCode;
use std::net::IpAddr;

/// What asks for these knows addresses, and not always names.
const HEALTH: [&str; 2] = ["/healthz", "/readyz"];

/// Refuses a request that names no host, several, or on loopback another machine's.
pub fn check(request: &Request, public_url: &PublicUrl) -> Result<(), ApiError> {
    let mut lines = request.headers().get_all(header::HOST).iter();
    let line = lines.next();
    let is_missing = line.is_none() && request.version() == Version::HTTP_11;
    if is_missing || lines.next().is_some() {
        return Err(malformed());
    }
    let named = line.map(authority).transpose()?;
    // A proxy's form of the target names it once more.
    let hosts = named.iter().chain(request.uri().authority());
    let is_free = public_url.is_https() || HEALTH.contains(&request.uri().path());
    let mut foreign = hosts.filter(|host| !is_free && !is_loopback(host.host()));
    if foreign.next().is_some() {
        let detail = "Send Host: localhost or 127.0.0.1, or set PUBLIC_URL to the https address.";
        return Err(ApiError::with_detail(ErrorCode::MisdirectedRequest, detail));
    }
    Ok(())
}

fn authority(line: &HeaderValue) -> Result<Authority, ApiError> {
    let authority = Authority::try_from(line.as_bytes());
    authority.ok().filter(is_host).ok_or_else(malformed)
}

/// A name and a port that is one, and nobody who asks.
fn is_host(authority: &Authority) -> bool {
    let rest = authority.as_str().strip_prefix(authority.host());
    rest.is_some_and(|rest| {
        let port = rest.strip_prefix(':').unwrap_or(rest);
        port.is_empty() || port.parse::<u16>().is_ok()
    })
}

fn malformed() -> ApiError {
    ApiError::with_detail(ErrorCode::InvalidRequest, "Send one Host header.")
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let is_address = |address: IpAddr| address.to_canonical().is_loopback();
    host.eq_ignore_ascii_case("localhost") || address.parse().is_ok_and(is_address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_with(url: &str, version: Version, path: &str, hosts: &[&str], status: u16) {
        let mut request = Request::builder().version(version).uri_str(path);
        for host in hosts {
            request = request.header(header::HOST, *host);
        }
        let url = PublicUrl::parse(url).expect("it is good");
        let refused = check(&request.finish(), &url).err();
        let is = refused.map_or(200, |refused| refused.code.status());
        assert_eq!(is, status, "{hosts:?} {path}");
    }

    #[test]
    fn a_request_names_one_host() {
        for url in ["https://app.example.org", "http://localhost:8000"] {
            let check = |hosts: &[&str], status| {
                check_with(url, Version::HTTP_11, "/api/me", hosts, status);
            };
            check(&[], 400);
            check(&["localhost", "localhost"], 400);
            check(&["localhost", "evil.example"], 400);
            for bad in [
                "",
                "a b",
                "a@localhost",
                "localhost:99999999",
                "a/b",
                "[::1",
            ] {
                check(&[bad], 400);
            }
            check(&["localhost"], 200);
            check_with(url, Version::HTTP_10, "/api/me", &[], 200);
        }
    }

    #[test]
    fn on_loopback_another_name_is_not_us() {
        for (host, status) in [
            ("127.0.0.1", 200),
            ("127.0.0.1:8080", 200),
            ("127.1.2.3:8080", 200),
            ("[::1]:8080", 200),
            ("[::ffff:127.0.0.1]", 200),
            ("LocalHost:8080", 200),
            ("evil.example", 421),
            ("evil.example:8080", 421),
            ("localhost.evil.example", 421),
            ("127.0.0.1.evil.example", 421),
            ("192.0.2.1", 421),
            ("0.0.0.0:8080", 421),
            ("[::]:8080", 421),
        ] {
            let check = |url, path, status| {
                check_with(url, Version::HTTP_11, path, &[host], status);
            };
            check("http://localhost:8080", "/api/me", status);
            check("http://localhost:8080", "/", status);
            check("http://localhost:8080", "/healthz", 200);
            check("http://localhost:8080", "/readyz", 200);
            check("https://app.example.org", "/api/me", 200);
        }
        let rebound = "http://evil.example/api/me";
        let host = ["localhost"];
        check_with("http://localhost", Version::HTTP_11, rebound, &host, 421);
    }
}
