//! The cookie of a browser that somebody signed in by before.

use super::cookie;

use crate::http::state;
use poem::{FromRequest, Request, RequestBody};

/// What the browser shows, not yet judged. It is no credential: what cannot be read is none.
pub struct DeviceCookie(pub Option<String>);

impl<'a> FromRequest<'a> for DeviceCookie {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        let public_url = &state(request).config.public_url;
        let shown = cookie::read_device(request.headers(), public_url);
        Ok(Self(shown.map(str::to_owned)))
    }
}
