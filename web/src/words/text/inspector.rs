//! The token's page.

super::texts! {
    TOKEN_LEAD = "What this tab holds and does. The token itself is shown nowhere."
        / "Was dieser Tab hat und tut. Das Token selbst wird nirgends gezeigt.";
    TIME_LEFT = "Time left" / "Restzeit";
    EXPIRED = "expired" / "abgelaufen";
    STATE = "State" / "Zustand";
    NEXT_REFRESH = "Next refresh" / "Nächste Erneuerung";
    ON_DEMAND = "with the next call" / "beim nächsten Aufruf";
    ON_ITS_WAY = "on its way" / "unterwegs";
    TOKEN_NUMBER = "Token of this tab" / "Token dieses Tabs";
    TOKEN_COUNT = "number {}" / "Nummer {}";
    WAITING_CALLS = "Calls that wait" / "Wartende Aufrufe";
    PHASE_RESTORING = "Restoring" / "Stellt wieder her";
    PHASE_SIGNED_OUT = "Signed out" / "Abgemeldet";
    PHASE_SIGNED_IN = "Signed in" / "Angemeldet";
    PHASE_REFRESHING = "Refreshing" / "Erneuert";
    PHASE_REJECTED = "Rejected by the server" / "Vom Server abgelehnt";
    PHASE_OFFLINE = "Server out of reach" / "Server nicht erreichbar";
    REFRESH_NOW = "Refresh now" / "Jetzt erneuern";
    EXPIRE = "Count it as expired" / "Als abgelaufen zählen";
    CALL_API = "Call the API" / "Die API aufrufen";
    API_ANSWERED = "The API answered: this token is good for {} more."
        / "Die API hat geantwortet: Dieses Token gilt noch {}.";
    CLAIMS = "Claims" / "Angaben";
    CLAIMS_LEAD = "What the token says, decoded." / "Was das Token sagt, entschlüsselt.";
    NO_CLAIMS = "There is no token now." / "Zurzeit gibt es kein Token.";
    CLAIM_ISS = "Issuer" / "Aussteller";
    CLAIM_AUD = "Audience" / "Empfänger";
    CLAIM_SUB = "Person" / "Person";
    CLAIM_SID = "Session" / "Sitzung";
    CLAIM_JTI = "Token’s own id" / "Kennung des Tokens";
    CLAIM_IAT = "Issued" / "Ausgestellt";
    CLAIM_EXP = "Ends" / "Endet";
    CLAIM_AUTH = "Password given" / "Passwort angegeben";
    CLAIM_ROLES = "Roles" / "Rollen";
    HAPPENED = "What happens here" / "Was hier geschieht";
    NOTHING_YET = "Nothing yet." / "Noch nichts.";
    TABS = "Tabs of this browser" / "Tabs dieses Browsers";
    TABS_LEAD = "A token that one tab fetches is shared with the others."
        / "Ein Token, das ein Tab holt, bekommen auch die anderen.";
    THIS_TAB = "This tab" / "Dieser Tab";
    TAB = "Tab {}" / "Tab {}";
    EPOCH = "epoch {}" / "Epoche {}";
    NO_SIBLINGS = "No other tab is open." / "Kein anderer Tab ist offen.";
    NOTE_SIGNED_IN = "Signed in" / "Angemeldet";
    NOTE_REFRESH_STARTED = "Refresh started" / "Erneuerung begonnen";
    NOTE_REFRESHED = "New token" / "Neues Token";
    NOTE_REFRESH_FAILED = "Refresh failed; will be tried again"
        / "Erneuerung gescheitert; wird wiederholt";
    NOTE_SIBLING_SIGNED_IN = "Another tab signed in and shared its token"
        / "Ein anderer Tab hat sich angemeldet und sein Token geteilt";
    NOTE_SIBLING_REFRESHED = "Another tab shared its new token"
        / "Ein anderer Tab hat sein neues Token geteilt";
    NOTE_REFUSED = "A refresh was asked for" / "Eine Erneuerung wurde verlangt";
    NOTE_EXPIRED = "The token counts as expired" / "Das Token zählt als abgelaufen";
    NOTE_ENDED = "The session ended" / "Die Sitzung ist zu Ende";
    NOTE_LEFT = "The server heard of the sign-out" / "Der Server weiß von der Abmeldung";
}
