use super::Tag;
use crate::AppState;
use crate::auth::flow::refresh::{RefreshError, refresh};
use crate::http::guard::RefreshCookie;
use crate::http::request::client_ip::ClientIp;
use crate::http::request::json_body::JsonBody;
use crate::http::response::operation_error::operation_errors;
use crate::http::response::problem::ErrorDetails;
use crate::http::response::responses::SignedInResponse;
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::Header;
use shared::auth::Refresh;
use std::sync::Arc;

/// Trading the refresh token for the next pair.
pub struct RefreshRoute;

#[OpenApi(tag = "Tag::SignIn")]
impl RefreshRoute {
    /// Trade the refresh cookie for an access token
    ///
    /// The cookie is replaced. A spent cookie that comes again ends the session, unless it is an
    /// honest retry: the same `Refresh-Attempt` within the retry window, or another tab within the
    /// race window. Those get the same successor.
    #[oai(path = "/api/auth/refresh", method = "post", operation_id = "refresh")]
    async fn refresh(
        &self,
        app: Data<&Arc<AppState>>,
        cookie: RefreshCookie,
        client: ClientIp,
        /// `1`: shows that a script of this origin asks
        #[oai(name = "X-CSRF")]
        _csrf: Header<Option<String>>,
        /// Names the attempt, so that a retry after a lost answer is told from a copy
        #[oai(name = "Refresh-Attempt")]
        attempt: Header<Option<String>>,
        _body: JsonBody<Refresh>,
    ) -> Result<SignedInResponse, RefreshProblem> {
        let token = cookie
            .0
            .ok_or(RefreshProblem::RefreshMissing(ErrorDetails::default()))?;
        let issued = refresh(&app, &token, attempt.0.as_deref(), &client.0).await?;
        Ok(SignedInResponse::with(&app, issued))
    }
}

operation_errors! {
    /// Why there are no new tokens. None of these takes the cookie away, unless it is there twice:
    /// an answer that is late could take a newer one.
    RefreshProblem: [
        RefreshMissing, RefreshInvalid, SessionExpired, SessionRevoked, RefreshReused, RateLimited,
        Unavailable
    ] + [UNSAFE, BODY, COOKIE]
}

impl From<RefreshError> for RefreshProblem {
    fn from(error: RefreshError) -> Self {
        match error {
            // Which of the two it is, is nobody's business.
            RefreshError::Invalid | RefreshError::GenerationAhead => {
                Self::RefreshInvalid(ErrorDetails::default())
            }
            RefreshError::Expired => Self::SessionExpired(ErrorDetails::default()),
            RefreshError::Revoked(reason) => Self::SessionRevoked(ErrorDetails::reason(reason)),
            RefreshError::Reused => Self::RefreshReused(ErrorDetails::default()),
            RefreshError::Throttled(by) => {
                Self::RateLimited(ErrorDetails::retry_after(by.retry_after))
            }
            RefreshError::Outage(_) | RefreshError::Contention => {
                Self::Unavailable(ErrorDetails::default())
            }
        }
    }
}
