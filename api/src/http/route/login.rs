use super::Tag;
use crate::AppState;
use crate::auth::flow::login::{LoginError, login};
use crate::http::request::client_ip::ClientIp;
use crate::http::request::device::DeviceCookie;
use crate::http::request::json_body::JsonBody;
use crate::http::response::operation_error::operation_errors;
use crate::http::response::problem::ErrorDetails;
use crate::http::response::responses::{SignedInResponse, WithDeviceCookie};
use poem::web::Data;
use poem_openapi::OpenApi;
use shared::auth::Login;
use std::sync::Arc;

/// Signing in.
pub struct LoginRoute;

#[OpenApi(tag = "Tag::SignIn")]
impl LoginRoute {
    /// Sign in with name and password
    #[oai(path = "/api/auth/login", method = "post", operation_id = "login")]
    async fn login(
        &self,
        app: Data<&Arc<AppState>>,
        client: ClientIp,
        device: DeviceCookie,
        body: JsonBody<Login>,
    ) -> Result<WithDeviceCookie<SignedInResponse>, LoginProblem> {
        let issued = login(&app, body.0, &client.0, device.0.as_deref()).await?;
        Ok(WithDeviceCookie::new(&app, issued, SignedInResponse::with))
    }
}

operation_errors! {
    /// Why nobody is signed in.
    LoginProblem: [InvalidCredentials, RateLimited, Unavailable] + [UNSAFE, BODY]
}

impl From<LoginError> for LoginProblem {
    fn from(error: LoginError) -> Self {
        match error {
            LoginError::InvalidCredentials => Self::InvalidCredentials(ErrorDetails::default()),
            LoginError::Throttled(by) => {
                Self::RateLimited(ErrorDetails::retry_after(by.retry_after))
            }
            LoginError::Unavailable(_) => Self::Unavailable(ErrorDetails::default()),
        }
    }
}
