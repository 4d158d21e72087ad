use super::Tag;
use crate::AppState;
use crate::auth::audit::query;
use crate::auth::session::own;
use crate::db::acting::Denied;
use crate::http::guard::AuthUser;
use crate::http::request::client_ip::ClientIp;
use crate::http::request::cursor::EventCursor;
use crate::http::request::id::Id;
use crate::http::request::query::allowed_params;
use crate::http::response::json::Json;
use crate::http::response::operation_error::operation_errors;
use crate::http::response::problem::ErrorDetails;
use crate::http::response::responses::NoContent;
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use shared::event::{EventPage, PAGE_DEFAULT};
use shared::session::Sessions;
use std::sync::Arc;

/// One's own sessions.
pub struct SessionsRoutes;

allowed_params! {
    /// What [`SessionsRoutes::session_events`] may be asked.
    TimelineQuery: ["before", "limit"]
}

#[OpenApi(tag = "Tag::Account")]
impl SessionsRoutes {
    /// One's own live sessions, the newest first
    #[oai(path = "/api/me/sessions", method = "get", operation_id = "sessions")]
    async fn sessions(
        &self,
        app: Data<&Arc<AppState>>,
        who: AuthUser,
    ) -> Result<Json<Sessions>, SessionsProblem> {
        Ok(Json(own::list(&app, &who.0).await?))
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
        app: Data<&Arc<AppState>>,
        who: AuthUser,
        client: ClientIp,
        /// The session's id
        id: Path<Id>,
    ) -> Result<NoContent, EndSessionProblem> {
        let found = own::end(&app, &who.0, &id, &client.0).await?;
        let absent = || EndSessionProblem::NotFound(ErrorDetails::default());
        found.then_some(NoContent::Done).ok_or_else(absent)
    }

    /// What happened in one of one's own sessions, the newest first
    ///
    /// It can be asked after the session has ended too, until its record is old enough to go.
    #[oai(
        path = "/api/me/sessions/:id/events",
        method = "get",
        operation_id = "session_events"
    )]
    async fn session_events(
        &self,
        app: Data<&Arc<AppState>>,
        who: AuthUser,
        _only: TimelineQuery,
        /// The session's id
        id: Path<Id>,
        /// `next` of the page before
        before: Query<Option<EventCursor>>,
        /// How many at most; 50 unless said
        #[oai(validator(minimum(value = "1"), maximum(value = "200")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<EventPage>, SessionEventsProblem> {
        let before = before.0.map(EventCursor::cursor);
        let limit = limit.0.unwrap_or(PAGE_DEFAULT);
        let page = query::session_events(&app, &who.0, &id, (before, limit)).await?;
        let absent = || SessionEventsProblem::NotFound(ErrorDetails::default());
        page.map(Json).ok_or_else(absent)
    }
}

operation_errors! {
    /// Why the sessions are not shown.
    SessionsProblem from DbError: [Unavailable] + [BEARER]
}

operation_errors! {
    /// Why the session goes on.
    EndSessionProblem: [NotFound, SessionRevoked, Unavailable] + [UNSAFE, BEARER]
}

operation_errors! {
    /// Why the timeline is not shown.
    SessionEventsProblem from DbError: [NotFound, Unavailable] + [BEARER, QUERY]
}

impl From<Denied> for EndSessionProblem {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Ended(reason) => Self::SessionRevoked(ErrorDetails::ended(reason)),
            Denied::Outage(_) => Self::Unavailable(ErrorDetails::default()),
        }
    }
}
