//! What is around every page, and what pages have in common.

super::texts! {
    BRAND = "Countersign" / "Countersign";
    SKIP = "Skip to content" / "Zum Inhalt springen";
    MAIN_NAVIGATION = "Main" / "Hauptnavigation";
    TAGLINE = "One short-lived token in memory, one rotating secret in a cookie."
        / "Ein kurzlebiges Token im Speicher, ein wechselndes Geheimnis im Cookie.";
    LOADING = "Loading" / "Wird geladen";
    THEME = "Theme" / "Darstellung";
    THEME_SYSTEM = "System" / "System";
    THEME_LIGHT = "Light" / "Hell";
    THEME_DARK = "Dark" / "Dunkel";
    LANGUAGE = "Language" / "Sprache";
    OFFLINE_SIGNED_IN = "You are offline. You stay signed in, and what is on the page stays; what needs the server can be tried again later."
        / "Sie sind offline. Sie bleiben angemeldet, und was auf der Seite steht, bleibt; was den Server braucht, geht später wieder.";
    OFFLINE_AWAY = "You are offline. Signing in needs the network."
        / "Sie sind offline. Zum Anmelden braucht es das Netz.";
    SERVER_AWAY = "The server cannot be reached. You stay signed in; we keep trying. "
        / "Der Server ist nicht erreichbar. Sie bleiben angemeldet; wir versuchen es weiter. ";
    TRY_NOW = "Try now" / "Jetzt versuchen";
    TRY_AGAIN = "Try again" / "Noch einmal versuchen";
    PAGES = "Pages" / "Seiten";
    CLOSE = "Close" / "Schließen";
    CANCEL = "Cancel" / "Abbrechen";
    WELCOME = "Welcome" / "Willkommen";
    HOME = "Home" / "Start";
    ACCOUNT = "Account" / "Konto";
    SESSIONS = "Sessions" / "Sitzungen";
    TOKEN = "Token" / "Token";
    PEOPLE = "People" / "Personen";
    EVENTS = "Events" / "Ereignisse";
    NOT_FOUND = "Not found" / "Nicht gefunden";
    SIGN_OUT = "Sign out" / "Abmelden";
}
