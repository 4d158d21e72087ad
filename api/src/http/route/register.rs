use super::Tag;
use crate::App;
use crate::auth::flow::register::{RegisterError, register};
use crate::http::request::client_ip::Client;
use crate::http::request::json_body::StrictJson;
use crate::http::response::operation_error::refusals;
use crate::http::response::problem::Details;
use crate::http::response::responses::{Registered, WithDevice};
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
        app: Data<&Arc<App>>,
        client: Client,
        body: StrictJson<Register>,
    ) -> Result<WithDevice<Registered>, RegisterRefusal> {
        let issued = register(&app, body.0, &client.0).await?;
        Ok(WithDevice::new(&app, issued, Registered::with))
    }
}

refusals! {
    /// Why there is no account.
    RegisterRefusal: [UsernameTaken, ValidationFailed, RateLimited, Unavailable] + [UNSAFE, BODY]
}

impl From<RegisterError> for RegisterRefusal {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::UsernameTaken => Self::UsernameTaken(Details::default()),
            RegisterError::Invalid(errors) => Self::ValidationFailed(Details::errors(errors)),
            RegisterError::Throttled(by) => Self::RateLimited(Details::retry_after(by.retry_after)),
            RegisterError::Unavailable(_) => Self::Unavailable(Details::default()),
        }
    }
}
