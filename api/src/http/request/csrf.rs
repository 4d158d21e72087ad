//! Who may ask for a change: pages of our own origin, and programs without a browser.
//!
//! Browsers say where a request comes from. The rule looks at no content type and no method
//! override; a form of another site fails it whatever it sends.

use super::bearer;
use super::cookie;
use crate::config::PublicUrl;
use crate::http::response::problem::ApiError;
use poem::Request;
use poem::http::{HeaderMap, Method, header};
use shared::endpoint::{LOGIN, LOGOUT, REFRESH, REGISTER};
use shared::error_code::ErrorCode;

/// What a program must send, for which there is no browser that would.
const ORIGIN: &str = "Send Origin with the public address of this app, as its own pages do. \
    Without a browser an access token and no cookie will do, too; register and login want no header.";
const SCRIPT: &str = "Send Content-Type: application/json and X-CSRF: 1.";

/// Refuses an unsafe request that a foreign page may have made.
pub fn check(request: &Request, public_url: &PublicUrl) -> Result<(), ApiError> {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) {
        return Ok(());
    }
    let headers = request.headers();
    let path = request.uri().path();
    let bearer_alone = bearer::token(request).is_ok_and(|token| token.is_some())
        && !cookie::has_refresh(headers, public_url);
    let by_a_program = || {
        let opens = path == REGISTER.path || path == LOGIN.path;
        bearer_alone || opens && !headers.contains_key(header::COOKIE)
    };
    if !from_our_origin(headers, public_url).unwrap_or_else(by_a_program) {
        return Err(ApiError::with_detail(ErrorCode::OriginForbidden, ORIGIN));
    }
    let uses_cookie = path == REFRESH.path || path == LOGOUT.path && !bearer_alone;
    if uses_cookie && !only_a_script_can_send(headers) {
        return Err(ApiError::with_detail(ErrorCode::OriginForbidden, SCRIPT));
    }
    Ok(())
}

/// What the browser says, which has to agree with itself; `None` where it says nothing, because
/// there is none.
fn from_our_origin(headers: &HeaderMap, public_url: &PublicUrl) -> Option<bool> {
    let site = header_is(headers, "sec-fetch-site", "same-origin");
    let origin = header_is(headers, "origin", public_url.origin());
    let said = site.or(origin)?;
    Some(said && site.unwrap_or(true) && origin.unwrap_or(true))
}

/// Whether all lines of a header say that; `None` where there are none. Browsers write these in
/// one spelling, and whatever is not theirs is foreign.
fn header_is(headers: &HeaderMap, name: &str, wanted: &str) -> Option<bool> {
    let mut values = headers.get_all(name).iter().peekable();
    values.peek()?;
    Some(values.all(|value| value.as_bytes() == wanted.as_bytes()))
}

/// A form cannot send either; a script of another origin may not without asking first.
fn only_a_script_can_send(headers: &HeaderMap) -> bool {
    let json = headers.get(header::CONTENT_TYPE);
    header_is(headers, "x-csrf", "1") == Some(true)
        && json.is_some_and(|value| super::json_body::is_json(value.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: (&str, &str) = ("content-type", "application/json");
    const CSRF: (&str, &str) = ("x-csrf", "1");
    const BEARER: (&str, &str) = ("authorization", "Bearer abc");
    const SAME: (&str, &str) = ("sec-fetch-site", "same-origin");
    const OURS: (&str, &str) = ("origin", "https://app.example.org");
    const COOKIE: (&str, &str) = ("cookie", "__Host-Http-refresh=abc");

    #[track_caller]
    fn check_with(method: Method, path: &str, headers: &[(&str, &str)], good: bool) {
        let mut request = Request::builder().method(method).uri_str(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let url = PublicUrl::parse("https://app.example.org").expect("it is good");
        assert_eq!(check(&request.finish(), &url).is_ok(), good, "{headers:?}");
    }

    #[test]
    fn reading_is_free() {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            check_with(
                method,
                "/api/me",
                &[("origin", "https://evil.example")],
                true,
            );
        }
    }

    #[test]
    fn a_change_comes_from_our_origin_or_from_no_browser_at_all() {
        for (headers, good) in [
            (vec![SAME], true),
            (vec![OURS], true),
            (vec![SAME, OURS], true),
            (vec![SAME, ("origin", "https://evil.example")], false),
            (vec![("sec-fetch-site", "Same-Origin")], false),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("sec-fetch-site", "cross-site"), OURS], false),
            (vec![("sec-fetch-site", "none"), OURS], false),
            (vec![("sec-fetch-site", "same-origin, cross-site")], false),
            (vec![SAME, ("sec-fetch-site", "cross-site")], false),
            (vec![("origin", "https://evil.example"), BEARER], false),
            (vec![("origin", "null")], false),
            (vec![("origin", "http://app.example.org")], false),
            (vec![("origin", "https://app.example.org:444")], false),
            (
                vec![("origin", "https://app.example.org.evil.example")],
                false,
            ),
            (vec![OURS, ("origin", "https://evil.example")], false),
            (vec![], false),
            (vec![JSON, CSRF], false),
            (vec![("x-http-method-override", "GET")], false),
            (vec![BEARER], true),
            (vec![BEARER, COOKIE], false),
            (vec![BEARER, ("cookie", "theme=dark")], true),
        ] {
            for method in [Method::POST, Method::PATCH, Method::DELETE, Method::PUT] {
                check_with(method, "/api/me", &headers, good);
            }
        }
    }

    #[test]
    fn a_program_without_a_cookie_may_register_and_sign_in() {
        let theme = ("cookie", "theme=dark");
        let evil = ("origin", "https://evil.example");
        for path in ["/api/auth/register", "/api/auth/login"] {
            check_with(Method::POST, path, &[], true);
            check_with(Method::POST, path, &[JSON], true);
            check_with(Method::POST, path, &[OURS, COOKIE], true);
            for headers in [[theme], [COOKIE], [evil], [("sec-fetch-site", "none")]] {
                check_with(Method::POST, path, &headers, false);
            }
        }
        for path in ["/api/auth/refresh", "/api/auth/logout", "/api/me/password"] {
            check_with(Method::POST, path, &[JSON, CSRF], false);
            check_with(Method::POST, path, &[JSON, CSRF, OURS], true);
        }
    }

    #[test]
    fn what_reads_the_cookie_wants_what_no_form_can_send() {
        for path in ["/api/auth/refresh", "/api/auth/logout"] {
            check_with(Method::POST, path, &[SAME, JSON, CSRF], true);
            check_with(Method::POST, path, &[SAME, JSON], false);
            check_with(Method::POST, path, &[SAME, CSRF], false);
            check_with(
                Method::POST,
                path,
                &[SAME, CSRF, ("content-type", "text/plain")],
                false,
            );
            check_with(Method::POST, path, &[SAME, JSON, ("x-csrf", "yes")], false);
            check_with(
                Method::POST,
                path,
                &[SAME, JSON, CSRF, ("x-csrf", "2")],
                false,
            );
        }
        check_with(Method::POST, "/api/auth/logout", &[BEARER], true);
        check_with(Method::POST, "/api/auth/refresh", &[BEARER], false);
    }
}
