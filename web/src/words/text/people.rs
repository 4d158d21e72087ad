//! Other people's accounts.

super::texts! {
    PEOPLE_LEAD = "Who has an account, what they may do, and where they are signed in."
        / "Wer ein Konto hat, was er darf, und wo er angemeldet ist.";
    SEARCH_BY_NAME = "Name begins with" / "Name beginnt mit";
    SEARCH = "Search" / "Suchen";
    SORT_BY = "Order" / "Reihenfolge";
    BY_NAME = "Name, from A" / "Name, von A an";
    BY_NAME_DOWN = "Name, from Z" / "Name, von Z an";
    BY_NEWEST = "Newest first" / "Neueste zuerst";
    BY_OLDEST = "Oldest first" / "Älteste zuerst";
    WHAT_HAPPENED = "Events" / "Ereignisse";
    NOBODY_CALLED = "Nobody is called that." / "So heißt niemand.";
    FIRST_PAGE = "First page" / "Erste Seite";
    NEXT_PAGE = "Next page" / "Nächste Seite";
    ADMIN = "admin" / "Admin";
    DISABLED = "disabled" / "gesperrt";
    YOU = "you" / "Sie";
    JOINED = "joined " / "registriert ";
    UNDO = "Undo" / "Rückgängig";
    PROMOTE = "Make admin" / "Zum Admin machen";
    DEMOTE = "Remove admin" / "Admin entziehen";
    DISABLE = "Disable" / "Sperren";
    ENABLE = "Enable" / "Entsperren";
    END_SESSIONS = "End sessions" / "Sitzungen beenden";
    PROMOTE_TEXT = "They will see everybody's account and may change it, from their next token on: within a quarter of an hour."
        / "Sie sehen alle Konten und dürfen sie ändern, vom nächsten Token an: binnen einer Viertelstunde.";
    DEMOTE_TEXT = "They keep their account and have to sign in again."
        / "Das Konto bleibt; eine neue Anmeldung ist nötig.";
    DISABLE_TEXT = "They are signed out everywhere and cannot sign in until enabled."
        / "Sie werden überall abgemeldet und können sich erst entsperrt wieder anmelden.";
    ENABLE_TEXT = "They can sign in again with their password."
        / "Sie können sich wieder mit ihrem Passwort anmelden.";
    END_SESSIONS_TEXT = "They are signed out everywhere and can sign in again."
        / "Sie werden überall abgemeldet und können sich wieder anmelden.";
    PROMOTED = "{} is an administrator now." / "{} ist jetzt Administrator.";
    DEMOTED = "{} is no administrator any more." / "{} ist kein Administrator mehr.";
    IS_DISABLED = "{} is disabled and signed out." / "{} ist gesperrt und abgemeldet.";
    IS_ENABLED = "{} can sign in again." / "{} kann sich wieder anmelden.";
    SESSIONS_ENDED = "{} is signed out everywhere." / "{} ist überall abgemeldet.";
}
