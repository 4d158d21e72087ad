use super::Tag;
use crate::App;
use crate::auth::account::admin::{self, AdminError, FindError, Search, UpdateError};
use crate::db::acting::{AdminDenied, Denied};
use crate::http::guard::UserManager;
use crate::http::request::client_ip::Client;
use crate::http::request::id::Id;
use crate::http::request::json_body::StrictJson;
use crate::http::request::query::allowed_params;
use crate::http::response::json::Json;
use crate::http::response::operation_error::refusals;
use crate::http::response::problem::Details;
use crate::http::response::responses::Done;
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use shared::admin::{AdminUserView, PAGE_DEFAULT, UpdateUser, UserPage, UserSort};
use std::sync::Arc;

/// Other people's accounts.
pub struct UsersRoutes;

allowed_params! {
    /// What [`UsersRoutes::users`] may be asked.
    UsersQuery: ["search", "sort", "after", "limit"]
}

#[expect(
    clippy::too_many_arguments,
    reason = "each argument of a handler is a guard or a parameter of the spec"
)]
#[OpenApi(tag = "Tag::Administration")]
impl UsersRoutes {
    /// People
    #[oai(path = "/api/admin/users", method = "get", operation_id = "users")]
    async fn users(
        &self,
        app: Data<&Arc<App>>,
        _who: UserManager,
        _only: UsersQuery,
        /// How the name begins
        #[oai(validator(max_length = 64))]
        search: Query<Option<String>>,
        /// In which order; by name unless said
        sort: Query<Option<UserSort>>,
        /// `next` of the page before
        after: Query<Option<Id>>,
        /// How many at most; 20 unless said
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<UserPage>, UsersRefusal> {
        let search = Search {
            name: search.0.as_deref().unwrap_or_default(),
            order: sort.0.unwrap_or_default(),
            after: after.0.as_deref(),
        };
        let limit = limit.0.unwrap_or(PAGE_DEFAULT);
        Ok(Json(admin::list(&app, &search, limit).await?))
    }

    /// One person
    #[oai(path = "/api/admin/users/:id", method = "get", operation_id = "user")]
    async fn user(
        &self,
        app: Data<&Arc<App>>,
        _who: UserManager,
        /// The person's id
        id: Path<Id>,
    ) -> Result<Json<AdminUserView>, UserRefusal> {
        Ok(Json(admin::find(&app, &id).await?))
    }

    /// Change a person's roles, or keep them out
    ///
    /// Sessions that would hold on to what was taken end with it.
    #[oai(
        path = "/api/admin/users/:id",
        method = "patch",
        operation_id = "update_user"
    )]
    async fn update_user(
        &self,
        app: Data<&Arc<App>>,
        who: UserManager,
        client: Client,
        /// The person's id
        id: Path<Id>,
        body: StrictJson<UpdateUser>,
    ) -> Result<Json<AdminUserView>, UpdateUserRefusal> {
        Ok(Json(
            admin::update(&app, &id, body.0, who.at(&client.0)).await?,
        ))
    }

    /// End all of a person's sessions
    #[oai(
        path = "/api/admin/users/:id/sessions",
        method = "delete",
        operation_id = "end_user_sessions"
    )]
    async fn end_user_sessions(
        &self,
        app: Data<&Arc<App>>,
        who: UserManager,
        client: Client,
        /// The person's id
        id: Path<Id>,
    ) -> Result<Done, EndUserSessionsRefusal> {
        admin::end_sessions(&app, &id, who.at(&client.0)).await?;
        Ok(Done::Done)
    }
}

refusals! {
    /// Why nobody is shown.
    UsersRefusal from Outage: [Unavailable] + [BEARER, PERMISSION, QUERY]
}

refusals! {
    /// Why the person is not shown.
    UserRefusal: [NotFound, Unavailable] + [BEARER, PERMISSION]
}

refusals! {
    /// Why the person stays as they are.
    UpdateUserRefusal: [
        NotFound, LastAdmin, SessionRevoked, InsufficientScope, Unavailable
    ] + [UNSAFE, BODY, BEARER, PERMISSION]
}

refusals! {
    /// Why the sessions go on.
    EndUserSessionsRefusal: [NotFound, SessionRevoked, InsufficientScope, Unavailable] + [UNSAFE, BEARER, PERMISSION]
}

impl From<FindError> for UserRefusal {
    fn from(error: FindError) -> Self {
        match error {
            FindError::NotFound => Self::NotFound(Details::default()),
            FindError::Outage(_) => Self::Unavailable(Details::default()),
        }
    }
}

impl From<AdminError> for EndUserSessionsRefusal {
    fn from(error: AdminError) -> Self {
        match error {
            AdminError::Denied(denied) => denied.into(),
            AdminError::Find(FindError::NotFound) => Self::NotFound(Details::default()),
            AdminError::Find(FindError::Outage(_)) => Self::Unavailable(Details::default()),
        }
    }
}

/// What an administrator is told whose right has ended while the request waited.
macro_rules! denied {
    ($($refusal:ident),*) => {
        $(
            impl From<AdminDenied> for $refusal {
                fn from(denied: AdminDenied) -> Self {
                    match denied {
                        AdminDenied::Forbidden => Self::InsufficientScope(Details::default()),
                        AdminDenied::User(Denied::Ended(reason)) => {
                            Self::SessionRevoked(Details::ended(reason))
                        }
                        AdminDenied::User(Denied::Outage(_)) => {
                            Self::Unavailable(Details::default())
                        }
                    }
                }
            }
        )*
    };
}

denied!(UpdateUserRefusal, EndUserSessionsRefusal);

impl From<UpdateError> for UpdateUserRefusal {
    fn from(error: UpdateError) -> Self {
        match error {
            UpdateError::NotFound => Self::NotFound(Details::default()),
            UpdateError::LastAdmin => Self::LastAdmin(Details::advice(
                "Make somebody else an administrator first.",
            )),
            UpdateError::Denied(denied) => denied.into(),
        }
    }
}
