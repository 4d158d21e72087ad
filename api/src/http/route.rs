//! The routes: one file an operation or a slice of them. A handler names its guard, its inputs and
//! its refusals, and calls one function of `auth`.

mod events;
pub mod health;
pub mod jwks;
mod login;
mod logout;
mod me;
mod password;
mod refresh;
mod register;
mod session;
mod sessions;
mod users;
pub mod well_known;

pub use crate::http::response::responses::append_cookie;

use poem_openapi::Tags;

/// How Swagger UI groups the operations.
#[derive(Tags)]
enum Tag {
    /// Getting tokens and giving them back.
    #[oai(rename = "Sign-in")]
    SignIn,
    /// One's own account and sessions.
    Account,
    /// Other people's accounts.
    Administration,
}

/// All routes together.
pub type Routes = (
    register::RegisterRoute,
    login::LoginRoute,
    refresh::RefreshRoute,
    logout::LogoutRoute,
    session::SessionRoute,
    me::MeRoutes,
    password::PasswordRoute,
    sessions::SessionsRoutes,
    users::UsersRoutes,
    events::EventsRoutes,
);

/// All routes together.
pub fn routes() -> Routes {
    (
        register::RegisterRoute,
        login::LoginRoute,
        refresh::RefreshRoute,
        logout::LogoutRoute,
        session::SessionRoute,
        me::MeRoutes,
        password::PasswordRoute,
        sessions::SessionsRoutes,
        users::UsersRoutes,
        events::EventsRoutes,
    )
}
