use super::{Tag, answer::LoggedOut};
use crate::App;
use crate::auth::logout::{Leaver, by_access_token, by_cookie, logout};
use crate::db::Outage;
use crate::http::address::Client;
use crate::http::guard::LeaverCredentials;
use crate::http::refusal::refusals;
use crate::http::strict_json::StrictJson;
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::Header;
use shared::sign_in::Logout;
use std::sync::Arc;

/// Signing out.
pub struct LogoutRoute;

#[OpenApi(tag = "Tag::SignIn")]
impl LogoutRoute {
    /// Sign out of this session, the others, or all
    ///
    /// Works by the refresh cookie, or by an access token, even an expired one. Doing it again
    /// changes nothing.
    #[oai(path = "/api/auth/logout", method = "post", operation_id = "logout")]
    async fn logout(
        &self,
        app: Data<&Arc<App>>,
        credentials: LeaverCredentials,
        client: Client,
        /// `1`: shows that a script of this origin asks; needed with the cookie
        #[oai(name = "X-CSRF")]
        _csrf: Header<Option<String>>,
        body: StrictJson<Logout>,
    ) -> Result<LoggedOut, LogoutRefusal> {
        let leaver = leaver(&app, credentials).await?;
        let left = logout(&app, leaver, body.0.scope.unwrap_or_default(), &client.0).await?;
        Ok(LoggedOut::after(&app, left))
    }
}

/// The cookie first: it is what a browser always brings.
async fn leaver(app: &App, credentials: LeaverCredentials) -> Result<Option<Leaver>, Outage> {
    if let Some(cookie) = credentials.cookie
        && let Some(leaver) = by_cookie(app, &cookie).await?
    {
        return Ok(Some(leaver));
    }
    let bearer = credentials.bearer.as_deref();
    Ok(bearer.and_then(|token| by_access_token(app, token)))
}

refusals! {
    /// Why nobody was signed out.
    LogoutRefusal from Outage: [Unavailable] + [UNSAFE, BODY, COOKIE]
}
