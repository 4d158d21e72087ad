//! The app's pages, by their paths: the app routes by this list, and the server that serves the
//! app answers everything else with 404.

macro_rules! pages {
    ($($(#[$about:meta])* $name:ident = $path:literal;)*) => {
        $($(#[$about])* pub const $name: &str = $path;)*
        /// Every page that a server answers for.
        pub const ALL: &[&str] = &[$($name,)* #[cfg(debug_assertions)] STYLEGUIDE];
    };
}

pages! {
    /// What the app is, for visitors.
    WELCOME = "/";
    /// Make an account.
    REGISTER = "/register";
    /// Sign in.
    SIGN_IN = "/sign-in";
    /// The start of whoever is signed in.
    HOME = "/home";
    /// One's own account, with the form that changes the password.
    ACCOUNT = "/account";
    /// One's own sessions.
    SESSIONS = "/sessions";
    /// What the access token says.
    TOKEN = "/token";
    /// All people.
    USERS = "/admin/users";
    /// What happened.
    EVENTS = "/admin/events";
}

/// The app's own page for an address that is none of [`ALL`]; no server answers for it.
pub const NOT_FOUND: &str = "/404";
/// Every component in every state, in development alone.
pub const STYLEGUIDE: &str = "/styleguide";
