//! Sessions, and what happened in them.

super::texts! {
    after account:
    SESSIONS_LEAD = "Where you are signed in. End what you do not recognise.";
    THIS_BROWSER = "This browser";
    LAST_USED = "Last used ";
    SIGNED_IN_AT = ", signed in ";
    FROM_PLACE = ", from ";
    THIS_COMPUTER = "this computer";
    THIS_NETWORK = "a private network ({})";
    END = "End";
    TIMELINE = "Timeline";
    END_QUESTION = "End the session on {}?";
    END_TEXT = "That browser is signed out and has to sign in again.";
    END_IT = "End session";
    SESSION_HAS_ENDED = "The session has ended.";
    OTHERS_HAVE_ENDED = "All your other sessions have ended.";
    END_OTHERS = "End all other sessions";
    END_OTHERS_QUESTION = "End all other sessions?";
    END_OTHERS_TEXT = "Every other browser has to sign in again. This one stays signed in.";
    END_THEM = "End them";
    KIND_REGISTERED = "Account made";
    KIND_SIGNED_IN = "Signed in";
    KIND_FAILED = "Sign-in failed";
    KIND_REFRESHED = "Refreshed";
    KIND_RETRIED = "Asked again for a lost answer";
    KIND_RACED = "Another tab came at once";
    KIND_ENDED = "Ended";
    KIND_PASSWORD = "Password changed";
    KIND_ROLES = "Roles changed";
    KIND_DISABLED = "Disabled";
    KIND_ENABLED = "Enabled";
    END_SIGNED_OUT = "signed out";
    END_LIST = "from the list of sessions";
    END_PASSWORD = "the password was changed";
    END_DISABLED = "the account was disabled";
    END_ROLES = "roles were changed";
    END_ADMIN = "by an administrator";
    END_LIMIT = "newer sign-ins took its place";
    END_REUSED = "for safety: a copy was used";
    EVENTS_LEAD = "What happened, the newest first.";
    LATELY = "The last days";
    SIGN_INS = "Sign-ins";
    FAILURES = "Failed sign-ins";
    REFRESHES = "Refreshes";
    REUSES = "Copies caught";
    ONLY_EVENTS_OF = "Only events about ";
    UNKNOWN_USER = "an unknown user";
    OF_EVERYBODY = "Show everybody";
    SHOW_KIND = "Show";
    ALL_KINDS = "Everything";
    OLDER = "Older";
    NEWEST = "Newest";
    NOTHING_HAPPENED = "Nothing of that kind happened.";
    BY_ADMIN = ", by {}";
    NOBODYS = "nobody’s name";
}
