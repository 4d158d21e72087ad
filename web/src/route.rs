//! The pages: their address, who may see them, what they call, and what leads there.

use crate::words::text::{self, Text};
use shared::endpoint::{self, Endpoint};
use shared::role::Permission;

/// Who may see a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Open,
    /// Whoever is signed in.
    Session,
    /// Whoever may do that.
    May(Permission),
}

macro_rules! routes {
    ($($(#[$about:meta])* $name:ident = $path:literal $access:expr, $label:ident, [$($call:ident)*];)*) => {
        /// The pages.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Route { $($(#[$about])* $name,)* }

        impl Route {
            pub const ALL: &[Self] = &[$($(#[$about])* Self::$name,)*];

            /// Its address.
            pub const fn path(self) -> &'static str {
                match self { $($(#[$about])* Self::$name => $path,)* }
            }

            /// Who may see it.
            pub const fn access(self) -> Access {
                match self { $($(#[$about])* Self::$name => $access,)* }
            }

            /// The words that lead there.
            pub const fn label(self) -> Text {
                match self { $($(#[$about])* Self::$name => text::$label,)* }
            }

            /// The guarded endpoints that it may call.
            #[cfg_attr(not(test), expect(dead_code, reason = "the tests hold pages to it"))]
            pub const fn calls(self) -> &'static [Endpoint] {
                match self { $($(#[$about])* Self::$name => &[$(endpoint::$call),*],)* }
            }
        }
    };
}

use Access::{May, Open, Session};
use Permission::ManageUsers;

routes! {
    Welcome = "/" Open, WELCOME, [];
    Register = "/register" Open, CREATE_ACCOUNT, [];
    SignIn = "/sign-in" Open, SIGN_IN, [];
    Home = "/home" Session, HOME, [SESSION];
    Account = "/account" Session, ACCOUNT, [UPDATE_ME CHANGE_PASSWORD];
    Sessions = "/sessions" Session, SESSIONS, [SESSIONS END_SESSION SESSION_EVENTS];
    Token = "/token" Session, TOKEN, [SESSION];
    Users = "/admin/users" May(ManageUsers), PEOPLE, [USERS UPDATE_USER END_USER_SESSIONS];
    Events = "/admin/events" May(ManageUsers), EVENTS, [EVENTS ACTIVITY USER];
    #[cfg(debug_assertions)]
    Styleguide = "/styleguide" Open, WELCOME, [];
    NotFound = "/404" Open, NOT_FOUND, [];
}

impl Route {
    /// The page at that address.
    pub fn of(path: &str) -> Self {
        let mut all = Self::ALL.iter().copied();
        all.find(|route| route.path() == path)
            .unwrap_or(Self::NotFound)
    }

    /// Whether the page is for signed-in people.
    pub const fn is_private(self) -> bool {
        !matches!(self.access(), Open)
    }
}

#[cfg(test)]
mod tests;
