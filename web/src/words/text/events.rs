//! Sessions, and what happened in them.

super::texts! {
    SESSIONS_LEAD = "Where you are signed in. End what you do not recognise."
        / "Wo Sie angemeldet sind. Beenden Sie, was Sie nicht kennen.";
    THIS_BROWSER = "This browser" / "Dieser Browser";
    LAST_USED = "Last used " / "Zuletzt benutzt ";
    SIGNED_IN_AT = ", signed in " / ", angemeldet ";
    FROM_PLACE = ", from " / ", von ";
    THIS_COMPUTER = "this computer" / "diesem Rechner";
    THIS_NETWORK = "a private network ({})" / "einem privaten Netz ({})";
    END = "End" / "Beenden";
    TIMELINE = "Timeline" / "Verlauf";
    END_QUESTION = "End the session on {}?" / "Sitzung auf {} beenden?";
    END_TEXT = "That browser is signed out and has to sign in again."
        / "Dieser Browser wird dort abgemeldet und muss sich neu anmelden.";
    END_IT = "End session" / "Sitzung beenden";
    SESSION_HAS_ENDED = "The session has ended." / "Die Sitzung ist beendet.";
    OTHERS_HAVE_ENDED = "All your other sessions have ended."
        / "Alle Ihre anderen Sitzungen sind beendet.";
    END_OTHERS = "End all other sessions" / "Alle anderen Sitzungen beenden";
    END_OTHERS_QUESTION = "End all other sessions?" / "Alle anderen Sitzungen beenden?";
    END_OTHERS_TEXT = "Every other browser has to sign in again. This one stays signed in."
        / "Jeder andere Browser muss sich neu anmelden. Dieser bleibt angemeldet.";
    END_THEM = "End them" / "Beenden";
    KIND_REGISTERED = "Account made" / "Konto angelegt";
    KIND_SIGNED_IN = "Signed in" / "Angemeldet";
    KIND_FAILED = "Sign-in failed" / "Anmeldung fehlgeschlagen";
    KIND_REFRESHED = "Refreshed" / "Erneuert";
    KIND_RETRIED = "Asked again for a lost answer" / "Verlorene Antwort erneut geholt";
    KIND_RACED = "Another tab came at once" / "Ein anderer Tab kam gleichzeitig";
    KIND_ENDED = "Ended" / "Beendet";
    KIND_PASSWORD = "Password changed" / "Passwort geändert";
    KIND_ROLES = "Roles changed" / "Rollen geändert";
    KIND_DISABLED = "Disabled" / "Gesperrt";
    KIND_ENABLED = "Enabled" / "Entsperrt";
    END_SIGNED_OUT = "signed out" / "abgemeldet";
    END_LIST = "from the list of sessions" / "aus der Liste der Sitzungen";
    END_PASSWORD = "the password was changed" / "das Passwort wurde geändert";
    END_DISABLED = "the account was disabled" / "das Konto wurde gesperrt";
    END_ROLES = "roles were changed" / "Rollen wurden geändert";
    END_ADMIN = "by an administrator" / "durch einen Administrator";
    END_LIMIT = "newer sign-ins took its place" / "neuere Anmeldungen haben sie verdrängt";
    END_REUSED = "for safety: a copy was used" / "zur Sicherheit: eine Kopie wurde benutzt";
    EVENTS_LEAD = "What happened, the newest first." / "Was geschehen ist, das Neueste zuerst.";
    LATELY = "The last days" / "Die letzten Tage";
    SIGN_INS = "Sign-ins" / "Anmeldungen";
    FAILURES = "Failed sign-ins" / "Fehlgeschlagen";
    REFRESHES = "Refreshes" / "Erneuerungen";
    REUSES = "Copies caught" / "Ertappte Kopien";
    ONLY_EVENTS_OF = "Only events about " / "Nur Ereignisse zu ";
    UNKNOWN_USER = "an unknown user" / "einem unbekannten Benutzer";
    OF_EVERYBODY = "Show everybody" / "Alle zeigen";
    SHOW_KIND = "Show" / "Zeigen";
    ALL_KINDS = "Everything" / "Alles";
    OLDER = "Older" / "Ältere";
    NEWEST = "Newest" / "Neueste";
    NOTHING_HAPPENED = "Nothing of that kind happened." / "Nichts dergleichen ist geschehen.";
    BY_ADMIN = ", by {}" / ", durch {}";
    NOBODYS = "nobody’s name" / "niemandes Name";
}
