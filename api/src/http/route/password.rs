use super::Tag;
use crate::App;
use crate::auth::flow::change_password::{PasswordError, change_password};
use crate::http::guard::SignedIn;
use crate::http::request::client_ip::Client;
use crate::http::request::json_body::StrictJson;
use crate::http::response::operation_error::refusals;
use crate::http::response::problem::Details;
use crate::http::response::responses::{Entered, WithDevice};
use poem::web::Data;
use poem_openapi::OpenApi;
use shared::account::ChangePassword;
use std::sync::Arc;

/// Changing one's password.
pub struct PasswordRoute;

#[OpenApi(tag = "Tag::Account")]
impl PasswordRoute {
    /// Change one's password
    ///
    /// Every session of the person ends; the answer starts a new one.
    #[oai(
        path = "/api/me/password",
        method = "post",
        operation_id = "change_password"
    )]
    async fn change_password(
        &self,
        app: Data<&Arc<App>>,
        who: SignedIn,
        client: Client,
        body: StrictJson<ChangePassword>,
    ) -> Result<WithDevice<Entered>, PasswordRefusal> {
        let issued = change_password(&app, &who.0, body.0, &client.0).await?;
        Ok(WithDevice::new(&app, issued, Entered::with))
    }
}

refusals! {
    /// Why the password stays.
    PasswordRefusal: [
        InvalidCredentials, ValidationFailed, SessionRevoked, RateLimited, Unavailable
    ] + [UNSAFE, BODY, BEARER]
}

impl From<PasswordError> for PasswordRefusal {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Wrong => Self::InvalidCredentials(Details::default()),
            PasswordError::Invalid(errors) => Self::ValidationFailed(Details::errors(errors)),
            PasswordError::Gone(reason) => Self::SessionRevoked(Details::ended(reason)),
            PasswordError::Throttled(by) => Self::RateLimited(Details::retry_after(by.retry_after)),
            PasswordError::Unavailable(_) => Self::Unavailable(Details::default()),
        }
    }
}
