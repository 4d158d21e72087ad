use super::Tag;
use crate::AppState;
use crate::auth::audit::query::{self, Search};
use crate::http::guard::AdminUser;
use crate::http::request::cursor::EventCursor;
use crate::http::request::id::Id;
use crate::http::request::query::allowed_params;
use crate::http::response::json::Json;
use crate::http::response::operation_error::operation_errors;
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::Query;
use shared::event::{ActivitySeries, EventKind, EventPage, PAGE_DEFAULT};
use std::sync::Arc;

/// What happened.
pub struct EventsRoutes;

allowed_params! {
    /// What [`EventsRoutes::events`] may be asked.
    EventsQuery: ["user", "kind", "before", "limit"]
}

allowed_params! {
    /// What [`EventsRoutes::activity`] may be asked.
    ActivityQuery: ["days"]
}

#[expect(
    clippy::too_many_arguments,
    reason = "each argument of a handler is a guard or a parameter of the spec"
)]
#[OpenApi(tag = "Tag::Administration")]
impl EventsRoutes {
    /// What happened, the newest first
    #[oai(path = "/api/admin/events", method = "get", operation_id = "events")]
    async fn events(
        &self,
        app: Data<&Arc<AppState>>,
        _who: AdminUser,
        _only: EventsQuery,
        /// About that person, by id
        user: Query<Option<Id>>,
        /// Of that kind
        kind: Query<Option<EventKind>>,
        /// `next` of the page before
        before: Query<Option<EventCursor>>,
        /// How many at most; 50 unless said
        #[oai(validator(minimum(value = "1"), maximum(value = "200")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<EventPage>, EventsProblem> {
        let search = Search {
            user_id: user.0.map(Id::into_inner),
            kind: kind.0,
            before: before.0.map(EventCursor::cursor),
        };
        let limit = limit.0.unwrap_or(PAGE_DEFAULT);
        Ok(Json(query::all_events(&app, &search, limit).await?))
    }

    /// How much happened in the last days: by the hour for one day, by the day for more
    #[oai(
        path = "/api/admin/activity",
        method = "get",
        operation_id = "activity"
    )]
    async fn activity(
        &self,
        app: Data<&Arc<AppState>>,
        _who: AdminUser,
        _only: ActivityQuery,
        /// How many days; 1 unless said
        #[oai(validator(minimum(value = "1"), maximum(value = "30")))]
        days: Query<Option<u32>>,
    ) -> Result<Json<ActivitySeries>, EventsProblem> {
        Ok(Json(query::activity(&app, days.0.unwrap_or(1)).await?))
    }
}

operation_errors! {
    /// Why it is not told.
    EventsProblem from DbError: [Unavailable] + [BEARER, PERMISSION, QUERY]
}
