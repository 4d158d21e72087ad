use super::Tag;
use crate::AppState;
use crate::auth::flow::register::{RegisterError, register};
use crate::http::request::client_ip::ClientIp;
use crate::http::request::json_body::JsonBody;
use crate::http::response::operation_error::operation_errors;
use crate::http::response::problem::ErrorDetails;
use crate::http::response::responses::{RegisteredResponse, WithDeviceCookie};
use poem::web::Data;
use poem_openapi::OpenApi;
use shared::auth::Register;
use std::sync::Arc;

/// Making an account.
pub struct RegisterRoute;

#[OpenApi(tag = "Tag::SignIn")]
impl RegisterRoute {
    /// Make an account and sign in
    #[oai(
        path = "/api/auth/register",
        method = "post",
        operation_id = "register"
    )]
    async fn register(
        &self,
        app: Data<&Arc<AppState>>,
        client: ClientIp,
        body: JsonBody<Register>,
    ) -> Result<WithDeviceCookie<RegisteredResponse>, RegisterProblem> {
        let issued = register(&app, body.0, &client.0).await?;
        Ok(WithDeviceCookie::new(
            &app,
            issued,
            RegisteredResponse::with,
        ))
    }
}

operation_errors! {
    /// Why there is no account.
    RegisterProblem: [UsernameTaken, ValidationFailed, RateLimited, Unavailable] + [UNSAFE, BODY]
}

impl From<RegisterError> for RegisterProblem {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::UsernameTaken => Self::UsernameTaken(ErrorDetails::default()),
            RegisterError::Invalid(errors) => Self::ValidationFailed(ErrorDetails::errors(errors)),
            RegisterError::Throttled(by) => {
                Self::RateLimited(ErrorDetails::retry_after(by.retry_after))
            }
            RegisterError::Unavailable(_) => Self::Unavailable(ErrorDetails::default()),
        }
    }
}
