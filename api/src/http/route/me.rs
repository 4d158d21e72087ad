use super::Tag;
use crate::AppState;
use crate::auth::account::profile;
use crate::db::acting::Denied;
use crate::http::guard::AuthUser;
use crate::http::request::json_body::JsonBody;
use crate::http::response::json::Json;
use crate::http::response::operation_error::operation_errors;
use crate::http::response::problem::ErrorDetails;
use poem::web::Data;
use poem_openapi::OpenApi;
use shared::account::{UpdateProfile, User};
use std::sync::Arc;

/// One's own account.
pub struct MeRoutes;

#[OpenApi(tag = "Tag::Account")]
impl MeRoutes {
    /// One's own account
    #[oai(path = "/api/me", method = "get", operation_id = "me")]
    async fn me(&self, app: Data<&Arc<AppState>>, who: AuthUser) -> Result<Json<User>, MeProblem> {
        let user = profile::me(&app, &who.0).await?;
        user.map(Json).ok_or_else(gone)
    }

    /// Change one's own account
    #[oai(path = "/api/me", method = "patch", operation_id = "update_me")]
    async fn update_me(
        &self,
        app: Data<&Arc<AppState>>,
        who: AuthUser,
        body: JsonBody<UpdateProfile>,
    ) -> Result<Json<User>, UpdateMeProblem> {
        Ok(Json(profile::update(&app, &who.0, body.0).await?))
    }
}

fn gone() -> MeProblem {
    MeProblem::SessionRevoked(ErrorDetails::for_bearer())
}

operation_errors! {
    /// Why the account is not shown.
    MeProblem from DbError: [SessionRevoked, Unavailable] + [BEARER]
}

operation_errors! {
    /// Why the account stays as it is.
    UpdateMeProblem: [SessionRevoked, Unavailable] + [UNSAFE, BODY, BEARER]
}

impl From<Denied> for UpdateMeProblem {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Ended(reason) => Self::SessionRevoked(ErrorDetails::ended(reason)),
            Denied::Outage(_) => Self::Unavailable(ErrorDetails::default()),
        }
    }
}
