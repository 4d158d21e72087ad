//! What went wrong and why, and how long things take.

super::texts! {
    ENDED_SIGNED_OUT = "You are signed out." / "Sie sind abgemeldet.";
    ENDED_ANOTHER_TAB = "You signed out in another tab." / "Sie haben sich in einem anderen Tab abgemeldet.";
    ENDED_EXPIRED = "Your session has expired." / "Ihre Sitzung ist abgelaufen.";
    ENDED_MISSING = "This browser no longer has your session." / "Dieser Browser hat Ihre Sitzung nicht mehr.";
    ENDED_UNKNOWN = "Your session has ended." / "Ihre Sitzung ist zu Ende.";
    ENDED_REUSED = "Your session was ended for safety: a copy of it was used elsewhere. If you did not restore a browser profile, change your password."
        / "Ihre Sitzung wurde zur Sicherheit beendet: Anderswo wurde eine Kopie davon benutzt. Wenn Sie kein Browserprofil wiederhergestellt haben, ändern Sie Ihr Passwort.";
    ENDED_OTHER_DEVICE = "You signed out from another device." / "Sie haben sich von einem anderen Gerät aus abgemeldet.";
    ENDED_FROM_LIST = "This session was ended from your list of sessions."
        / "Diese Sitzung wurde in Ihrer Liste der Sitzungen beendet.";
    ENDED_PASSWORD = "Your password was changed from another session. Sign in with the new one."
        / "Ihr Passwort wurde in einer anderen Sitzung geändert. Melden Sie sich mit dem neuen an.";
    ENDED_DISABLED = "This account is disabled." / "Dieses Konto ist gesperrt.";
    ENDED_ROLES = "What you may do has changed. Sign in again to go on."
        / "Was Sie dürfen, hat sich geändert. Melden Sie sich neu an, um fortzufahren.";
    ENDED_ADMIN = "An administrator ended this session." / "Ein Administrator hat diese Sitzung beendet.";
    ENDED_LIMIT = "Newer sign-ins took the place of this session."
        / "Neuere Anmeldungen haben diese Sitzung verdrängt.";
    RULE_REQUIRED = "This is needed." / "Das wird gebraucht.";
    RULE_TOO_SHORT = "This is too short." / "Das ist zu kurz.";
    RULE_TOO_LONG = "This is too long." / "Das ist zu lang.";
    RULE_CHARACTERS = "This holds characters that are not allowed here."
        / "Darin sind Zeichen, die hier nicht erlaubt sind.";
    RULE_RESERVED = "This name is reserved." / "Dieser Name ist reserviert.";
    RULE_START = "This must begin with a letter or a digit."
        / "Das muss mit einem Buchstaben oder einer Ziffer beginnen.";
    RULE_USERNAME = "The password must not contain your username."
        / "Das Passwort darf Ihren Benutzernamen nicht enthalten.";
    RULE_PRODUCT = "The password must not contain the name of this product."
        / "Das Passwort darf den Namen dieses Produkts nicht enthalten.";
    RULE_MONOTONOUS = "The password must not repeat one character."
        / "Das Passwort darf nicht nur ein Zeichen wiederholen.";
    RULE_COMMON = "This password is one of the first an attacker tries."
        / "Dieses Passwort gehört zu den ersten, die ein Angreifer versucht.";
    RULE_GUESSABLE = "This password is too easy to guess; add words that do not belong together."
        / "Dieses Passwort ist zu leicht zu erraten; nehmen Sie Wörter dazu, die nicht zusammengehören.";
    RULE_UNCHANGED = "The new password is the same as the current one."
        / "Das neue Passwort ist dasselbe wie das jetzige.";
    RULE_UNKNOWN_FIELD = "This field is not known here." / "Dieses Feld ist hier nicht bekannt.";
    RULE_WRONG_TYPE = "This value is not of the expected type." / "Dieser Wert ist nicht von der erwarteten Art.";
    WRONG_CREDENTIALS = "Name or password is wrong." / "Name oder Passwort ist falsch.";
    LAST_ADMIN = "The last administrator must stay." / "Der letzte Administrator muss bleiben.";
    FORBIDDEN = "You may not do this." / "Das dürfen Sie nicht.";
    GONE = "There is nothing here." / "Hier ist nichts.";
    REFUSED = "The server refused this ({})." / "Der Server hat das abgelehnt ({}).";
    OUR_FAULT = "Something went wrong at our side. If it happens again, quote {}."
        / "Bei uns ist etwas schiefgegangen. Wenn es wieder geschieht, nennen Sie {}.";
    NETWORK = "This did not reach the server. Please try again."
        / "Das hat den Server nicht erreicht. Bitte versuchen Sie es noch einmal.";
    FOREIGN = "Something between you and the server gave an answer this app does not understand."
        / "Etwas zwischen Ihnen und dem Server hat geantwortet, was diese App nicht versteht.";
    TOO_MANY_TRIES = "Too many tries." / "Zu viele Versuche.";
    BUSY = "The service is busy." / "Der Dienst ist überlastet.";
    TRY_LATER = "{} Please try again a little later." / "{} Bitte versuchen Sie es etwas später noch einmal.";
    TRY_IN = "{} Please try again {}." / "{} Bitte versuchen Sie es {} noch einmal.";
    UNKNOWN_DEVICE = "Unknown device" / "Unbekanntes Gerät";
    BROWSER_ON = "{} on {}" / "{} auf {}";
    JUST_NOW = "just now" / "gerade eben";
    ONE_SESSION = "{} session" / "{} Sitzung";
    SOME_SESSIONS = "{} sessions" / "{} Sitzungen";
}
