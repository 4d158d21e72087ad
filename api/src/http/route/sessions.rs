use super::Tag;
use crate::App;
use crate::auth::audit::query;
use crate::auth::session::own;
use crate::db::acting::Denied;
use crate::http::guard::SignedIn;
use crate::http::request::client_ip::Client;
use crate::http::request::cursor::Before;
use crate::http::request::id::Id;
use crate::http::request::query::allowed_params;
use crate::http::response::json::Json;
use crate::http::response::operation_error::refusals;
use crate::http::response::problem::Details;
use crate::http::response::responses::Done;
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
        app: Data<&Arc<App>>,
        who: SignedIn,
    ) -> Result<Json<Sessions>, SessionsRefusal> {
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
        app: Data<&Arc<App>>,
        who: SignedIn,
        client: Client,
        /// The session's id
        id: Path<Id>,
    ) -> Result<Done, EndSessionRefusal> {
        let found = own::end(&app, &who.0, &id, &client.0).await?;
        let absent = || EndSessionRefusal::NotFound(Details::default());
        found.then_some(Done::Done).ok_or_else(absent)
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
        app: Data<&Arc<App>>,
        who: SignedIn,
        _only: TimelineQuery,
        /// The session's id
        id: Path<Id>,
        /// `next` of the page before
        before: Query<Option<Before>>,
        /// How many at most; 50 unless said
        #[oai(validator(minimum(value = "1"), maximum(value = "200")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<EventPage>, SessionEventsRefusal> {
        let before = before.0.map(Before::place);
        let limit = limit.0.unwrap_or(PAGE_DEFAULT);
        let page = query::session_events(&app, &who.0, &id, (before, limit)).await?;
        let absent = || SessionEventsRefusal::NotFound(Details::default());
        page.map(Json).ok_or_else(absent)
    }
}

refusals! {
    /// Why the sessions are not shown.
    SessionsRefusal from Outage: [Unavailable] + [BEARER]
}

refusals! {
    /// Why the session goes on.
    EndSessionRefusal: [NotFound, SessionRevoked, Unavailable] + [UNSAFE, BEARER]
}

refusals! {
    /// Why the timeline is not shown.
    SessionEventsRefusal from Outage: [NotFound, Unavailable] + [BEARER, QUERY]
}

impl From<Denied> for EndSessionRefusal {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Ended(reason) => Self::SessionRevoked(Details::ended(reason)),
            Denied::Outage(_) => Self::Unavailable(Details::default()),
        }
    }
}
