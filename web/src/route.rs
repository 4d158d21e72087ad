//! The pages: their address, who may see them, what they call, and what leads there.

use crate::words::text::{self, Text};
use shared::endpoint::{self, Endpoint};
use shared::page;
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
    ($($(#[$about:meta])* $name:ident = $path:ident $access:expr, $label:ident, [$($call:ident)*];)*) => {
        /// The pages.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Route { $($(#[$about])* $name,)* }

        impl Route {
            pub const ALL: &[Self] = &[$($(#[$about])* Self::$name,)*];

            /// Its address.
            pub const fn path(self) -> &'static str {
                match self { $($(#[$about])* Self::$name => page::$path,)* }
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
    Welcome = WELCOME Open, WELCOME, [];
    Register = REGISTER Open, CREATE_ACCOUNT, [];
    SignIn = SIGN_IN Open, SIGN_IN, [];
    Home = HOME Session, HOME, [SESSION];
    Account = ACCOUNT Session, ACCOUNT, [UPDATE_ME CHANGE_PASSWORD];
    Sessions = SESSIONS Session, SESSIONS, [SESSIONS END_SESSION SESSION_EVENTS];
    Token = TOKEN Session, TOKEN, [SESSION];
    Users = USERS May(ManageUsers), PEOPLE, [USERS UPDATE_USER END_USER_SESSIONS];
    Events = EVENTS May(ManageUsers), EVENTS, [EVENTS ACTIVITY USER];
    #[cfg(debug_assertions)]
    Styleguide = STYLEGUIDE Open, WELCOME, [];
    NotFound = NOT_FOUND Open, NOT_FOUND, [];
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
