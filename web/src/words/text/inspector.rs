//! The token's page.

super::texts! {
    after events:
    TOKEN_LEAD = "What this tab holds and does. The token itself is shown nowhere.";
    TIME_LEFT = "Time left";
    EXPIRED = "expired";
    STATE = "State";
    NEXT_REFRESH = "Next refresh";
    ON_DEMAND = "with the next call";
    ON_ITS_WAY = "on its way";
    TOKEN_NUMBER = "Token of this tab";
    TOKEN_COUNT = "number {}";
    WAITING_CALLS = "Calls that wait";
    PHASE_RESTORING = "Restoring";
    PHASE_SIGNED_OUT = "Signed out";
    PHASE_SIGNED_IN = "Signed in";
    PHASE_REFRESHING = "Refreshing";
    PHASE_REJECTED = "Rejected by the server";
    PHASE_OFFLINE = "Server out of reach";
    REFRESH_NOW = "Refresh now";
    EXPIRE = "Count it as expired";
    CALL_API = "Call the API";
    API_ANSWERED = "The API answered: this token is good for {} more.";
    CLAIMS = "Claims";
    CLAIMS_LEAD = "What the token says, decoded.";
    NO_CLAIMS = "There is no token now.";
    CLAIM_ISS = "Issuer";
    CLAIM_AUD = "Audience";
    CLAIM_SUB = "Person";
    CLAIM_SID = "Session";
    CLAIM_JTI = "Token’s own id";
    CLAIM_IAT = "Issued";
    CLAIM_EXP = "Ends";
    CLAIM_AUTH = "Password given";
    CLAIM_ROLES = "Roles";
    HAPPENED = "What happens here";
    NOTHING_YET = "Nothing yet.";
    TABS = "Tabs of this browser";
    TABS_LEAD = "A token that one tab fetches is shared with the others.";
    THIS_TAB = "This tab";
    TAB = "Tab {}";
    EPOCH = "epoch {}";
    NO_SIBLINGS = "No other tab is open.";
    NOTE_SIGNED_IN = "Signed in";
    NOTE_REFRESH_STARTED = "Refresh started";
    NOTE_REFRESHED = "New token";
    NOTE_REFRESH_FAILED = "Refresh failed; will be tried again";
    NOTE_SIBLING_SIGNED_IN = "Another tab signed in and shared its token";
    NOTE_SIBLING_REFRESHED = "Another tab shared its new token";
    NOTE_REFUSED = "A refresh was asked for";
    NOTE_EXPIRED = "The token counts as expired";
    NOTE_ENDED = "The session ended";
    NOTE_LEFT = "The server heard of the sign-out";
}
