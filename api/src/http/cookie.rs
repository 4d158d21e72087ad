//! The refresh cookie: built here and nowhere else, and read byte by byte.
//!
//! Browsers keep the promise of the prefixes `__Host-` and `__Http-` only for names spelt exactly
//! so; a parser that decodes or trims would read another cookie as this one.

use super::percent;
use super::problem::Refused;
use crate::auth::issue::Issued;
use crate::config::PublicUrl;
use poem::http::{HeaderMap, header};
use shared::code::ErrorCode;

const SECURE_NAME: &str = "__Host-Http-refresh";
/// Browsers refuse `Secure` cookies from plain http, which is for loopback alone.
const LOOPBACK_NAME: &str = "refresh";

/// The name of the cookie at that origin.
pub fn name(public_url: &PublicUrl) -> &'static str {
    if public_url.is_https() {
        SECURE_NAME
    } else {
        LOOPBACK_NAME
    }
}

/// `Set-Cookie` with the refresh token, for the rest of the session's life.
pub fn keep(public_url: &PublicUrl, issued: &Issued) -> String {
    set(
        public_url,
        issued.refresh_token.expose(),
        issued.cookie_max_age,
    )
}

/// `Set-Cookie` that takes the cookie away.
pub fn clear(public_url: &PublicUrl) -> String {
    set(public_url, "", 0)
}

fn set(public_url: &PublicUrl, value: &str, max_age: u64) -> String {
    let name = name(public_url);
    let secure = if public_url.is_https() {
        " Secure;"
    } else {
        ""
    };
    format!("{name}={value}; Path=/;{secure} HttpOnly; SameSite=Strict; Max-Age={max_age}")
}

/// The refresh token that a request brings. A name that appears twice, or only after decoding,
/// trimming or in another case, is refused: which of them the browser meant, nobody can say.
pub fn read<'a>(
    headers: &'a HeaderMap,
    public_url: &PublicUrl,
) -> Result<Option<&'a str>, Refused> {
    let ours = name(public_url);
    let ambiguous = || {
        let detail = "Delete this site's cookies and sign in again.";
        Refused::advise(ErrorCode::InvalidRequest, detail)
    };
    let mut found = None;
    for value in headers.get_all(header::COOKIE) {
        for pair in value.as_bytes().split(|byte| *byte == b';') {
            let pair = pair.strip_prefix(b" ").unwrap_or(pair);
            let at = pair.iter().position(|byte| *byte == b'=');
            let (name, value) = pair.split_at(at.unwrap_or(pair.len()));
            if name == ours.as_bytes() {
                let value = std::str::from_utf8(value).map_err(|_| ambiguous())?;
                let value = value.strip_prefix('=').unwrap_or(value);
                if found.replace(value).is_some() {
                    return Err(ambiguous());
                }
            } else if resembles(name, ours) {
                return Err(ambiguous());
            }
        }
    }
    Ok(found.filter(|value| !value.is_empty()))
}

/// Whether a lenient parser would read that name as ours.
fn resembles(name: &[u8], ours: &str) -> bool {
    let decoded = percent::decode(name.trim_ascii());
    decoded.trim_ascii().eq_ignore_ascii_case(ours.as_bytes())
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
            set(&https, "token", 604_800),
            "__Host-Http-refresh=token; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=604800"
        );
        assert_eq!(
            clear(&https),
            "__Host-Http-refresh=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"
        );
        assert_eq!(
            set(&url("http://127.0.0.1:8080"), "token", 60),
            "refresh=token; Path=/; HttpOnly; SameSite=Strict; Max-Age=60"
        );
    }

    #[track_caller]
    fn check(cookies: &[&str], expected: Result<Option<&str>, ()>) {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(header::COOKIE, cookie.parse().expect("it is a header"));
        }
        let read = read(&headers, &url("https://app.example.org")).map_err(|_| ());
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
    fn a_name_that_only_resembles_ours_is_refused() {
        check(&["__%48ost-Http-refresh=abc"], Err(()));
        check(&["__host-http-refresh=abc"], Err(()));
        check(&["  __Host-Http-refresh=abc"], Err(()));
        check(&["__Host-Http-refresh =abc"], Err(()));
        check(&["__Host-Http-refresh%20=abc"], Err(()));
    }
}
