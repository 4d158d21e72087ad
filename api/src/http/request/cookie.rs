//! The refresh cookie, and the one that makes a browser known: built here and nowhere else, and
//! read byte by byte.
//!
//! Browsers keep the promise of the prefixes `__Host-` and `__Http-` only for names spelt exactly
//! so; a parser that decodes or trims would read another cookie as this one. A name that only
//! resembles ours is somebody else's and is ignored: refusing it would let any sibling subdomain
//! lock a visitor out.

use crate::auth::device::{self, DeviceToken};
use crate::auth::session::issue::TokenPair;
use crate::config::PublicUrl;
use crate::http::response::problem::{ApiError, ErrorDetails};
use poem::http::{HeaderMap, header};
use shared::error_code::ErrorCode;
use std::borrow::Cow;

/// What a cookie is called over https; and over plain http, which is for loopback alone, because
/// browsers refuse `Secure` cookies there. All ports of a host share their cookies, so there the
/// port is part of the name.
struct Name {
    secure: &'static str,
    loopback: &'static str,
}

const REFRESH: Name = Name {
    secure: "__Host-Http-refresh",
    loopback: "refresh",
};
const DEVICE: Name = Name {
    secure: "__Host-Http-device",
    loopback: "device",
};

impl Name {
    fn for_origin(&self, public_url: &PublicUrl) -> Cow<'static, str> {
        if public_url.is_https() {
            self.secure.into()
        } else {
            format!("{}-{}", self.loopback, public_url.port()).into()
        }
    }
}

/// `Set-Cookie` with the refresh token, for the rest of the session's life.
pub fn set_refresh(public_url: &PublicUrl, issued: &TokenPair) -> String {
    let token = issued.refresh_token.expose();
    set(&REFRESH, public_url, token, issued.cookie_max_age)
}

/// `Set-Cookie` with what a browser shows when its person signs in again.
pub fn set_device(public_url: &PublicUrl, token: &DeviceToken) -> String {
    set(
        &DEVICE,
        public_url,
        token.expose(),
        device::MAX_AGE.as_secs(),
    )
}

/// `Set-Cookie` that takes the cookie away.
pub fn clear_refresh(public_url: &PublicUrl) -> String {
    set(&REFRESH, public_url, "", 0)
}

fn set(name: &Name, public_url: &PublicUrl, value: &str, max_age: u64) -> String {
    let name = name.for_origin(public_url);
    let secure = if public_url.is_https() {
        " Secure;"
    } else {
        ""
    };
    format!("{name}={value}; Path=/;{secure} HttpOnly; SameSite=Strict; Max-Age={max_age}")
}

/// The refresh token that a request brings. Two cookies of exactly our name are refused and the
/// name is cleared: which of them the browser meant, nobody can say.
pub fn read_refresh<'a>(
    headers: &'a HeaderMap,
    public_url: &PublicUrl,
) -> Result<Option<&'a str>, ApiError> {
    find(headers, &REFRESH.for_origin(public_url)).map_err(|Ambiguous| ApiError {
        code: ErrorCode::RefreshInvalid,
        details: ErrorDetails {
            cookie: Some(clear_refresh(public_url)),
            ..ErrorDetails::detail("Sign in again; if this comes back, delete this site's cookies.")
        },
    })
}

/// Whether a request brings a refresh cookie, readable or not.
pub fn has_refresh(headers: &HeaderMap, public_url: &PublicUrl) -> bool {
    !matches!(find(headers, &REFRESH.for_origin(public_url)), Ok(None))
}

/// What a browser shows that somebody signed in by. It opens nothing, so where it is not clear which
/// one is meant, there is none.
pub fn read_device<'a>(headers: &'a HeaderMap, public_url: &PublicUrl) -> Option<&'a str> {
    find(headers, &DEVICE.for_origin(public_url)).unwrap_or_default()
}

/// More than one cookie has the name that was asked for, or its value is no text.
struct Ambiguous;

fn find<'a>(headers: &'a HeaderMap, ours: &str) -> Result<Option<&'a str>, Ambiguous> {
    let lines = headers.get_all(header::COOKIE).iter();
    let pairs = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
    let mut values = pairs.filter_map(|pair| value(pair, ours.as_bytes()));
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(Ambiguous);
    }
    let value = std::str::from_utf8(value).map_err(|_| Ambiguous)?;
    Ok(Some(value).filter(|value| !value.is_empty()))
}

/// The value of a pair with exactly that name (RFC 6265, section 4.2.1: one blank lies between
/// two pairs).
fn value<'a>(pair: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let pair = pair.strip_prefix(b" ").unwrap_or(pair);
    match pair.strip_prefix(name)? {
        [] => Some(&[]),
        [b'=', value @ ..] => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> PublicUrl {
        PublicUrl::parse(text).expect("it is good")
    }

    #[test]
    fn the_cookie_is_exactly_this() {
        let https = url("https://app.example.org");
        assert_eq!(
            set(&REFRESH, &https, "token", 604_800),
            "__Host-Http-refresh=token; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=604800"
        );
        assert_eq!(
            clear_refresh(&https),
            "__Host-Http-refresh=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"
        );
        assert_eq!(
            set(&REFRESH, &url("http://127.0.0.1:8080"), "token", 60),
            "refresh-8080=token; Path=/; HttpOnly; SameSite=Strict; Max-Age=60"
        );
        assert_eq!(
            clear_refresh(&url("http://localhost")),
            "refresh-80=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"
        );
    }

    #[test]
    fn the_cookie_of_a_browser_is_exactly_this() {
        assert_eq!(
            set(&DEVICE, &url("https://app.example.org"), "token", 60),
            "__Host-Http-device=token; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=60"
        );
        let read = |cookies: &str| {
            let mut headers = HeaderMap::new();
            headers.append(header::COOKIE, cookies.parse().expect("it is a header"));
            read_device(&headers, &url("https://app.example.org")).map(str::to_owned)
        };
        let both = "__Host-Http-refresh=a; __Host-Http-device=b";
        assert_eq!(read(both).as_deref(), Some("b"));
        for none in [
            "__Host-Http-refresh=a",
            "device=b",
            "__Host-Http-device=a; __Host-Http-device=a",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
        let beside = "__Host-Http-device=a; __host-http-device=b";
        assert_eq!(read(beside).as_deref(), Some("a"));
    }

    #[track_caller]
    fn check(cookies: &[&str], expected: Result<Option<&str>, ()>) {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(header::COOKIE, cookie.parse().expect("it is a header"));
        }
        let read = read_refresh(&headers, &url("https://app.example.org")).map_err(|_| ());
        assert_eq!(read, expected, "{cookies:?}");
    }

    #[test]
    fn the_cookie_is_read_byte_by_byte() {
        check(&[], Ok(None));
        check(&["__Host-Http-refresh=abc"], Ok(Some("abc")));
        check(&["a=b; __Host-Http-refresh=abc; c=d"], Ok(Some("abc")));
        check(&["a=b", "__Host-Http-refresh=abc"], Ok(Some("abc")));
        check(&["__Host-Http-refresh=a=b"], Ok(Some("a=b")));
        check(&["__Host-Http-refresh="], Ok(None));
        check(&["refresh=abc"], Ok(None));
        check(&["x__Host-Http-refresh=abc"], Ok(None));
    }

    #[test]
    fn two_cookies_of_one_name_are_refused() {
        check(&["__Host-Http-refresh=a; __Host-Http-refresh=a"], Err(()));
        check(&["__Host-Http-refresh=a", "__Host-Http-refresh=b"], Err(()));
    }

    #[test]
    fn two_cookies_of_one_name_are_answered_by_clearing_it() {
        let mut headers = HeaderMap::new();
        let twice = "__Host-Http-refresh=a; __Host-Http-refresh=a";
        headers.append(header::COOKIE, twice.parse().expect("it is a header"));
        let https = url("https://app.example.org");
        let refused =
            read_refresh(&headers, &https).expect_err("nobody can say which one is meant");
        assert_eq!(refused.code, ErrorCode::RefreshInvalid);
        assert_eq!(refused.details.cookie, Some(clear_refresh(&https)));
    }

    #[test]
    fn a_name_that_only_resembles_ours_is_not_ours() {
        for other in [
            "__%48ost-Http-refresh=x",
            "__host-http-refresh=x",
            "  __Host-Http-refresh=x",
            "__Host-Http-refresh =x",
            "__Host-Http-refresh%20=x",
            "__Host-Http-refresh-8080=x",
            "\t__Host-Http-refresh=x",
        ] {
            check(&[other], Ok(None));
            let ours = "__Host-Http-refresh=abc";
            check(&[&format!("{other}; {ours}")], Ok(Some("abc")));
            check(&[ours, other], Ok(Some("abc")));
        }
    }

    #[test]
    fn apps_on_two_ports_of_this_machine_have_cookies_of_their_own() {
        let mut headers = HeaderMap::new();
        let both = "refresh-8080=a; refresh-8081=b; refresh=c; Refresh-8080=d";
        headers.append(header::COOKIE, both.parse().expect("it is a header"));
        for (origin, token) in [
            ("http://127.0.0.1:8080", Some("a")),
            ("http://localhost:8081", Some("b")),
            ("http://[::1]:8082", None),
            ("http://localhost", None),
        ] {
            let read = read_refresh(&headers, &url(origin)).expect("each is there once");
            assert_eq!(read, token, "{origin}");
        }
    }
}
