//! What programs look for at every site.

use poem::endpoint::make_sync;
use poem::http::{StatusCode, header};
use poem::{Endpoint, EndpointExt, Response};
use shared::error_code::ErrorCode;
use shared::page;

use crate::http::response::problem::ApiError;

/// Where password managers send people (W3C, A Well-Known URL for Changing Passwords).
pub fn change_password() -> impl Endpoint {
    make_sync(|_| {
        Response::builder()
            .status(StatusCode::SEE_OTHER)
            .header(header::LOCATION, page::ACCOUNT)
            .finish()
    })
    .boxed()
}

/// Whom to tell of a vulnerability (RFC 9116), where the configuration says.
pub fn security_txt(text: Option<String>) -> impl Endpoint {
    make_sync(move |_| {
        let text = text.clone();
        let answer = text.map(|text| {
            Response::builder()
                .content_type("text/plain; charset=utf-8")
                .body(text)
        });
        answer.ok_or_else(|| poem::Error::from(ApiError::new(ErrorCode::NotFound)))
    })
    .boxed()
}
