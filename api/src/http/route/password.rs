use super::Tag;
use crate::AppState;
use crate::auth::flow::change_password::{PasswordError, change_password};
use crate::http::guard::AuthUser;
use crate::http::request::client_ip::ClientIp;
use crate::http::request::json_body::JsonBody;
use crate::http::response::operation_error::operation_errors;
use crate::http::response::problem::ErrorDetails;
use crate::http::response::responses::{SignedInResponse, WithDeviceCookie};
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
        app: Data<&Arc<AppState>>,
        who: AuthUser,
        client: ClientIp,
        body: JsonBody<ChangePassword>,
    ) -> Result<WithDeviceCookie<SignedInResponse>, PasswordProblem> {
        let issued = change_password(&app, &who.0, body.0, &client.0).await?;
        Ok(WithDeviceCookie::new(&app, issued, SignedInResponse::with))
    }
}

operation_errors! {
    /// Why the password stays.
    PasswordProblem: [
        InvalidCredentials, ValidationFailed, SessionRevoked, RateLimited, Unavailable
    ] + [UNSAFE, BODY, BEARER]
}

impl From<PasswordError> for PasswordProblem {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Wrong => Self::InvalidCredentials(ErrorDetails::default()),
            PasswordError::Invalid(errors) => Self::ValidationFailed(ErrorDetails::errors(errors)),
            PasswordError::Gone(reason) => Self::SessionRevoked(ErrorDetails::ended(reason)),
            PasswordError::Throttled(by) => {
                Self::RateLimited(ErrorDetails::retry_after(by.retry_after))
            }
            PasswordError::Unavailable(_) => Self::Unavailable(ErrorDetails::default()),
        }
    }
}
