//! The answers that set or clear the cookie, and the one that says nothing.

use crate::AppState;
use crate::auth::flow::logout::CookieAction;
use crate::auth::session::issue::TokenPair;
use crate::http::request::cookie;
use crate::http::response::json::Json;
use poem::http::{HeaderMap, HeaderValue, header};
use poem::{IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::registry::{MetaResponses, Registry};
use shared::auth::TokenResponse;

/// Sets a cookie, beside those that are set already.
pub fn append_cookie(headers: &mut HeaderMap, cookie: String) {
    let cookie = HeaderValue::from_maybe_shared(cookie).expect("BUG: our cookies are ASCII");
    headers.append(header::SET_COOKIE, cookie);
}

/// The access token in the body, the refresh token in the cookie.
#[derive(ApiResponse)]
pub enum SignedInResponse {
    /// Signed in.
    #[oai(status = 200)]
    Ok(
        Json<TokenResponse>,
        /// The refresh token.
        #[oai(header = "Set-Cookie")]
        String,
    ),
}

impl SignedInResponse {
    /// With these tokens.
    pub fn with(app: &AppState, issued: TokenPair) -> Self {
        let cookie = cookie::set_refresh(&app.config.public_url, &issued);
        Self::Ok(Json(issued.signed_in), cookie)
    }
}

/// As [`SignedInResponse`], for an account that is new.
#[derive(ApiResponse)]
pub enum RegisteredResponse {
    /// The account is made and its person signed in.
    #[oai(status = 201)]
    Created(
        Json<TokenResponse>,
        /// The refresh token.
        #[oai(header = "Set-Cookie")]
        String,
    ),
}

impl RegisteredResponse {
    /// With these tokens.
    pub fn with(app: &AppState, issued: TokenPair) -> Self {
        let cookie = cookie::set_refresh(&app.config.public_url, &issued);
        Self::Created(Json(issued.signed_in), cookie)
    }
}

/// An answer that also makes the browser known, so that strangers cannot use up its tries.
pub struct WithDeviceCookie<R> {
    answer: R,
    cookie: Option<String>,
}

impl<R> WithDeviceCookie<R> {
    /// With these tokens.
    pub fn new(
        app: &AppState,
        mut issued: TokenPair,
        answer: fn(&AppState, TokenPair) -> R,
    ) -> Self {
        let device = issued.device.take();
        let cookie = device.map(|token| cookie::set_device(&app.config.public_url, &token));
        Self {
            answer: answer(app, issued),
            cookie,
        }
    }
}

impl<R: IntoResponse> IntoResponse for WithDeviceCookie<R> {
    fn into_response(self) -> Response {
        let mut response = self.answer.into_response();
        if let Some(cookie) = self.cookie {
            // Beside the refresh cookie: the derived answer can set one alone.
            append_cookie(response.headers_mut(), cookie);
        }
        response
    }
}

impl<R: ApiResponse> ApiResponse for WithDeviceCookie<R> {
    fn meta() -> MetaResponses {
        R::meta()
    }

    fn register(registry: &mut Registry) {
        R::register(registry);
    }
}

/// Signed out; the cookie is cleared unless only other sessions ended.
#[derive(ApiResponse)]
pub enum LogoutResponse {
    /// Done, or there was nothing to do.
    #[oai(status = 204)]
    Done(
        /// Takes the refresh token away.
        #[oai(header = "Set-Cookie")]
        Option<String>,
    ),
}

impl LogoutResponse {
    /// Clears the cookie where the session was the browser's own.
    pub fn after(app: &AppState, left: CookieAction) -> Self {
        let own = left == CookieAction::Clear;
        Self::Done(own.then(|| cookie::clear_refresh(&app.config.public_url)))
    }
}

/// Done, and nothing to say.
#[derive(ApiResponse)]
pub enum NoContent {
    /// Done.
    #[oai(status = 204)]
    Done,
}
