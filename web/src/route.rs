//! The addresses of the pages.

use yew_router::Routable;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Routable)]
pub enum Route {
    #[at("/")]
    Welcome,
    #[at("/register")]
    Register,
    #[at("/sign-in")]
    SignIn,
    #[at("/home")]
    Home,
    #[at("/account")]
    Account,
    #[at("/sessions")]
    Sessions,
    #[at("/admin/users")]
    Users,
    #[not_found]
    #[at("/404")]
    NotFound,
}

impl Route {
    /// The words that lead there.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Welcome => "Welcome",
            Self::Register => "Create account",
            Self::SignIn => "Sign in",
            Self::Home => "Home",
            Self::Account => "Account",
            Self::Sessions => "Sessions",
            Self::Users => "People",
            Self::NotFound => "Not found",
        }
    }

    /// Whether the page is for signed-in people.
    pub const fn is_private(self) -> bool {
        matches!(
            self,
            Self::Home | Self::Account | Self::Sessions | Self::Users
        )
    }
}
