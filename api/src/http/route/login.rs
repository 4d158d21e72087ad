use super::Tag;
use crate::App;
use crate::auth::flow::login::{LoginError, login};
use crate::http::request::client_ip::Client;
use crate::http::request::device::DeviceCookie;
use crate::http::request::json_body::StrictJson;
use crate::http::response::operation_error::refusals;
use crate::http::response::problem::Details;
use crate::http::response::responses::{Entered, WithDevice};
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
        app: Data<&Arc<App>>,
        client: Client,
        device: DeviceCookie,
        body: StrictJson<Login>,
    ) -> Result<WithDevice<Entered>, LoginRefusal> {
        let issued = login(&app, body.0, &client.0, device.0.as_deref()).await?;
        Ok(WithDevice::new(&app, issued, Entered::with))
    }
}

refusals! {
    /// Why nobody is signed in.
    LoginRefusal: [InvalidCredentials, RateLimited, Unavailable] + [UNSAFE, BODY]
}

impl From<LoginError> for LoginRefusal {
    fn from(error: LoginError) -> Self {
        match error {
            LoginError::InvalidCredentials => Self::InvalidCredentials(Details::default()),
            LoginError::Throttled(by) => Self::RateLimited(Details::retry_after(by.retry_after)),
            LoginError::Unavailable(_) => Self::Unavailable(Details::default()),
        }
    }
}
