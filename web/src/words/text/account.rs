//! One's own account and home.

super::texts! {
    ACCOUNT_LEAD = "What others see of you, and what keeps them out."
        / "Was andere von Ihnen sehen, und was sie draußen hält.";
    PROFILE = "Profile" / "Profil";
    PROFILE_ABOUT = "Your username stays; what you are called is yours to choose."
        / "Ihr Benutzername bleibt; wie Sie heißen wollen, wählen Sie selbst.";
    PASSWORD_ABOUT = "A new password ends all your other sessions. This one stays."
        / "Ein neues Passwort beendet alle Ihre anderen Sitzungen. Diese bleibt.";
    EVERY_DEVICE = "Every device" / "Alle Geräte";
    EVERY_DEVICE_ABOUT = "Ends every session of yours, on every device, this one too."
        / "Beendet alle Ihre Sitzungen auf allen Geräten, auch diese.";
    SIGN_OUT_EVERYWHERE = "Sign out everywhere" / "Überall abmelden";
    SIGN_OUT_EVERYWHERE_QUESTION = "Sign out everywhere?" / "Überall abmelden?";
    SIGN_OUT_EVERYWHERE_TEXT = "You will have to sign in again on each of your devices."
        / "Sie müssen sich auf jedem Ihrer Geräte neu anmelden.";
    SAVED = "Saved." / "Gespeichert.";
    SAVE = "Save" / "Speichern";
    DISPLAY_NAME = "Display name" / "Anzeigename";
    DISPLAY_NAME_HINT = "How the app greets you. Leave it empty to use your username."
        / "Wie die App Sie begrüßt. Leer gilt Ihr Benutzername.";
    PASSWORD_CHANGED = "Your password is changed. All your other sessions have ended."
        / "Ihr Passwort ist geändert. Alle Ihre anderen Sitzungen sind beendet.";
    CURRENT_PASSWORD = "Current password" / "Jetziges Passwort";
    NEW_PASSWORD = "New password" / "Neues Passwort";
    CHANGE_PASSWORD = "Change password" / "Passwort ändern";
    NOT_CURRENT_PASSWORD = "This is not your current password." / "Das ist nicht Ihr jetziges Passwort.";
    HELLO = "Hello, {}" / "Hallo, {}";
    WHO_YOU_ARE = "Who you are" / "Wer Sie sind";
    MEMBER_SINCE = "Member since" / "Dabei seit";
    ROLES = "Roles" / "Rollen";
    WHAT_YOU_MAY = "What you may do" / "Was Sie dürfen";
    MAY_OWN = "See and change your own account and sessions"
        / "Eigenes Konto und eigene Sitzungen sehen und ändern";
    MAY_MANAGE = "Look after other people's accounts" / "Sich um andere Konten kümmern";
    YES = "Yes: " / "Ja: ";
    NO = "No: " / "Nein: ";
    TOKEN_SAYS = "What your token says" / "Was Ihr Token sagt";
    ASK_AGAIN = "Ask the API again" / "Die API noch einmal fragen";
    SUBJECT = "Subject" / "Subjekt";
    SESSION = "Session" / "Sitzung";
    GOOD_FOR = "Good for" / "Gilt noch";
    NOT_FOUND_TEXT = "There is no page at this address. It may have moved, or the link may be mistyped."
        / "Unter dieser Adresse gibt es keine Seite. Sie ist umgezogen, oder der Link ist vertippt.";
    TO_START = "Go to the start" / "Zum Anfang";
    NOT_FOR_YOU = "Not for you" / "Nicht für Sie";
    NOT_FOR_YOU_TEXT = "Your account may not open this page. If it should, ask an administrator for the role."
        / "Ihr Konto darf diese Seite nicht öffnen. Falls doch, bitten Sie einen Administrator um die Rolle.";
    TO_HOME = "Go to your home" / "Zu Ihrem Start";
    UNREACHABLE = "We cannot reach the server" / "Der Server ist nicht erreichbar";
    UNREACHABLE_TEXT = "You are not signed out. As soon as the server answers, you will find yourself where you were."
        / "Sie sind nicht abgemeldet. Sobald der Server antwortet, sind Sie wieder da, wo Sie waren.";
    HEADLINE = "Stay signed in. Keep nothing worth stealing."
        / "Angemeldet bleiben. Nichts Stehlenswertes haben.";
    WELCOME_LEAD = "Countersign signs people in with a token that lives for minutes and a secret that changes each time it is used. A copy of it gives itself away."
        / "Countersign meldet Menschen mit einem Token an, das Minuten lebt, und einem Geheimnis, das mit jedem Gebrauch wechselt. Eine Kopie verrät sich selbst.";
    ACCESS_TOKEN = "The access token" / "Das Zugangstoken";
    ACCESS_TOKEN_TAG = "memory, minutes" / "Speicher, Minuten";
    ACCESS_TOKEN_TEXT = "Opens the API. It lives in this page's memory and is gone when the page is."
        / "Öffnet die API. Es lebt im Speicher dieser Seite und geht mit ihr.";
    REFRESH_SECRET = "The refresh secret" / "Das Erneuerungsgeheimnis";
    REFRESH_SECRET_TAG = "cookie, days" / "Cookie, Tage";
    REFRESH_SECRET_TEXT = "Brings the next access token. Scripts cannot read it, and it is replaced at every use."
        / "Bringt das nächste Zugangstoken. Skripte können es nicht lesen, und jeder Gebrauch ersetzt es.";
    COUNTERSIGN = "The countersign" / "Das Gegenzeichen";
    COUNTERSIGN_TAG = "one look" / "ein Blick";
    COUNTERSIGN_TEXT = "A spent secret that comes again betrays a copy: the session ends, everywhere, at once."
        / "Ein verbrauchtes Geheimnis, das wiederkommt, verrät eine Kopie: Die Sitzung endet, überall, sofort.";
}
