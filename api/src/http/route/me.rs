use super::Tag;
use crate::App;
use crate::auth::account::profile;
use crate::db::acting::Denied;
use crate::http::guard::SignedIn;
use crate::http::request::json_body::StrictJson;
use crate::http::response::json::Json;
use crate::http::response::operation_error::refusals;
use crate::http::response::problem::Details;
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
    async fn me(&self, app: Data<&Arc<App>>, who: SignedIn) -> Result<Json<User>, MeRefusal> {
        let user = profile::me(&app, &who.0).await?;
        user.map(Json).ok_or_else(gone)
    }

    /// Change one's own account
    #[oai(path = "/api/me", method = "patch", operation_id = "update_me")]
    async fn update_me(
        &self,
        app: Data<&Arc<App>>,
        who: SignedIn,
        body: StrictJson<UpdateProfile>,
    ) -> Result<Json<User>, UpdateMeRefusal> {
        Ok(Json(profile::update(&app, &who.0, body.0).await?))
    }
}

fn gone() -> MeRefusal {
    MeRefusal::SessionRevoked(Details::of_bearer())
}

refusals! {
    /// Why the account is not shown.
    MeRefusal from Outage: [SessionRevoked, Unavailable] + [BEARER]
}

refusals! {
    /// Why the account stays as it is.
    UpdateMeRefusal: [SessionRevoked, Unavailable] + [UNSAFE, BODY, BEARER]
}

impl From<Denied> for UpdateMeRefusal {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Ended(reason) => Self::SessionRevoked(Details::ended(reason)),
            Denied::Outage(_) => Self::Unavailable(Details::default()),
        }
    }
}
