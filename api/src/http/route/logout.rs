use super::Tag;
use crate::AppState;
use crate::auth::flow::logout::{Credentials, LogoutError, logout};
use crate::http::guard::LogoutCredentials;
use crate::http::request::client_ip::ClientIp;
use crate::http::request::json_body::JsonBody;
use crate::http::response::operation_error::operation_errors;
use crate::http::response::problem::ErrorDetails;
use crate::http::response::responses::LogoutResponse;
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::Header;
use shared::auth::Logout;
use std::sync::Arc;

/// Signing out.
pub struct LogoutRoute;

#[OpenApi(tag = "Tag::SignIn")]
impl LogoutRoute {
    /// Sign out of this session, the others, or all
    ///
    /// This session ends by the refresh cookie, or by an access token, even an expired or spent one,
    /// and doing it again changes nothing. Others end only by one that is good: where none is, the
    /// answer says why, and other sessions go on.
    #[oai(path = "/api/auth/logout", method = "post", operation_id = "logout")]
    async fn logout(
        &self,
        app: Data<&Arc<AppState>>,
        brought: LogoutCredentials,
        client: ClientIp,
        /// `1`: shows that a script of this origin asks; needed with the cookie
        #[oai(name = "X-CSRF")]
        _csrf: Header<Option<String>>,
        /// The attempt in which the cookie was spent, if its answer was lost
        #[oai(name = "Refresh-Attempt")]
        attempt: Header<Option<String>>,
        body: JsonBody<Logout>,
    ) -> Result<LogoutResponse, LogoutProblem> {
        let brought = credentials(brought, attempt.0);
        let left = logout(&app, &brought, body.0.scope.unwrap_or_default(), &client.0).await?;
        Ok(LogoutResponse::after(&app, left))
    }
}

fn credentials(brought: LogoutCredentials, attempt: Option<String>) -> Credentials {
    Credentials {
        cookie: brought.cookie,
        bearer: brought.bearer,
        attempt,
    }
}

operation_errors! {
    /// Why other sessions go on.
    LogoutProblem: [
        MissingToken, InvalidToken, TokenExpired, SessionExpired, SessionRevoked, RefreshReused, Unavailable
    ] + [UNSAFE, BODY, COOKIE]
}

impl From<LogoutError> for LogoutProblem {
    fn from(error: LogoutError) -> Self {
        match error {
            LogoutError::Missing => Self::MissingToken(ErrorDetails::default()),
            LogoutError::Invalid => Self::InvalidToken(ErrorDetails::for_bearer()),
            LogoutError::TokenExpired => Self::TokenExpired(ErrorDetails::for_bearer()),
            LogoutError::SessionExpired => Self::SessionExpired(ErrorDetails::default()),
            LogoutError::Revoked(reason) => Self::SessionRevoked(ErrorDetails::reason(reason)),
            LogoutError::Reused => Self::RefreshReused(ErrorDetails::default()),
            LogoutError::Outage(_) => Self::Unavailable(ErrorDetails::default()),
        }
    }
}
