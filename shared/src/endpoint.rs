//! The endpoints: method, path and who may call. The generated spec is checked against this list,
//! and the client calls by it.

use crate::role::Permission;

/// An HTTP method the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Method {
    Get,
    Post,
    Patch,
    Delete,
}

impl Method {
    /// The method's name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What a caller must bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Nothing.
    Anyone,
    /// The refresh cookie.
    Cookie,
    /// The refresh cookie or an access token.
    CookieOrBearer,
    /// An access token.
    Bearer,
    /// An access token whose roles give this permission.
    Requires(Permission),
}

/// One operation of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The method.
    pub method: Method,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// What a caller must bring.
    pub guard: Guard,
}

impl Endpoint {
    const fn new(method: Method, path: &'static str, guard: Guard) -> Self {
        Self {
            method,
            path,
            guard,
        }
    }

    /// Whether a path is of this template.
    pub fn matches(&self, path: &str) -> bool {
        let mut given = path.split('/');
        let fits = self.path.split('/').all(|part| {
            let given = given.next();
            given.is_some_and(|given| part.starts_with('{') || part == given)
        });
        fits && given.next().is_none()
    }

    /// The path with `{id}` filled in. Ids are hexadecimal, so nothing needs escaping.
    pub fn with_id(&self, id: &str) -> String {
        self.path.replace("{id}", id)
    }
}

use Guard::{Anyone, Bearer, Cookie, CookieOrBearer, Requires};
use Method::{Delete, Get, Patch, Post};
use Permission::ManageUsers;

macro_rules! endpoints {
    ($($(#[$doc:meta])* $name:ident = $method:ident $path:literal $guard:expr;)*) => {
        $($(#[$doc])* pub const $name: Endpoint = Endpoint::new($method, $path, $guard);)*
        /// Every endpoint that the spec describes.
        pub const ALL: &[Endpoint] = &[$($name),*];
    };
}

endpoints! {
    /// Make an account and sign in.
    REGISTER = Post "/api/auth/register" Anyone;
    /// Sign in.
    LOGIN = Post "/api/auth/login" Anyone;
    /// Trade the refresh token for an access token.
    REFRESH = Post "/api/auth/refresh" Cookie;
    /// Sign out.
    LOGOUT = Post "/api/auth/logout" CookieOrBearer;
    /// What the access token says.
    SESSION = Get "/api/auth/session" Bearer;
    /// One's own account.
    ME = Get "/api/me" Bearer;
    /// Change one's own account.
    UPDATE_ME = Patch "/api/me" Bearer;
    /// Change one's password.
    CHANGE_PASSWORD = Post "/api/me/password" Bearer;
    /// One's own sessions.
    SESSIONS = Get "/api/me/sessions" Bearer;
    /// End one of one's own sessions.
    END_SESSION = Delete "/api/me/sessions/{id}" Bearer;
    /// What happened in one of one's own sessions.
    SESSION_EVENTS = Get "/api/me/sessions/{id}/events" Bearer;
    /// All people.
    USERS = Get "/api/admin/users" Requires(ManageUsers);
    /// One person.
    USER = Get "/api/admin/users/{id}" Requires(ManageUsers);
    /// Change a person's roles, or disable them.
    UPDATE_USER = Patch "/api/admin/users/{id}" Requires(ManageUsers);
    /// End all of a person's sessions.
    END_USER_SESSIONS = Delete "/api/admin/users/{id}/sessions" Requires(ManageUsers);
    /// What happened.
    EVENTS = Get "/api/admin/events" Requires(ManageUsers);
    /// How much happened.
    ACTIVITY = Get "/api/admin/activity" Requires(ManageUsers);
}
