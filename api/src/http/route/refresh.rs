use super::Tag;
use crate::App;
use crate::auth::flow::refresh::{RefreshError, refresh};
use crate::http::guard::RefreshCookie;
use crate::http::request::client_ip::Client;
use crate::http::request::json_body::StrictJson;
use crate::http::response::operation_error::refusals;
use crate::http::response::problem::Details;
use crate::http::response::responses::Entered;
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
        app: Data<&Arc<App>>,
        cookie: RefreshCookie,
        client: Client,
        /// `1`: shows that a script of this origin asks
        #[oai(name = "X-CSRF")]
        _csrf: Header<Option<String>>,
        /// Names the attempt, so that a retry after a lost answer is told from a copy
        #[oai(name = "Refresh-Attempt")]
        attempt: Header<Option<String>>,
        _body: StrictJson<Refresh>,
    ) -> Result<Entered, RefreshRefusal> {
        let token = cookie
            .0
            .ok_or(RefreshRefusal::RefreshMissing(Details::default()))?;
        let issued = refresh(&app, &token, attempt.0.as_deref(), &client.0).await?;
        Ok(Entered::with(&app, issued))
    }
}

refusals! {
    /// Why there are no new tokens. None of these takes the cookie away, unless it is there twice:
    /// an answer that is late could take a newer one.
    RefreshRefusal: [
        RefreshMissing, RefreshInvalid, SessionExpired, SessionRevoked, RefreshReused, RateLimited,
        Unavailable
    ] + [UNSAFE, BODY, COOKIE]
}

impl From<RefreshError> for RefreshRefusal {
    fn from(error: RefreshError) -> Self {
        match error {
            // Which of the two it is, is nobody's business.
            RefreshError::Invalid | RefreshError::FromTheFuture => {
                Self::RefreshInvalid(Details::default())
            }
            RefreshError::Expired => Self::SessionExpired(Details::default()),
            RefreshError::Revoked(reason) => Self::SessionRevoked(Details::reason(reason)),
            RefreshError::Reused => Self::RefreshReused(Details::default()),
            RefreshError::Throttled(by) => Self::RateLimited(Details::retry_after(by.retry_after)),
            RefreshError::Outage(_) | RefreshError::Contention => {
                Self::Unavailable(Details::default())
            }
        }
    }
}
