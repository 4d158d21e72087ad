//! What `http` parses of what a stranger may write, for [`crate::fuzz`].

use super::request::client_ip;

use super::request::bearer;

use super::request::cookie;

use super::request::csrf;

use super::request::percent;

use super::request::query as parameters;
use crate::config::{IpNet, PublicUrl};
use crate::json;
use poem::Request;
use poem::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::account::{ChangePassword, UpdateProfile};
use shared::admin::UpdateUser;
use shared::auth::{Login, Logout, Refresh, Register};
use shared::error_code::ErrorCode;
use shared::validate::Validate;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::LazyLock;

static PUBLIC_URL: LazyLock<PublicUrl> = LazyLock::new(|| {
    let url = PublicUrl::parse("https://app.example.org");
    url.expect("BUG: the address is good")
});
const COOKIE: &str = "__Host-Http-refresh";

/// The lines as values of one header, as far as a header can hold them.
fn lines(name: &HeaderName, bytes: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(name, value);
        }
    }
    headers
}

/// Only `Bearer`, blanks and a token is a credential.
pub fn authorization(bytes: &[u8]) {
    if let Ok(Some(token)) = bearer::parse(bytes) {
        let (scheme, rest) = bytes.split_at(7);
        assert!(scheme.eq_ignore_ascii_case(b"bearer "));
        assert_eq!(rest.trim_ascii_start(), token.as_bytes());
        assert!((1..=4096).contains(&token.len()));
        assert!(
            token
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b',')
        );
    }
}

/// The cookie is taken where exactly its name is there once, whatever lies beside it.
pub fn cookies(bytes: &[u8]) {
    let headers = lines(&header::COOKIE, bytes);
    let values = headers.get_all(header::COOKIE).iter();
    let pairs = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b';'));
    let pairs = pairs.map(|pair| pair.strip_prefix(b" ").unwrap_or(pair));
    let is_ours = |pair: &&[u8]| pair.split(|byte| *byte == b'=').next() == Some(COOKIE.as_bytes());
    let ours: Vec<_> = pairs.filter(is_ours).collect();
    match cookie::read_refresh(&headers, &PUBLIC_URL) {
        Ok(Some(token)) => assert_eq!(ours, [format!("{COOKIE}={token}").as_bytes()]),
        Ok(None) => assert!(ours.len() <= 1, "two are one too many"),
        Err(refused) => {
            assert_eq!(refused.code, ErrorCode::RefreshInvalid);
            assert!(ours.len() > 1 || std::str::from_utf8(ours[0]).is_err());
        }
    }
    let _ = cookie::read_device(&headers, &PUBLIC_URL);
}

/// A body that is taken says exactly what any parser of JSON reads in it.
pub fn json_body(bytes: &[u8]) {
    says_the_same::<Register>(bytes);
    says_the_same::<Login>(bytes);
    says_the_same::<Refresh>(bytes);
    says_the_same::<Logout>(bytes);
    says_the_same::<UpdateProfile>(bytes);
    says_the_same::<ChangePassword>(bytes);
    says_the_same::<UpdateUser>(bytes);
}

fn says_the_same<T: DeserializeOwned + Serialize + Validate>(bytes: &[u8]) {
    if let Ok(body) = json::read::<T>(bytes) {
        let any: Value = serde_json::from_slice(bytes).expect("a body is JSON");
        let ours = serde_json::to_value(body).expect("a body can be written");
        assert_eq!(any, ours);
    }
}

/// Only a proxy of ours is asked whom it speaks for; the first byte says whether it is one.
pub fn forwarded(bytes: &[u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&b'0', b""));
    let is_ours = *first == b'1';
    let peer = IpAddr::V4(if is_ours {
        Ipv4Addr::new(10, 0, 0, 1)
    } else {
        Ipv4Addr::new(192, 0, 2, 1)
    });
    let trusted = IpNet::parse_list("10.0.0.0/8,2001:db8::/32");
    let trusted = trusted.expect("BUG: the list is good");
    let name = HeaderName::from_static("x-forwarded-for");
    let headers = lines(&name, rest);
    let client = client_ip::client(peer, &headers, &trusted);
    assert_eq!(client, client.to_canonical());
    assert!(is_ours || client == peer, "nobody else is believed");
    // Whatever stands to the left of who is not ours changes nothing.
    let mut longer = HeaderMap::new();
    longer.append(&name, HeaderValue::from_static("203.0.113.9"));
    longer.extend(
        headers
            .get_all(&name)
            .iter()
            .map(|value| (name.clone(), value.clone())),
    );
    let again = client_ip::client(peer, &longer, &trusted);
    let is_trusted = trusted.iter().any(|network| network.contains(client));
    assert!(again == client || is_trusted, "{client} became {again}");
}

/// A change is made where the browser says that it comes from our own page, or where there is no
/// browser: the first line is a method and a path, the others are headers.
pub fn foreign(bytes: &[u8]) {
    let Some(request) = request(bytes) else {
        return;
    };
    let allowed = csrf::check(&request, &PUBLIC_URL).is_ok();
    let method = request.method();
    if !allowed || matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return;
    }
    let headers = request.headers();
    let all = |name: &str, wanted: &str| {
        let mut values = headers.get_all(name).iter();
        values.all(|value| value.as_bytes() == wanted.as_bytes())
    };
    let path = request.uri().path();
    let opens = [
        shared::endpoint::REGISTER.path,
        shared::endpoint::LOGIN.path,
    ]
    .contains(&path);
    assert!(all("sec-fetch-site", "same-origin"));
    assert!(all("origin", "https://app.example.org"));
    if headers.contains_key("sec-fetch-site") || headers.contains_key("origin") {
        // A page of ours.
    } else if !opens || headers.contains_key(header::COOKIE) {
        let count = headers.get_all(header::AUTHORIZATION).iter().count();
        assert_eq!(count, 1, "a token is the sole credential");
        assert!(!cookie::has_refresh(headers, &PUBLIC_URL));
    }
    if request.uri().path() == shared::endpoint::REFRESH.path {
        assert!(headers.get("x-csrf").is_some_and(|value| value == "1"));
    }
}

fn request(bytes: &[u8]) -> Option<Request> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let first = std::str::from_utf8(lines.next()?).ok()?;
    let (method, uri) = first.split_once(' ')?;
    let method: Method = method.parse().ok()?;
    let uri: Uri = uri.parse().ok()?;
    let mut request = Request::builder().method(method).uri(uri);
    for line in lines {
        let at = line.iter().position(|byte| *byte == b':')?;
        let name = HeaderName::from_bytes(&line[..at]).ok()?;
        let value = HeaderValue::from_bytes(line[at + 1..].trim_ascii_start()).ok()?;
        request = request.header(name, value);
    }
    Some(request.finish())
}

/// A query that is taken has names of the list, each once, and values that are plain text.
pub fn query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(uri) = format!("/x?{text}").parse::<Uri>() else {
        return;
    };
    let request = Request::builder().uri(uri).finish();
    if parameters::reject_unknown(&request, &["search", "limit"]).is_ok() {
        let query = request.uri().query().unwrap_or_default();
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let decoded = pairs.map(|pair| String::from_utf8(percent::decode(pair.as_bytes())));
        let decoded: Vec<_> = decoded.map(|pair| pair.expect("it is text")).collect();
        assert!(decoded.len() <= 2, "each once");
        let names = decoded.iter().map(|pair| pair.split('=').next());
        assert!(
            names
                .flatten()
                .all(|name| matches!(name, "search" | "limit"))
        );
        assert!(!decoded.concat().chars().any(char::is_control));
    }
}
