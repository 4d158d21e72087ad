//! The refresh cookie, and the one that makes a browser known: built here and nowhere else, and
//! read byte by byte.
//!
//! Browsers keep the promise of the prefixes `__Host-` and `__Http-` only for names spelt exactly
//! so; a parser that decodes or trims would read another cookie as this one.

use super::percent;
use super::problem::Refused;
use crate::auth::device::{self, DeviceToken};
use crate::auth::issue::Issued;
use crate::config::PublicUrl;
use poem::http::{HeaderMap, header};
use shared::code::ErrorCode;

/// What a cookie is called over https; and over plain http, which is for loopback alone, because
/// browsers refuse `Secure` cookies there.
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
    fn at(&self, public_url: &PublicUrl) -> &'static str {
        if public_url.is_https() {
            self.secure
        } else {
            self.loopback
        }
    }
}

/// `Set-Cookie` with the refresh token, for the rest of the session's life.
pub fn keep(public_url: &PublicUrl, issued: &Issued) -> String {
    let token = issued.refresh_token.expose();
    set(&REFRESH, public_url, token, issued.cookie_max_age)
}

/// `Set-Cookie` with what a browser shows when its person signs in again.
pub fn keep_device(public_url: &PublicUrl, token: &DeviceToken) -> String {
    set(&DEVICE, public_url, token.expose(), device::LIFE.as_secs())
}

/// `Set-Cookie` that takes the cookie away.
pub fn clear(public_url: &PublicUrl) -> String {
    set(&REFRESH, public_url, "", 0)
}

fn set(name: &Name, public_url: &PublicUrl, value: &str, max_age: u64) -> String {
    let name = name.at(public_url);
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
    find(headers, REFRESH.at(public_url)).map_err(|Ambiguous| {
        let detail = "Delete this site's cookies and sign in again.";
        Refused::advise(ErrorCode::InvalidRequest, detail)
    })
}

/// What a browser shows that somebody signed in by. It opens nothing, so where it is not clear which
/// one is meant, there is none.
pub fn read_device<'a>(headers: &'a HeaderMap, public_url: &PublicUrl) -> Option<&'a str> {
    find(headers, DEVICE.at(public_url)).unwrap_or_default()
}

/// More than one cookie could be the one that was asked for.
struct Ambiguous;

fn find<'a>(headers: &'a HeaderMap, ours: &str) -> Result<Option<&'a str>, Ambiguous> {
    let mut found = None;
    for value in headers.get_all(header::COOKIE) {
        for pair in value.as_bytes().split(|byte| *byte == b';') {
            let pair = pair.strip_prefix(b" ").unwrap_or(pair);
            let at = pair.iter().position(|byte| *byte == b'=');
            let (name, value) = pair.split_at(at.unwrap_or(pair.len()));
            if name == ours.as_bytes() {
                let value = std::str::from_utf8(value).map_err(|_| Ambiguous)?;
                let value = value.strip_prefix('=').unwrap_or(value);
                if found.replace(value).is_some() {
                    return Err(Ambiguous);
                }
            } else if resembles(name, ours) {
                return Err(Ambiguous);
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
            set(&REFRESH, &https, "token", 604_800),
            "__Host-Http-refresh=token; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=604800"
        );
        assert_eq!(
            clear(&https),
            "__Host-Http-refresh=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"
        );
        assert_eq!(
            set(&REFRESH, &url("http://127.0.0.1:8080"), "token", 60),
            "refresh=token; Path=/; HttpOnly; SameSite=Strict; Max-Age=60"
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
            "__Host-Http-device=a; __host-http-device=b",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
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
