//! Other people's accounts.

super::texts! {
    after inspector:
    PEOPLE_LEAD = "Who has an account, what they may do, and where they are signed in.";
    SEARCH_BY_NAME = "Name begins with";
    SEARCH = "Search";
    SORT_BY = "Order";
    BY_NAME = "Name, from A";
    BY_NAME_DOWN = "Name, from Z";
    BY_NEWEST = "Newest first";
    BY_OLDEST = "Oldest first";
    WHAT_HAPPENED = "Events";
    NOBODY_CALLED = "Nobody is called that.";
    FIRST_PAGE = "First page";
    NEXT_PAGE = "Next page";
    ADMIN = "admin";
    DISABLED = "disabled";
    YOU = "you";
    JOINED = "joined ";
    UNDO = "Undo";
    PROMOTE = "Make admin";
    DEMOTE = "Remove admin";
    DISABLE = "Disable";
    ENABLE = "Enable";
    END_SESSIONS = "End sessions";
    PROMOTE_TEXT =
        "They will see everybody's account and may change it, from their next token on: within a quarter of an hour.";
    DEMOTE_TEXT = "They keep their account and have to sign in again.";
    DISABLE_TEXT = "They are signed out everywhere and cannot sign in until enabled.";
    ENABLE_TEXT = "They can sign in again with their password.";
    END_SESSIONS_TEXT = "They are signed out everywhere and can sign in again.";
    PROMOTED = "{} is an administrator now.";
    DEMOTED = "{} is no administrator any more.";
    IS_DISABLED = "{} is disabled and signed out.";
    IS_ENABLED = "{} can sign in again.";
    SESSIONS_ENDED = "{} is signed out everywhere.";
}
