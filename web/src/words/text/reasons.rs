//! What went wrong and why, and how long things take.

super::texts! {
    after people:
    ENDED_SIGNED_OUT = "You are signed out.";
    ENDED_ANOTHER_TAB = "You signed out in another tab.";
    ENDED_EXPIRED = "Your session has expired.";
    ENDED_MISSING = "This browser no longer has your session.";
    ENDED_UNKNOWN = "Your session has ended.";
    ENDED_REUSED =
        "Your session was ended for safety: a copy of it was used elsewhere. If you did not restore a browser profile, change your password.";
    ENDED_OTHER_DEVICE = "You signed out from another device.";
    ENDED_FROM_LIST = "This session was ended from your list of sessions.";
    ENDED_PASSWORD = "Your password was changed from another session. Sign in with the new one.";
    ENDED_DISABLED = "This account is disabled.";
    ENDED_ROLES = "What you may do has changed. Sign in again to go on.";
    ENDED_ADMIN = "An administrator ended this session.";
    ENDED_LIMIT = "Newer sign-ins took the place of this session.";
    RULE_REQUIRED = "This is needed.";
    RULE_TOO_SHORT = "This is too short.";
    RULE_TOO_LONG = "This is too long.";
    RULE_CHARACTERS = "This holds characters that are not allowed here.";
    RULE_RESERVED = "This name is reserved.";
    RULE_START = "This must begin with a letter or a digit.";
    RULE_USERNAME = "The password must not contain your username.";
    RULE_PRODUCT = "The password must not contain the name of this product.";
    RULE_MONOTONOUS = "The password must not repeat one character.";
    RULE_COMMON = "This password is one of the first an attacker tries.";
    RULE_GUESSABLE = "This password is too easy to guess; add words that do not belong together.";
    RULE_UNCHANGED = "The new password is the same as the current one.";
    RULE_UNKNOWN_FIELD = "This field is not known here.";
    RULE_WRONG_TYPE = "This value is not of the expected type.";
    WRONG_CREDENTIALS = "Name or password is wrong.";
    LAST_ADMIN = "The last administrator must stay.";
    FORBIDDEN = "You may not do this.";
    GONE = "There is nothing here.";
    REFUSED = "The server refused this ({}).";
    OUR_FAULT = "Something went wrong at our side. If it happens again, quote {}.";
    NETWORK = "This did not reach the server. Please try again.";
    FOREIGN = "Something between you and the server gave an answer this app does not understand.";
    TOO_MANY_TRIES = "Too many tries.";
    BUSY = "The service is busy.";
    TRY_LATER = "{} Please try again a little later.";
    TRY_IN = "{} Please try again {}.";
    UNKNOWN_DEVICE = "Unknown device";
    BROWSER_ON = "{} on {}";
    JUST_NOW = "just now";
    ONE_SESSION = "{} session";
    SOME_SESSIONS = "{} sessions";
}
