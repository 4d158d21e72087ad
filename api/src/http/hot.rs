//! What `http` reads of every request, for [`crate::bench_internals`].

use super::request::cookie;
use crate::config::PublicUrl;
use crate::json;
use poem::http::HeaderMap;
use shared::auth::Login;
use std::sync::LazyLock;

static PUBLIC_URL: LazyLock<PublicUrl> = LazyLock::new(|| {
    let url = PublicUrl::parse("https://app.example.org");
    url.expect("BUG: the address is good")
});

/// Whether there is one refresh cookie.
pub fn cookie(headers: &HeaderMap) -> bool {
    matches!(cookie::read_refresh(headers, &PUBLIC_URL), Ok(Some(_)))
}

/// Whether it is the body of a sign-in.
pub fn login(bytes: &[u8]) -> bool {
    json::read::<Login>(bytes).is_ok()
}
