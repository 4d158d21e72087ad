use super::{Tag, answer::Done};
use crate::App;
use crate::auth::session;
use crate::http::guard::SignedIn;
use crate::http::id::Id;
use crate::http::problem::Details;
use crate::http::refusal::refusals;
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use shared::session::Sessions;
use std::sync::Arc;

/// One's own sessions.
pub struct SessionsRoutes;

#[OpenApi(tag = "Tag::Account")]
impl SessionsRoutes {
    /// One's own live sessions, the newest first
    #[oai(path = "/api/me/sessions", method = "get", operation_id = "sessions")]
    async fn sessions(
        &self,
        app: Data<&Arc<App>>,
        who: SignedIn,
    ) -> Result<Json<Sessions>, SessionsRefusal> {
        Ok(Json(session::list(&app, &who.0).await?))
    }

    /// End one of one's own sessions
    ///
    /// Another person's session is as absent as one that never was.
    #[oai(
        path = "/api/me/sessions/:id",
        method = "delete",
        operation_id = "end_session"
    )]
    async fn end_session(
        &self,
        app: Data<&Arc<App>>,
        who: SignedIn,
        /// The session's id
        id: Path<Id>,
    ) -> Result<Done, EndSessionRefusal> {
        let found = session::end(&app, &who.0, &id).await?;
        let absent = || EndSessionRefusal::NotFound(Details::default());
        found.then_some(Done::Done).ok_or_else(absent)
    }
}

refusals! {
    /// Why the sessions are not shown.
    SessionsRefusal from Outage: [Unavailable] + [BEARER]
}

refusals! {
    /// Why the session goes on.
    EndSessionRefusal from Outage: [NotFound, Unavailable] + [UNSAFE, BEARER]
}
