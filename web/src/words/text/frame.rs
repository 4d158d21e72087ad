//! What is around every page, and what pages have in common.

super::texts! {
    first:
    BRAND = "Countersign";
    SKIP = "Skip to content";
    MAIN_NAVIGATION = "Main";
    TAGLINE = "One short-lived token in memory, one rotating secret in a cookie.";
    LOADING = "Loading";
    THEME = "Theme";
    THEME_SYSTEM = "System";
    THEME_LIGHT = "Light";
    THEME_DARK = "Dark";
    LANGUAGE = "Language";
    OFFLINE_SIGNED_IN =
        "You are offline. You stay signed in, and what is on the page stays; what needs the server can be tried again later.";
    OFFLINE_AWAY = "You are offline. Signing in needs the network.";
    SERVER_AWAY = "The server cannot be reached. You stay signed in; we keep trying. ";
    TRY_NOW = "Try now";
    TRY_AGAIN = "Try again";
    PAGES = "Pages";
    CLOSE = "Close";
    CANCEL = "Cancel";
    WELCOME = "Welcome";
    HOME = "Home";
    ACCOUNT = "Account";
    SESSIONS = "Sessions";
    TOKEN = "Token";
    PEOPLE = "People";
    EVENTS = "Events";
    NOT_FOUND = "Not found";
    SIGN_OUT = "Sign out";
}
