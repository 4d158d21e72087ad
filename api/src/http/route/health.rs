//! Whether the process is alive, and whether it can do its work.

use crate::http::response::problem::ApiError;
use crate::http::state;
use poem::{IntoResponse, Request, Response, Result, handler, web::Json};
use serde::Serialize;
use shared::error_code::ErrorCode;

#[derive(Serialize)]
struct Status {
    status: &'static str,
}

fn ok() -> Response {
    Json(Status { status: "ok" }).into_response()
}

/// Alive: the process answers. Says nothing of the database, so that an outage there does not
/// restart every node.
#[handler]
pub fn healthz() -> Response {
    ok()
}

/// Ready: the database answers, its schema fits, and the process is not about to stop. However
/// many ask, the database is asked once a second.
#[handler]
pub async fn readyz(request: &Request) -> Result<Response> {
    let app = state(request);
    if app.is_stopping() || !app.db.is_ready_cached().await {
        return Err(ApiError::new(ErrorCode::Unavailable).into());
    }
    Ok(ok())
}
