//! The route that the protected one is held against: poem-openapi, the same answer, nothing else.

use poem::listener::TcpListener;
use poem::{Route, Server};
use poem_openapi::payload::Json;
use poem_openapi::{OpenApi, OpenApiService};
use shared::auth::TokenInfo;
use shared::role::Role;

struct Plain;

#[expect(
    clippy::unused_async,
    reason = "a handler is async, whether or not it waits"
)]
#[OpenApi]
impl Plain {
    #[oai(path = "/api/auth/session", method = "get")]
    async fn session(&self) -> Json<TokenInfo> {
        Json(TokenInfo {
            sub: "0123456789abcdef0123456789abcdef".to_owned(),
            sid: "fedcba9876543210fedcba9876543210".to_owned(),
            roles: vec![Role::User],
            expires_in: 900,
        })
    }
}

/// Answers until it is killed.
pub async fn serve() {
    let service = OpenApiService::new(Plain, "Plain", "1");
    let app = Route::new().nest_no_strip("/", service);
    let server = Server::new(TcpListener::bind("127.0.0.1:0"));
    server.run(app).await.expect("there is a free port");
}
