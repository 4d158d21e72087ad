use super::Tag;
use crate::AppState;
use crate::auth::account::admin::{self, AdminError, FindError, Search, UpdateError};
use crate::db::acting::{AdminDenied, Denied};
use crate::http::guard::AdminUser;
use crate::http::request::client_ip::ClientIp;
use crate::http::request::id::Id;
use crate::http::request::json_body::JsonBody;
use crate::http::request::query::allowed_params;
use crate::http::response::json::Json;
use crate::http::response::operation_error::operation_errors;
use crate::http::response::problem::ErrorDetails;
use crate::http::response::responses::NoContent;
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
        app: Data<&Arc<AppState>>,
        _who: AdminUser,
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
    ) -> Result<Json<UserPage>, UsersProblem> {
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
        app: Data<&Arc<AppState>>,
        _who: AdminUser,
        /// The person's id
        id: Path<Id>,
    ) -> Result<Json<AdminUserView>, UserProblem> {
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
        app: Data<&Arc<AppState>>,
        who: AdminUser,
        client: ClientIp,
        /// The person's id
        id: Path<Id>,
        body: JsonBody<UpdateUser>,
    ) -> Result<Json<AdminUserView>, UpdateUserProblem> {
        Ok(Json(
            admin::update(&app, &id, body.0, who.actor(&client.0)).await?,
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
        app: Data<&Arc<AppState>>,
        who: AdminUser,
        client: ClientIp,
        /// The person's id
        id: Path<Id>,
    ) -> Result<NoContent, EndUserSessionsProblem> {
        admin::end_sessions(&app, &id, who.actor(&client.0)).await?;
        Ok(NoContent::Done)
    }
}

operation_errors! {
    /// Why nobody is shown.
    UsersProblem from DbError: [Unavailable] + [BEARER, PERMISSION, QUERY]
}

operation_errors! {
    /// Why the person is not shown.
    UserProblem: [NotFound, Unavailable] + [BEARER, PERMISSION]
}

operation_errors! {
    /// Why the person stays as they are.
    UpdateUserProblem: [
        NotFound, LastAdmin, SessionRevoked, InsufficientScope, Unavailable
    ] + [UNSAFE, BODY, BEARER, PERMISSION]
}

operation_errors! {
    /// Why the sessions go on.
    EndUserSessionsProblem: [NotFound, SessionRevoked, InsufficientScope, Unavailable] + [UNSAFE, BEARER, PERMISSION]
}

impl From<FindError> for UserProblem {
    fn from(error: FindError) -> Self {
        match error {
            FindError::NotFound => Self::NotFound(ErrorDetails::default()),
            FindError::Outage(_) => Self::Unavailable(ErrorDetails::default()),
        }
    }
}

impl From<AdminError> for EndUserSessionsProblem {
    fn from(error: AdminError) -> Self {
        match error {
            AdminError::Denied(denied) => denied.into(),
            AdminError::Find(FindError::NotFound) => Self::NotFound(ErrorDetails::default()),
            AdminError::Find(FindError::Outage(_)) => Self::Unavailable(ErrorDetails::default()),
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
                        AdminDenied::Forbidden => Self::InsufficientScope(ErrorDetails::default()),
                        AdminDenied::User(Denied::Ended(reason)) => {
                            Self::SessionRevoked(ErrorDetails::ended(reason))
                        }
                        AdminDenied::User(Denied::Outage(_)) => {
                            Self::Unavailable(ErrorDetails::default())
                        }
                    }
                }
            }
        )*
    };
}

denied!(UpdateUserProblem, EndUserSessionsProblem);

impl From<UpdateError> for UpdateUserProblem {
    fn from(error: UpdateError) -> Self {
        match error {
            UpdateError::NotFound => Self::NotFound(ErrorDetails::default()),
            UpdateError::LastAdmin => Self::LastAdmin(ErrorDetails::detail(
                "Make somebody else an administrator first.",
            )),
            UpdateError::Denied(denied) => denied.into(),
        }
    }
}
