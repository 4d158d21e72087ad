//! One's own account and home.

super::texts! {
    after entry:
    ACCOUNT_LEAD = "What others see of you, and what keeps them out.";
    PROFILE = "Profile";
    PROFILE_ABOUT = "Your username stays; what you are called is yours to choose.";
    PASSWORD_ABOUT = "A new password ends all your other sessions. This one stays.";
    EVERY_DEVICE = "Every device";
    EVERY_DEVICE_ABOUT = "Ends every session of yours, on every device, this one too.";
    SIGN_OUT_EVERYWHERE = "Sign out everywhere";
    SIGN_OUT_EVERYWHERE_QUESTION = "Sign out everywhere?";
    SIGN_OUT_EVERYWHERE_TEXT = "You will have to sign in again on each of your devices.";
    SAVED = "Saved.";
    SAVE = "Save";
    DISPLAY_NAME = "Display name";
    DISPLAY_NAME_HINT = "How the app greets you. Leave it empty to use your username.";
    PASSWORD_CHANGED = "Your password is changed. All your other sessions have ended.";
    CURRENT_PASSWORD = "Current password";
    NEW_PASSWORD = "New password";
    CHANGE_PASSWORD = "Change password";
    NOT_CURRENT_PASSWORD = "This is not your current password.";
    HELLO = "Hello, {}";
    WHO_YOU_ARE = "Who you are";
    MEMBER_SINCE = "Member since";
    ROLES = "Roles";
    WHAT_YOU_MAY = "What you may do";
    MAY_OWN = "See and change your own account and sessions";
    MAY_MANAGE = "Look after other people's accounts";
    YES = "Yes: ";
    NO = "No: ";
    TOKEN_SAYS = "What your token says";
    ASK_AGAIN = "Ask the API again";
    SUBJECT = "Subject";
    SESSION = "Session";
    GOOD_FOR = "Good for";
    NOT_FOUND_TEXT = "There is no page at this address. It may have moved, or the link may be mistyped.";
    TO_START = "Go to the start";
    NOT_FOR_YOU = "Not for you";
    NOT_FOR_YOU_TEXT =
        "Your account may not open this page. If it should, ask an administrator for the role.";
    TO_HOME = "Go to your home";
    UNREACHABLE = "We cannot reach the server";
    UNREACHABLE_TEXT =
        "You are not signed out. As soon as the server answers, you will find yourself where you were.";
    HEADLINE = "Stay signed in. Keep nothing worth stealing.";
    WELCOME_LEAD =
        "Countersign signs people in with a token that lives for minutes and a secret that changes each time it is used. A copy of it gives itself away.";
    ACCESS_TOKEN = "The access token";
    ACCESS_TOKEN_TAG = "memory, minutes";
    ACCESS_TOKEN_TEXT = "Opens the API. It lives in this page's memory and is gone when the page is.";
    REFRESH_SECRET = "The refresh secret";
    REFRESH_SECRET_TAG = "cookie, days";
    REFRESH_SECRET_TEXT =
        "Brings the next access token. Scripts cannot read it, and it is replaced at every use.";
    COUNTERSIGN = "The countersign";
    COUNTERSIGN_TAG = "one look";
    COUNTERSIGN_TEXT =
        "A spent secret that comes again betrays a copy: the session ends, everywhere, at once.";
}
