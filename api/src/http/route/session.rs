use super::Tag;
use crate::AppState;
use crate::http::guard::AuthUser;
use crate::http::response::json::Json;
use crate::http::response::operation_error::operation_errors;
use poem::web::Data;
use poem_openapi::OpenApi;
use protocol::Millis;
use shared::auth::TokenInfo;
use std::sync::Arc;

/// What the access token says.
pub struct SessionRoute;

#[expect(
    clippy::unused_async,
    reason = "a handler is async, whether or not it waits"
)]
#[OpenApi(tag = "Tag::SignIn")]
impl SessionRoute {
    /// What the access token says of its bearer
    ///
    /// From the token alone, without a query; also for a proxy's auth subrequest.
    #[oai(path = "/api/auth/session", method = "get", operation_id = "session")]
    async fn session(
        &self,
        app: Data<&Arc<AppState>>,
        who: AuthUser,
    ) -> Result<Json<TokenInfo>, SessionProblem> {
        let left = Millis::from_secs(who.0.exp) - app.clock.now();
        Ok(Json(TokenInfo {
            sub: who.0.sub.clone(),
            sid: who.0.sid.clone(),
            roles: who.0.roles.clone(),
            expires_in: left.as_secs(),
        }))
    }
}

operation_errors! {
    /// Why nothing is said.
    SessionProblem: [] + [BEARER]
}
